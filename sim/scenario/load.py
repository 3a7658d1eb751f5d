"""Loading: a name, a path or a text becomes a checked scenario, or one error with everything that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sim.base.errors import Fault, Place, ScenarioError
from sim.base.registry import Registry
from sim.scenario.attached import tables_of
from sim.scenario.check import checked
from sim.scenario.dial import turned
from sim.scenario.inherit import SET, Built, build_file, build_text
from sim.scenario.invested import unknown_names
from sim.scenario.laid import build
from sim.scenario.levers import levers_of
from sim.scenario.merge import without_removed
from sim.scenario.nodes import Node, split
from sim.scenario.paths import moved_to, placed, unplaced
from sim.scenario.reader import MAX_BYTES, read_text
from sim.scenario.schedule import Check, timeline_of
from sim.scenario.schema import Scenario
from sim.scenario.timeline import RULE_SECTIONS
from sim.scenario.walk import plain


def load(source: str | Path, registry: Registry, *, overrides: Mapping[str, object] | None = None) -> Scenario:
    """A scenario by bare name (one that ships) or by path.

    Parameters
    ----------
    source
        ``two-towns``, the path of a file, or either with interventions behind a plus: ``two-towns+gardsten``.
    registry
        The rules that it may name.
    overrides
        Values by dotted path, texts as they would stand in the file (``{"landlords.private.rent.speed": "4 %"}``).

    Raises
    ------
    ScenarioError
        With every fault, each with its place.
    """
    built = build_file(source) if isinstance(source, Path) else build(source)
    return load_built(built, registry, overrides or {})


def load_text(
    text: str,
    registry: Registry,
    *,
    name: str = "scenario",
    overrides: Mapping[str, object] | None = None,
    max_bytes: int = MAX_BYTES,
) -> Scenario:
    """A scenario from text, which may build upon those that ship but names no files of its own.

    Raises
    ------
    ScenarioError
        With every fault; ``name`` stands where a file would.
    """
    return load_built(build_text(read_text(text, name, max_bytes)), registry, overrides or {})


def load_built(built: Built, registry: Registry, overrides: Mapping[str, object]) -> Scenario:
    """A scenario from files that were read already: for those who load it many times with other values.

    Raises
    ------
    ScenarioError
        With every fault, each with its place.
    """
    tree, faults, grafted = _overridden(built.tree, overrides)
    scenario, found = checked(tree, registry)
    if scenario is not None and scenario.dial is not None:
        tree, found = turned(tree, scenario, {split(path) for path in overrides})
        scenario, found = (None, found) if found else checked(tree, registry)
    if found and grafted:
        found = _told_at_set(found, grafted, built, registry)
    faults = _together(built.faults + faults, found)
    if scenario is None or faults:
        raise ScenarioError.of(_in_order(faults))
    scenario._tables, found = tables_of(scenario, tree, built)
    faults += found + list(unknown_names(scenario, tree, scenario._tables.get("space")))
    scenario._levers, found = levers_of(scenario, tree, registry)
    faults += found + _with_timeline(scenario, tree, built.root, registry)
    if faults:
        raise ScenarioError.of(_in_order(faults))
    return scenario


def _together(first: list[Fault], then: list[Fault]) -> list[Fault]:
    """Faults of reading, and those of checking that are not about the same spot."""
    told = {(fault.place.file, fault.place.line, fault.place.column) for fault in first if fault.place.line}
    return first + [f for f in then if (f.place.file, f.place.line, f.place.column) not in told]


def _in_order(faults: list[Fault]) -> list[Fault]:
    """Each fault once, in the order of the file, file by file."""
    files = {fault.place.file: number for number, fault in reversed(list(enumerate(faults)))}
    once: dict[tuple[str, Place], Fault] = {}
    for fault in faults:
        once.setdefault((fault.key, fault.place), fault)
    return sorted(once.values(), key=lambda f: (files[f.place.file], f.place.line or 0, f.place.column or 0))


def _told_at_set(found: list[Fault], grafted: list[Node], built: Built, registry: Registry) -> list[Fault]:
    """Faults that are there without ``--set`` stay where they are; the others are told at ``--set``."""
    there = {(fault.key, fault.place.path) for fault in checked(built.tree, registry)[1]}
    own = [fault for fault in found if (fault.key, fault.place.path) in there]
    return own + moved_to([fault for fault in found if fault not in own], grafted, Place(SET))


def _overridden(tree: Node, overrides: Mapping[str, object]) -> tuple[Node, list[Fault], list[Node]]:
    """The tree with what ``--set`` says laid upon it."""
    faults: list[Fault] = []
    grafted: list[Node] = []
    before = tree
    for path, value in overrides.items():
        node, found = _written(path, value)
        faults += found
        if not found:
            tree, found = placed(tree, split(path), node, Place(SET, path=path))
            faults += found
            grafted.append(node)
    left, found = without_removed(before, tree)
    return left or tree, faults + found, grafted


def _written(path: str, value: object) -> tuple[Node, list[Fault]]:
    """The node of a value as it would stand in a file."""
    if not isinstance(value, str):
        return Node(value, SET) if isinstance(value, int | float | None) else _written(path, str(value))[0], []
    if not path or not all(split(path)):
        return Node(None, SET), [Fault("scenario.set_path", {"found": path}, Place(SET))]
    try:
        read = read_text(value, SET) if value.strip() else None
    except ScenarioError as error:
        return Node(None, SET), [Fault(fault.key, fault.values, Place(SET, path=path)) for fault in error.faults]
    if read is None:
        return Node(None, SET), []
    faults = [Fault(fault.key, fault.values, Place(SET, path=path)) for fault in read.faults]
    return unplaced(read.node, SET), faults


def _with_timeline(scenario: Scenario, tree: Node, root: Node, registry: Registry) -> list[Fault]:
    def check(changed: Node) -> tuple[Scenario | None, list[Fault]]:
        found, faults = checked(changed, registry)
        if found is None:
            return None, faults
        found._tables, found._levers = scenario._tables, scenario._levers
        unknown = list(unknown_names(found, changed, scenario._tables.get("space")))
        return (None, unknown) if unknown else (found, faults)

    before, faults = _at_burn_in(tree, root, scenario, check)
    timeline, found = timeline_of(scenario, before, tree, check)
    scenario._timeline = timeline
    return faults + found


def _at_burn_in(tree: Node, root: Node, scenario: Scenario, check: Check) -> tuple[Scenario, list[Fault]]:
    """The scenario under the rules at the root of ``extends``; itself where they are the same, or it has none."""
    if root.child("landlords") is None:
        return scenario, []
    for section in RULE_SECTIONS:
        tree = tree.placed((section,), root.child(section))
    before, faults = check(tree)
    if before is None or all(_same(getattr(before, name), getattr(scenario, name)) for name in RULE_SECTIONS):
        return scenario, faults
    return before, []


def _same(one: object, other: object) -> bool:
    return bool(plain(one) == plain(other))
