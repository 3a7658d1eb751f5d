"""Founded cities: nobody lives twice, the same seed gives the same city, and extremes are what they should be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_plans import city_of, plan_with, shipped

from sim.base.errors import ScenarioError
from sim.base.streams import Luck
from sim.city.city import City
from sim.city.dwellings import COOPERATIVE
from sim.city.households import NEVER, NOBODY, Need
from sim.synthesis.founding import found

homes = st.lists(st.tuples(*[st.integers(0, 40)] * 4), min_size=1, max_size=5).filter(
    lambda rows: sum(map(sum, rows)) >= 20
)


def same(one: City, other: City) -> bool:
    tables = ((one.households, other.households), (one.dwellings, other.dwellings))
    return all(
        np.array_equal(getattr(a, name), getattr(b, name)) for a, b in tables for name in ("is_used", *a.columns)
    )


@given(homes=homes, share=st.floats(0.0, 1.0), vacancy=st.floats(0.0, 0.9), seed=st.integers(0, 2**63))
@settings(max_examples=60, deadline=None)
def test_no_home_has_two_households_and_the_books_balance(
    homes: list[tuple[int, ...]], share: float, vacancy: float, seed: int
) -> None:
    city = city_of(plan_with(homes, [share] * len(homes), vacancy=vacancy), seed)
    city.check()
    wanted = np.array(homes)
    here = city.households
    housed = np.flatnonzero(here.dwelling != NOBODY)
    assert len(np.unique(here.dwelling[housed])) == len(housed)
    lived = np.zeros_like(wanted)
    np.add.at(lived, (here.area[housed], here.tenure[housed]), 1)
    assert (lived == wanted).all()
    assert (here.id == np.arange(1, len(here) + 1)).all()


@given(homes=homes, seed=st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_every_column_says_what_its_meaning_allows(homes: list[tuple[int, ...]], seed: int) -> None:
    city = city_of(plan_with(homes, [0.3] * len(homes)), seed)
    here, now = city.households, city.founded_at
    rows = here.rows()
    housed = here.dwelling[rows] != NOBODY
    age = here.age_years(rows, now)
    assert (age >= 18).all()
    assert (here.adults >= 1).all()
    assert (here.moved_in[housed] < now).all()
    assert (here.moved_in[~housed] == NEVER).all()
    assert ((now - here.moved_in[housed].astype(int)) / 12 <= age[housed] - 17).all()
    assert ((here.without_since == NEVER) == housed).all()
    assert (here.waited(rows, now) >= 0).all()
    assert (here.waited(rows, now) / 12 <= age - 17 + 1 / 12).all()
    owns = here.tenure >= COOPERATIVE
    assert (here.loan[owns] <= 0.85 * city.dwellings.price[here.dwelling[owns]] + 1).all()
    assert (here.loan[~owns] == 0).all()
    assert (here.cost[housed] > 0).all()
    assert (here.need[~housed] >= Need.NO_HOME).all()
    assert (here.need[housed] <= Need.CROWDED).all()
    assert np.isfinite(here.log_permanent).all()
    assert (here.income > 0).all()


def test_the_same_seed_founds_the_same_city_to_the_bit_and_another_seed_another() -> None:
    plan = plan_with([(30, 20, 40, 10), (60, 10, 5, 5)], [0.1, 0.5])
    assert same(city_of(plan, 5), city_of(plan, 5))
    assert not same(city_of(plan, 5), city_of(plan, 6))


def test_one_area_is_enough() -> None:
    city = city_of(plan_with([(10, 10, 10, 10)], [0.25]))
    city.check()
    assert city.books.count.tolist() == [[30, 10]]


def test_one_group_is_enough() -> None:
    city = city_of(plan_with([(10, 10, 10, 10), (20, 0, 0, 0)]))
    city.check()
    assert city.books.count.tolist() == [[40], [20]]


def test_without_vacancies_every_home_is_lived_in() -> None:
    city = city_of(plan_with([(10, 20, 30, 0)], [0.5], vacancy=0.0))
    assert not city.dwellings.is_vacant().any()


def test_a_town_nearly_all_vacant_has_its_few_households_in_homes_of_their_own() -> None:
    city = city_of(plan_with([(5, 5, 5, 5)], [0.5], vacancy=0.99))
    city.check()
    assert city.dwellings.n_used == 20 * 100
    assert city.dwellings.is_vacant().sum() == 20 * 99


def test_a_scale_too_small_for_anybody_founds_an_empty_city() -> None:
    city = city_of(plan_with([(5, 5, 5, 5)], [0.5], scale=0.01))
    city.check()
    assert city.households.n_used == 0


def test_a_home_market_wholly_vacant_is_refused() -> None:
    with pytest.raises(ScenarioError) as caught:
        found(shipped("two-towns", stock__vacancy__cooperative="100 %"), Luck(1))
    assert "cooperative" in caught.value.text("en")


def test_area_means_of_rent_are_those_of_the_table() -> None:
    scenario = shipped("two-towns")
    city, _ = found(scenario, Luck(3))
    table, stock = scenario.tables["stock"], city.dwellings
    areas, tenures = city.areas.ids, ("public_rental", "private_rental", "cooperative", "owner_occupied")
    for row, (area, tenure) in enumerate(zip(table.texts("area"), table.texts("tenure"), strict=True)):
        here = (stock.area == areas.index(area)) & (stock.tenure == tenures.index(tenure))
        mean = stock.rent[here].sum() / stock.m2[here].sum()
        assert mean == pytest.approx(table.numbers("rent_per_m2")[row], rel=1e-4)


def test_prices_are_the_level_times_the_floor_area() -> None:
    city, _ = found(shipped("two-towns"), Luck(3))
    stock = city.dwellings
    assert stock.price == pytest.approx(city.books.price_level[stock.area, stock.tenure] * stock.m2, rel=1e-5)
    assert (stock.price[stock.tenure < COOPERATIVE] == 0).all()


def test_newcomers_are_drawn_from_households_as_the_founding_has_them() -> None:
    city, _ = found(shipped("two-towns"), Luck(3))
    assert len(city.templates.group) == city.households.n_used
    assert city.templates.group.mean() == pytest.approx(city.households.group.mean())


def test_the_queue_has_as_many_registered_per_home_as_the_scenario_says() -> None:
    """2,000 homes, .62 registered: standard deviation about sqrt(2000 * .25) / 2000 = .011; three are allowed."""
    city, _ = found(shipped("two-towns"), Luck(3))
    rows = city.households.rows()
    assert city.households.is_registered(rows).sum() / 2000 == pytest.approx(0.62, abs=0.034)
