"""What a run remembers of each month, until it becomes a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa

from sim.base.streams import mix
from sim.city.city import City
from sim.city.dwellings import COOPERATIVE, RENTALS, TENURES
from sim.city.households import NOBODY, Cause
from sim.city.ledger import Entry
from sim.city.tally import Tally
from sim.engine.arrow import numbers, text
from sim.engine.record import LETTINGS, Record, filled
from sim.measures.census import Census
from sim.measures.cohort import Cohort
from sim.measures.monthly import Panel

AREAS_EVERY = 12
COST_OF_LINE = "affordability.public_cost@lever="


@dataclass(frozen=True)
class Sampled:
    """Which households are followed: how many, how often (months); or those with some ids, wherever they come from.

    Those of a number are drawn among the households of the founding, the same for every scenario.
    """

    households: int
    every: int
    ids: tuple[int, ...] = ()

    def of(self, city: City) -> np.ndarray:
        """Ids of those who are followed in a city that has just been founded, int64."""
        if self.ids:
            return np.array(self.ids, np.int64)
        here = city.households
        ids = here.id[here.rows()]
        return np.asarray(ids[np.argsort(mix(ids.astype(np.uint64)), kind="stable")[: self.households]])


@dataclass
class History:
    """Months, their measures, and the tables that grow with them.

    Everybody present at the start is followed if there are months to ``look_at``.

    Attributes
    ----------
    lettings : list of dict of arrays
        Of each month, by column: words as positions in ``words``, so that a move takes 30 bytes and no text.
    """

    sampled: Sampled | None = None
    look_at: tuple[int, ...] = ()
    followed: np.ndarray | None = None
    cohort: Cohort | None = None
    months: list[int] = field(default_factory=list)
    panels: list[dict[str, float]] = field(default_factory=list)
    undefined: dict[str, str] = field(default_factory=dict)
    lettings: list[dict[str, np.ndarray]] = field(default_factory=list)
    words: dict[str, Sequence[str]] = field(default_factory=dict)
    areas: list[pa.Table] = field(default_factory=list)
    households: list[pa.Table] = field(default_factory=list)
    ledger: list[tuple[int, dict[Entry, float]]] = field(default_factory=list)

    def note(self, city: City, census: Census, tally: Tally, panel: Panel) -> None:
        """Remember a month that has ended."""
        self.months.append(city.month)
        self.panels.append(panel.values)
        for name, reason in panel.undefined.items():
            self.undefined.setdefault(name, reason)
        self.lettings.append(lettings_of(city, census, tally))
        self.words = words_of(city)
        self.ledger.append((city.month, city.ledger.month))
        if city.month % AREAS_EVERY == 0 or not self.areas:
            self.areas.append(areas_of(city, census))
        if self.sampled is not None:
            self.followed = self.sampled.of(city) if self.followed is None else self.followed
            if city.month % self.sampled.every == 0:
                self.households.append(households_of(city, self.followed))
        if self.look_at:
            self._follow(city, census)

    def _follow(self, city: City, census: Census) -> None:
        """Remember how everybody who was present at the start has fared."""
        if city.month == 0:
            self.cohort = Cohort.of(city, census)
        elif self.cohort is not None:
            self.cohort.note(city)
        if self.cohort is not None and city.month in self.look_at:
            self.cohort.look(city, census)

    def note_bare(self, city: City, panel: Panel) -> None:
        """Remember a round of a town without money, in which homes have neither tenure nor cost."""
        self.months.append(city.month)
        self.panels.append(panel.values)
        for name, reason in panel.undefined.items():
            self.undefined.setdefault(name, reason)
        if city.month % AREAS_EVERY == 0 or not self.areas:
            self.areas.append(bare_areas_of(city))

    def record(self, provenance: dict[str, Any]) -> Record:
        """All of it as a record."""
        series = series_of(self.panels)
        tables = {
            "areas": pa.concat_tables(self.areas) if self.areas else None,
            "lettings": lettings_table(self.lettings, self.words) if self.lettings else None,
            "households": pa.concat_tables(self.households) if self.households else None,
            "ledger": ledger_table(self.ledger) if self.ledger else None,
        }
        whole = {**provenance, "undefined": {name: reason for name, reason in self.undefined.items() if name in series}}
        return Record(whole, np.array(self.months, np.int32), series, **tables)


def is_cost(name: str) -> bool:
    """Whether a series is what the public pays on a line: nothing in months in which nothing was booked on it."""
    return name.startswith(COST_OF_LINE)


def ledger_table(months: Sequence[tuple[int, dict[Entry, float]]]) -> pa.Table:
    """A row per month, line, payer and payee, SEK; none where nothing was paid."""
    rows = [(m, *entry, amount) for m, booked in months for entry, amount in sorted(booked.items()) if amount]
    month, *words, amounts = zip(*rows, strict=True) if rows else ((),) * 5
    columns = dict(zip(Entry._fields, (text(column) for column in words), strict=True))
    amount = numbers(np.array(amounts, np.float64), pa.float64())
    return pa.table({"month": numbers(np.array(month, np.int32), pa.int32()), **columns, "amount": amount})


def series_of(panels: Sequence[dict[str, float]]) -> dict[str, np.ndarray]:
    """The values of each measure month by month, NaN where a month has none; mostly all months have the same.

    A line of public cost on which nothing was booked yet has cost nothing.
    """
    names = list(dict.fromkeys(chain.from_iterable(panels)))
    gaps = {name: 0.0 if is_cost(name) else np.nan for name in names}
    rows = [list(panel.values()) if list(panel) == names else list((gaps | panel).values()) for panel in panels]
    return dict(zip(names, np.array(rows, np.float64).reshape(len(panels), len(names)).T, strict=True))


def words_of(city: City) -> dict[str, Sequence[str]]:
    """What the positions in some columns of the lettings mean."""
    return {
        "area": city.areas.ids, "tenure": TENURES, "landlord": city.landlords.policies, "group": city.groups,
        "cause": tuple(cause.name.lower() for cause in Cause),
    }  # fmt: skip


def lettings_of(city: City, census: Census, tally: Tally) -> dict[str, np.ndarray]:
    """A position per household that moved in this month, by column; ``waited`` counts where ``by_queue`` is true."""
    moves = tally.moves
    fifth = census.fifth_of(moves["per_unit"]).astype(np.int8) + np.int8(1)
    found = {"month": np.full(len(fifth), city.month, np.int32), "landlord": moves["policy"], "income_fifth": fifth}
    known = {**moves, **found}
    return {name: known[name] for name in ("by_queue", *LETTINGS.names)}


def lettings_table(months: Sequence[dict[str, np.ndarray]], words: dict[str, Sequence[str]]) -> pa.Table:
    """A row per household that moved in; ``waited`` is empty where no queue was kept."""
    columns = {name: np.concatenate([month[name] for month in months]) for name in months[0]}
    table = filled(LETTINGS, columns, words)
    waited = numbers(columns["waited"], pa.int32(), ~columns["by_queue"])
    return table.set_column(table.schema.get_field_index("waited"), LETTINGS.field("waited"), waited)


def areas_of(city: City, census: Census) -> pa.Table:
    """A row per area: who lives there, in what, at what cost."""
    n = city.n_areas
    low_income = census.tables.by_rank[:, :20].sum(axis=1)
    columns: dict[str, Any] = {
        "month": numbers(np.full(n, city.month), pa.int32()),
        "area": text(city.areas.ids),
        "households": numbers(census.by_group.sum(axis=1), pa.int32()),
        **{f"households_{group}": numbers(census.by_group[:, g], pa.int32()) for g, group in enumerate(city.groups)},
        **{f"households_{tenure}": numbers(census.tables.by_tenure[:, t], pa.int32())
           for t, tenure in enumerate(TENURES)},
        "persons": numbers(census.tables.persons.sum(axis=1), pa.int32()),
        "low_income": numbers(low_income, pa.int32()),
        "mean_log_income": numbers(city.books.log_income, pa.float64()),
        "dwellings": numbers(census.n_dwellings.sum(axis=1), pa.int32()),
        "vacant": numbers(census.vacant.sum(axis=1), pa.int32()),
        "mean_rent_per_m2": numbers(_rent_per_m2(city), pa.float64()),
        **{f"price_per_m2_{TENURES[t]}": numbers(_or_null(city.books.price_level[:, t]), pa.float64())
           for t in range(COOPERATIVE, len(TENURES))},
    }  # fmt: skip
    return pa.table(columns)


def bare_areas_of(city: City) -> pa.Table:
    """A row per area of a town without money: who lives there."""
    count = city.books.count
    return pa.table(
        {
            "month": pa.array(np.full(city.n_areas, city.month), pa.int32()),
            "area": pa.array(city.areas.ids, pa.string()),
            "households": pa.array(count.sum(axis=1), pa.int32()),
            **{f"households_{group}": pa.array(count[:, g], pa.int32()) for g, group in enumerate(city.groups)},
            "dwellings": pa.array(city.books.places, pa.int32()),
        }
    )


def _rent_per_m2(city: City) -> np.ndarray:
    """Mean rent of rentals by area, SEK per m2 and month, NaN where there are none."""
    stock = city.dwellings
    let = np.flatnonzero(stock.is_used & np.isin(stock.tenure, RENTALS))
    rent = np.bincount(stock.area[let], stock.rent[let], city.n_areas)
    m2 = np.bincount(stock.area[let], stock.m2[let], city.n_areas)
    return np.where(m2 > 0, rent / np.maximum(m2, 1e-9), np.nan)


def _or_null(level: np.ndarray) -> np.ndarray:
    return np.where(level > 0, level, np.nan)


def households_of(city: City, ids: np.ndarray) -> pa.Table:
    """A row per followed household that lives here, in the order of its id."""
    here = city.households
    rows = np.flatnonzero(here.is_used & np.isin(here.id, ids))
    rows = rows[np.argsort(here.id[rows], kind="stable")]
    housed = here.dwelling[rows] != NOBODY
    words = {"group": city.groups, "area": city.areas.ids, "tenure": TENURES}
    schema = pa.schema(
        [("month", pa.int32()), ("household", pa.int64()), ("group", pa.string()), ("area", pa.string()),
         ("tenure", pa.string()), ("dwelling", pa.int32()), ("adults", pa.int16()), ("children", pa.int16()),
         ("age", pa.int16()), ("rooms", pa.int16()), ("income", pa.float32()), ("cost", pa.float32()),
         ("queue_time", pa.int32())]
    )  # fmt: skip
    columns = {
        "month": np.full(len(rows), city.month), "household": here.id[rows], "group": here.group[rows],
        "area": here.area[rows], "tenure": here.tenure[rows], "dwelling": np.where(housed, here.dwelling[rows], NOBODY),
        "adults": here.adults[rows], "children": here.children[rows], "age": here.age_years(rows, city.month),
        "rooms": np.where(housed, city.dwellings.rooms[here.dwelling[rows]], 0),
        "income": here.income[rows], "cost": here.cost[rows], "queue_time": here.waited(rows, city.month),
    }  # fmt: skip
    return filled(schema, columns, words)
