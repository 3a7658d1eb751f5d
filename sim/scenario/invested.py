"""What rules of investment and admission name: areas that exist, and tenures that somebody lets or sells."""

from __future__ import annotations

from collections.abc import Iterator

from sim.base.errors import Fault
from sim.base.parameters import declared
from sim.base.registry import nearest
from sim.scenario.nodes import Node
from sim.scenario.rules import RuleBlock
from sim.scenario.schema import Scenario
from sim.scenario.tables import Table


def unknown_names(scenario: Scenario, tree: Node, areas: Table | None) -> Iterator[Fault]:
    """A fault for each area or tenure that a rule of investment or admission names in vain."""
    ids = areas.texts("id") if areas is not None else None
    tenures = tuple(tenure.id for tenure in scenario.tenures)
    for path, block in _blocks(scenario):
        for name, value in block.parameters.items():
            node = tree.nearest((*path, name))
            told = ".".join((*path, name))
            if ids is not None and _is_areas(block, name) and isinstance(value, tuple):
                yield from (_fault("area", one, ids, node, told) for one in value if one not in ids)
            if name == "tenure" and value not in tenures:
                yield _fault("tenure", value, tenures, node, told)


def _blocks(scenario: Scenario) -> Iterator[tuple[tuple[str, ...], RuleBlock]]:
    """Rules that may name areas, each with its path."""
    lists: dict[tuple[str, ...], tuple[RuleBlock, ...]] = {("listing", "admission"): scenario.listing.admission}
    if scenario.investment is not None:
        lists["investment", "rules"] = scenario.investment.rules
    for landlord in scenario.landlords:
        lists["landlords", landlord.id, "allocation", "admission"] = landlord.allocation.admission
    for path, blocks in lists.items():
        yield from (((*path, block.id), block) for block in blocks)


def _is_areas(block: RuleBlock, name: str) -> bool:
    return any(spec.name == name and spec.kind == "areas" for spec in declared(block.cls))


def _fault(what: str, found: str, known: tuple[str, ...], node: Node, path: str) -> Fault:
    meant = nearest(found, known) if what == "area" else None
    key = f"scenario.invested_{what}_unknown" + ("_suggest" if meant else "")
    return Fault(key, {"found": found, "meant": meant, "known": ", ".join(known)}, node.place(path))
