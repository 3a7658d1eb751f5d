"""Prices of owned homes follow buyers."""

import dataclasses

import numpy as np
import pytest
from small_cities import LUCK, town

from sim.city.dwellings import COOPERATIVE, PUBLIC_RENTAL
from sim.rules.price.demand import Demand
from sim.rules.proposals import Sales

RULE = Demand()


def flats():
    return town(tenures=(COOPERATIVE,))


def sales(city, homes, over):
    """Homes sold at so much over the level of their area; None where nobody bought."""
    homes = np.asarray(homes, np.int32)
    level = (city.books.price_level[city.dwellings.area[homes], COOPERATIVE] * 60).astype(np.float32)
    paid = np.array([0.0 if share is None else (1 + share) for share in over], np.float32) * level
    return Sales(homes, level, paid)


def test_a_home_is_asked_for_at_its_areas_level_and_less_while_it_waits():
    city = flats()
    city.month = 10
    city.dwellings.vacant_since[:4] = (9, 8, 7, 0)
    prices = RULE.asking(city.readonly(), np.arange(4, dtype=np.int32), LUCK)
    assert prices == pytest.approx(60 * 60_000 * 0.98 ** np.array([0, 0, 1, 8]))


def test_the_level_takes_over_a_quarter_of_the_mean_premium():
    city = flats()
    level = RULE.level(city.readonly(), sales(city, range(12), [0.04] * 12))
    assert level[:, COOPERATIVE] / city.books.price_level[:, COOPERATIVE] == pytest.approx(1.04**0.25, rel=1e-6)


def test_one_wild_sale_says_at_most_the_cap():
    city = flats()
    mild, wild = (RULE.level(city.readonly(), sales(city, [0], [share])) for share in (np.expm1(0.1), 3.0))
    assert mild == pytest.approx(wild)


def test_unsold_homes_lower_the_level_by_eight_per_cent_times_the_speed_within_the_bound():
    city = flats()
    level = RULE.level(city.readonly(), sales(city, range(12), [None] * 12))
    change = np.log(level[:, COOPERATIVE] / city.books.price_level[:, COOPERATIVE])
    assert change == pytest.approx(-0.015)  # 0.25 x 0.08 is two per cent, the bound is one and a half
    free = dataclasses.replace(RULE, most=0.1).level(city.readonly(), sales(city, range(12), [None] * 12))
    assert np.log(free[:, COOPERATIVE] / city.books.price_level[:, COOPERATIVE]) == pytest.approx(-0.02)


def test_half_sold_at_a_premium_of_eight_per_cent_is_rest():
    city = flats()
    level = RULE.level(city.readonly(), sales(city, range(12), [np.expm1(0.08), None] * 6))
    assert level[:, COOPERATIVE] == pytest.approx(city.books.price_level[:, COOPERATIVE])


def test_at_speed_zero_nothing_moves_to_the_bit():
    city = flats()
    still = dataclasses.replace(RULE, speed=0.0).level(city.readonly(), sales(city, range(12), [0.1] * 12))
    assert (still == city.books.price_level).all()


def test_rentals_have_no_price():
    city = town()
    level = RULE.level(city.readonly(), sales(flats(), [2, 6], [0.05, 0.05]))
    assert (level[:, PUBLIC_RENTAL] == 0).all()


def test_a_month_without_listings_moves_nothing():
    city = flats()
    assert (RULE.level(city.readonly(), sales(city, [], [])) == city.books.price_level).all()
