"""Homes are built, taken down, handed over and sold: rows stay names, books stay right, nobody loses a home."""

import numpy as np
import pytest
from towns import PRIVATE, TOWNHOMES, village

from sim.base.errors import CityError
from sim.city import alterations, changes
from sim.city.alterations import NewHomes
from sim.city.dwellings import COOPERATIVE, OWNER_OCCUPIED, PRIVATE_RENTAL, PUBLIC_RENTAL, Fate
from sim.city.households import NOBODY
from sim.city.ledger import PARTIES, Entry


@pytest.fixture
def city():
    return village(spare_rows=2)


def rows(*numbers):
    return np.array(numbers, np.int32)


def new(area, tenure, n=1):
    one = np.ones(n)
    return NewHomes(
        np.full(n, area), np.full(n, tenure), one * 0, one * TOWNHOMES, one * 3, one * 70, one * 0.7, one * 9000,
        one * 0, one * 0,
    )  # fmt: skip


def test_new_homes_get_rows_of_their_own_behind_all_others(city):
    city.month = 4
    built = alterations.build(city, new(1, PUBLIC_RENTAL, 3))
    assert built.tolist() == [7, 8, 9]
    assert city.dwellings.n_used == 10
    assert city.books.places.tolist() == [3, 5, 2]
    assert (city.dwellings.built[built] == 4).all()
    assert (city.dwellings.vacant_since[built] == 4).all()
    city.check()


def test_a_demolished_home_is_gone_for_good_and_its_row_is_never_a_new_home(city):
    alterations.take_down(city, rows(4, 6))
    assert city.books.places.tolist() == [3, 1, 1]
    assert alterations.build(city, new(0, COOPERATIVE, 90)).min() == 7
    assert not city.dwellings.is_used[[4, 6]].any()
    city.check()


def test_a_home_in_which_somebody_lives_is_not_demolished(city):
    with pytest.raises(CityError) as caught:
        alterations.take_down(city, rows(0))
    assert caught.value.key == "city.demolished_lived_in"


def test_a_home_changes_its_landlord_and_its_tenant_stays(city):
    home, tenant = 2, int(city.dwellings.occupant[2])
    one = np.array([1])
    alterations.hand_over(city, rows(home), one * PUBLIC_RENTAL, one * TOWNHOMES, one * TOWNHOMES)
    assert (city.dwellings.landlord[home], city.dwellings.occupant[home]) == (TOWNHOMES, tenant)
    assert city.households.tenure[tenant] == PUBLIC_RENTAL
    city.check()


def test_nobody_who_owns_a_home_becomes_its_tenant(city):
    one = np.array([1])
    with pytest.raises(CityError) as caught:
        alterations.hand_over(city, rows(3), one * PRIVATE_RENTAL, one * PRIVATE, one * PRIVATE)
    assert caught.value.key == "city.owner_made_tenant"


def test_a_tenant_who_buys_pays_with_savings_first_and_borrows_the_rest(city):
    home, tenant = rows(2), int(city.dwellings.occupant[2])
    city.households.savings[tenant] = 300_000
    one = np.array([1])
    alterations.hand_over(city, home, one * COOPERATIVE, one * 2, one * 2)
    price, fee = np.array([1e6], np.float32), np.array([3e3], np.float32)
    alterations.sell_to_tenants(city, home, price, fee, 0.002)
    here = city.households
    assert (here.savings[tenant], here.loan[tenant]) == (0, 700_000)
    assert here.cost[tenant] == pytest.approx(3_000 + 0.002 * 700_000)
    city.check()


def test_a_rise_after_renovation_comes_in_steps_and_ends_where_it_should(city):
    home, before = rows(0), float(city.dwellings.rent[0])
    alterations.renovate(city, home, np.array([45], np.uint8), np.array([15], np.uint8))
    assert city.dwellings.rent[0] == pytest.approx(before * 1.15, rel=1e-6)
    for percent in (30, 45):
        alterations.lift(city, home, np.array([percent], np.uint8))
        assert city.dwellings.rent[0] == pytest.approx(before * (1 + percent / 100), rel=1e-6)
        assert city.households.cost[city.dwellings.occupant[0]] == city.dwellings.rent[0]


def test_the_first_owned_homes_of_an_area_cost_what_they_do_in_the_nearest_one(city):
    city.books.price_level[:, OWNER_OCCUPIED] = [0, 40_000, 10_000]
    alterations.open_markets(city, np.array([0]), np.array([OWNER_OCCUPIED]))
    assert city.books.price_level[:, OWNER_OCCUPIED].tolist() == [40_000, 40_000, 10_000]


def test_what_is_decided_about_a_home_is_no_news_to_whoever_lives_there(city):
    alterations.decide(city, rows(0), Fate.DEMOLITION, 7)
    assert city.dwellings.is_settled(rows(0, 1)).tolist() == [False, True]
    assert city.dwellings.occupant[0] != NOBODY


def test_a_ledger_balances_and_forgets_the_month_but_not_the_sum(city):
    changes.book(city, "allowance", 5.0)
    changes.book(city, "purchase", 9.0, "municipality", "landlord")
    changes.book(city, "sale", 4.0, "household", "municipality")
    assert city.ledger.public_cost() == 10.0
    assert city.ledger.paid_by("municipality", "sale") == -4.0
    assert sum(city.ledger.paid_by(party) for party in PARTIES) == 0.0
    changes.turn_month(city)
    assert city.ledger.public_cost() == 0.0
    assert city.ledger.total[Entry("purchase", "municipality", "landlord")] == 9.0
