"""Each lever of money moves what it is meant to move; without its rule nothing moves; what is paid is booked."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from cities import Quarter, differences, founded, passed, scenario, town

from sim.base.errors import ScenarioError
from sim.city.dwellings import OWNER_OCCUPIED, PRIVATE_RENTAL
from sim.rules import built_in
from sim.rules.works import Works

SEED, MONTHS = 4, 13
QUARTERS = (
    Quarter((60, 10, 40, 26), 0.1, 1.0, 1.3),
    Quarter((20, 60, 10, 10), 0.6, -0.8, 0.6),
    Quarter((30, 30, 30, 30)),
)
STRICT = [{"rule": "allowance", "share": 0}, {"rule": "arrears", "slack": 0, "savings_months": 60}]
"""Nobody is helped and nothing is overlooked: many fall behind."""
EVICTS = {"rule": "eviction", "grace": 1, "chance": 1.0}
FLOOR = 4.0
STERN = {"allocation": {"rule": "first_acceptable", "eligibility": {"income_floor": FLOOR}}}
"""Private landlords that let to nobody with less than four times the rent."""
REST: dict[str, dict[str, Any]] = {
    "cash_transfer": {}, "child_supplement": {}, "rescue": {}, "property_tax": {}, "area_investment": {},
    "mobility_voucher": {}, "rent_guarantee": {},
}  # fmt: skip
PULLED: dict[str, dict[str, Any]] = {
    "cash_transfer": {"amount": 2_000}, "child_supplement": {"per_child": 2_000}, "rescue": {"share": 1.0},
    "property_tax": {"rate": 0.02}, "area_investment": {"spending": 20_000, "gain": 0.5},
    "mobility_voucher": {"number": 60, "most_poor": 0.25}, "rent_guarantee": {"number": 60},
}  # fmt: skip


def world(rule=None, block=None, **changes):
    """A town under rules of payment that let many fall behind, with one rule of money more."""
    rules = [*STRICT, EVICTS]
    sections = {"private": STERN} if rule == "rent_guarantee" else {}
    if rule == "area_investment":
        sections["investment"] = {"rules": [{"rule": rule, **block}]}
    elif rule is not None:
        rules.append({"rule": rule, **block})
    return scenario(town(QUARTERS, payment={"rules": rules}, **sections), **changes)


def played(loaded, months=MONTHS):
    """The city some months on, with what the months left behind."""
    simulation = founded(loaded, SEED)
    evicted = 0
    for _ in range(months):
        simulation.pass_month()
        evicted += simulation.engine.tally.counts["evicted"]
    city = simulation.engine.city
    city.check()
    city.were_evicted = evicted
    return city


def income_of_the_lowest(city):
    """Mean income of a tenth of the households, SEK per month."""
    incomes = np.sort(city.households.income[city.households.rows()])
    return float(incomes[: len(incomes) // 10].mean())


def income_of_families(city):
    here = city.households
    rows = here.rows()
    rows = rows[(here.children[rows] > 0) & (here.income[rows] < 20_000)]
    return float(here.support[rows].mean())


def price_of_houses(city):
    return float(city.books.price_level[:, OWNER_OCCUPIED].mean())


def evicted(city):
    return city.were_evicted


def worth_of_the_poorest_area(city):
    return float(city.books.uplift[1])


def poor_with_vouchers_where_few_are_poor(city):
    return int((city.households.support > 0).sum())


def private_tenants_below_a_floor(city):
    """Households in private rentals whose income is less than landlords demand."""
    here = city.households
    rows = here.rows()
    rows = rows[here.tenure[rows] == PRIVATE_RENTAL]
    return int((here.income[rows] < FLOOR * here.cost[rows]).sum())


@dataclass(frozen=True)
class Lever:
    """What is measured, and by how much pulling the lever moves that at least and at most."""

    target: Any
    least: float
    most: float


LEVERS = {
    "cash_transfer": Lever(income_of_the_lowest, 1_000, 2_500),
    "child_supplement": Lever(income_of_families, 500, 6_000),
    "rescue": Lever(evicted, -1_000, -10),
    "property_tax": Lever(price_of_houses, -10_000, -300),
    "mobility_voucher": Lever(poor_with_vouchers_where_few_are_poor, 3, 65),
    "rent_guarantee": Lever(private_tenants_below_a_floor, 3, 65),
    # 0.5 per 10,000 SEK of 20,000 a year is 1 a year, less what wears off, over thirteen months
    "area_investment": Lever(worth_of_the_poorest_area, 1.0, 13 / 12),
}


def moved(rule, months=MONTHS):
    rest, pulled = (played(world(rule, block[rule]), months) for block in (REST, PULLED))
    return LEVERS[rule].target(pulled) - LEVERS[rule].target(rest)


STUBS = {
    "cash_transfer": ("payment", "pays", lambda self, city: np.zeros(len(city.households), np.float32)),
    "child_supplement": ("payment", "pays", lambda self, city: np.zeros(len(city.households), np.float32)),
    "rescue": ("payment", "rescued", lambda self, city, rows, luck: np.zeros(len(rows), np.bool_)),
    "property_tax": ("payment", "assessed", lambda self, city, rows: np.zeros(len(rows), np.float32)),
    "mobility_voucher": ("payment", "candidates", lambda self, city, luck: np.zeros(0, np.int32)),
    "rent_guarantee": ("payment", "candidates", lambda self, city, luck: np.zeros(0, np.int32)),
    "area_investment": ("investment", "propose", lambda self, city, luck: Works()),
}


@pytest.mark.parametrize("rule", LEVERS)
def test_a_lever_moves_its_own_target(rule):
    assert LEVERS[rule].least <= moved(rule) <= LEVERS[rule].most


@pytest.mark.parametrize("rule", LEVERS)
def test_without_its_rule_a_lever_moves_nothing(rule, monkeypatch):
    kind, question, stub = STUBS[rule]
    monkeypatch.setattr(built_in().find(kind, rule), question, stub)
    assert moved(rule, months=4) == 0


@pytest.mark.parametrize("rule", LEVERS)
def test_at_rest_the_city_is_the_same_to_the_bit(rule):
    sections = {"private": STERN} if rule == "rent_guarantee" else {}
    without = scenario(town(QUARTERS, payment={"rules": [*STRICT, EVICTS]}, **sections))
    assert differences(played(without), played(world(rule, REST[rule]))) == []


@pytest.mark.parametrize("rule", LEVERS)
def test_what_a_lever_costs_is_booked_on_its_line_and_every_line_balances(rule):
    city = played(world(rule, PULLED[rule]))
    paid = city.ledger.public_cost(rule) if rule not in ("rescue", "rent_guarantee") else sum(
        amount for entry, amount in city.ledger.total.items() if entry.line == rule
    )  # fmt: skip
    assert (paid < 0) if rule == "property_tax" else (paid > 0)
    assert sum(
        city.ledger.paid_by(party) for party in ("municipality", "state", "landlord", "household", "property")
    ) == (pytest.approx(0.0, abs=1e-3))


def test_what_is_booked_as_cash_is_what_households_have():
    city = played(world("cash_transfer", PULLED["cash_transfer"]))
    here = city.households
    rows = here.rows()
    assert city.ledger.public_cost("cash_transfer") == pytest.approx(float(here.support.sum()), rel=0.02)
    assert set(np.unique(here.support[rows]).tolist()) <= {0.0, 2_000.0}
    # a fifth of those who were there when it was paid
    assert (here.support[rows] > 0).mean() == pytest.approx(0.2, abs=0.03)


def test_cash_that_ends_is_no_longer_income():
    simulation = passed(founded(world("cash_transfer", PULLED["cash_transfer"]), SEED), 3)
    assert simulation.engine.city.households.support.any()
    book = simulation.engine.timetable.at(simulation.month)
    assert [line for line, _ in book.support] == ["cash_transfer"]


def test_houses_taxed_no_longer_cost_their_fee_again():
    city = played(world("property_tax", PULLED["property_tax"]))
    stock = city.dwellings
    houses = np.flatnonzero(stock.is_used & (stock.tenure == OWNER_OCCUPIED))
    assert (stock.tax[houses] > 0).all()
    assert not stock.tax[stock.is_used & (stock.tenure != OWNER_OCCUPIED)].any()
    assert (stock.rent[houses] > stock.tax[houses]).all()


@pytest.mark.parametrize(
    ("path", "low", "high", "target", "sign"),
    [
        ("loans__loan_to_income", 3.0, 10.0, price_of_houses, 1),
        ("loans__user_cost", 0.01, 0.06, price_of_houses, -1),
        ("loans__stress_rate", 0.0, 0.1, price_of_houses, -1),
        ("loans__down_payment", 0.05, 0.4, price_of_houses, -1),
        ("payment__rules__eviction__grace", 1, 12, evicted, -1),
        ("payment__rules__eviction__chance", 0.1, 1.0, evicted, 1),
    ],
)
def test_a_lever_of_credit_or_of_security_moves_its_own_target(path, low, high, target, sign):
    one, other = (target(played(world(**{path: value}))) for value in (low, high))
    assert sign * (other - one) > 0


def test_the_allowance_counts_no_more_than_its_cap():
    def paid(cap):
        rules = [{"rule": "allowance", "share": 0.6, "rent_cap": cap}]
        return played(scenario(town(QUARTERS, payment={"rules": rules})), 1).ledger.public_cost("housing_allowance")

    assert 0 < paid(2_000) < paid(8_000)


def test_a_lever_outside_its_bounds_is_refused():
    with pytest.raises(ScenarioError):
        world("cash_transfer", {"amount": -1})


def test_a_voucher_is_paid_where_few_are_poor_and_nowhere_else():
    city = played(world("mobility_voucher", PULLED["mobility_voucher"]))
    rule = built_in().find("payment", "mobility_voucher")(**PULLED["mobility_voucher"])
    here, is_open = city.households, rule.is_open(city)
    paid = np.flatnonzero(rule.pays(city) > 0)
    assert len(paid)
    assert is_open[here.area[paid]].all()
    assert (here.voucher_until[paid] >= city.month).all()
    assert not is_open.all()
