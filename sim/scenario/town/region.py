"""What fills the gaps of a town's table: means of the town that it is built upon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.scenario.fields import TENURES
from sim.scenario.table_forms import RENTAL
from sim.scenario.tables import Table

RENTED = TENURES[:2]


@dataclass(frozen=True)
class Region:
    """Means of a town, weighted by homes; by tenure where it says so.

    Attributes
    ----------
    share
        Of its homes, by tenure.
    persons, rooms, rent, price
        Persons and rooms per home, SEK per m2 and month, SEK per m2.
    born_abroad, seniors
        Share of its households.
    margins
        The rows about no area, as (columns of the margins table) by name.
    """

    share: Mapping[str, float]
    persons: Mapping[str, float]
    rooms: Mapping[str, float]
    rent: Mapping[str, float]
    price: Mapping[str, float]
    born_abroad: float
    seniors: float
    margins: tuple[Mapping[str, str], ...]


COLUMNS = (
    "margin", "kind", "of", "area", "tenure", "group", "size", "age", "income", "value", "status", "source", "note",
)  # fmt: skip


def region_of(stock: Table, margins: Table) -> Region:
    """The means of a town, from its tables of homes and of people."""
    homes, tenure, public = stock.numbers("homes"), np.array(stock.texts("tenure")), stock.numbers("public_share")
    parts = {
        "public_rental": homes * np.where(tenure == RENTAL, np.nan_to_num(public), tenure == "public_rental"),
        "private_rental": homes * np.where(tenure == RENTAL, 1.0 - np.nan_to_num(public), tenure == "private_rental"),
        **{name: homes * (tenure == name) for name in TENURES[2:]},
    }
    total = sum(part.sum() for part in parts.values())

    def mean(column: str, part: np.ndarray) -> float:
        values = stock.numbers(column)
        known = ~np.isnan(values) & (part > 0)
        return float(np.average(values[known], weights=part[known])) if known.any() else 0.0

    persons = stock.numbers("persons") / homes
    weights = {area: float(homes[np.array(stock.texts("area")) == area].sum()) for area in set(stock.texts("area"))}
    return Region(
        {name: float(part.sum() / total) for name, part in parts.items()},
        {name: float(np.nansum(persons * part) / part.sum()) for name, part in parts.items()},
        {name: mean("rooms", part) for name, part in parts.items()},
        {name: mean("rent_per_m2", part) for name, part in parts.items()},
        {name: mean("price_per_m2", part) for name, part in parts.items() if name not in RENTED},
        _mean_share(margins, weights, "origin", "group", "born_abroad"),
        _mean_share(margins, weights, "senior", "age", "65+"),
        tuple(_rows_about_no_area(margins)),
    )


def _mean_share(margins: Table, weights: Mapping[str, float], margin: str, axis: str, label: str) -> float:
    rows = zip(
        margins.texts("margin"), margins.texts(axis), margins.texts("area"), margins.numbers("value"), strict=True
    )
    found = [(weights[area], value) for name, of, area, value in rows if name == margin and of == label]
    return float(sum(weight * value for weight, value in found) / sum(weight for weight, _ in found))


def _rows_about_no_area(margins: Table) -> list[dict[str, str]]:
    rows = [dict(zip(COLUMNS, cells, strict=True)) for cells in zip(*map(margins.texts, COLUMNS), strict=True)]
    return [row for row in rows if not row["area"]]
