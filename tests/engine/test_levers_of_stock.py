"""Each lever of the stock moves what it is meant to move, by about what it says; without its rule nothing moves."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from cities import Quarter, founded, passed, scenario, town
from test_levers_of_money import REST as MONEY_AT_REST

from sim.city.dwellings import COOPERATIVE, OWNER_OCCUPIED, PRIVATE_RENTAL, PUBLIC_RENTAL, TENURES
from sim.city.households import NOBODY, Cause
from sim.rules import built_in
from sim.rules.works import Works

MONTHS = 25
QUARTERS = (
    Quarter((60, 10, 40, 6), 0.1, 1.0, 1.3),
    Quarter((20, 60, 10, 0), 0.6, -0.8, 0.75),
    Quarter((30, 30, 30, 30)),
)
VACANT = {"vacancy": dict.fromkeys(TENURES, 0.25)}
SEED = 4


def used(city):
    return np.flatnonzero(city.dwellings.is_used)


def of_tenure(tenure):
    return lambda city: int((city.dwellings.tenure[used(city)] == tenure).sum())


def built_since(city):
    return int((city.dwellings.built[used(city)] > 0).sum())


def cheap_new_homes(city):
    new = used(city)
    new = new[(city.dwellings.built[new] > 0) & (city.dwellings.tenure[new] < COOPERATIVE)]
    return int((city.dwellings.rent[new] < 125 * city.dwellings.m2[new]).sum())


def houses_where_there_were_none(city):
    """Homes of the tenures that the second area lacked."""
    here = used(city)
    here = here[city.dwellings.area[here] == 1]
    return int((city.dwellings.tenure[here] == OWNER_OCCUPIED).sum())


def mean_rent_of_the_old(city):
    old = used(city)
    old = old[(city.dwellings.built[old] < -540) & (city.dwellings.tenure[old] == PUBLIC_RENTAL)]
    return float(city.dwellings.rent[old].mean())


def rise_of_the_renovated(city):
    stock = city.dwellings
    lift = stock.lift[used(city)]
    return float(lift[lift > 0].mean()) if lift.any() else 0.0


def forced_by_renovation(city):
    return city.left_for_renovation


def rent_of_new_homes(city):
    new = used(city)
    new = new[(city.dwellings.built[new] > 0) & (city.dwellings.tenure[new] == PUBLIC_RENTAL)]
    return float((city.dwellings.rent[new] / city.dwellings.m2[new]).mean()) if len(new) else 0.0


def unevenness_of_public_homes(city):
    """Largest less smallest public share of the rentals of an area."""
    here = used(city)
    stock = city.dwellings
    public = np.bincount(stock.area[here], stock.tenure[here] == PUBLIC_RENTAL, city.n_areas)
    let = np.bincount(stock.area[here], stock.tenure[here] < COOPERATIVE, city.n_areas)
    return float(np.ptp(public / let))


def still_standing(city):
    """Homes of the founding that are still there."""
    return int((city.dwellings.built[used(city)] <= 0).sum())


def returned(city):
    return city.returned


@dataclass(frozen=True)
class Lever:
    """A rule of investment at rest and pulled, what is measured, and by how much that moves at least and at most."""

    rule: str
    rest: dict[str, Any]
    pulled: dict[str, Any]
    target: Any
    least: float
    most: float
    months: int = MONTHS


BUILDS = {"homes": 30, "lead_time": 6}
RENOVATES = {"rate": 0.5, "age": 20, "leaves": 0}
CONVERTS = {"rate": 1, "threshold": 0.2}
LEVERS = {
    # two years of thirty homes, less the six months that pass before the first is ready
    "building": Lever("building", {}, BUILDS, built_since, 44, 49),
    "building_cooperative": Lever("building", {}, {**BUILDS, "tenure": "cooperative"}, of_tenure(COOPERATIVE), 44, 49),
    "lead_time": Lever("building", BUILDS, {**BUILDS, "lead_time": 18}, built_since, -31, -29),
    "rent_tier": Lever("building", BUILDS, {**BUILDS, "rent_tier": 110}, cheap_new_homes, 35, 49),
    "inclusionary_share": Lever("building", BUILDS, {**BUILDS, "inclusionary_share": 0.5}, cheap_new_homes, 18, 25),
    "infill": Lever("infill", {}, {"homes": 30, "lead_time": 6}, houses_where_there_were_none, 5, 49),
    "demolition": Lever("demolition", {}, {"homes": 60, "notice": 3, "rebuilt": 0}, still_standing, -126, -30),
    "returns": Lever(
        "demolition", {"homes": 40, "notice": 1, "lead_time": 2, "rebuilt_public": 1, "returns": 0},
        {"homes": 40, "notice": 1, "lead_time": 2, "rebuilt_public": 1, "returns": 1}, returned, 1, 99,
    ),
    # steps of 9, 9 and 7 per cent, of which two have been taken by homes of the first year
    "renovation": Lever("renovation", {}, {**RENOVATES, "rate": 1}, mean_rent_of_the_old, 600, 2_000),
    "renovation_cap": Lever("renovation", RENOVATES, {**RENOVATES, "cap": 0.05}, rise_of_the_renovated, -25, -13),
    "phase_in": Lever("renovation", RENOVATES, {**RENOVATES, "phase_in": 1}, rise_of_the_renovated, 7, 25, 13),
    "level": Lever("renovation", RENOVATES, {**RENOVATES, "level": "maxi"}, rise_of_the_renovated, 10, 30),
    "leaves": Lever("renovation", RENOVATES, {**RENOVATES, "leaves": 0.8}, forced_by_renovation, 20, 200),
    "conversion": Lever("conversion", {}, {**CONVERTS, "discount": 0.8}, of_tenure(COOPERATIVE), 10, 200),
    "threshold": Lever(
        "conversion", {**CONVERTS, "discount": 0.8}, {**CONVERTS, "threshold": 1, "discount": 0.8},
        of_tenure(COOPERATIVE), -200, -10,
    ),
    "discount": Lever(
        "conversion", {**CONVERTS, "discount": 0}, {**CONVERTS, "discount": 0.9},
        of_tenure(COOPERATIVE), 10, 200,
    ),
    "purchase": Lever("purchase", {}, {"budget": 30_000_000, "areas": "all"}, of_tenure(PUBLIC_RENTAL), 25, 70),
    "sale": Lever("sale", {}, {"rate": 0.2}, of_tenure(PRIVATE_RENTAL), 35, 60),
    "dispersal": Lever("dispersal", {}, {"homes": 24}, unevenness_of_public_homes, -1, -0.2),
}  # fmt: skip


def pulled(rule, block, months=MONTHS):
    """The city of a town some months on, under one rule of investment."""
    world = town(QUARTERS, stock=VACANT, investment={"rules": [{"rule": rule, **block}]}, months=60)
    simulation = founded(scenario(world), SEED)
    left = came_back = 0
    for _ in range(months):
        simulation.pass_month()
        tally, here = simulation.engine.tally, simulation.engine.city.households
        came_back += tally.counts["returned"]
        left = max(left, int((here.cause[here.rows()] == Cause.RENOVATED).sum()))
        left += int((tally.moves["cause"] == Cause.RENOVATED).sum())
    city = simulation.engine.city
    city.left_for_renovation, city.returned = left, came_back
    city.check()
    return city


def moved(lever, months=None):
    blocks = (lever.rest, lever.pulled)
    rest, strong = (lever.target(pulled(lever.rule, block, months or lever.months)) for block in blocks)
    return strong - rest


@pytest.mark.slow
@pytest.mark.parametrize("name", LEVERS)
def test_a_lever_moves_its_own_target(name):
    lever = LEVERS[name]
    assert lever.least <= moved(lever) <= lever.most


@pytest.mark.parametrize("name", LEVERS)
def test_without_its_rule_a_lever_moves_nothing(name, monkeypatch):
    lever = LEVERS[name]
    monkeypatch.setattr(built_in().find("investment", lever.rule), "propose", lambda self, city, luck: Works())
    assert moved(lever, months=6) == 0


def test_every_rule_of_investment_has_a_lever_that_is_tested():
    of_stock = {lever.rule for lever in LEVERS.values()}
    assert set(built_in().names("investment")) == of_stock | {"area_investment"}
    assert "area_investment" in MONEY_AT_REST  # it pays for an area, and is tested with the levers of money


def test_presumption_is_how_long_new_homes_take_the_rent_of_new_building():
    def rent(years):
        world = town(QUARTERS, investment={"rules": [{"rule": "building", "homes": 60, "lead_time": 0}]})
        loaded = scenario(world, landlords__municipal__rent__presumption=years)
        return rent_of_new_homes(passed(founded(loaded, SEED), 13).engine.city)

    new, ordinary = rent(15), rent(0)
    assert new == pytest.approx(ordinary * 1.4 / 1.2, rel=1e-4)  # level of new building, factor of those since 2000


def test_nobody_is_without_a_home_because_it_was_demolished():
    strong = pulled("demolition", {"homes": 60, "notice": 3, "rebuilt": 1, "lead_time": 6})
    here = strong.households
    rows = here.rows()
    lost = rows[(here.cause[rows] == Cause.DEMOLISHED) & (here.dwelling[rows] == NOBODY)]
    assert len(lost) == 0
