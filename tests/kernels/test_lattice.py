"""Schelling's rule on the lattice against the rule spelled out, one household at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.base.streams import Luck, Purpose
from sim.kernels import draws
from sim.kernels.cells import Lattice, found_cells, restless_table
from sim.kernels.lattice import Residents, run
from sim.kernels.neighbours import moore_links

seeds = st.integers(0, 2**32 - 1)


def found(lattice: Lattice, fill: float, n_groups: int, seed: int) -> Residents:
    luck = np.random.default_rng(seed)
    lived_in = np.flatnonzero(luck.random(lattice.width * lattice.height) < fill).astype(np.int32)
    occupant = np.full(lattice.width * lattice.height, -1, np.int32)
    occupant[lived_in] = np.arange(lived_in.size)
    names = luck.permutation(1000)[: lived_in.size].astype(np.int64)
    group = luck.integers(0, n_groups, lived_in.size).astype(np.uint8)
    vacant = np.flatnonzero(occupant < 0).astype(np.int32)
    return Residents(names, group, lived_in, np.zeros(lived_in.size, np.int16), occupant, vacant)


def copied(residents: Residents) -> Residents:
    return Residents(*(column.copy() for column in residents))


def spelled_out(lattice, residents, at, is_judged_at_turn, seed, month):
    """One month by the definition; everybody has a turn, who is content lets it pass."""
    start, neighbour = moore_links(lattice.width, lattice.height, lattice.radius, lattice.is_torus)
    names, group, home, moved_in, occupant, vacant = residents

    def is_restless(row):
        near = occupant[neighbour[start[home[row]] : start[home[row] + 1]]]
        near = near[near >= 0]
        return near.size == 0 or (group[near] == group[row]).sum() < at * near.size

    lots, goals = (Luck(seed).stream(purpose, month) for purpose in (Purpose.ORDER, Purpose.SAMPLE))
    flagged = [is_restless(row) for row in range(names.size)]
    for row in np.argsort(lots.words(names)):
        if is_restless(row) if is_judged_at_turn else flagged[row]:
            slot = goals.below(names[row : row + 1], vacant.size)[0]
            goal = vacant[slot]
            vacant[slot], occupant[home[row]], occupant[goal] = home[row], -1, row
            home[row], moved_in[row] = goal, month
    return sum(flagged)


@settings(deadline=None, max_examples=40)
@given(
    width=st.integers(2, 9), height=st.integers(2, 9), radius=st.integers(1, 2), is_torus=st.booleans(),
    n_groups=st.integers(2, 3), is_judged_at_turn=st.booleans(), seed=seeds,
)  # fmt: skip
def test_months_go_as_the_rule_says(width, height, radius, is_torus, n_groups, is_judged_at_turn, seed):
    lattice = Lattice(width, height, radius, is_torus, False)
    ours = found(lattice, 0.75, n_groups, seed)
    theirs = copied(ours)
    state = found_cells(lattice, ours.occupant, ours.group, n_groups)
    table = restless_table(lattice, [0.5] * n_groups, [0.0] * n_groups)
    restless, moves = np.zeros(3, np.int64), np.zeros(3, np.int64)
    months = run(lattice, state, ours, table, is_judged_at_turn, 7, 12, restless, moves)
    expected = [spelled_out(lattice, theirs, 0.5, is_judged_at_turn, 7, 12 + k) for k in range(months)]
    assert restless[:months].tolist() == expected
    for mine, right in zip(ours, theirs, strict=True):
        assert (mine == right).all()
    assert (state == found_cells(lattice, ours.occupant, ours.group, n_groups)).all()
    if months < 3 and ours.vacant.size:
        assert restless[months] == 0


@settings(deadline=None, max_examples=25)
@given(is_torus=st.booleans(), is_judged_at_turn=st.booleans(), seed=seeds)
def test_packed_and_wide_cells_tell_the_same_story(is_torus, is_judged_at_turn, seed):
    lattice = Lattice(8, 7, 1, is_torus, False)
    packed = found(lattice, 0.8, 2, seed)
    wide = copied(packed)
    for residents, n_groups in ((packed, 2), (wide, 3)):  # a third group without members needs wide cells
        state = found_cells(lattice, residents.occupant, residents.group, n_groups)
        table = restless_table(lattice, [0.4] * n_groups, [1.0] * n_groups)
        run(lattice, state, residents, table, is_judged_at_turn, 3, 1, np.zeros(4, np.int64), np.zeros(4, np.int64))
    assert (packed.home == wide.home).all()
    assert (packed.vacant == wide.vacant).all()


@settings(deadline=None, max_examples=25)
@given(is_judged_at_turn=st.booleans(), seed=seeds)
def test_rows_do_not_matter_only_names(is_judged_at_turn, seed):
    lattice = Lattice(7, 7, 1, False, False)
    first = found(lattice, 0.8, 2, seed)
    rows = np.random.default_rng(seed).permutation(first.id.size)
    place = np.append(np.argsort(rows), -1).astype(np.int32)  # the last for nobody
    second = Residents(*(column[rows] for column in first[:4]), place[first.occupant], first.vacant.copy())
    for residents in (first, second):
        state = found_cells(lattice, residents.occupant, residents.group, 2)
        table = restless_table(lattice, [0.6, 0.6], [0.0, 0.0])
        run(lattice, state, residents, table, is_judged_at_turn, 5, 1, np.zeros(3, np.int64), np.zeros(3, np.int64))
    assert (first.home[rows] == second.home).all()


def test_months_in_one_go_are_months_one_by_one():
    lattice = Lattice(9, 9, 1, True, False)
    together = found(lattice, 0.8, 2, 1)
    apart = copied(together)
    table = restless_table(lattice, [0.6, 0.4], [0.0, 1.0])
    state = found_cells(lattice, together.occupant, together.group, 2)
    run(lattice, state, together, table, False, 5, 1, np.zeros(4, np.int64), np.zeros(4, np.int64))
    state = found_cells(lattice, apart.occupant, apart.group, 2)
    for month in range(1, 5):
        run(lattice, state, apart, table, False, 5, month, np.zeros(1, np.int64), np.zeros(1, np.int64))
    assert (together.home == apart.home).all()


@pytest.mark.parametrize("fill", [0.0, 1.0])
@pytest.mark.parametrize("is_judged_at_turn", [False, True])
def test_nobody_moves_where_nobody_lives_or_nothing_is_vacant(fill, is_judged_at_turn):
    lattice = Lattice(5, 5, 1, False, False)
    residents = found(lattice, fill, 2, 2)
    before = copied(residents)
    state = found_cells(lattice, residents.occupant, residents.group, 2)
    table = restless_table(lattice, [0.9, 0.9], [0.0, 0.0])
    moves = np.full(3, 9)
    assert run(lattice, state, residents, table, is_judged_at_turn, 1, 1, np.full(3, 9), moves) == 0
    assert moves.tolist() == [0, 0, 0]
    assert all((a == b).all() for a, b in zip(residents, before, strict=True))


def test_purposes_have_the_numbers_of_the_ground_floor():
    assert (draws.ORDER, draws.SAMPLE, draws.CHOICE) == (Purpose.ORDER, Purpose.SAMPLE, Purpose.CHOICE)
