"""Rent rules: what a home offers, what the market bears, what an index adds."""

import dataclasses

import numpy as np
import pytest
from small_cities import LUCK, town

from sim.city.dwellings import COOPERATIVE, PRIVATE_RENTAL, PUBLIC_RENTAL
from sim.rules.proposals import Lettings
from sim.rules.rent.indexed import Indexed
from sim.rules.rent.market import GAIN, MarketRent
from sim.rules.rent.mixed import MixedRent
from sim.rules.rent.utility_value import UtilityValue
from sim.rules.rent.worth import place_premium

ALL = np.arange(12, dtype=np.int32)
PLAIN = UtilityValue(location_weight=0.0)


def built_in(city, home, year):
    city.dwellings.built[home] = (year - 2026) * 12


def test_an_ordinary_home_of_sixty_square_metres_costs_what_is_stated():
    city = town()
    assert PLAIN.asking(city.readonly(), ALL, LUCK) == pytest.approx(np.full(12, 60 * 120))


def test_rent_grows_more_slowly_than_floor_area_and_with_standard():
    city = town()
    city.dwellings.m2[1] = 120
    city.dwellings.standard[2] = 1.0
    rents = PLAIN.asking(city.readonly(), ALL, LUCK)
    assert rents[1] / rents[0] == pytest.approx(2**0.68)
    assert rents[2] / rents[0] == pytest.approx(1 + 0.3 * 0.5)


@pytest.mark.parametrize(
    ("year", "factor"), [(1959, 1.0), (1960, 1.0), (1979, 1.0), (1980, 1.05), (1999, 1.05), (2000, 1.2)]
)
def test_the_period_of_building_has_its_factor(year, factor):
    city = town()
    built_in(city, 0, year)
    assert PLAIN.asking(city.readonly(), ALL[:1], LUCK)[0] == pytest.approx(7_200 * factor)


def test_location_counts_by_its_weight_and_the_price_of_flats():
    city = town()
    assert place_premium(city) == pytest.approx([0.5, 0.0, -0.5])  # 60, 40 and 20 thousand SEK per m2
    flat = dataclasses.replace(PLAIN, location_weight=1.0).asking(city.readonly(), np.array([0, 4, 8]), LUCK)
    assert flat == pytest.approx(7_200 * np.array([1.5, 1.0, 0.5]))


def test_an_area_where_no_flats_are_sold_has_no_premium():
    city = town()
    city.books.founding_price[0, COOPERATIVE] = 0
    assert place_premium(city)[0] == 0
    city.books.founding_price[:] = 0
    assert not place_premium(city).any()


def test_a_new_home_takes_the_rent_of_new_building_until_its_years_are_over():
    city = town()
    rule = dataclasses.replace(PLAIN, presumption=15, new_build_level=1.5, new_build_index=0.02)
    for age, rent in ((0, 7_200 * 1.5), (5, 7_200 * 1.5 * 1.02**5), (14, 7_200 * 1.5 * 1.02**14), (15, 7_200 * 1.2)):
        city.dwellings.built[0] = -12 * age
        assert rule.sitting(city.readonly(), ALL[:1], LUCK)[0] == pytest.approx(rent), age


def test_without_presumption_a_new_home_has_its_utility_value():
    city = town()
    city.dwellings.built[0] = 0
    rule = dataclasses.replace(PLAIN, presumption=0)
    assert rule.asking(city.readonly(), ALL[:1], LUCK)[0] == pytest.approx(7_200 * 1.2)


def test_the_level_rises_by_the_index_once_a_year_just_before_the_month_of_change():
    rule = dataclasses.replace(PLAIN, yearly_index=0.03, month_of_change=4)
    levels = []
    for month in range(12):
        city = town(month=month)
        levels.append(float(rule.level(city.readonly(), Lettings(ALL[:0], ALL[:0], ALL[:0]))[0, 0]))
    assert levels == pytest.approx([1.0] * 2 + [1.03] + [1.0] * 9)  # in March, so that April's rents have it


def test_rents_follow_the_level_of_their_area_and_tenure():
    city = town()
    city.books.rent_level[1, PUBLIC_RENTAL] = 1.1
    rents = PLAIN.sitting(city.readonly(), ALL, LUCK)
    assert rents[4] == pytest.approx(7_200 * 1.1)  # home 4: the middle area, public
    assert rents[5] == pytest.approx(7_200)


def test_an_index_of_zero_changes_no_rent_to_the_bit():
    city = town(month=0)
    city.dwellings.rent[:] = np.linspace(4_000, 9_000, 12)
    rule = Indexed(yearly_index=0.0)
    assert (rule.sitting(city.readonly(), ALL, LUCK) == city.dwellings.rent).all()
    assert (rule.asking(city.readonly(), ALL, LUCK) == city.dwellings.rent).all()


def test_an_index_raises_all_rents_in_its_month_and_vacant_ones_keep_theirs_in_others():
    rule, city = Indexed(yearly_index=0.05, month_of_change=1), town(month=0)
    assert rule.sitting(city.readonly(), ALL, LUCK) == pytest.approx(np.full(12, 6_300))
    assert rule.asking(city.readonly(), ALL, LUCK) == pytest.approx(np.full(12, 6_300))
    assert rule.asking(town(month=1).readonly(), ALL, LUCK) == pytest.approx(np.full(12, 6_000))


