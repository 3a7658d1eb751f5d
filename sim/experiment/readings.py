"""What is read off a town to see whether it holds: where people live, and how homes change hands over some years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from sim.city.city import City
from sim.city.dwellings import COOPERATIVE, OWNER_OCCUPIED, RENTALS, TENURES
from sim.city.households import NOBODY, Need
from sim.engine.month import Engine
from sim.kernels.budget import net_costs
from sim.measures.census import NO_HOME
from sim.measures.monthly import month_panel
from sim.rules.rooms import rooms_missing

YEAR = 12
WINDOW = 36
"""Months over which waits and lettings are counted: a year of a small district has few."""

WAIT_ENDS = (2, 4, 6, 8, 10)
"""Years that part the classes of waits."""

FEWEST_HOMES = 200
"""Homes of the whole town below which prices and stays of an area are left out: a handful of them is chance."""

FIFTH = 0.2

Reading = dict[str, float]


@dataclass(frozen=True)
class Published:
    """What is published by area, NaN where nothing is.

    Attributes
    ----------
    waits : float64 array, shape (n_areas,)
        Queue time at letting, years; areas with the same figure are one district.
    stays : float64 array, shape (n_areas,)
        Share of persons at the same address a year later.
    """

    waits: np.ndarray
    stays: np.ndarray


@dataclass(frozen=True)
class Founded:
    """What a reading is compared with: the town of the tables."""

    shares: np.ndarray
    price_level: np.ndarray
    homes: np.ndarray
    group: int

    @classmethod
    def of(cls, city: City) -> Founded:
        """A city that has just been founded; the group that is followed is the smaller one."""
        stock, count = city.dwellings, city.books.count
        cell = stock.area.astype(np.int64) * len(TENURES) + stock.tenure
        homes = np.bincount(cell[stock.is_used], minlength=city.n_areas * len(TENURES))
        return cls(
            count / np.maximum(count.sum(axis=1, keepdims=True), 1), city.books.price_level.copy(),
            homes.reshape(city.n_areas, -1) / city.scale, int(count.sum(axis=0).argmin()),
        )  # fmt: skip


@dataclass(frozen=True)
class Roll:
    """Who lived where at some moment."""

    id: np.ndarray
    dwelling: np.ndarray
    area: np.ndarray
    tenure: np.ndarray
    persons: np.ndarray

    @classmethod
    def of(cls, city: City) -> Roll:
        """Everybody with a home now."""
        here = city.households
        rows = np.flatnonzero(here.is_used & (here.dwelling != NOBODY))
        return cls(here.id[rows], here.dwelling[rows], here.area[rows], here.tenure[rows], here.persons(rows))

    def stayed(self, city: City) -> np.ndarray:
        """How many persons of each of these households are still in the same home, int64."""
        here, rows = city.households, city.dwellings.occupant[self.dwelling].astype(np.int64)
        is_same = (rows != NOBODY) & (here.id[rows] == self.id)
        return np.where(is_same, np.minimum(here.persons(rows), self.persons), 0)


@dataclass
class Flows:
    """What happens in the months of a window, and who lived where a year before its end."""

    published: Published
    waited: list[np.ndarray] = field(default_factory=list)
    areas: list[np.ndarray] = field(default_factory=list)
    evicted: int = 0
    months: int = 0
    roll: Roll | None = None

    def note(self, engine: Engine, months_left: int) -> None:
        """A month of the window has passed."""
        moves = engine.tally.moves
        queued = moves["by_queue"]
        self.waited.append(moves["waited"][queued] / YEAR)
        self.areas.append(moves["area"][queued].astype(np.int64))
        self.evicted += engine.tally.counts["evicted"]
        self.months += 1
        if months_left == YEAR:
            self.roll = Roll.of(engine.city)

    def read(self, engine: Engine, founded: Founded) -> Iterator[tuple[str, float]]:
        """Readings of the window."""
        if not self.months:
            return
        homes = engine.census.n_dwellings.sum() if engine.census is not None else np.nan
        waited, areas = np.concatenate(self.waited), np.concatenate(self.areas)
        yield "lettings.queue", len(waited) * YEAR / self.months / homes
        yield "evictions", self.evicted * YEAR / self.months / homes
        yield from waits(waited, areas, self.published.waits)
        if self.roll is not None:
            yield from stays(self.roll, engine.city, founded, self.published.stays)


def read(engine: Engine, founded: Founded, flows: Flows) -> Reading:
    """All readings of a moment and of the window that ends with it."""
    found = dict(_where_people_live(engine, founded))
    found.update(_prices(engine.city, founded))
    found.update(_homes(engine))
    found.update(_people(engine))
    found.update(flows.read(engine, founded))
    return found


def waits(waited: np.ndarray, areas: np.ndarray, published: np.ndarray) -> Iterator[tuple[str, float]]:
    """Queue times at letting in years: their mean, how they are spread, and whether districts stand in their order."""
    if not len(waited):
        return
    yield "wait.mean", float(waited.mean())
    classes = np.bincount(np.searchsorted(WAIT_ENDS, waited, side="right"), minlength=len(WAIT_ENDS) + 1) / len(waited)
    for end, share in zip((*WAIT_ENDS, "more"), classes, strict=True):
        yield f"wait.years_{end}", float(share)
    known = np.unique(published[~np.isnan(published)])
    together = [waited[published[areas] == years] for years in known]
    means = np.array([each.mean() if len(each) else np.nan for each in together])
    yield "wait.order", rank_correlation(known, means)
    if len(known):
        yield from zip(("wait.shortest", "wait.longest"), ends(means), strict=True)


def stays(roll: Roll, city: City, founded: Founded, published: np.ndarray) -> Iterator[tuple[str, float]]:
    """Who is at the same address a year later: persons by area, households by tenure."""
    stayed = roll.stayed(city)
    by_area, lived = (np.bincount(roll.area, of, city.n_areas) for of in (stayed, roll.persons))
    share = np.where(founded.homes.sum(axis=1) >= FEWEST_HOMES, by_area / np.maximum(lived, 1), np.nan)
    yield "stay.persons", float(stayed.sum() / max(roll.persons.sum(), 1))
    yield from zip(("stay.lowest", "stay.highest"), ends(share), strict=True)
    known = ~np.isnan(share) & ~np.isnan(published)
    yield "stay.likeness", float(np.corrcoef(share[known], published[known])[0, 1]) if known.sum() > 2 else np.nan
    groups = {"rental": RENTALS, "cooperative": (COOPERATIVE,), "owner_occupied": (OWNER_OCCUPIED,)}
    for name, tenures in groups.items():
        mine = np.isin(roll.tenure, tenures)
        yield f"leave.{name}", float((stayed[mine] == 0).mean()) if mine.any() else np.nan


def ends(values: np.ndarray) -> tuple[float, float]:
    """Lowest and highest of the values that are known; NaN if none is.

    Examples
    --------
    >>> ends(np.array([2.0, np.nan, 1.0]))
    (1.0, 2.0)
    """
    known = values[~np.isnan(values)]
    return (float(known.min()), float(known.max())) if len(known) else (np.nan, np.nan)


def rank_correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Spearman's rank correlation of two arrays without ties, NaN left out; NaN if fewer than three are known.

    Examples
    --------
    >>> rank_correlation(np.array([1.0, 2.0, 3.0]), np.array([10.0, 30.0, 20.0]))
    0.5
    """
    known = ~np.isnan(one) & ~np.isnan(other)
    n = int(known.sum())
    if n < 3:
        return np.nan
    gap = one[known].argsort().argsort() - other[known].argsort().argsort()
    return float(1.0 - 6.0 * (gap**2).sum() / (n * (n**2 - 1)))


