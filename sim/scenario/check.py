"""Checking a tree: everything that is wrong with it, or the scenario that it says."""

from __future__ import annotations

from pydantic import ValidationError

from sim.base.errors import Fault
from sim.base.registry import Registry
from sim.scenario.consistency import disagreements, ids, uses_money
from sim.scenario.faults import faults_of
from sim.scenario.nodes import Node
from sim.scenario.schema import Scenario
from sim.scenario.section import Context


def checked(tree: Node, registry: Registry) -> tuple[Scenario | None, list[Fault]]:
    """The scenario of a tree and all faults; there is no scenario where there are faults."""
    context = Context(
        registry, uses_money(tree), ids(tree, "population", "groups"), ids(tree, "landlords"), ids(tree, "sources")
    )
    faults = disagreements(tree)
    try:
        scenario = Scenario.model_validate(tree.plain(), context=context)
    except ValidationError as error:
        return None, faults_of(error, tree) + faults
    scenario._tree = tree
    return (None, faults) if faults else (scenario, [])
