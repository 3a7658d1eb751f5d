"""One household at a time: worths, samples, moves and swaps, and the lattice as a special case."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from sim.base.streams import Luck, Purpose
from sim.kernels.cells import Lattice, found_cells, restless_table
from sim.kernels.lattice import Residents, run
from sim.kernels.neighbours import moore_links
from sim.kernels.sequential import Turn, _sample, run_sequential
from sim.kernels.worths import Places, Scratch, Taste, own_worth, places_of, weigh

seeds = st.integers(0, 2**32 - 1)
NOBODY_CONTENT = np.full(3, np.inf)


def some_places(luck: np.random.Generator, n_homes: int, n_areas: int) -> Places:
    """Homes in areas that see one another with weights, themselves included."""
    links = luck.random((n_areas, n_areas)) * (luck.random((n_areas, n_areas)) < 0.5) + np.eye(n_areas)
    rows, neighbour = np.nonzero(links)
    start = np.searchsorted(rows, np.arange(n_areas + 1)).astype(np.int64)
    area = luck.integers(0, n_areas, n_homes).astype(np.int32)
    return places_of(area, start, neighbour.astype(np.int32), links[rows, neighbour])


def some_residents(luck: np.random.Generator, n_homes: int, n: int, n_groups: int = 3) -> Residents:
    home = luck.permutation(n_homes)[:n].astype(np.int32)
    occupant = np.full(n_homes, -1, np.int32)
    occupant[home] = np.arange(n)
    group = luck.integers(0, n_groups, n).astype(np.uint8)
    names, vacant = luck.permutation(1000)[:n].astype(np.int64), np.flatnonzero(occupant < 0).astype(np.int32)
    return Residents(names, group, home, np.zeros(n, np.int16), occupant, vacant)


def some_taste(luck: np.random.Generator, n_homes: int, scale: float, *, over_places: bool) -> Taste:
    knot = np.sort(luck.random((3, 4)), axis=1)
    knot[1, 2:] = knot[1, 1]  # a group with fewer points: the last is repeated
    value = luck.normal(0, 1, (3, 4))
    value[1, 2:] = value[1, 1]
    return Taste(knot, value, luck.normal(0, 1, 3), luck.normal(0, 1, (3, n_homes)), over_places, scale)


def counted(places: Places, residents: Residents) -> np.ndarray:
    count = np.zeros((places.start.size - 1, 3), np.int64)
    np.add.at(count, (places.area[residents.home], residents.group), 1)
    return count


def looked_up(row: int, home: int, places: Places, taste: Taste, residents: Residents) -> float:
    """Worth of a home by looking at every other home and its household, the chooser away."""
    like = around = 0.0
    here = places.area[home]
    link = dict(zip(places.neighbour[places.start[here] : places.start[here + 1]].tolist(),
                    places.weight[places.start[here] : places.start[here + 1]].tolist(), strict=True))  # fmt: skip
    for other, who in enumerate(residents.occupant):
        weight = link.get(int(places.area[other]), 0.0)
        if other == home:
            continue
        if who not in (-1, row):
            like += weight * (residents.group[who] == residents.group[row])
            around += 0.0 if taste.over_places else weight
        around += weight if taste.over_places else 0.0
    group = residents.group[row]
    worth = np.interp(like / around, taste.knot[group], taste.value[group]) if around > 1e-9 else taste.alone[group]
    return float(worth + taste.fixed[group, home])


def months(places, taste, turn, residents, count, n, *, seed=1, first=1):
    restless, moves = np.zeros((2, n), np.int64)
    rows = np.arange(residents.id.size, dtype=np.int32)
    run_sequential(places, taste, turn, residents, count, rows, seed, first, restless, moves)
    return restless, moves


@settings(deadline=None, max_examples=60)
@given(seed=seeds, over_places=st.booleans(), n=st.integers(1, 11))
def test_worth_is_what_one_sees_by_looking_around_with_the_chooser_away(seed, over_places, n):
    luck = np.random.default_rng(seed)
    places, residents = some_places(luck, 12, 4), some_residents(luck, 12, n)
    taste, count = some_taste(luck, 12, 1.0, over_places=over_places), counted(places, residents)
    scratch = Scratch(np.zeros(12, np.int64), np.zeros(12), np.zeros(12, np.int64))
    for row in range(n):
        assert own_worth(row, places, taste, residents, count, scratch) == pytest.approx(
            looked_up(row, residents.home[row], places, taste, residents), abs=1e-9
        )
    count[places.area[residents.home[0]], residents.group[0]] -= 1
    scratch.seen[: residents.vacant.size] = residents.vacant
    weigh(scratch.seen, residents.vacant.size, residents.group[0], *places, *taste[:5], count, scratch.worth)
    expected = [looked_up(0, home, places, taste, residents) for home in residents.vacant]
    assert scratch.worth[: residents.vacant.size] == pytest.approx(expected, abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(
    seed=seeds, n=st.integers(1, 12), sample=st.integers(1, 4), may_stay=st.booleans(), is_swap=st.booleans(),
    is_judged_at_turn=st.booleans(), scale=st.sampled_from([0.0, 0.5, 1e-6]),
)  # fmt: skip
def test_the_books_balance_after_some_months(seed, n, sample, may_stay, is_swap, is_judged_at_turn, scale):
    luck = np.random.default_rng(seed)
    places, residents = some_places(luck, 12, 4), some_residents(luck, 12, n)
    content = np.array([np.inf, 0.3, -np.inf]) if not is_swap else NOBODY_CONTENT
    turn = Turn(sample, may_stay, is_swap, is_judged_at_turn, content)
    taste, count = some_taste(luck, 12, scale, over_places=True), counted(places, residents)
    before = residents.home.copy()
    restless, moves = months(places, taste, turn, residents, count, 3)
    assert (count == counted(places, residents)).all()
    assert (residents.occupant[residents.home] == np.arange(n)).all()
    assert sorted([*residents.home.tolist(), *residents.vacant.tolist()]) == list(range(12))
    assert (restless <= n).all()
    if moves.sum() == 0:
        assert (residents.home == before).all()
    if n == 12 and not is_swap:
        assert moves.sum() == 0  # nothing is vacant
    third = residents.group == 2
    if not is_swap:
        assert (residents.home[third] == before[third]).all()  # content with anything


@settings(deadline=None, max_examples=40)
@given(seed=seeds, n=st.integers(1, 10))
def test_at_scale_nought_nobody_takes_a_home_worse_than_its_own(seed, n):
    luck = np.random.default_rng(seed)
    places, residents = some_places(luck, 12, 4), some_residents(luck, 12, n)
    taste, count = some_taste(luck, 12, 0.0, over_places=False), counted(places, residents)
    before = Residents(*(column.copy() for column in residents))
    run_sequential(places, taste, Turn(12, True, False, True, NOBODY_CONTENT), residents, count,
                   np.array([0], np.int32), 3, 1, *np.zeros((2, 1), np.int64))  # fmt: skip
    options = [looked_up(0, home, places, taste, before) for home in [*before.vacant, before.home[0]]]
    assert looked_up(0, residents.home[0], places, taste, residents) == pytest.approx(max(options), abs=1e-9)


def test_equally_good_homes_are_equally_likely_at_scale_nought():
    """Four homes alike, the own one among them: chi-square on 800 turns of 3 degrees of freedom, p > .001."""
    places = places_of(np.zeros(4, np.int32), np.arange(2), np.zeros(1, np.int32), np.ones(1))
    taste = Taste(np.zeros((3, 1)), np.zeros((3, 1)), np.zeros(3), np.zeros((3, 0)), True, 0.0)
    seen: Counter = Counter()
    for month in range(800):
        residents = some_residents(np.random.default_rng(1), 4, 1)
        months(places, taste, Turn(3, True, False, True, NOBODY_CONTENT), residents, counted(places, residents), 1,
               first=month)  # fmt: skip
        seen[int(residents.home[0])] += 1
    assert chi2.sf(sum((seen[home] - 200) ** 2 / 200 for home in range(4)), 3) > 0.001


def test_every_set_of_vacant_homes_is_equally_likely_to_be_seen():
    """Two of five: ten sets, 2,000 draws, chi-square of 9 degrees of freedom, p > .001."""
    slot, home = np.zeros(3, np.int64), np.zeros(3, np.int64)
    vacant, seen = np.arange(10, 15, dtype=np.int32), Counter()
    for drawn in Luck(2).stream(Purpose.SAMPLE, 1).words(np.arange(2000)):
        assert _sample(2, vacant, drawn, slot, home) == 2
        assert (home[1:] == vacant[slot[1:]]).all()
        seen[frozenset(slot[1:].tolist())] += 1
    assert len(seen) == 10
    assert chi2.sf(sum((count - 200) ** 2 / 200 for count in seen.values()), 9) > 0.001


@settings(deadline=None, max_examples=25)
@given(seed=seeds, is_torus=st.booleans(), is_judged_at_turn=st.booleans())
def test_who_must_move_to_one_random_vacancy_moves_as_schellings_rule_has_it(seed, is_torus, is_judged_at_turn):
    luck = np.random.default_rng(seed)
    lattice, n_cells = Lattice(6, 5, 1, is_torus, False), 30
    ours = some_residents(luck, n_cells, 22, 2)
    theirs = Residents(*(column.copy() for column in ours))
    start, neighbour = moore_links(6, 5, 1, is_torus)
    places = places_of(np.arange(n_cells, dtype=np.int32), start, neighbour, np.ones(neighbour.size))
    knot, value = np.tile([0.5 - 1e-9, 0.5], (3, 1)), np.tile([0.0, 1.0], (3, 1))
    taste = Taste(knot, value, np.zeros(3), np.zeros((3, 0)), False, 0.0)
    restless, moves = months(places, taste, Turn(1, False, False, is_judged_at_turn, np.ones(3)), ours,
                             counted(places, ours), 4, seed=9)  # fmt: skip
    state = found_cells(lattice, theirs.occupant, theirs.group, 2)
    flagged, moved = np.zeros((2, 4), np.int64)
    table = restless_table(lattice, [0.5, 0.5], [0.0, 0.0])
    run(lattice, state, theirs, table, is_judged_at_turn, 9, 1, flagged, moved)
    assert all((mine == right).all() for mine, right in zip(ours, theirs, strict=True))
    assert restless.tolist() == flagged.tolist()
    assert moves.tolist() == moved.tolist()


@settings(deadline=None, max_examples=25)
@given(seed=seeds, is_swap=st.booleans())
def test_rows_do_not_matter_only_names(seed, is_swap):
    luck = np.random.default_rng(seed)
    places, first = some_places(luck, 12, 4), some_residents(luck, 12, 9)
    taste = some_taste(luck, 12, 0.5, over_places=True)
    rows = luck.permutation(9)
    place = np.append(np.argsort(rows), -1).astype(np.int32)
    second = Residents(*(column[rows] for column in first[:4]), place[first.occupant], first.vacant.copy())
    for residents in (first, second):
        turn = Turn(2, True, is_swap, True, NOBODY_CONTENT)
        months(places, taste, turn, residents, counted(places, residents), 4)
    assert (first.home[rows] == second.home).all()


def test_nobody_swaps_where_all_are_of_one_group():
    luck = np.random.default_rng(1)
    places, residents = some_places(luck, 12, 4), some_residents(luck, 12, 9, 1)
    turn = Turn(1, True, True, True, NOBODY_CONTENT)
    taste = some_taste(luck, 12, 0.5, over_places=True)
    assert months(places, taste, turn, residents, counted(places, residents), 3)[1].tolist() == [0, 0, 0]
