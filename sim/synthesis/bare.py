"""Cities without money: areas or a lattice, groups by number or share, and nothing else to tell homes apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.errors import ScenarioError
from sim.base.streams import Luck
from sim.city.areas import Areas
from sim.city.changes import own_months
from sim.city.city import ArrivalTable, City, Constants, opened_books
from sim.city.dwellings import TENURES, Dwellings
from sim.city.geography import Geography
from sim.city.households import Households
from sim.city.landlords import Landlords
from sim.scenario.schema import Scenario
from sim.scenario.world import AreasSpace, LatticeSpace, Population
from sim.synthesis.areas import geography_of
from sim.synthesis.draws import Drawn, Draws
from sim.synthesis.lattice import block_areas, block_of_cells, block_side, cell_links
from sim.synthesis.plan import profile_shares

GROWN_MONTHS = 40 * 12
"""Age of every head in a city without lives (assumed; nothing there asks for it)."""


@dataclass(frozen=True)
class BarePlan:
    """A city without money.

    Attributes
    ----------
    start, burn_in : int
        As in ``plan.Plan``.
    areas, geography : Areas, Geography
    area : int64 array, shape (n_homes,)
        Area of every home.
    groups : tuple of str
    counts : int64 array, shape (n_groups,), or None
        Households of each group, if their numbers are exact.
    shares : float64 array, shape (n_groups,)
        Share of each group, used if ``counts`` is None.
    fill : float
        Chance that a home is lived in, used if ``counts`` is None.
    profiles, profile_shares
        As in ``plan.Plan``.
    """

    start: int
    burn_in: int
    areas: Areas
    geography: Geography
    area: np.ndarray
    groups: tuple[str, ...]
    counts: np.ndarray | None
    shares: np.ndarray
    fill: float
    profiles: tuple[str, ...]
    profile_shares: np.ndarray


def bare_plan_of(scenario: Scenario) -> BarePlan:
    """The plan of a scenario without money."""
    space = scenario.space
    if isinstance(space, LatticeSpace):
        side = block_side(space.width, space.height)
        area, areas = block_of_cells(space.width, space.height, side), block_areas(space.width, space.height, side)
        geography = cell_links(space)
    else:
        area, areas = np.repeat(np.arange(len(space.areas)), [a.homes for a in space.areas]), inline_areas(space)
        near = space.neighbourhood
        geography = geography_of(areas, near.half_distance if near else None, near.reach if near else 0)
    counts, shares, fill = _sizes(scenario.population, len(area))
    profiles = scenario.preferences.profiles
    return BarePlan(
        scenario.time.start, scenario.time.burn_in, areas, geography, area,
        tuple(group.id for group in scenario.population.groups), counts, shares, fill,
        tuple(profile.id for profile in profiles), profile_shares(profiles),
    )  # fmt: skip


def _sizes(people: Population, n_homes: int) -> tuple[np.ndarray | None, np.ndarray, float]:
    """Exact numbers of each group, or None; shares; fill."""
    fill = 1.0 if people.fill is None else people.fill
    counted = [group.count for group in people.groups if group.count is not None]
    if len(counted) == len(people.groups):
        return np.array(counted, np.int64), np.array(counted) / max(sum(counted), 1), fill
    shares = np.array([group.share or 0.0 for group in people.groups])
    return (exact_counts(n_homes, fill, shares) if people.placement == "exact" else None), shares, fill


def inline_areas(space: AreasSpace) -> Areas:
    """Areas written in the scenario itself."""
    ids = tuple(area.id for area in space.areas)
    lat, lon = (np.array([getattr(area, name) or 0.0 for area in space.areas]) for name in ("lat", "lon"))
    zero, names = np.zeros(len(ids)), tuple(area.name or area.id for area in space.areas)
    return Areas(ids, names, ("",) * len(ids), lat, lon, zero, zero, zero)


def exact_counts(n_homes: int, fill: float, shares: np.ndarray) -> np.ndarray:
    """Households of each group when their numbers are not left to luck: largest remainders, int64.

    Examples
    --------
    >>> exact_counts(10, 0.75, np.array([0.5, 0.5]))
    array([4, 4])
    """
    total = round(n_homes * fill)
    wanted = shares / shares.sum() * total
    counts: np.ndarray = np.floor(wanted).astype(np.int64)
    short = total - int(counts.sum())
    counts[np.argsort(counts - wanted, kind="stable")[:short]] += 1
    return counts


def settle_bare(plan: BarePlan, luck: Luck) -> City:
    """The city of the first month, its households strewn over its homes by lot.

    Raises
    ------
    ScenarioError
        If there are more households than homes.
    """
    group = _placed(plan, Draws.of(luck))
    stock = Dwellings(len(plan.area))
    rows = stock.take(len(stock))
    stock.area[rows], stock.landlord[rows], stock.rooms[rows], stock.m2[rows] = plan.area, -1, 1, 1.0
    here = _householders(plan, group, stock, luck)
    n_areas, n_groups = len(plan.areas), len(plan.groups)
    constants = Constants(np.zeros((n_areas, len(TENURES))), np.zeros((n_areas, n_groups)))
    city = City(
        month=-plan.burn_in, start=plan.start, scale=1.0, groups=plan.groups, profiles=plan.profiles,
        areas=plan.areas, geography=plan.geography, dwellings=stock, households=here,
        landlords=Landlords((), np.zeros(0, np.uint8), (), ()), books=opened_books(plan.areas, stock, n_groups),
        constants=constants, templates=_templates(here), luck=luck, has_money=False, founded_at=-plan.burn_in,
    )  # fmt: skip
    here.own_month[:] = own_months(city, here.id)
    city.books.count[:] = city.recount()
    return city


def _placed(plan: BarePlan, draws: Draws) -> np.ndarray:
    """Group of who lives in each home, -1 where nobody does, int64."""
    homes = np.arange(len(plan.area))
    if plan.counts is None:
        lived_in = draws.uniform(Drawn.FILLED, homes) < plan.fill
        steps = np.cumsum(plan.shares / plan.shares.sum())[:-1]
        drawn = np.searchsorted(steps, draws.uniform(Drawn.GROUP, homes), side="right")
        return np.asarray(np.where(lived_in, drawn, -1))
    if plan.counts.sum() > len(homes):
        raise ScenarioError("founding.more_households_than_homes", households=int(plan.counts.sum()), homes=len(homes))
    group = np.full(len(homes), -1)
    taken = np.argsort(draws.uniform(Drawn.PLACE, homes), kind="stable")[: int(plan.counts.sum())]
    group[taken] = np.repeat(np.arange(len(plan.counts)), plan.counts)
    return group


def _householders(plan: BarePlan, group: np.ndarray, stock: Dwellings, luck: Luck) -> Households:
    homes = np.flatnonzero(group >= 0)
    here = Households(len(homes))
    rows = here.take(len(homes))
    stock.occupant[homes] = rows
    stock.vacant_since[group < 0] = -plan.burn_in
    here.id[:] = rows + 1
    here.group[:], here.dwelling[:], here.area[:] = group[homes], homes, stock.area[homes]
    here.tenure[:], here.roots[:], here.adults[:] = stock.tenure[homes], stock.area[homes], 1
    here.income[:], here.birth_month[:] = 1.0, -plan.burn_in - GROWN_MONTHS
    here.moved_in[:] = here.since[:] = -plan.burn_in - 1
    u = Draws.of(luck).uniform(Drawn.PROFILE, here.id)
    here.profile[:] = np.searchsorted(np.cumsum(plan.profile_shares)[:-1], u, side="right")
    return here


def _templates(here: Households) -> ArrivalTable:
    """Nobody arrives in a city without lives; the table still has the right columns."""
    none = np.zeros(0, np.int64)
    return ArrivalTable(
        here.group[none], here.adults[none], here.children[none], none.astype(np.int16), here.log_permanent[none],
        here.savings[none],
    )  # fmt: skip
