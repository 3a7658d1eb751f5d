"""What surrounds a cell, and who is restless."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernels.cells import (
    AROUND,
    FIRST,
    GROUP,
    Lattice,
    come_or_go,
    count_states,
    found_cells,
    is_cell_restless,
    restless_table,
    table_for,
)
from sim.kernels.neighbours import moore_links

lattices = st.builds(
    Lattice,
    width=st.integers(1, 6),
    height=st.integers(1, 6),
    radius=st.integers(1, 2),
    is_torus=st.booleans(),
    over_places=st.booleans(),
)


def settle(lattice: Lattice, n_groups: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Some households on a lattice: occupants of the cells and groups of the households."""
    luck = np.random.default_rng(seed)
    n_cells = lattice.width * lattice.height
    occupant = np.where(luck.random(n_cells) < 0.7, 0, -1).astype(np.int32)
    occupant[occupant == 0] = np.arange((occupant == 0).sum())
    return occupant, luck.integers(0, n_groups, n_cells).astype(np.uint8)


def looked_up(lattice: Lattice, occupant: np.ndarray, group: np.ndarray, n_groups: int) -> np.ndarray:
    """The wide state by looking at every neighbour."""
    start, neighbour = moore_links(lattice.width, lattice.height, lattice.radius, lattice.is_torus)
    state = np.zeros((occupant.size, 2 + n_groups), np.int64)
    for cell in range(occupant.size):
        near = occupant[neighbour[start[cell] : start[cell + 1]]]
        counts = np.bincount(group[near[near >= 0]], minlength=n_groups)
        who = 0 if occupant[cell] < 0 else 1 + int(group[occupant[cell]])
        state[cell] = [who, near.size if lattice.over_places else counts.sum(), *counts]
    return state


def unpacked(state: np.ndarray) -> np.ndarray:
    if state.ndim > 1:
        return state.astype(np.int64)
    first, second = state & 15, (state >> 4) & 15
    return np.stack([state >> 8, first + second, first, second], axis=1).astype(np.int64)


@settings(deadline=None, max_examples=80)
@given(lattice=lattices, n_groups=st.integers(2, 3), seed=st.integers(0, 2**32 - 1))
def test_counts_are_what_one_sees_by_looking_around(lattice, n_groups, seed):
    occupant, group = settle(lattice, n_groups, seed)
    state = found_cells(lattice, occupant, group, n_groups)
    assert (unpacked(state) == looked_up(lattice, occupant, group, n_groups)).all()
    assert (state.ndim == 1) == (lattice.radius == 1 and n_groups == 2 and not lattice.over_places)


@settings(deadline=None, max_examples=60)
@given(lattice=lattices, n_groups=st.integers(2, 3), seed=st.integers(0, 2**32 - 1))
def test_who_comes_and_goes_changes_the_counts_as_a_recount_does(lattice, n_groups, seed):
    occupant, group = settle(lattice, n_groups, seed)
    state = found_cells(lattice, occupant, group, n_groups)
    lived_in, vacant = np.flatnonzero(occupant >= 0), np.flatnonzero(occupant < 0)
    for cell, goal in zip(lived_in[:3], vacant[:3], strict=False):
        row = occupant[cell]
        come_or_go(state, cell, group[row], -1, lattice)
        come_or_go(state, goal, group[row], 1, lattice)
        occupant[cell], occupant[goal] = -1, row
    assert (unpacked(state) == looked_up(lattice, occupant, group, n_groups)).all()


@settings(deadline=None, max_examples=60)
@given(
    lattice=lattices,
    n_groups=st.integers(2, 3),
    seed=st.integers(0, 2**32 - 1),
    tenths=st.lists(st.integers(0, 10), min_size=3, max_size=3),
)
def test_restless_is_who_has_less_than_the_share_wanted(lattice, n_groups, seed, tenths):
    occupant, group = settle(lattice, n_groups, seed)
    state = found_cells(lattice, occupant, group, n_groups)
    at, alone = [tenth / 10 for tenth in tenths[:n_groups]], [0.5, 0.0, 1.0][:n_groups]
    table = table_for(state, restless_table(lattice, at, alone))
    for cell, (who, around, *counts) in enumerate(looked_up(lattice, occupant, group, n_groups).tolist()):
        expected = False
        if who:
            share = Fraction(counts[who - 1], around) if around else Fraction(alone[who - 1])
            expected = share < Fraction(tenths[who - 1], 10)
        assert bool(is_cell_restless(state, table, cell)) == expected


def test_a_third_is_enough_for_who_wants_a_third_and_three_tenths_for_who_wants_point_three():
    table = restless_table(Lattice(20, 20, 2, False, False), [1 / 3, 0.3], [0.0, 1.0])
    assert not table[1, [1, 2, 8], [3, 6, 24]].any()
    assert table[1, 7, 24] == 1
    assert not table[2, [3, 6], [10, 20]].any()
    assert table[2, 2, 10] == 1
    assert table[:, 0, 0].tolist() == [0, 1, 0]


def test_cells_in_each_packed_state_are_counted():
    occupant, group = settle(Lattice(6, 5, 1, False, False), 2, 3)
    state = found_cells(Lattice(6, 5, 1, False, False), occupant, group, 2)
    counted = np.zeros(1024, np.int64)
    count_states(state, counted)
    assert counted.tolist() == np.bincount(state, minlength=1024).tolist()


def test_wide_columns_are_where_their_names_say():
    state = found_cells(Lattice(3, 1, 1, False, False), np.array([0, 1, -1], np.int32), np.array([2, 0], np.uint8), 3)
    assert state[0].tolist() == [3, 1, 1, 0, 0]
    assert (GROUP, AROUND, FIRST) == (0, 1, 2)
