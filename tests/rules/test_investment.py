"""What landlords, developers and the municipality propose for the stock, asked of towns small enough to count."""

import numpy as np
import pytest
from small_cities import LUCK, crowd, settle, town

from sim.city.dwellings import COOPERATIVE, PRIVATE_RENTAL, PUBLIC_RENTAL, Fate
from sim.city.households import NOBODY
from sim.rules.amounts import whole
from sim.rules.investment.building import Building
from sim.rules.investment.conversion import Conversion
from sim.rules.investment.demolition import Demolition
from sim.rules.investment.dispersal import Dispersal
from sim.rules.investment.infill import Infill
from sim.rules.investment.purchase import Purchase
from sim.rules.investment.renovation import Renovation
from sim.rules.investment.sale import Sale
from sim.rules.places import where

SEK = 1e-6
"""Rents and prices are kept in single precision."""


def over_a_year(rule, city):
    """What a rule proposes in each month of a year, the city standing still."""
    works = []
    for month in range(12):
        city.month = month
        works.append(rule.propose(city.readonly(), LUCK))
    return works


def begun(works):
    return sum(int(one.projects.homes.sum()) for one in works)


# Amounts and places


def test_rates_that_are_no_whole_number_are_met_over_the_months_and_by_each_cell():
    expected = np.array([0.3, 0.0, 1.21, 0.07])
    months = np.array([whole(expected, month, LUCK, 31) for month in range(1200)])
    assert (months.sum(axis=1) - expected.sum()).max() < 1
    np.testing.assert_allclose(months.mean(axis=0), expected, atol=0.02)  # Weyl: error below some log(n) / n
    assert (months[:, 1] == 0).all()


@pytest.mark.parametrize(
    ("word", "meant"),
    [("all", [1, 1, 1]), ("central", [1, 0, 0]), ("attractive", [1, 0, 0]), ("rich", [1, 0, 0]), ("poor", [0, 0, 1]),
     (("middle", "east"), [0, 1, 1])],
)  # fmt: skip
def test_a_word_means_a_third_of_the_town(word, meant):
    assert where(town(), word).tolist() == [bool(one) for one in meant]


def test_public_homes_are_many_where_their_share_of_the_rentals_is_high():
    city = town(homes=4)
    city.dwellings.tenure[:] = [0, 0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1]
    assert where(city, "most_public").tolist() == [True, False, False]
    assert where(city, "fewest_public").tolist() == [False, True, False]


# Building


def test_as_many_homes_are_begun_as_the_town_builds_in_a_year():
    works = over_a_year(Building(homes=90.0, tenure="cooperative", lead_time=18), town())
    assert begun(works) in (89, 90, 91)
    first = works[0].projects
    assert (first.tenure == COOPERATIVE).all()
    assert (first.ready == 18).all()


def test_a_sample_of_a_tenth_builds_a_tenth():
    city = town()
    city.scale = 0.1
    assert begun(over_a_year(Building(homes=240.0), city)) in (23, 24, 25)


def test_homes_are_built_only_in_the_areas_meant():
    works = over_a_year(Building(homes=60.0, areas=("east",)), town())
    assert {area for one in works for area in one.projects.area.tolist()} == {2}


def test_a_share_of_new_cooperative_homes_are_rentals_with_a_limit():
    works = over_a_year(Building(homes=120.0, tenure="cooperative", inclusionary_share=0.25), town())
    low = sum(int(one.projects.homes[one.projects.bound > 0].sum()) for one in works)
    assert low in (29, 30, 31)
    assert all((one.projects.tenure[one.projects.bound > 0] == PRIVATE_RENTAL).all() for one in works)


def test_a_developer_builds_only_where_homes_bring_what_it_demands():
    works = over_a_year(Building(homes=60.0, tenure="cooperative", cost_per_m2=50_000, profit_demanded=0.1), town())
    assert {area for one in works for area in one.projects.area.tolist()} == {0}  # 60,000 SEK per m2 against 55,000


def test_support_is_paid_for_the_floor_area_that_is_begun():
    (payment,) = Building(homes=120.0, subsidy_per_m2=1_000).propose(town().readonly(), LUCK).payments
    assert payment.amount == pytest.approx(1_000 * 10 * (15 + 21 * 2.5), rel=0.11)  # nine to eleven homes
    assert (payment.payer, payment.payee) == ("state", "landlord")