MARKET = MarketRent(location_weight=0.0)


def lettings(homes, incomes, rent=7_200.0):
    homes = np.asarray(homes, np.int32)
    return Lettings(homes, np.full(len(homes), rent, np.float32), np.asarray(incomes, np.float32))


def test_market_rents_rise_where_all_is_let_at_once_and_fall_where_nothing_is():
    city = town(tenures=(PRIVATE_RENTAL,))
    level = MARKET.level(city.readonly(), lettings(range(8), [40_000] * 4 + [0] * 4))
    west, middle, east = level[:, PRIVATE_RENTAL]
    assert west > east > middle  # east had nothing on offer and follows the city
    assert west == pytest.approx(np.exp(min(0.25 * (4 * GAIN) / 6, 0.015)))  # four here, two of the city
    assert middle == pytest.approx(np.exp(0.25 * (-4 * GAIN) / 6), abs=2e-3)


def test_market_rents_rest_where_half_is_let_each_month_at_a_target_of_two_months():
    city = town(tenures=(PRIVATE_RENTAL,))
    level = MARKET.level(city.readonly(), lettings(range(12), [40_000, 0] * 6))
    assert level[:, PRIVATE_RENTAL] == pytest.approx(1.0)


def test_a_longer_target_time_rests_at_fewer_lettings():
    city = town(tenures=(PRIVATE_RENTAL,))
    rule = dataclasses.replace(MARKET, target_time=4.0)
    assert rule.level(city.readonly(), lettings(range(12), [40_000, 0, 0, 0] * 3))[:, 1] == pytest.approx(1.0)


def test_a_letting_to_a_household_that_cannot_pay_is_no_sign_of_demand():
    city = town(tenures=(PRIVATE_RENTAL,))
    poor = MARKET.level(city.readonly(), lettings(range(12), [15_000] * 12))  # the rent is 48 % of the income
    assert (poor[:, PRIVATE_RENTAL] < 1).all()


def test_the_level_moves_by_its_bound_at_most_and_not_at_all_at_speed_zero():
    city = town(tenures=(PRIVATE_RENTAL,))
    everything = lettings(range(12), [90_000] * 12)
    quick = dataclasses.replace(MARKET, speed=1.0, most=0.01).level(city.readonly(), everything)
    assert quick[:, PRIVATE_RENTAL] == pytest.approx(np.exp(0.01))
    still = dataclasses.replace(MARKET, speed=0.0).level(city.readonly(), everything)
    assert (still == city.books.rent_level).all()


def test_a_listing_lowers_its_own_rent_while_it_waits_beyond_the_target():
    city = town(month=10)
    city.dwellings.vacant_since[:3] = (9, 8, 6)
    rents = MARKET.asking(city.readonly(), ALL[:3], LUCK)
    assert rents == pytest.approx(7_200 * np.array([1.0, 1.0, 0.98**2]))


def test_sitting_rents_follow_the_market_by_their_bound_or_wait_for_a_new_tenant():
    city = town()
    city.dwellings.rent[:3] = (5_000, 7_000, 9_000)
    rents = MARKET.sitting(city.readonly(), ALL[:3], LUCK)
    assert rents == pytest.approx([5_300, 7_200, 8_460])  # towards 7,200 by six per cent at most
    waits = dataclasses.replace(MARKET, sitting_rents="at_reletting").sitting(city.readonly(), ALL[:3], LUCK)
    assert waits == pytest.approx([5_000, 7_000, 9_000])


# Between regulated and free


def in_a_market(regulated):
    """Rents of a town where the market asks half as much again, under a rule that regulates some share of them."""
    city = town(tenures=(0, 1))
    city.books.rent_level[:] = 1.5
    rows = city.dwellings.rows()
    seen = city.readonly()
    return [rule.asking(seen, rows, LUCK) for rule in (MixedRent(regulated=regulated), MarketRent())]


def test_a_rent_that_is_half_free_lies_half_way_to_the_market():
    regulated, market = in_a_market(1.0)
    half, _ = in_a_market(0.5)
    np.testing.assert_allclose(market, 1.5 * regulated, rtol=1e-6)
    np.testing.assert_allclose(half, 1.25 * regulated, rtol=1e-6)


def test_at_its_ends_a_mixed_rent_is_the_rule_that_stands_there_to_the_bit():
    free, market = in_a_market(0.0)
    assert np.array_equal(free, market)
    city = town(tenures=(0, 1))
    rows = city.dwellings.rows()
    for built in (-600, -12):  # an old home, and one that takes the rent of new building
        city.dwellings.built[:] = built
        seen = city.readonly()
        rules = MixedRent(regulated=1.0), UtilityValue()
        assert np.array_equal(*(rule.asking(seen, rows, LUCK) for rule in rules))
        assert np.array_equal(*(rule.sitting(seen, rows, LUCK) for rule in rules))


def test_the_level_of_free_rents_rests_where_nothing_is_free():
    city = town(tenures=(0, 1))
    rows = np.array([0, 1], np.int32)
    rents = np.full(2, 6_000.0, np.float32)
    lettings = Lettings(rows, rents, 5 * rents)
    assert np.array_equal(MixedRent(regulated=1.0).level(city.readonly(), lettings), city.books.rent_level)
    assert (MixedRent(regulated=0.5).level(city.readonly(), lettings) > city.books.rent_level).any()
