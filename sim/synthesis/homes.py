"""The homes of a town: from the rows of a table, one per area and tenure, to counts, means, rents and prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.errors import Fault, ScenarioError
from sim.city.dwellings import COOPERATIVE, PRIVATE_RENTAL, PUBLIC_RENTAL, TENURES
from sim.scenario.table_forms import RENTAL
from sim.scenario.tables import Table
from sim.synthesis.plan import PERSONS

FIGURES = ("homes", "persons", "public_share", "rooms", "rent_per_m2", "price_per_m2")
MOST_ROOMS = 6.0
"""Most rooms that a mean may have: the distributions of rooms reach to six for flats, eight for houses."""


@dataclass(frozen=True)
class Homes:
    """What a table says of the homes, float64 arrays of shape (n_areas, n_tenures).

    Attributes
    ----------
    homes : occupied homes of the town
    persons : persons per home, NaN where unknown
    rooms, rent_per_m2, price_per_m2 : as in ``plan.StockPlan``
    """

    homes: np.ndarray
    persons: np.ndarray
    rooms: np.ndarray
    rent_per_m2: np.ndarray
    price_per_m2: np.ndarray


def homes_of(table: Table, area_ids: tuple[str, ...]) -> Homes:
    """The homes of every area and tenure; a row of ``rental`` is split by its share of public homes.

    Raises
    ------
    ScenarioError
        If a figure is missing, a mean is out of reach, or rentals are given twice: all such places.
    """
    numbers = {column: table.numbers(column) for column in FIGURES}
    areas, tenures = table.texts("area"), table.texts("tenure")
    faults = _twice(table, areas, tenures) + _figures(table, tenures, numbers)
    if faults:
        raise ScenarioError.of(faults)
    shape = (len(area_ids), len(TENURES))
    found = Homes(np.zeros(shape), np.full(shape, np.nan), np.full(shape, 2.5), np.zeros(shape), np.zeros(shape))
    for row, (area, tenure) in enumerate(zip(areas, tenures, strict=True)):
        figures = {column: float(values[row]) for column, values in numbers.items()}
        for at, share in _split(tenure, figures["public_share"]).items():
            if figures["homes"] * share > 0:
                _fill(found, (area_ids.index(area), at), figures, share)
    return found


def _split(tenure: str, public: float) -> dict[int, float]:
    """Tenures that a row speaks of, with the share of its homes that each has."""
    if tenure == RENTAL:
        return {PUBLIC_RENTAL: public, PRIVATE_RENTAL: 1.0 - public}
    return {TENURES.index(tenure): 1.0}


def _fill(found: Homes, cell: tuple[int, int], figures: dict[str, float], share: float) -> None:
    found.homes[cell] = figures["homes"] * share
    found.persons[cell] = figures["persons"] / figures["homes"]
    found.rooms[cell], found.rent_per_m2[cell] = figures["rooms"], figures["rent_per_m2"]
    found.price_per_m2[cell] = figures["price_per_m2"] if cell[1] >= COOPERATIVE else 0.0


def _twice(table: Table, areas: tuple[str, ...], tenures: tuple[str, ...]) -> list[Fault]:
    """Areas that have rentals in one row and one kind of them in another."""
    both = {area for area, tenure in zip(areas, tenures, strict=True) if tenure == RENTAL}
    kinds = (TENURES[PUBLIC_RENTAL], TENURES[PRIVATE_RENTAL])
    return [
        Fault("founding.rentals_twice", {"area": area, "tenure": tenure}, table.place(row, "tenure"))
        for row, (area, tenure) in enumerate(zip(areas, tenures, strict=True)) if area in both and tenure in kinds
    ]  # fmt: skip


def _figures(table: Table, tenures: tuple[str, ...], numbers: dict[str, np.ndarray]) -> list[Fault]:
    """Figures that are missing where somebody lives, and means that no home or household can have."""
    homes, rooms = numbers["homes"], numbers["rooms"]
    lived_in = ~(homes <= 0)
    is_rental = np.array([tenure == RENTAL for tenure in tenures])
    is_owned = np.array([tenure in TENURES[COOPERATIVE:] for tenure in tenures])
    missing = {column: lived_in & np.isnan(numbers[column]) for column in FIGURES}
    per_home = np.divide(numbers["persons"], homes, out=np.full(len(homes), np.nan), where=homes > 0)
    checks = (
        ("homes", np.isnan(homes), "cell_empty"),
        ("public_share", is_rental & missing["public_share"], "cell_empty"),
        ("rooms", missing["rooms"], "cell_empty"),
        ("rooms", (rooms < 1) | (rooms > MOST_ROOMS), "rooms_out_of_reach"),
        ("rent_per_m2", missing["rent_per_m2"], "cell_empty"),
        ("price_per_m2", is_owned & missing["price_per_m2"], "cell_empty"),
        ("persons", (per_home < PERSONS[0]) | (per_home > PERSONS[-1]), "persons_out_of_reach"),
    )
    faults = []
    for column, bad, key in checks:
        for row in np.flatnonzero(bad):
            told: dict[str, object] = {
                "column": column, "found": f"{numbers[column][row]:g}", "homes": f"{homes[row]:g}",
                "most": f"{PERSONS[-1] if column == 'persons' else MOST_ROOMS:g}",
            }  # fmt: skip
            faults.append(Fault(f"founding.{key}", told, table.place(int(row), column)))
    return faults