def test_infill_builds_what_an_area_lacks():
    city = town(homes=4)
    city.dwellings.tenure[:] = [0, 0, 0, 0, 2, 2, 2, 2, 0, 2, 0, 2]
    works = over_a_year(Infill(homes=48.0), city)
    built = {(a, t) for one in works for a, t in zip(one.projects.area, one.projects.tenure, strict=True)}
    assert built == {(0, COOPERATIVE), (1, PUBLIC_RENTAL)}
    assert begun(works) in (47, 48, 49)


# Renovation


def rented(n=120, **columns):
    """A town all of whose homes are old public rentals, with a tenant in each."""
    city = town(homes=n, tenures=(PUBLIC_RENTAL,))
    for home in range(3 * n):
        settle(city, home, id=1 + home, **columns)
    return city


def test_a_share_of_the_homes_that_are_due_is_renovated_in_a_year():
    works = over_a_year(Renovation(rate=0.2), rented())
    assert sum(len(one.renovated) for one in works) == pytest.approx(72, abs=1)
    assert {int(goal) for one in works for goal in one.goal} == {25}
    assert {int(step) for one in works for step in one.step} == {9}


def test_a_home_that_is_not_old_enough_is_not_due():
    city = rented()
    city.dwellings.built[:] = -44 * 12
    assert all(len(one.renovated) == 0 for one in over_a_year(Renovation(rate=1.0), city))


def test_a_cap_limits_the_rise_and_a_landlord_who_wants_a_yield_then_does_nothing():
    city, wants = rented(), 0.03
    assert Renovation(level="maxi", cap=0.1).full_rise() == 0.1
    free, capped = (Renovation(rate=1.0, level="maxi", yield_demanded=wants, cap=cap) for cap in (None, 0.1))
    assert len(free.due(city)) > 0  # 0.45 x 100 x 12 = 540 of 15,000 a year
    assert len(capped.due(city)) == 0


def test_those_with_lower_incomes_leave_as_often_as_is_said():
    city = rented(income=10_000.0)
    rule = Renovation(rate=1.0, leaves=0.2, lower_incomes=2.0)
    homes = np.arange(360, dtype=np.int32)
    assert len(rule.leavers(city, homes, LUCK)) == pytest.approx(144, abs=4 * np.sqrt(360 * 0.4 * 0.6))
    city.households.income[:] = 90_000.0
    assert len(rule.leavers(city, homes, LUCK)) == pytest.approx(72, abs=4 * np.sqrt(360 * 0.2 * 0.8))


# Conversion


def converted(works):
    return sum(len(one.sold) for one in works), sum(len(one.kept) for one in works)


def test_tenants_who_have_the_money_buy_where_enough_of_them_do():
    """In the k-th of twelve estates of thirty, 2 k tenants have no money: up to the seventh six of ten would buy."""
    city = rented(savings=1e6, income=60_000.0)
    for k in range(12):
        city.households.savings[city.dwellings.occupant[30 * k : 32 * k]] = 0
    works = over_a_year(Conversion(rate=1.0, tenure="public_rental", threshold=0.6), city)
    assert converted(works) == (sum(30 - 2 * k for k in range(7)), sum(2 * k for k in range(7)))


def test_nothing_converts_where_nobody_has_the_money_or_everybody_must_agree():
    poor = rented(savings=0.0)
    assert converted(over_a_year(Conversion(rate=1.0, tenure="public_rental"), poor)) == (0, 0)
    mixed = rented(savings=1e6, income=60_000.0)
    mixed.households.savings[mixed.dwellings.occupant[np.arange(0, 360, 30)]] = 0
    assert converted(over_a_year(Conversion(rate=1.0, tenure="public_rental", threshold=1.0), mixed)) == (0, 0)


def test_tenants_pay_the_price_less_the_discount_and_the_town_gives_up_what_homes_were_worth():
    city = rented(savings=5e6, income=60_000.0)
    rule = Conversion(rate=1.0, tenure="public_rental", discount=0.25)
    for one in (one for one in over_a_year(rule, city) if one.sold.size):
        market = np.array([60_000.0, 40_000.0, 20_000.0])[city.dwellings.area[one.sold]] * 60
        np.testing.assert_allclose(one.price, 0.75 * market, rtol=SEK)
        paid, given_up = one.payments
        assert (paid.payee, given_up.payee) == ("municipality", "property")
        assert paid.amount == pytest.approx(0.75 * market.sum())
        assert given_up.amount == pytest.approx(0.6 * market.sum())


