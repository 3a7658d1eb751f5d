"""Towns without money, from YAML to rounds."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.engine.choices import ChoiceTurns
from sim.engine.turns import LatticeTurns
from sim.rules import built_in
from sim.scenario.load import load_text

TOWN = """
schema: hemvist-scenario/1
id: theory
title: {{en: "Theory", sv: "Teori"}}
status: illustrative
time: {{start: 2000-01, months: {months}}}
tempo: sequential
money: false
space: {space}
population: {{groups: [{{id: r, count: {n}}}, {{id: g, count: {n}}}]}}
search: {search}
preferences:
  taste_scale: {scale}
  profiles: [{{id: all, terms: {{own_group: {taste}}}}}]
"""
TWO_AREAS = "{kind: areas, areas: [{id: a, homes: 4}, {id: b, homes: 4}]}"
RING = "{kind: lattice, width: 8, height: 1, torus: true}"
HALF = "{weight: 1, points: [[0, 0], [0.4, 0], [0.6, 1], [1, 1]], over: places}"
LINEAR = "{weight: 1, points: [[0, 0], [1, 1]], over: places}"


def town(*, space: str = TWO_AREAS, n: int = 3, search: str, scale: float = 0.5, taste: str = HALF, months: int = 40):
    text = TOWN.format(space=space, n=n, search=search, scale=scale, taste=taste, months=months)
    return load_text(text, built_in())


def test_two_areas_by_logit_choice_come_near_the_dissimilarity_of_theory() -> None:
    record = sim.run(town(search="{who: all, accept: logit, sample: 1}", months=2000), seed=5)
    seen = record.series["segregation.dissimilarity.origin"][200:]
    # E[D] = .80182 by enumeration. A round is six steps and the relaxation 124 steps, so about one independent state
    # in 21 rounds: 1,800 rounds hold 86, D varies by .24, the standard error is .026; four of them are allowed.
    assert abs(seen.mean() - 0.8018169500) < 4 * 0.026


def test_a_ring_of_swaps_comes_near_the_like_pairs_of_theory() -> None:
    scenario = town(space=RING, n=4, search="{who: all, move: swap}", scale=0.625, taste=LINEAR, months=1500)
    record = sim.run(scenario, seed=2)
    assert isinstance(sim.assemble(scenario).engine.turns, ChoiceTurns)
    # E[L]/8 = .60743 by enumeration, .42857 without preferences; four standard errors, one state in two rounds, sd .11
    assert abs(record.series["theory.similar_pairs"][100:].mean() - 0.60743369) < 4 * 0.11 / np.sqrt(700)


def test_schelling_stops_when_all_are_satisfied_and_the_books_balance() -> None:
    model = sim.assemble("schelling", seed=3)
    assert isinstance(model.engine.turns, LatticeTurns)
    record = model.run()
    model.city.check()
    assert record.series["theory.satisfied"][-1] == 1.0
    assert record.complete
    assert model.month < 300


@pytest.mark.parametrize("radius", [1, 2])
def test_similarity_is_that_of_a_look_at_every_neighbour(radius: int) -> None:
    small = {"space.radius": radius, "space.width": 12, "space.height": 9}
    model = sim.assemble(sim.load("schelling", set=small), seed=4)
    model.run(2)
    shares = []
    for household in list(model.agents_by_type[sim.Household]):
        around = [other.group for other in household.neighbours()]
        if around:
            shares.append(np.mean([group == household.group for group in around]))
    assert model.record.at("theory.similarity", model.month) == pytest.approx(np.mean(shares))


def test_who_must_move_moves_whatever_it_finds() -> None:
    scenario = town(search="{who: dissatisfied, accept: any}", months=1)
    model = sim.assemble(scenario, seed=1)
    restless = model.engine.turns.n_restless(model.city)
    model.run()
    assert model.record.at("theory.moves", 1) == restless


def test_without_taste_nobody_is_better_off_anywhere_and_the_best_choice_is_by_lot() -> None:
    flat = "{weight: 0, points: [[0, 0]]}"
    record = sim.run(town(search="{who: all, accept: best, sample: 2}", taste=flat, months=1000), seed=7)
    seen = record.series["segregation.dissimilarity.origin"][50:]
    # all configurations equally likely: E[D] = 12/35; D varies by .26, about one independent state in three rounds
    assert abs(seen.mean() - 12 / 35) < 4 * 0.26 / np.sqrt(300)


def test_a_saved_lattice_goes_on_to_the_bit() -> None:
    model = sim.assemble("schelling", seed=6)
    model.run(3)
    twin = sim.HousingModel.restore(model.save())
    assert twin.run(3).same_numbers(model.run(3))
