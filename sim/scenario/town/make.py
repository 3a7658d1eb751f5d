"""A town from a table: reading, filling in, and all its files; every fault is told at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.base.errors import ScenarioError
from sim.scenario.find import shown_path
from sim.scenario.schema import Scenario
from sim.scenario.tables import Table
from sim.scenario.town import files
from sim.scenario.town.filling import Town, town_of
from sim.scenario.town.geojson import places_of
from sim.scenario.town.reading import Repair, read_town
from sim.scenario.town.region import region_of
from sim.scenario.town.report import report_text

BASE = "gothenburg"
"""The town whose rules and means a new one begins with."""

REPORT, TABLE = "data.md", "table.csv"


@dataclass(frozen=True)
class Made:
    """A town and its files, by path."""

    town: Town
    repairs: tuple[Repair, ...]
    files: dict[str, str]


def make(
    name: str, table: Path, base: Scenario, language: str, *, geojson: Path | None = None, folder: str = "",
    is_calibrated: bool = False,
) -> Made:  # fmt: skip
    """The files of a town.

    Parameters
    ----------
    name
        Of the scenario.
    table, geojson
        Files to make it of.
    base
        The scenario that it is built upon, which fills the gaps.
    language
        Of comments and of the data report.
    folder
        Where the tables lie, seen from the scenario: "" beside it, or ``lerum/``.
    is_calibrated
        Whether area constants lie there too.

    Raises
    ------
    ScenarioError
        With everything that is wrong in the files.
    """
    reading = read_town(table, shown_path(table))
    faults = list(reading.faults)
    where, lost = places_of(geojson, shown_path(geojson), reading.table) if geojson is not None else ({}, [])
    faults += lost if not faults else []
    region = region_of(base.tables["stock"], base.tables["population"])
    town, found = town_of(reading.table, region, where) if not faults else (None, [])
    if town is None:
        raise ScenarioError.of([*faults, *found])
    setting = files.Setting(
        name, BASE, _mean_income(base), _relative_income(town, reading.table), folder, is_calibrated
    )
    tables = {
        "areas.csv": files.areas_text(town), "stock.csv": files.stock_text(town, region),
        "margins.csv": files.margins_text(town, region),
        REPORT: report_text(town, setting, reading.repairs, table.name, language),
    }  # fmt: skip
    scenario = files.scenario_text(town, setting, TABLE, language)
    return Made(town, reading.repairs, {f"{name}.yaml": scenario, **{folder + one: t for one, t in tables.items()}})


def _mean_income(base: Scenario) -> float:
    return base.population.incomes.mean


def _relative_income(town: Town, table: Table) -> float | None:
    """The town's mean income over Gothenburg's, where the table gives both."""
    theirs = [float(value) for value in table.numbers("gothenburg_income") if value > 0]
    if not theirs or "mean_income" not in town.figures:
        return None
    weights = [town.total(row) for row in range(len(town.ids))]
    own = [figure.value for figure in town.figures["mean_income"]]
    return sum(w * x for w, x in zip(weights, own, strict=True)) / sum(weights) / theirs[0]
