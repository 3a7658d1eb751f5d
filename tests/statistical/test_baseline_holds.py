"""The Gothenburg of today holds together under today's rules, and does so because of its area constants.

Two seeds at scale 0.05, 25 years. What is allowed beyond a target is three standard errors of two such seeds. The
standard deviations between seeds are those of six at scale 0.1 (``hemvist baseline gothenburg``, which has the whole
table), times the root of two for half as many households: of dissimilarity .0095, of the lowest price .039, of the mean
wait .21 years, and so on.
"""

import numpy as np
import pytest

import sim
from sim.experiment.baseline import Baseline, Held, without_constants
from sim.experiment.paired import seeds
from sim.experiment.play import play
from sim.experiment.targets import targets_of

SLACK = {
    "dissimilarity.origin": 0.020, "map.likeness": 0.011, "entropy.income": 0.014, "price.lowest": 0.08,
    "price.highest": 0.10, "wait.mean": 0.46, "wait.order": 0.07, "lettings.queue": 0.003, "crowded.rental": 0.023,
    "people.age": 0.009, "people.size": 0.022, "vacancy.rental": 0.006, "vacancy.owned": 0.006, "burden.rental": 0.006,
}  # fmt: skip


def measured(n, **changes):
    town = sim.load("gothenburg", set={"scale": 0.05, **changes})
    return Baseline(targets_of(town), (tuple(Held(town, seed)(lambda months: False) for seed in seeds(1, n)),))


@pytest.fixture(scope="module")
def held():
    return measured(2)


@pytest.fixture(scope="module")
def without():
    return measured(1, **without_constants(sim.load("gothenburg")))


@pytest.mark.slow
@pytest.mark.parametrize("row", sorted(SLACK))
def test_a_reading_stays_within_its_target_and_the_noise_of_two_seeds(held, row):
    target, founding = held.target(row), held.at(row, 0).mean
    scale = founding if target.of == "ratio" else 1.0
    for moment in (1, 2):
        found = held.at(row, moment).mean
        asked = {"value": found, "change": found - founding, "ratio": found / scale}[target.of]
        assert not asked < target.low - SLACK[row]
        assert not asked > target.high + SLACK[row]


@pytest.mark.slow
def test_without_the_constants_the_city_forgets_its_map(held, without):
    """By far more than the noise of a seed: half of the dissimilarity is gone, and the map is another."""
    assert without.at("dissimilarity.origin", 2).mean < held.at("dissimilarity.origin", 2).mean - 0.08
    assert without.at("map.likeness", 2).mean < 0.95 < held.at("map.likeness", 2).mean


@pytest.fixture(scope="module")
def ends():
    """Differences at year 20 (mean of two years) of the market and of need from today's rules, one pair."""
    names = ("gothenburg", "gothenburg-market", "gothenburg-right-need")
    towns = [sim.load(name, set={"scale": 0.05}) for name in names]
    runs = play(towns, seeds(1, 1)[0], lambda months: False)

    def gap(arm, measure):
        return float(np.mean(runs[arm].series[measure][-24:] - runs[0].series[measure][-24:]))

    return gap


@pytest.mark.slow
def test_the_baseline_is_not_pinned_the_market_sorts_incomes_and_need_mixes_origins(ends):
    """Of two pairs at scale 0.1 the market was .024 (deviation .001) up in income segregation, need .033 (.003) down
    in dissimilarity, crowding .034 (.001) up; a third of each is outside the noise of one pair of half the size."""
    assert ends(1, "segregation.income_rank_entropy") > 0.010
    assert ends(2, "segregation.dissimilarity.origin") < -0.010
    assert ends(2, "access.crowding") > 0.015
