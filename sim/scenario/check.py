"""Checking a tree: everything that is wrong with it, or the scenario that it says."""

from __future__ import annotations

from pydantic import ValidationError

from sim.base.errors import Fault
from sim.base.registry import Registry
from sim.scenario.consistency import MONEY_SECTIONS, disagreements, ids, uses_money
from sim.scenario.faults import faults_of
from sim.scenario.nodes import Node
from sim.scenario.schema import Scenario
from sim.scenario.section import Context


def checked(tree: Node, registry: Registry) -> tuple[Scenario | None, list[Fault]]:
    """The scenario of a tree and all faults; there is no scenario where there are faults."""
    context = Context(
        registry, uses_money(tree), _named(tree, "population", "groups"), _named(tree, "landlords"),
        _named(tree, "sources"),
    )  # fmt: skip
    faults = disagreements(tree)
    try:
        scenario = Scenario.model_validate(tree.plain(), context=context)
    except ValidationError as error:
        return None, _without_forbidden(faults_of(error, tree), tree) + faults
    scenario._tree = tree
    return (None, faults) if faults else (scenario, [])


def _named(tree: Node, *parts: str) -> tuple[str, ...] | None:
    """Ids of a list that others name; None where it is no list, so that nothing can be said about them."""
    found = tree.at(parts)
    return ids(tree, *parts) if found is None or found.items is not None else None


def _without_forbidden(faults: list[Fault], tree: Node) -> list[Fault]:
    """Without what is wrong inside sections that should not be there at all."""
    forbidden = () if uses_money(tree) else MONEY_SECTIONS
    return [fault for fault in faults if fault.place.path.split(".")[0] not in forbidden]
