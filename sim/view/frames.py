"""What the page is shown of a city each month: a few numbers per area, and a few dozen measures; no households."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.city.dwellings import COOPERATIVE, RENTALS
from sim.engine.simulation import Simulation
from sim.measures.names import MeasureName
from sim.scenario.schema import Scenario
from sim.scenario.world import LatticeSpace

LAYERS = ("low_income", "group", "income", "rentals", "rent", "price", "vacant")
"""What a map of areas may show; a town without money has ``group`` alone, a lattice has ``cell``."""

MOST_CELLS = 40_000
"""Cells of a lattice beyond which its map is one of blocks."""

CHARTS = (
    "segregation.inequality_index",
    "segregation.dissimilarity.origin",
    "access.housed_within_5_years@income=1",
    "access.without_home@income=1",
    "affordability.residual_income@income=1",
    "affordability.rent_burden@income=1",
)
BARE_CHARTS = ("theory.similarity", "theory.satisfied", "segregation.dissimilarity.origin", "theory.moves")
MORE = (
    "segregation.inequality_index.chance",
    "segregation.dissimilarity.origin.chance",
    "segregation.isolation.income@group=1",
    "access.housed_within_5_years",
    "access.waiting_time",
    "access.turned_away",
    "affordability.public_cost",
    "displacement.moves",
)
BY = ("income=1", "income=2", "income=3", "income=4", "income=5", "household=families", "household=single_parent",
      "household=elderly", "stay=new")  # fmt: skip
WHOSE = ("affordability.residual_income", "access.without_home")


@dataclass(frozen=True)
class Ground:
    """What does not change in a run: its places, its measures, its length.

    Attributes
    ----------
    names : tuple of str, length n_places
        Of the areas; empty for cells of a lattice.
    lat, lon : float64 arrays, shape (n_places,)
        Empty for a lattice.
    shape : tuple of int
        Height and width of a lattice in cells; (0, 0) for areas.
    layers, measures : tuple of str
        Names of what a frame holds, in its order.
    start, months : int
        Calendar month of month 0; months of the run.
    homes : int
    """

    names: tuple[str, ...]
    lat: np.ndarray
    lon: np.ndarray
    shape: tuple[int, int]
    layers: tuple[str, ...]
    measures: tuple[str, ...]
    start: int
    months: int
    homes: int

    @property
    def n_places(self) -> int:
        """Areas, or cells."""
        return len(self.names) or self.shape[0] * self.shape[1]


@dataclass(frozen=True)
class Frame:
    """One month.

    Attributes
    ----------
    month : int
    places : float32 array, shape (n_layers, n_places)
        NaN where there is nothing to tell.
    values : float32 array, shape (n_measures,)
        NaN where a measure is undefined.
    """

    month: int
    places: np.ndarray
    values: np.ndarray


def wanted(scenario: Scenario) -> tuple[str, ...]:
    """Measures that the page draws or puts into words."""
    if not scenario.money:
        return (*BARE_CHARTS, "segregation.dissimilarity.origin.chance", "theory.restless")
    groups = tuple(f"group={group.id}" for group in scenario.population.groups)
    tenures = tuple(f"tenure={tenure.id}" for tenure in scenario.tenures)
    parts = [f"{WHOSE[0]}@{by}" for by in (*BY, *groups, *tenures)] + [f"{WHOSE[1]}@{by}" for by in (*BY[:8], *groups)]
    return tuple(dict.fromkeys((*CHARTS, *MORE, *WHOSE, *(str(MeasureName.parse(name)) for name in parts))))


def ground_of(run: Simulation) -> Ground:
    """What stays as it is in a city."""
    city, scenario = run.engine.city, run.scenario
    space = scenario.space
    is_cells = isinstance(space, LatticeSpace) and space.width * space.height <= MOST_CELLS
    shape = (space.height, space.width) if isinstance(space, LatticeSpace) and is_cells else (0, 0)
    layers = LAYERS if scenario.money else ("cell",) if is_cells else ("group",)
    names = () if is_cells else city.areas.names
    lat, lon = (np.zeros(0), np.zeros(0)) if is_cells else (city.areas.lat, city.areas.lon)
    homes = len(city.dwellings) or int(city.books.places.sum())
    return Ground(
        names, lat, lon, shape, layers, wanted(scenario), scenario.time.start, scenario.time.months, homes
    )  # fmt: skip


def frame_of(run: Simulation, ground: Ground) -> Frame:
    """This month of a city that is at rest."""
    panel = run.history.panels[-1] if run.history.panels else {}
    values = np.array([panel.get(name, np.nan) for name in ground.measures], np.float32)
    return Frame(run.month, _places(run, ground).astype(np.float32), values)


def _places(run: Simulation, ground: Ground) -> np.ndarray:
    city = run.engine.city
    if ground.layers == ("cell",):
        cells = np.full(ground.n_places, np.nan)
        rows = city.households.rows()
        cells[city.households.dwelling[rows]] = city.households.group[rows]
        return cells[None, :]
    lived = city.books.count.sum(axis=1)
    group = _share(city.books.count[:, -1], lived)
    census = getattr(run.engine, "census", None)
    if census is None:
        return group[None, :]
    tables = census.tables
    stock = census.n_dwellings
    found = {
        "low_income": _share(tables.by_rank[:, :20].sum(axis=1), lived),
        "group": group,
        "income": _share(tables.income, lived),
        "rentals": _share(stock[:, list(RENTALS)].sum(axis=1), stock.sum(axis=1)),
        "rent": _rent_per_m2(run),
        "price": np.where(city.books.price_level[:, COOPERATIVE] > 0, city.books.price_level[:, COOPERATIVE], np.nan),
        "vacant": _share(census.vacant.sum(axis=1), stock.sum(axis=1)),
    }
    return np.stack([found[name] for name in LAYERS])


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)


def _rent_per_m2(run: Simulation) -> np.ndarray:
    """Mean rent of rentals by area, SEK per m2 and month."""
    city = run.engine.city
    stock = city.dwellings
    let = np.flatnonzero(stock.is_used & np.isin(stock.tenure, RENTALS))
    rent = np.bincount(stock.area[let], stock.rent[let], city.n_areas)
    m2 = np.bincount(stock.area[let], stock.m2[let], city.n_areas)
    return np.where(m2 > 0, rent / np.maximum(m2, 1e-9), np.nan)
