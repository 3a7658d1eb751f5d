"""Extreme conditions: nothing breaks, and what comes out is what common sense says."""

import numpy as np
import pytest
from cities import TENURES, Quarter, addresses, founded, passed, town, vacant

from sim.city import changes
from sim.city.dwellings import COOPERATIVE
from sim.city.households import NOBODY

QUARTERS = (Quarter((30, 15, 30, 10), 0.2), Quarter((30, 15, 20, 10), 0.5))
YEARS = 3
FINITE = (
    "access.without_home", "access.vacancy", "access.turnover", "access.crowding", "affordability.public_cost",
)  # fmt: skip


def lived(world, seed=1, years=YEARS):
    """A town after some years, whole and sound."""
    simulation = founded(world, seed)
    for _ in range(12 * years):
        simulation.pass_month()
        simulation.engine.city.check()
    return simulation


def world(quarters=QUARTERS, **sections):
    """A town in which incomes and the pool may be stated."""
    mean, share = sections.pop("mean_income", 26_000), sections.pop("without_home", 0.09)
    made = town(quarters, **sections)
    made["population"]["incomes"]["mean"] = mean
    made["population"]["without_home"]["share"] = share
    return made


def last(simulation, measure):
    """A measure in the last month."""
    return float(simulation.record().series[measure][-1])


def households(simulation):
    return simulation.engine.city.households.n_used


def moves(simulation):
    """Moves of the whole run."""
    return len(simulation.record().lettings)


def test_nobody_can_pay():
    poor = lived(world(mean_income=300, payment={"rules": [{"rule": "arrears"}, {"rule": "eviction"}]}))
    usual = lived(world())
    series = poor.record().series
    assert series["affordability.evictions"].sum() > usual.record().series["affordability.evictions"].sum()
    assert last(poor, "access.without_home") > last(usual, "access.without_home") + 0.2
    assert last(poor, "access.vacancy") > last(usual, "access.vacancy") + 0.2
    assert last(poor, "affordability.rent_burden") > 1
    bought = [
        tenure for tenure in poor.record().lettings.column("tenure").to_pylist() if tenure in TENURES[COOPERATIVE:]
    ]
    assert bought == []


def typical_price(simulation):
    """Mean of what sold cooperative homes cost, over the months in which some were sold, SEK."""
    return np.nanmean(simulation.record().series["affordability.median_price@tenure=cooperative"])


def test_everyone_is_rich():
    rich, usual = lived(world(mean_income=400_000)), lived(world())
    series = rich.record().series
    assert series["affordability.evictions"].sum() == 0
    assert series["affordability.public_cost"].sum() == 0
    assert last(rich, "affordability.below_norm") == 0
    assert last(rich, "affordability.rent_burden") < 0.1
    dear, plain = (typical_price(one) for one in (rich, usual))
    assert dear > plain


def test_no_vacancies():
    """Nobody leaves a home, none is empty: nobody gets one, however many look."""
    closed = world(stock={"vacancy": {}}, demography={"rules": []}, payment={"rules": []})
    simulation = lived(closed, years=1)
    assert moves(simulation) == 0
    assert len(vacant(simulation.engine.city)) == 0
    assert last(simulation, "access.seekers") > 0
    assert last(simulation, "access.turnover") == 0
    assert np.isnan(simulation.record().series["access.waiting_time"]).all()


def test_nearly_all_homes_are_vacant():
    simulation = lived(world(stock={"vacancy": dict.fromkeys(TENURES, 0.95)}), years=1)
    city = simulation.engine.city
    assert len(vacant(city)) > 0.8 * city.dwellings.n_used
    assert last(simulation, "access.without_home") < 0.03
    level, founded = simulation.engine.city.books.price_level, simulation.engine.city.books.founding_price
    assert (level[founded > 0] < founded[founded > 0]).mean() > 0.5


