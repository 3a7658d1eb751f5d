"""Without tastes for neighbours, and where places are alike, segregation stays at the level of pure chance."""

import numpy as np
import pytest
from cities import TENURES, Quarter, scenario, town

from sim.engine.simulation import Simulation

TERMS = {"cost": {"weight": 3}, "space": {"weight": 1, "crowding": 0.8}}
PLACES = 6
SEEDS = range(1, 13)
BEGIN, EVERY, TIMES = 48, 12, 3
"""Months until the founding, which spreads groups evenly and not by chance, is forgotten; then a look every year."""


def indifferent(terms=TERMS, **more):
    """Places alike in homes, prices, incomes and groups; everybody moves often and cares for the home alone."""
    restless = [{"rule": "life_course", "factor": 4}, {"rule": "discontent"}, {"rule": "forced"}]
    return town(
        [Quarter((25, 15, 20, 0), 0.4)] * PLACES, months=240, search={"sample": 20, "rules": restless},
        stock={"vacancy": dict.fromkeys(TENURES, 0.1)},
        preferences={"taste_scale": 1, "taste_kept": 0, "moving_cost": 0, "founding_best_of": 1,
                     "profiles": [{"id": "all", "terms": terms}]}, **more,
    )  # fmt: skip


def above_chance(loaded, *measures):
    """Mean of several looks at each measure above the level of chance, one row per seed."""
    found = []
    for seed in SEEDS:
        simulation = Simulation.founded(loaded, seed)
        looks = []
        for month in range(1, BEGIN + EVERY * TIMES):
            simulation.engine.pass_month()
            if month >= BEGIN and (month - BEGIN) % EVERY == 0:
                simulation.engine.note(simulation.history)
                panel = simulation.history.panels[-1]
                looks.append([panel[name] - panel[f"{name}.chance"] for name in measures])
        found.append(np.mean(looks, axis=0))
    return np.array(found)


def standard_errors(values):
    """How many standard errors, taken from the spread over seeds, each mean is from nothing."""
    return values.mean(axis=0) / (values.std(axis=0, ddof=1) / np.sqrt(len(values)))


@pytest.mark.slow
def test_without_tastes_and_gaps_segregation_stays_at_the_level_of_chance():
    """Student's t with 11 degrees of freedom is beyond 4.4 once in a thousand seeds; the seeds are fixed."""
    measures = ("segregation.dissimilarity.origin", "segregation.income_rank_entropy")
    above = above_chance(scenario(indifferent()), *measures)
    assert np.abs(standard_errors(above)).max() < 4.4
    assert np.abs(above.mean(axis=0)).max() < 0.02


@pytest.mark.slow
def test_a_taste_for_one_s_own_group_would_be_seen():
    """The same town where everybody likes its own: the test above could fail."""
    fond = {**TERMS, "own_group": {"weight": 20, "shape": "linear"}}
    above = above_chance(scenario(indifferent(fond)), "segregation.dissimilarity.origin")
    assert standard_errors(above)[0] > 2.5
    assert above.mean() > 0.05