def _where_people_live(engine: Engine, founded: Founded) -> Iterator[tuple[str, float]]:
    city, census = engine.city, engine.census
    if census is None:
        return
    panel = month_panel(city.readonly(), census, engine.tally, engine.memory).values
    group = city.groups[founded.group]
    measures = {
        "dissimilarity.origin": "segregation.dissimilarity.origin",
        "entropy.origin": "segregation.entropy_index.origin",
        "isolation": f"segregation.isolation.origin@group={group}",
        "map.likeness": f"segregation.map_correlation.origin@group={group}",
        "dissimilarity.income": "segregation.inequality_index", "entropy.income": "segregation.income_rank_entropy",
        "dissimilarity.tenure": "segregation.dissimilarity.tenure",
    }  # fmt: skip
    for name, measure in measures.items():
        value = panel.get(measure, np.nan)
        yield name, value / 100.0 if measure == "segregation.inequality_index" else value
    shares = census.by_group / np.maximum(census.by_group.sum(axis=1, keepdims=True), 1)
    yield "map.miss", float(np.abs(shares - founded.shares)[:, founded.group].max())
    yield "share.group", float(census.by_group[:, founded.group].sum() / max(census.by_group.sum(), 1))
    vacant, homes = census.vacant.sum(axis=0), np.maximum(census.n_dwellings.sum(axis=0), 1)
    for name, tenures in (("rental", list(RENTALS)), ("owned", [COOPERATIVE, OWNER_OCCUPIED])):
        yield f"vacancy.{name}", float(vacant[tenures].sum() / homes[tenures].sum())
    everybody = census.tables.households
    yield "without.all", float(everybody[:, NO_HOME].sum() / max(census.n_dwellings.sum(), 1))