def test_nobody_lives_there_yet():
    """All leave in the first month; the town is settled anew by those who arrive."""
    simulation = founded(world(), 1)
    changes.leave(simulation.engine.city, simulation.engine.city.households.rows())
    simulation.engine.look_around()
    passed(simulation, 12)
    city = simulation.engine.city
    city.check()
    assert 0 < households(simulation) < 30
    assert last(simulation, "access.without_home") < 0.5


@pytest.mark.parametrize("share_of_b", [0.0, 1.0])
def test_one_group_only(share_of_b):
    """Where everybody is alike a dissimilarity says nothing; everything else goes on."""
    quarters = [Quarter((30, 15, 20, 10), share_of_b)] * 2
    one = world(quarters)
    one["population"]["without_home"]["by_group"] = {"a": 1 - share_of_b, "b": share_of_b}
    simulation = lived(one, years=1)
    series = simulation.record().series
    assert np.isnan(series["segregation.dissimilarity.origin"]).all()
    assert "segregation.dissimilarity.origin" in simulation.record().provenance["undefined"]
    assert np.isfinite(series["segregation.dissimilarity.tenure"]).all()
    assert moves(simulation) > 0


def test_a_town_with_a_single_group_in_its_scenario():
    simulation = lived(world([Quarter((30, 15, 20, 10), 0.0)] * 2, groups=("a",)), years=1)
    assert simulation.engine.city.groups == ("a",)
    assert moves(simulation) > 0


def test_one_area_only():
    """In a town of one area nobody can live apart: every index of evenness is 0."""
    simulation = lived(world([Quarter((40, 30, 40, 20), 0.4)]))
    series = simulation.record().series
    assert np.nanmax(series["segregation.dissimilarity.origin"]) == pytest.approx(0, abs=1e-12)
    assert np.nanmax(np.abs(series["segregation.income_rank_entropy"])) == pytest.approx(0, abs=1e-12)
    assert moves(simulation) > 0


def test_nobody_searches():
    """Only who has no home moves; those who have one stay where they are."""
    simulation = founded(world(search={"sample": 20, "rules": []}), 1)
    for _ in range(24):
        before = addresses(simulation.engine.city)
        simulation.pass_month()
        simulation.engine.city.check()
        told = simulation.engine.tally.moves
        assert told["was_without"].all()
        after = addresses(simulation.engine.city)
        assert all(after[name] in (home, NOBODY) for name, home in before.items() if home != NOBODY and name in after)
    assert moves(simulation) > 0


def test_nobody_may_apply_for_anything():
    shut = {"allocation": {"rule": "lottery", "eligibility": {"residual_income": 100_000}}}
    simulation = lived(world(municipal=shut, private=shut), years=1)
    assert set(simulation.record().lettings.column("tenure").to_pylist()) <= set(TENURES[COOPERATIVE:])


def test_a_single_application_and_a_single_look():
    few = world(listing={"max_applications": 1}, search={"sample": 1, "rules": [{"rule": "life_course"}]})
    runs, usual = ([lived(made, seed, years=2) for seed in (1, 2, 3)] for made in (few, world()))
    assert 0 < sum(moves(run) for run in runs) < sum(moves(run) for run in usual)
    for run, other in zip(runs, usual, strict=True):
        empty, usually_empty = (one.record().series["access.vacancy"].mean() for one in (run, other))
        assert empty > usually_empty


def test_tastes_so_large_that_nothing_else_counts_and_so_small_that_only_the_rest_does():
    for scale in (0.0, 100.0):
        terms = {"cost": {"weight": 3}}
        taste = {"taste_scale": scale, "taste_kept": 0.5, "moving_cost": 0, "founding_best_of": 1}
        simulation = lived(world(preferences={**taste, "profiles": [{"id": "all", "terms": terms}]}), years=1)
        assert all(np.isfinite(last(simulation, name)) for name in FINITE)
        assert moves(simulation) > 0


def test_without_any_term_homes_are_told_apart_by_taste_alone():
    plain = {"taste_scale": 1, "taste_kept": 0, "profiles": [{"id": "all", "terms": {}}]}
    assert moves(lived(world(preferences=plain), years=1)) > 0
