"""Figures: every quantity of a scenario with its source and how well it is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sim.base.errors import Fault, Place
from sim.scenario.nodes import Node, dotted, split
from sim.scenario.quantities import Quantity
from sim.scenario.section import Entry, Section
from sim.scenario.walk import look, numbers

CHANGES = ("set", "add", "scale")


@dataclass(frozen=True)
class Figure:
    """One number (or row of numbers) of a scenario.

    Attributes
    ----------
    path, value, unit
        Where it stands, in house units.
    source, status
        Id of a source or ``assumed``, and how well it is known; None where nothing was written.
    note, range
        As written.
    place
        Where it was written, None for a default.
    """

    path: str
    value: Any
    unit: str
    source: str | None
    status: str | None
    note: str | None = None
    range: Any = None
    place: Place | None = None


def figures_of(scenario: Section, tree: Node) -> tuple[Figure, ...]:
    """All figures: of the sections, and of what the timeline sets."""
    found = [(parts, entry) for parts, entry in numbers(Entry(scenario)) if not _is_design(entry)]
    own = [_figure(".".join(parts), entry.value, entry.quantity, tree.at(parts)) for parts, entry in found]
    return (*own, *_of_timeline(scenario, tree))


def _is_design(entry: Entry) -> bool:
    return entry.quantity is not None and entry.quantity.is_design


def _of_timeline(scenario: Section, tree: Node) -> Iterator[Figure]:
    timeline = tree.at(("timeline",))
    for number, event in enumerate((timeline and timeline.items) or ()):
        for change in CHANGES:
            written = event.child(change)
            for path, node in ((written and written.map) or {}).items():
                entry = look(scenario, split(path))
                if entry is not None and entry.quantity is not None:
                    yield _figure(f"{_name(tree, number)}.{change}.{path}", node.plain(), entry.quantity, node)


def _name(tree: Node, number: int) -> str:
    return dotted(tree, ("timeline", number))


def _figure(path: str, value: Any, quantity: Quantity | None, node: Node | None) -> Figure:
    unit = quantity.unit if quantity is not None else ""
    if node is None:
        source, status = (quantity.source, quantity.status) if quantity is not None else (None, None)
        return Figure(path, value, unit, source, status)
    told = node.plain() if node.map is not None else {}
    status = told.get("status") or ("assumed" if told.get("source") == "assumed" else None)
    return Figure(
        path, value, unit, told.get("source"), status, told.get("note"), told.get("range"), node.place(path)
    )  # fmt: skip


def unsourced(figures: Iterable[Figure]) -> list[Fault]:
    """A fault for each written figure without a source, or with one but no word on how well it is known."""
    faults = []
    for figure in figures:
        if figure.place is not None and (figure.source is None or figure.status is None):
            key = "source_missing" if figure.source is None else "status_missing"
            faults.append(Fault(f"scenario.{key}", {"found": str(figure.value)}, figure.place))
    return faults