def _prices(city: City, founded: Founded) -> Iterator[tuple[str, float]]:
    """Prices by area against those of the tables: the homes of the founding at both levels."""
    worth = founded.homes * founded.price_level
    owned = founded.homes[:, COOPERATIVE:].sum(axis=1)
    if not worth.any():
        return
    now = founded.homes * city.books.price_level
    index = np.where(owned >= FEWEST_HOMES, now.sum(axis=1) / np.maximum(worth.sum(axis=1), 1.0), np.nan)
    yield "price.all", float(now.sum() / worth.sum())
    yield from zip(("price.lowest", "price.highest"), ends(index), strict=True)


def _homes(engine: Engine) -> Iterator[tuple[str, float]]:
    """Crowding and burden of tenants."""
    city = engine.city
    here = city.households
    rows = np.flatnonzero(here.is_used & np.isin(here.tenure, RENTALS) & (here.dwelling != NOBODY)).astype(np.int32)
    if not len(rows):
        return
    persons = here.persons(rows)
    is_crowded = rooms_missing(city, rows, here.dwelling[rows]) > 0
    yield "crowded.rental", float(persons[is_crowded].sum() / persons.sum())
    net = np.empty(len(rows), np.float32)
    net_costs(rows, here.cost, here.income, here.adults, here.children, engine.rulebook.norms(), net)
    burden, per_unit = net / np.maximum(here.income[rows], 1.0), here.income_per_unit(rows)
    is_poor = per_unit <= np.quantile(per_unit, FIFTH)
    yield "burden.rental", float(np.median(burden))
    yield "burden.poorest", float(np.median(burden[is_poor]))


def _people(engine: Engine) -> Iterator[tuple[str, float]]:
    """Size, age, and those without a home who are homeless in the city's count."""
    city = engine.city
    here, rows = city.households, city.households.rows()
    housed = rows[here.dwelling[rows] != NOBODY]
    yield "people.size", float(here.persons(housed).mean())
    yield "people.age", float(here.age_years(housed, city.month).mean())
    homeless = (here.dwelling[rows] == NOBODY) & (here.need[rows] == Need.PRIORITY)
    yield "without.homeless", float(homeless.sum() / max(len(rows), 1))
    yield "queue.registered", float(here.is_registered(rows).sum() / max(len(housed), 1))
