"""Cities without money: exact and independent placement, lattices and inline areas."""

from __future__ import annotations

from random import Random
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_plans import shipped

from sim.base.errors import ScenarioError
from sim.base.streams import Luck
from sim.city.agents import Household
from sim.city.households import NOBODY
from sim.rules.shelves import built_in
from sim.scenario.load import load_text
from sim.scenario.schema import Scenario
from sim.synthesis.bare import exact_counts
from sim.synthesis.founding import found
from sim.synthesis.lattice import MOST_AREAS, block_areas, block_of_cells, block_side
from sim.synthesis.report import sentences

TOY = """
schema: hemvist-scenario/1
id: toy
title: {en: "Toy", sv: "Leksak"}
time: {start: 2000-01, months: 12}
tempo: sequential
money: false
space: %s
population: %s
search: {who: all, sample: 1, accept: logit}
preferences: {taste_scale: 0.5, profiles: [{id: all, terms: {own_group: {shape: threshold, at: 0.5}}}]}
"""
PAIR = "{kind: areas, areas: [{id: one, homes: 4}, {id: two, homes: 4}]}"
SIX = "{groups: [{id: r, count: 3}, {id: g, count: 3}]}"


def toy(space: str = PAIR, population: str = SIX) -> Scenario:
    return load_text(TOY % (space, population), built_in())


def test_groups_by_count_are_exact_and_in_homes_of_their_own() -> None:
    for seed in range(20):
        city, _ = found(toy(), Luck(seed))
        city.check()
        assert not city.has_money
        assert city.books.count.sum(axis=0).tolist() == [3, 3]
        assert city.books.places.tolist() == [4, 4]


def test_every_placement_of_groups_by_count_is_as_likely() -> None:
    """Three of a group on eight homes: by symmetry 3/8 of its members in each home; 4 sd of 400 draws are .097."""
    lived = np.zeros(8)
    for seed in range(400):
        city, _ = found(toy(), Luck(seed))
        lived[city.households.dwelling[city.households.group == 0]] += 1
    assert np.abs(lived / 400 - 3 / 8).max() < 0.097


def test_more_households_than_homes_are_refused_with_both_numbers() -> None:
    with pytest.raises(ScenarioError) as caught:
        found(toy(population="{groups: [{id: r, count: 5}, {id: g, count: 4}]}"), Luck(1))
    assert "9 households cannot live in 8 homes" in caught.value.text("en")


def test_shares_placed_exactly_have_no_luck_in_their_numbers() -> None:
    people = "{fill: 0.9, placement: exact, groups: [{id: a, share: 0.3}, {id: b, share: 0.7}]}"
    for seed in range(5):
        city, _ = found(toy("{kind: lattice, width: 20, height: 10}", people), Luck(seed))
        assert np.bincount(city.households.group).tolist() == [54, 126]


def test_independent_placement_fills_and_divides_by_chance() -> None:
    """Schelling's 2,500 cells, .8 filled, half of each group: both within four standard deviations."""
    city, report = found(shipped("schelling"), Luck(3))
    city.check()
    n = city.households.n_used
    assert n == pytest.approx(2000, abs=4 * np.sqrt(2500 * 0.8 * 0.2))
    assert (city.households.group == 0).sum() == pytest.approx(n / 2, abs=4 * np.sqrt(n / 4))
    assert report["households"] == n
    assert len(sentences(report, "sv")) == 1


def test_on_a_lattice_homes_are_cells_and_areas_are_blocks_of_five_by_five() -> None:
    city, _ = found(shipped("schelling"), Luck(3))
    assert city.n_areas == 100
    assert (city.books.places == 25).all()
    assert city.dwellings.area[[0, 4, 5, 5 * 50]].tolist() == [0, 0, 1, 10]
    assert (city.households.dwelling != NOBODY).all()


def test_links_of_a_lattice_are_those_of_its_cells() -> None:
    city, _ = found(shipped("schelling"), Luck(3))
    near = city.geography
    assert near.is_lattice
    assert len(near.start) == city.dwellings.n_used + 1
    degree = np.diff(near.start)
    assert (degree[0], degree[1], degree[51]) == (3, 5, 8)
    assert near.neighbour[near.start[0] : near.start[1]].tolist() == [1, 50, 51]


def test_neighbours_of_a_household_on_a_lattice_live_on_the_cells_around_it() -> None:
    city, _ = found(toy("{kind: lattice, width: 4, height: 3, torus: true}", SIX), Luck(2))
    home = int(city.households.dwelling[0])
    row, column = divmod(home, 4)
    around = {(row + i) % 3 * 4 + (column + j) % 4 for i in (-1, 0, 1) for j in (-1, 0, 1)} - {home}
    handle = Household(SimpleNamespace(city=city, random=Random(1)), 0, int(city.households.id[0]))
    cells = {int(city.households.dwelling[other.unique_id - 1]) for other in handle.neighbours()}
    assert cells == around & set(city.households.dwelling.tolist())


def test_a_lattice_that_five_does_not_divide_has_smaller_blocks_at_its_edges() -> None:
    block = block_of_cells(7, 6, 5)
    assert np.bincount(block).tolist() == [25, 10, 5, 2]
    assert block_areas(7, 6, 5).ids == ("1-1", "1-2", "2-1", "2-2")


def test_blocks_of_the_largest_lattice_can_be_numbered() -> None:
    side = block_side(10_000, 10_000)
    assert (10_000 // side + 1) ** 2 <= MOST_AREAS


@given(st.integers(0, 500), st.floats(0, 1), st.lists(st.floats(0.01, 1), min_size=1, max_size=5))
def test_exact_counts_fill_as_asked_and_each_is_within_one(n: int, fill: float, shares: list[float]) -> None:
    counts = exact_counts(n, fill, np.array(shares))
    total = round(n * fill)
    assert counts.sum() == total
    assert np.abs(counts - np.array(shares) / sum(shares) * total).max() < 1 + 1e-9


def test_inline_areas_with_positions_lie_near_each_other() -> None:
    places = "{id: one, homes: 4, lat: 57.7, lon: 11.9}, {id: two, homes: 4, lat: 57.71, lon: 11.9}"
    space = f"{{kind: areas, areas: [{places}], neighbourhood: {{half_distance: 1 km, reach: 1}}}}"
    city, _ = found(toy(space), Luck(1))
    assert city.geography.weight.tolist() == pytest.approx([0.68, 0.32, 0.68, 0.32], abs=0.02)
