"""Households of the founding: ages, sizes, incomes."""

from __future__ import annotations

import numpy as np
import pytest
from small_plans import city_of, plan_with, shipped

from sim.base.streams import Luck
from sim.city.city import City
from sim.city.households import NOBODY
from sim.city.incomes import consumption_units, log_profile
from sim.synthesis.founding import found
from sim.synthesis.population import income_scores


def large() -> City:
    return city_of(plan_with([(3000, 2000, 3000, 2000)], [0.3]))


def test_scores_of_tenths_average_to_one_and_rise() -> None:
    scores = income_scores(0.5)
    assert scores.mean() == pytest.approx(1.0)
    assert (np.diff(scores) > 0).all()
    assert (income_scores(0.0) == 1.0).all()


def test_incomes_per_unit_have_the_mean_and_spread_of_the_plan() -> None:
    """Evenly drawn over 10,000 households, so nearer than a random sample would be (sd .005 of the mean)."""
    here = large().households
    housed = here.dwelling != NOBODY
    per_unit = here.income[housed] / consumption_units(here.adults[housed], here.children[housed])
    assert per_unit.mean() == pytest.approx(26_000, rel=0.01)
    assert np.log(per_unit).std() == pytest.approx(0.48, abs=0.01)


def test_income_is_its_profile_times_its_lasting_and_passing_part() -> None:
    city = large()
    here = city.households
    age = (city.founded_at - here.birth_month.astype(int)) / 12
    whole = np.exp(log_profile(age) + here.log_permanent + here.log_transitory)
    assert whole == pytest.approx(here.income, rel=1e-5)
    assert here.log_transitory.std() == pytest.approx(0.15, abs=0.01)
    assert here.log_transitory.mean() == pytest.approx(0.0, abs=0.02)


def test_sizes_are_those_of_the_margins() -> None:
    here = large().households
    persons = here.persons(np.flatnonzero(here.dwelling != NOBODY))
    shares = np.bincount(np.minimum(persons, 7), minlength=8)[1:] / len(persons)
    assert shares == pytest.approx([0.44, 0.28, 0.12, 0.10, 0.04, 0.01, 0.01], abs=0.001)
    assert persons[persons >= 7].mean() == pytest.approx(7.3, abs=0.25)  # sd .57 over some hundred households


def test_ages_are_those_of_the_margins() -> None:
    city = large()
    rows = np.flatnonzero(city.households.dwelling != NOBODY)
    age = city.households.age_years(rows, city.founded_at)
    shares = np.histogram(age, bins=[18, 30, 45, 65, 120])[0] / len(rows)
    assert shares == pytest.approx([0.17, 0.30, 0.30, 0.23], abs=0.005)


def test_nobody_lives_with_children_alone_and_one_person_is_an_adult() -> None:
    here = large().households
    assert (here.adults >= 1).all()
    alone = here.persons(here.rows()) == 1
    assert (here.adults[alone] == 1).all()


def test_households_without_a_home_are_young_small_and_poor() -> None:
    city, _ = found(shipped("two-towns"), Luck(4))
    here = city.households
    rows = here.rows()
    without = here.dwelling == NOBODY
    assert without.sum() == 180
    age = here.age_years(rows, city.founded_at)
    assert age[without].mean() < age[~without].mean() - 10
    assert here.persons(rows)[without].mean() < 1.5
    assert np.median(here.income[without]) < np.median(here.income[~without])
    assert (here.roots[without] >= 0).all()


def test_profiles_are_dealt_by_their_shares() -> None:
    plan = plan_with([(2000, 0, 0, 0)])
    object.__setattr__(plan, "profiles", ("one", "two"))
    object.__setattr__(plan, "profile_shares", np.array([0.25, 0.75]))
    assert city_of(plan).households.profile.mean() == pytest.approx(0.75, abs=4 * np.sqrt(0.1875 / 2200))


def test_larger_households_have_larger_homes_on_average() -> None:
    city = large()
    here = city.households
    rows = np.flatnonzero((here.dwelling != NOBODY) & (here.tenure == 0))
    m2 = city.dwellings.m2[here.dwelling[rows]]
    persons = here.persons(rows)
    assert m2[persons >= 4].mean() > m2[persons == 1].mean() + 10
