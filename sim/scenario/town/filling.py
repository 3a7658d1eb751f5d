"""A town from its table: every figure given or filled in by a rule, and which of the two."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sim.base.errors import Fault
from sim.scenario.fields import TENURES
from sim.scenario.tables import Table
from sim.scenario.town.figure import Figure, given
from sim.scenario.town.geojson import Where
from sim.scenario.town.homes import homes_of
from sim.scenario.town.region import Region

PERIOD = (1900.0, 2020.0)
"""Building period of an area whose own is not given (assumed)."""

GOTHENBURG = (57.707, 11.967)
"""Where a town lies of which no position is known (assumed)."""

STEP, TURN = 0.8, 2.399963
"""An area without a position lies so many km times the root of its number from the middle of the town, and turned by
so many radians from the one before (assumed: the spiral that spreads points evenly)."""


@dataclass
class Town:
    """Everything that the scenario's tables are written from.

    Attributes
    ----------
    ids, names
        Of areas, in the table's order.
    homes
        Homes by area and tenure.
    figures
        By column, a figure for each area; a column is missing where nothing is known and nothing filled in.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    municipality: tuple[str, ...]
    companies: tuple[str, ...]
    homes: tuple[Mapping[str, Figure], ...]
    notes: tuple[str, ...]
    figures: dict[str, list[Figure]] = field(default_factory=dict)

    def total(self, area: int) -> float:
        """Homes of an area."""
        return sum(figure.value for figure in self.homes[area].values())


def town_of(table: Table, region: Region, where: Mapping[str, Where]) -> tuple[Town | None, list[Fault]]:
    """A town of a table that was read without faults, or what is wrong with its homes and persons."""
    names = table.texts("area")
    found, faults = homes_of(table, region)
    if faults:
        return None, faults
    town = Town(_ids(names), names, table.texts("municipality"), table.texts("company"), found, table.texts("note"))
    _set_persons(town, table, region)
    _set_own_means(town, table, region)
    _set_positions(town, table, where)
    faults = list(_crowded(town, table))
    return (None, faults) if faults else (town, [])


def _ids(names: tuple[str, ...]) -> tuple[str, ...]:
    """Short names without spaces or accents, each once."""
    found: list[str] = []
    for name in names:
        plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
        short = "_".join("".join(sign if sign.isalnum() else " " for sign in plain).split()) or "area"
        found.append(short if short not in found else f"{short}_{len(found) + 1}")
    return tuple(found)


def _set_persons(town: Town, table: Table, region: Region) -> None:
    """Persons of each area: as given, else as many per home as the region has in the same tenures."""
    town.figures["inhabitants"] = []
    for row, homes in enumerate(town.homes):
        expected = sum(figure.value * region.persons[tenure] for tenure, figure in homes.items())
        own = given(table, row, "inhabitants")
        town.figures["inhabitants"].append(own or Figure(expected, "assumed", "assumed", "persons_of_region"))


def _set_own_means(town: Town, table: Table, region: Region) -> None:
    rented = (region.rent["public_rental"] + region.rent["private_rental"]) / 2
    columns = {
        "share_born_abroad": region.born_abroad, "rent_per_m2": rented,
        "price_flat_per_m2": region.price["cooperative"], "price_house_per_m2": region.price["owner_occupied"],
        "mean_income": None, "built_from": PERIOD[0], "built_to": PERIOD[1],
    }  # fmt: skip
    for column, otherwise in columns.items():
        filled = list(_filled(town, table, column, otherwise))
        if filled:
            town.figures[column] = filled


def _filled(town: Town, table: Table, column: str, otherwise: float | None) -> Iterator[Figure]:
    """A column with its gaps filled: by the mean of the town's other areas, else by the region."""
    cells = [given(table, row, column) for row in range(len(town.names))]
    known = [(town.total(row), cell.value) for row, cell in enumerate(cells) if cell is not None]
    if not known and otherwise is None:
        return
    is_year = column.startswith("built")
    if known and not is_year:
        mean, rule = sum(n * value for n, value in known) / sum(n for n, _ in known), "mean_of_town"
    else:
        mean, rule = float(otherwise or 0.0), "period" if is_year else "mean_of_region"
    for cell in cells:
        yield cell or Figure(mean, "assumed", "assumed", rule)


def _set_positions(town: Town, table: Table, where: Mapping[str, Where]) -> None:
    """Positions from the boundaries, else from the table, else invented around the middle of those known."""
    cells = [(given(table, row, "lat"), given(table, row, "lon")) for row in range(len(town.names))]
    if where:
        found = [where[name] for name in town.names]
        for at, column in enumerate(("lat", "lon", "km2")):
            town.figures[column] = [Figure(place[at], "derived", "boundaries", "boundaries") for place in found]
        return
    known = [(lat.value, lon.value) for lat, lon in cells if lat is not None and lon is not None]
    middle = tuple(sum(axis) / len(known) for axis in zip(*known, strict=True)) if known else GOTHENBURG
    lats, lons = [], []
    for number, (lat, lon) in enumerate(cells):
        if lat is None or lon is None:
            away, turn = STEP * math.sqrt(number) / 111.2, TURN * number
            lat = Figure(middle[0] + away * math.cos(turn), "assumed", "assumed", "spiral")
            lon = Figure(
                middle[1] + away * math.sin(turn) / math.cos(math.radians(middle[0])), "assumed", "assumed", "spiral"
            )
        lats.append(lat)
        lons.append(lon)
    town.figures["lat"], town.figures["lon"] = lats, lons


FEWEST, MOST = 1.05, 5.0
"""Persons per home that an area may have on average: no Swedish area of ordinary homes lies outside (assumed)."""


def _crowded(town: Town, table: Table) -> Iterator[Fault]:
    for row, persons in enumerate(town.figures["inhabitants"]):
        per_home = persons.value / town.total(row)
        if not FEWEST <= per_home <= MOST:
            values: dict[str, object] = {
                "area": town.names[row], "persons": f"{persons.value:.0f}", "homes": f"{town.total(row):.0f}",
                "per_home": f"{per_home:.2f}", "fewest": FEWEST, "most": MOST,
            }  # fmt: skip
            yield Fault("town.persons_do_not_fit", values, table.place(row, "inhabitants"))


def tenures_of(town: Town) -> tuple[str, ...]:
    """Tenures in which the town has any homes."""
    return tuple(tenure for tenure in TENURES if any(homes[tenure].value > 0 for homes in town.homes))
