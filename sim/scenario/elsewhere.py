"""Paths that lead nowhere under the rules chosen, but would under others: what a lever there may be moved to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.base.parameters import Parameter, declared
from sim.base.registry import Registry
from sim.scenario.housing import MIXED, Allocation, PartSection, Reserve
from sim.scenario.quantities import Quantity
from sim.scenario.rules import RuleBlock, quantity_for
from sim.scenario.schema import Scenario
from sim.scenario.section import Section, quantity_of
from sim.scenario.walk import Parts, look

ITEMS: Mapping[str, type[Section]] = {"reserves": Reserve, "parts": PartSection}
"""Lists of an allocation that go with its rule."""

SHELVES = {"terms": "preference", "admission": "admission"}
"""Maps and lists that name rules by key or id; the kind of a list called ``rules`` is the section that it stands in."""

OPTIONAL = ("rent", "price", "screening")
"""Blocks that a landlord may be without, each called what its kind is called."""


def elsewhere(scenario: Scenario, parts: Parts, registry: Registry) -> Quantity | None:
    """What numbers another rule in the same place allows at a path; None if no rule knows the path."""
    for done in range(len(parts) - 1, 0, -1):
        entry = look(scenario, parts[:done])
        if entry is not None:
            groups = tuple(group.id for group in scenario.population.groups)
            return _below(entry.value, parts[:done], parts[done:], _Known(registry, groups))
    return None


@dataclass(frozen=True)
class _Known:
    """Rules by kind and name, and the groups of the scenario."""

    registry: Registry
    groups: tuple[str, ...]

    def of_kind(self, kind: str, rest: Parts) -> Quantity | None:
        """What any rule of a kind allows; a mix has no parameters of its own."""
        found = (self.of_rule(kind, name, rest) for name in self.registry.names(kind) if name != MIXED)
        return next((quantity for quantity in found if quantity is not None), None)

    def of_rule(self, kind: str, name: str, rest: Parts) -> Quantity | None:
        """What one rule allows: at a parameter, or at what a parameter says of one group."""
        if name not in self.registry.names(kind) or not rest:
            return None
        specs = {spec.name: spec for spec in declared(self.registry.find(kind, name))}
        spec = specs.get(rest[0])
        if spec is None or (len(rest) > 1) != (spec.kind == "by_group"):
            return None
        if len(rest) == 1:
            return quantity_for(spec)
        return _of_one_group(spec, rest[2:]) if rest[1] in self.groups else None


def _below(value: Any, done: Parts, rest: Parts, known: _Known) -> Quantity | None:
    """What other rules allow at ``rest``, below a value that ends at ``done``."""
    if isinstance(value, Allocation):
        return known.of_kind("allocation", rest)
    if isinstance(value, RuleBlock):
        return known.of_kind(value.kind, rest)
    if value is None and done[-1] in OPTIONAL:
        return known.of_kind(done[-1], rest)
    if done[-1] in ITEMS and value == ():
        return _of_item(ITEMS[done[-1]], rest[1:], known)
    kind = SHELVES.get(done[-1], done[-2] if done[-1] == "rules" else None)
    return known.of_rule(kind, rest[0], rest[1:]) if kind is not None else None


def _of_item(model: type[Section], rest: Parts, known: _Known) -> Quantity | None:
    """A number of an item of a list that is empty here; in a list of others its name is a slip of the pen."""
    field = model.model_fields.get(rest[0]) if len(rest) == 1 else None
    if field is not None:
        return quantity_of(field)
    return known.of_kind("allocation", rest) if model is PartSection else None


def _of_one_group(spec: Parameter, rest: Parts) -> Quantity | None:
    """A number each, or one of a block of parameters each."""
    if spec.block is None:
        return quantity_for(spec) if not rest else None
    inner = [one for one in declared(spec.block) if rest == (one.name,)]
    return quantity_for(inner[0]) if inner else None
