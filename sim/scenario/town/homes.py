"""Homes of each area by tenure: what the table gives, and the rest by rule."""

from __future__ import annotations

from collections.abc import Mapping

from sim.base.errors import Fault
from sim.scenario.fields import TENURES
from sim.scenario.tables import Table
from sim.scenario.town.figure import Figure, given
from sim.scenario.town.region import RENTED, Region

COLUMN = dict(zip(TENURES, ("homes_public", "homes_private", "homes_cooperative", "homes_owned"), strict=True))
Homes = tuple[Mapping[str, Figure], ...]

OFF = 0.01
"""By how much the parts may exceed the whole: figures are rounded in print (assumed)."""


def homes_of(table: Table, region: Region) -> tuple[Homes, list[Fault]]:
    """Homes by area and tenure, and areas in which they cannot be known."""
    found, faults = [], []
    for row in range(len(table)):
        try:
            found.append(_homes_of_area(table, row, region))
        except _ImpossibleError as fault:
            faults.append(fault.told)
    return tuple(found), faults


class _ImpossibleError(Exception):
    """The homes of an area contradict each other, or nothing is known of them."""

    def __init__(self, told: Fault) -> None:
        super().__init__(told.key)
        self.told = told


def _homes_of_area(table: Table, row: int, region: Region) -> dict[str, Figure]:
    known: dict[str, Figure] = {
        tenure: cell for tenure, column in COLUMN.items() if (cell := given(table, row, column)) is not None
    }
    _divide_rentals(known, table, row, region)
    missing = [tenure for tenure in TENURES if tenure not in known]
    total = _total(table, row, region)
    so_far = sum(figure.value for figure in known.values())
    if total is not None and missing and so_far > total * (1 + OFF):
        values: dict[str, object] = {"parts": f"{so_far:.0f}", "whole": f"{total:.0f}"}
        raise _ImpossibleError(Fault("town.parts_exceed", values, table.place(row, "area")))
    of_missing = sum(region.share[tenure] for tenure in missing)
    of_known = sum(region.share[tenure] for tenure in known)
    if total is not None:
        rest, status, source, rule = max(total - so_far, 0.0), "estimate", "table", "rest_of_homes"
    else:
        rest, status, source, rule = so_far * of_missing / max(of_known, 1e-9), "assumed", "assumed", "like_region"
    for tenure in missing:
        known[tenure] = Figure(float(round(rest * region.share[tenure] / of_missing)), status, source, rule)
    if sum(figure.value for figure in known.values()) < 1:
        raise _ImpossibleError(Fault("town.no_homes", {"area": table.texts("area")[row]}, table.place(row, "area")))
    return known


def _divide_rentals(known: dict[str, Figure], table: Table, row: int, region: Region) -> None:
    """Public and private rentals from their sum, where the table gives that."""
    rentals = given(table, row, "homes_rental")
    lacking = [tenure for tenure in RENTED if tenure not in known]
    if rentals is None:
        return
    have = sum(known[tenure].value for tenure in RENTED if tenure in known)
    if have > rentals.value * (1 + OFF):
        values: dict[str, object] = {"parts": f"{have:.0f}", "whole": f"{rentals.value:.0f}"}
        raise _ImpossibleError(Fault("town.parts_exceed", values, table.place(row, "homes_rental")))
    if len(lacking) == 1:
        known[lacking[0]] = Figure(
            max(rentals.value - have, 0.0), "derived", rentals.source or "table", "rest_of_rentals"
        )
    elif lacking:
        public = region.share[RENTED[0]] / (region.share[RENTED[0]] + region.share[RENTED[1]])
        first = round(rentals.value * public)
        for tenure, homes in zip(RENTED, (first, rentals.value - first), strict=True):
            known[tenure] = Figure(float(homes), "assumed", "assumed", "public_like_region")


def _total(table: Table, row: int, region: Region) -> float | None:
    """All homes of an area: as many as households, else as the region has for so many inhabitants."""
    households, persons = given(table, row, "households"), given(table, row, "inhabitants")
    if households is not None:
        return households.value
    if persons is None:
        return None
    return persons.value / sum(region.share[tenure] * region.persons[tenure] for tenure in TENURES)
