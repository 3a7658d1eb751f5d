"""Tables that a scenario names: found beside the file that names them, read, and compared with each other."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from sim.base.errors import Fault, Place, ScenarioError
from sim.scenario.fields import TableName
from sim.scenario.find import shown_path
from sim.scenario.inherit import SET, Built
from sim.scenario.nodes import Node
from sim.scenario.schema import Scenario
from sim.scenario.table_forms import FORMS, disagreements
from sim.scenario.tables import Table, TableForm, read_table


def tables_of(scenario: Scenario, tree: Node, built: Built) -> tuple[dict[str, Table], list[Fault]]:
    """Every table that a scenario names, by section, and what is wrong in them."""
    tables: dict[str, Table] = {}
    faults: list[Fault] = []
    sources = tuple(source.id for source in scenario.sources)
    for section, form in FORMS.items():
        named = getattr(getattr(scenario, section), "table", None)
        if named is None:
            continue
        try:
            path, place = _table_path(named, tree, section, built)
            table, found = _read(path, form, sources, built)
        except ScenarioError as error:
            faults += error.faults
            continue
        tables[section] = table
        faults += found + _pinned(named, table, place)
    if not faults:
        faults += disagreements(tables, tuple(group.id for group in scenario.population.groups))
    return tables, faults


def _read(path: Path, form: TableForm, sources: tuple[str, ...], built: Built) -> tuple[Table, list[Fault]]:
    """A table and what is wrong in it, from disk the first time."""
    key = (path, sources)
    if key not in built.tables:
        built.tables[key] = read_table(path, shown_path(path), form, sources)
    return cast(tuple[Table, list[Fault]], built.tables[key])


def _table_path(named: TableName, tree: Node, section: str, built: Built) -> tuple[Path, Place]:
    parts = (section, "table")
    node = tree.nearest((*parts, "file"))
    place = node.place(".".join(parts))
    path = Path(node.file or "").parent / named.file if node.file != SET else Path(named.file)
    if node.file == built.text_name or (node.file != SET and not built.fence.holds(path)):
        raise ScenarioError.of([Fault("scenario.outside_project", {"found": named.file}, place)])
    if not path.is_file():
        raise ScenarioError.of([Fault("scenario.file_missing", {"found": shown_path(path)}, place)])
    return path, place


def _pinned(named: TableName, table: Table, place: Place) -> list[Fault]:
    if named.sha256 is None or table.sha256 == named.sha256.lower():
        return []
    return [Fault("scenario.table_changed", {"found": table.sha256, "wanted": named.sha256}, place)]