def test_a_landlord_sells_only_for_what_it_demands():
    city = rented(savings=5e6, income=60_000.0)
    rule = Conversion(rate=1.0, tenure="public_rental", discount=0.0, gain_demanded=0.5)
    areas = {int(city.dwellings.area[row]) for one in over_a_year(rule, city) for row in one.sold}
    assert areas == {0}  # 60 m2 x 60,000 against 12 x 6,000 / 0.04 = 1.8 million and half of that again


# Demolition, purchase, sale, dispersal


def test_whole_estates_are_given_notice_and_rebuilt_where_they_stood():
    works = over_a_year(Demolition(homes=120.0, notice=6, lead_time=18), rented())
    doomed = [one for one in works if len(one.doomed)]
    assert sum(len(one.doomed) for one in doomed) in (90, 120, 150)
    for one in doomed:
        assert len(one.doomed) % 30 == 0
        assert one.projects.for_return.all()
        assert one.projects.homes.sum() == pytest.approx(len(one.doomed), abs=1)
        assert set(one.projects.tenure.tolist()) <= {PUBLIC_RENTAL, COOPERATIVE}
        assert set(one.projects.ready.tolist()) == {int(one.doomed_from[0]) + 18}


def test_tenants_have_a_right_to_return_by_lot():
    homes = np.arange(360, dtype=np.int32)
    got = Demolition(returns=0.3).returning(rented(), homes, LUCK)
    assert len(got) == pytest.approx(108, abs=4 * np.sqrt(360 * 0.3 * 0.7))


def test_the_municipality_buys_for_its_budget_and_its_cost_is_what_it_pays_above_the_worth():
    city = town(homes=120, tenures=(PRIVATE_RENTAL,))
    works = over_a_year(Purchase(budget=100e6, areas="all", premium=0.2), city)
    paid = sum(p.amount for one in works for p in one.payments if p.payer == "municipality")
    kept = sum(p.amount for one in works for p in one.payments if p.payee == "municipality")
    assert paid == pytest.approx(100e6, rel=0.1)
    assert paid == pytest.approx(1.2 * kept)
    assert {int(one) for work in works for one in work.to_tenure} == {PUBLIC_RENTAL}


def test_a_share_of_the_public_homes_is_sold_in_a_year():
    works = over_a_year(Sale(rate=0.1), rented())
    assert sum(len(one.handed) for one in works) in (35, 36, 37)
    assert {int(one) for work in works for one in work.to_tenure} == {PRIVATE_RENTAL}


def test_dispersal_sells_where_there_are_many_and_buys_as_many_where_there_are_few():
    city = town(homes=120, tenures=(PUBLIC_RENTAL, PRIVATE_RENTAL))
    city.dwellings.tenure[:100], city.dwellings.tenure[-100:] = PUBLIC_RENTAL, PRIVATE_RENTAL
    works = over_a_year(Dispersal(homes=48.0), city)
    to = np.concatenate([one.to_tenure for one in works])
    areas = city.dwellings.area[np.concatenate([one.handed for one in works])]
    assert (to == PUBLIC_RENTAL).sum() == (to == PRIVATE_RENTAL).sum() in (47, 48, 49)
    assert set(areas[to == PUBLIC_RENTAL].tolist()) == {2}
    assert set(areas[to == PRIVATE_RENTAL].tolist()) == {0}


def test_a_home_about_which_something_is_decided_is_left_alone():
    city = rented(savings=1e6, income=60_000.0)
    city.dwellings.fate[:] = Fate.DEMOLITION
    converts = Conversion(rate=1.0, tenure="public_rental")
    for rule in (Renovation(rate=1.0), Sale(rate=1.0), Demolition(homes=1e5), converts):
        for one in over_a_year(rule, city):
            assert len(one.renovated) + len(one.handed) + len(one.doomed) + len(one.sold) == 0


def test_a_crowd_in_which_some_have_no_home_is_asked_without_fault():
    city = crowd()
    assert (city.households.dwelling[city.households.rows()] == NOBODY).any()
    for rule in (Renovation(rate=1.0), Conversion(rate=1.0), Demolition(homes=100.0), Infill(homes=50.0)):
        over_a_year(rule, city)
