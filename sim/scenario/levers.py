"""Levers: what somebody may pull, with its range in house units, within the bounds of what it moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from pydantic_core import PydanticCustomError

from sim.base.errors import Fault
from sim.base.registry import Registry, nearest
from sim.scenario.elsewhere import elsewhere
from sim.scenario.events import Cost, LeverSection
from sim.scenario.fields import Text
from sim.scenario.nodes import Node, split
from sim.scenario.quantities import Quantity, check_source
from sim.scenario.refusals import figure, refuse
from sim.scenario.schema import Scenario
from sim.scenario.walk import Parts, known_below, look


@dataclass(frozen=True)
class Lever:
    """A path that may be moved.

    Attributes
    ----------
    low, high, step
        In the house unit ``unit``.
    is_asleep
        Whether its path is gone under the rule chosen: shown grey, skipped by ``*``.
    """

    id: str
    path: str
    low: float
    high: float
    step: float
    unit: str
    source: str
    status: str
    decides: str | None
    checked: str | None
    cost: Cost | str
    label: Text
    help: Text
    is_asleep: bool


def levers_of(scenario: Scenario, tree: Node, registry: Registry) -> tuple[tuple[Lever, ...], list[Fault]]:
    """All levers of a scenario, and what is wrong with them."""
    levers: list[Lever] = []
    faults: list[Fault] = []
    for number, written in enumerate(scenario.lever_sections):
        node = cast(Node, tree.at(("levers", number)))
        known = tuple(source.id for source in scenario.sources)
        try:
            levers.append(_lever(written, node, scenario, registry, known))
        except PydanticCustomError as error:
            faults.append(_fault(error, node, f"levers.{written.id or number}"))
    return tuple(levers), faults


def _fault(error: PydanticCustomError, node: Node, path: str) -> Fault:
    values = dict(cast(dict[str, Any], error.context)["values"])
    at = str(values.pop("at", "")).split(".")[0]
    return Fault(error.type, values, (node.child(at) or node).place(f"{path}.{at}" if at else path))


def _lever(
    written: LeverSection, node: Node, scenario: Scenario, registry: Registry, sources: tuple[str, ...]
) -> Lever:
    check_source(written.source, sources)
    parts = split(written.path)
    entry = look(scenario, parts)
    quantity = entry.quantity if entry is not None else elsewhere(scenario, parts, registry)
    if entry is None and quantity is None:
        _refuse_path(scenario, parts)
    if quantity is None or not isinstance(entry.value if entry is not None else 0.0, int | float | None):
        refuse("lever_not_a_number", at="path", found=written.path)
    low, high, step = (_in_house_unit(written, name, quantity) for name in ("min", "max", "step"))
    _check_range(low, high, step, quantity)
    return Lever(
        written.id or written.path, written.path, low, high, step, quantity.unit, written.source, written.status,
        written.decides, written.checked, written.cost, written.label, written.help, entry is None,
    )  # fmt: skip


def _in_house_unit(written: LeverSection, name: str, quantity: Quantity) -> float:
    raw = getattr(written, name)
    stated = {"value": raw, "unit": written.unit} if written.unit and not isinstance(raw, dict) else raw
    try:
        return quantity.converted(stated)
    except PydanticCustomError as error:
        values = cast(dict[str, Any], error.context)["values"]
        refuse(error.type, **{**values, "at": "unit" if values.get("at") == "unit" and written.unit else name})


def _check_range(low: float, high: float, step: float, quantity: Quantity) -> None:
    for name, end in (("min", low), ("max", high)):
        if quantity.is_outside(end):
            refuse("out_of_bounds", at=name, found=figure(end), bounds=quantity.bounds())
    if low >= high:
        refuse("lever_empty", at="max", low=figure(low), high=figure(high))
    if step <= 0 or abs((high - low) / step - round((high - low) / step)) > 1e-6:
        refuse("lever_step", at="step", step=figure(step), width=figure(high - low))


def _refuse_path(scenario: Scenario, parts: Parts) -> None:
    done, known = known_below(scenario, parts)
    meant = nearest(parts[len(done)], known)
    key = "path_unknown_suggest" if meant else "path_unknown"
    refuse(
        key, at="path", path=".".join(parts), found=parts[len(done)], under=".".join(done) or "-", meant=meant,
        known=", ".join(known) or "-",
    )  # fmt: skip
