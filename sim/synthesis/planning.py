"""From a scenario and its tables to the plan of a founding."""

from __future__ import annotations

from typing import cast

import numpy as np

from sim.base.errors import Fault, ScenarioError
from sim.city.areas import Areas
from sim.city.dwellings import TENURES
from sim.scenario.housing import Company as CompanySection
from sim.scenario.schema import Scenario
from sim.scenario.tables import Table
from sim.scenario.world import AreasSpace, Population, Stock
from sim.synthesis.areas import areas_of, geography_of, periods_of
from sim.synthesis.homes import Homes, homes_of
from sim.synthesis.known import Known, known_of
from sim.synthesis.margins import Frame, Margin
from sim.synthesis.mixing import mixed_homes
from sim.synthesis.owners import drawn_companies
from sim.synthesis.plan import (
    AGES,
    AXES,
    PERSONS,
    SIZES,
    TENTHS,
    Company,
    IncomePlan,
    OwnerPlan,
    PeoplePlan,
    Plan,
    PoolPlan,
    QueuePlan,
    StockPlan,
    profile_shares,
)
from sim.synthesis.population import income_scores

MUST_BE_KNOWN = ("group", "size", "age")
"""Axes that some margin must count, or, for sizes, the persons of the homes give."""


def plan_of(scenario: Scenario) -> Plan:
    """Everything that the founding must be told, from a scenario of areas with money.

    Raises
    ------
    ScenarioError
        If what the tables say cannot be used.
    """
    space = cast(AreasSpace, scenario.space)
    tables = scenario.tables
    areas = areas_of(tables["space"])
    near = space.neighbourhood
    geography = geography_of(areas, near.half_distance if near else None, near.reach if near else 0)
    homes = homes_of(tables["stock"], areas.ids)
    placed = mixed_homes(homes, scenario.founding)
    owners = owners_of(scenario, areas, placed.homes)
    profiles = scenario.preferences.profiles
    return Plan(
        start=scenario.time.start, burn_in=scenario.time.burn_in, scale=scenario.scale, areas=areas,
        geography=geography, stock=_stock_of(scenario, tables["space"], placed), owners=owners,
        people=people_of(scenario.population, tables["population"], areas, homes),
        profiles=tuple(profile.id for profile in profiles), profile_shares=profile_shares(profiles),
        user_cost=scenario.loans.user_cost if scenario.loans else 0.0,
    )  # fmt: skip


def _stock_of(scenario: Scenario, table: Table, homes: Homes) -> StockPlan:
    shares: dict[str, float] = dict(cast(Stock, scenario.stock).vacancy.items())
    vacancy = np.array([shares.get(tenure, 0.0) for tenure in TENURES])
    faults = [
        Fault("founding.all_vacant", {"tenure": tenure, "homes": f"{lived_in:,.0f}"},
              scenario.origin(f"stock.vacancy.{tenure}"))
        for tenure, lived_in, share in zip(TENURES, homes.homes.sum(axis=0), vacancy, strict=True)
        if share >= 1.0 and lived_in > 0
    ]  # fmt: skip
    if faults:
        raise ScenarioError.of(faults)
    return StockPlan(
        homes.homes, homes.rooms, homes.rent_per_m2, homes.price_per_m2, periods_of(table), np.minimum(vacancy, 0.999)
    )


def owners_of(scenario: Scenario, areas: Areas, homes: np.ndarray) -> OwnerPlan:
    """The landlords of a scenario: named companies, so many drawn ones, or one.

    Parameters
    ----------
    scenario : Scenario
    areas : Areas
    homes : float64 array, shape (n_areas, n_tenures)
    """
    ids = tuple(landlord.id for landlord in scenario.landlords)
    of_tenure: dict[str, int] = {tenure.id: ids.index(tenure.landlord) for tenure in scenario.tenures}
    faults = [
        Fault("founding.tenure_without_landlord", {"tenure": tenure, "homes": f"{homes[:, at].sum():,.0f}"},
              scenario.origin("tenures"))
        for at, tenure in enumerate(TENURES) if tenure not in of_tenure and homes[:, at].sum() > 0
    ]  # fmt: skip
    if faults:
        raise ScenarioError.of(faults)
    companies: list[Company] = []
    for policy, landlord in enumerate(scenario.landlords):
        name = landlord.label.say("en") if landlord.label else landlord.id
        for company in landlord.companies:
            companies.append(Company(company.name, policy, company.share, _places(scenario, company, areas)))
        if not landlord.companies and landlord.number:
            companies += drawn_companies(name, policy, landlord.number)
        elif not landlord.companies:
            companies.append(Company(name, policy, 1.0))
    by_tenure = tuple(of_tenure.get(tenure, 0) for tenure in TENURES)
    return OwnerPlan(ids, tuple(landlord.kind for landlord in scenario.landlords), by_tenure, tuple(companies))


