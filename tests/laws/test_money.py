"""No money appears from nowhere: savings and loans change by buying and selling, rents are paid by who lives there."""

import numpy as np
import pytest
from cities import Quarter, founded, passed, scenario, seeds, town, towns
from hypothesis import given, settings

from sim.city.changes import value
from sim.city.dwellings import COOPERATIVE
from sim.city.households import NOBODY
from sim.city.ledger import Entry

FEW = settings(max_examples=8)
PAID = Entry("housing_allowance", "state", "household")
SINGLE = 1e-6
"""Single precision keeps a sum of millions of kronor to about a part in ten millions; a few sums stand between."""
NO_COUPLES = {"rules": [{"rule": name} for name in ("ageing", "forming", "migration", "income", "registering")]}
OWNED = [Quarter((20, 10, 60, 30), 0.3)] * 2


def purses(city):
    """Savings, loan and home of each household by name."""
    here = city.households
    rows = here.rows()
    columns = (here.savings[rows].astype(float), here.loan[rows].astype(float), here.dwelling[rows])
    return dict(zip(here.id[rows].tolist(), zip(*columns, strict=True), strict=True))


@FEW
@given(seed=seeds)
def test_savings_and_loans_change_only_by_what_is_sold_and_bought(seed):
    simulation = founded(town(OWNED, demography=NO_COUPLES), seed)
    city, bought, sold = simulation.engine.city, 0, 0
    for _ in range(8):
        worth = value(city, np.arange(len(city.dwellings), dtype=np.int32)).astype(float)
        owned = city.dwellings.tenure >= COOPERATIVE
        before = purses(city)
        simulation.pass_month()
        for name, (savings, loan, home) in purses(city).items():
            if name not in before:
                assert loan == 0 or home != NOBODY
                continue
            saved, owed, old_home = before[name]
            if home != old_home and old_home != NOBODY and owned[old_home]:
                saved, owed, sold = saved + max(worth[old_home] - owed, 0.0), 0.0, sold + 1
            if home not in (old_home, NOBODY) and owned[home]:
                price = float(city.dwellings.price[home])
                saved, owed, bought = max(saved - price, 0.0), max(price - saved, 0.0), bought + 1
            assert savings == pytest.approx(saved, rel=SINGLE, abs=1.0)
            assert loan == pytest.approx(owed, rel=SINGLE, abs=1.0)
    assert bought > 0


@FEW
@given(seed=seeds)
def test_who_buys_can_borrow_what_it_borrows(seed):
    world = town(OWNED, demography=NO_COUPLES)
    simulation, loans = founded(world, seed), scenario(world).loans
    city = simulation.engine.city
    for _ in range(8):
        simulation.pass_month()
        moves, here = simulation.engine.tally.moves, city.households
        rows = here.rows()
        row_of = dict(zip(here.id[rows].tolist(), rows.tolist(), strict=True))
        for name, home, income in zip(moves["household"], moves["dwelling"], moves["income"], strict=True):
            row, price = row_of[int(name)], float(city.dwellings.price[home])
            if city.dwellings.tenure[home] >= COOPERATIVE:
                assert here.loan[row] <= 12 * loans.loan_to_income * income * (1 + SINGLE)
                assert here.loan[row] <= (1 - loans.down_payment) * price * (1 + SINGLE) + 1


@FEW
@given(world=towns(), seed=seeds)
def test_who_lives_in_a_rental_pays_its_rent(world, seed):
    simulation = founded(world, seed)
    for _ in range(14):
        simulation.pass_month()
        here, stock = simulation.engine.city.households, simulation.engine.city.dwellings
        rows = here.rows()
        tenants = rows[(here.dwelling[rows] != NOBODY) & (here.tenure[rows] < COOPERATIVE)]
        np.testing.assert_array_equal(here.cost[tenants], stock.rent[here.dwelling[tenants]])
        assert (here.cost[rows[here.dwelling[rows] == NOBODY]] == 0).all()
        assert (stock.rent[stock.is_used] > 0).all()


@FEW
@given(world=towns(), seed=seeds)
def test_the_public_pays_what_households_are_paid(world, seed):
    simulation = founded(world, seed)
    engine = simulation.engine
    booked = 0.0
    for _ in range(4):
        simulation.pass_month()
        booked += engine.tally.allowance
        assert engine.city.ledger.total[PAID] == pytest.approx(booked)
    assert booked >= 0.0


def test_an_allowance_fills_the_gap_to_the_norm_up_to_its_share():
    """Asked of every household by itself, in the month after the founding, before anybody moves."""
    from cities import until

    engine = until(founded(town(), 2), "payment")
    here, schedule = engine.city.households, engine.rulebook.schedule
    rows = here.rows()
    cost, income = here.cost[rows].astype(float), here.income[rows].astype(float)
    gap = schedule.norm(here.adults[rows], here.children[rows]) + cost - income
    paid = np.clip(gap, 0, schedule.share * np.minimum(cost, schedule.rent_cap))
    assert engine.tally.allowance == pytest.approx(paid.sum(), rel=1e-5)
    assert paid.sum() > 0


def test_without_an_allowance_nothing_is_booked():
    payment = {"rules": [{"rule": "arrears"}, {"rule": "eviction"}]}
    simulation = passed(founded(town(payment=payment), 2), 3)
    assert simulation.engine.city.ledger.total.get(PAID, 0.0) == 0.0
