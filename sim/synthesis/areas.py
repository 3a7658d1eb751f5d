"""The places of a town: from the rows of a table to areas, and what lies near what."""

from __future__ import annotations

import numpy as np

from sim.base.errors import Fault, ScenarioError
from sim.city.areas import Areas
from sim.city.geography import Geography, distances, neighbourhoods, separate
from sim.scenario.tables import Table

PERIOD = (1900.0, 2020.0)
"""Building period of an area whose own is not given (assumed)."""


def known_numbers(table: Table, column: str) -> np.ndarray:
    """A column of figures none of which may be missing, float64, shape (n_rows,).

    Raises
    ------
    ScenarioError
        If any is: all the cells are named.
    """
    values = table.numbers(column)
    empty = np.flatnonzero(np.isnan(values))
    if len(empty):
        told: dict[str, object] = {"column": column}
        raise ScenarioError.of(Fault("founding.cell_empty", told, table.place(int(row), column)) for row in empty)
    return values


def _numbers_or(table: Table, column: str, otherwise: float) -> np.ndarray:
    """A column that a table need not have; if it has it, no cell may be empty."""
    return known_numbers(table, column) if column in table.columns else np.full(len(table), otherwise)


def areas_of(table: Table) -> Areas:
    """The areas of a table, one per row, in its order.

    Raises
    ------
    ScenarioError
        If a figure is missing.
    """
    ids = table.texts("id")
    names = tuple(name or area for name, area in zip(table.texts("name"), ids, strict=True))
    return Areas(
        ids, names, table.texts("municipality"), known_numbers(table, "lat"), known_numbers(table, "lon"),
        _numbers_or(table, "amenity", 0.0), _numbers_or(table, "service", 0.0),
        _numbers_or(table, "travel_minutes", 0.0), known_numbers(table, "km2") if "km2" in table.columns else None,
    )  # fmt: skip


def periods_of(table: Table) -> np.ndarray:
    """First and last year of the main building period of each area, float64, shape (n_areas, 2).

    Raises
    ------
    ScenarioError
        If a period ends before it begins.
    """
    first, last = _numbers_or(table, "built_from", PERIOD[0]), _numbers_or(table, "built_to", PERIOD[1])
    faults = []
    for row in np.flatnonzero(last < first):
        told: dict[str, object] = {"first": f"{first[row]:g}", "last": f"{last[row]:g}"}
        faults.append(Fault("founding.period_backwards", told, table.place(int(row), "built_to")))
    if faults:
        raise ScenarioError.of(faults)
    return np.stack([first, last], axis=1)


def geography_of(areas: Areas, half_distance: float | None, reach: int) -> Geography:
    """What lies near what: weights that halve with every ``half_distance`` km, or every area a world of its own."""
    if half_distance is None:
        return separate(len(areas))
    return neighbourhoods(distances(areas.lat, areas.lon), half_distance, reach)