def _places(scenario: Scenario, company: CompanySection, areas: Areas) -> tuple[int, ...]:
    """Positions of the areas that a company keeps to."""
    known = ", ".join(areas.ids[:8])
    faults = [
        Fault("founding.company_area_unknown", {"company": company.name, "area": area, "known": known},
              scenario.origin("landlords"))
        for area in company.areas if area not in areas.ids
    ]  # fmt: skip
    if faults:
        raise ScenarioError.of(faults)
    return tuple(areas.ids.index(area) for area in company.areas)


def people_of(section: Population, table: Table, areas: Areas, homes: Homes) -> PeoplePlan:
    """The households of a town: the axes of their table and all that is known of it."""
    groups = tuple(group.id for group in section.groups)
    labels = dict(zip(AXES, (areas.ids, TENURES, groups, SIZES, AGES, TENTHS), strict=True))
    total = homes.homes.sum()
    frame = Frame(labels, {"size": PERSONS, "income": np.ones(len(TENTHS))})
    base = Margin("homes", ("area", "tenure"), homes.homes)
    spread = _whole_spread(section.incomes.spread, known_of(table, frame, base).margins, homes.homes)
    frame = Frame(labels, {"size": PERSONS, "income": income_scores(spread)})
    known = known_of(table, frame, base)
    margins = [base, Margin("incomes", ("income",), np.full(len(TENTHS), total / len(TENTHS)))]
    if not np.isnan(homes.persons).all():
        margins.append(Margin("persons", ("area", "tenure"), homes.persons, of="size"))
    _refuse_unknown_axes(table, (*margins, *known.margins))
    pool = section.without_home
    by_group = np.array([pool.by_group.get(group, 0.0) for group in groups]) if pool.by_group else None
    return PeoplePlan(
        frame, known.pattern, (*margins, *known.margins),
        IncomePlan(section.incomes.mean, spread, section.incomes.passing),
        QueuePlan(section.queue.registered, section.queue.keeps),
        PoolPlan(pool.share, _by_group(known, frame) if by_group is None else by_group / by_group.sum()),
    )  # fmt: skip


def _whole_spread(within: float, margins: tuple[Margin, ...], homes: np.ndarray) -> float:
    """Spread of log income in the town: within areas as stated, between areas as their income index says."""
    for margin in margins:
        if margin.of == "income" and margin.axes == ("area",):
            logs, weight = np.log(margin.target), homes.sum(axis=1)
            between = np.average(logs**2, weights=weight) - np.average(logs, weights=weight) ** 2
            return float(np.sqrt(within**2 + between))
    return within


def _refuse_unknown_axes(table: Table, margins: tuple[Margin, ...]) -> None:
    counted = {axis for margin in margins if margin.of is None for axis in margin.axes}
    counted |= {margin.of for margin in margins if margin.of is not None}
    faults = [
        Fault("founding.axis_unknown", {"axis": axis}, table.place(0, "margin"))
        for axis in MUST_BE_KNOWN if axis not in counted
    ]  # fmt: skip
    if faults:
        raise ScenarioError.of(faults)


def _by_group(known: Known, frame: Frame) -> np.ndarray:
    """Share of each group in the town, by the first margin that counts groups."""
    margin = next(m for m in known.margins if m.of is None and "group" in m.axes)
    counts = np.nansum(margin.target, axis=tuple(i for i, axis in enumerate(margin.axes) if axis != "group"))
    return np.asarray(counts / counts.sum())
