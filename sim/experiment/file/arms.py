"""Arms of an experiment: the scenario of each, read once, and loaded again for every point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from sim.base.errors import Fault, Place, ScenarioError
from sim.base.registry import Registry
from sim.experiment.file.sections import ArmSection
from sim.scenario.inherit import SET, Built
from sim.scenario.laid import build, seen_from
from sim.scenario.load import load_built
from sim.scenario.nodes import Node
from sim.scenario.schema import Scenario


@dataclass(frozen=True)
class Arm:
    """One arm, ready to be loaded at any point.

    Attributes
    ----------
    id : str
    label : mapping of str to str
        What readers call it, by language.
    source : str
        Its scenario as the command line would name it: a bare name, or a path.
    built : Built
        Its file with everything that it is built upon.
    changes : mapping of str to object
        What the experiment sets in it, by path.
    scenario : Scenario
        As it is where no factor moves it.
    """

    id: str
    label: Mapping[str, str]
    source: str
    built: Built
    changes: Mapping[str, object]
    scenario: Scenario

    def at(self, point: Mapping[str, Any], registry: Registry) -> Scenario:
        """The scenario at a point.

        Raises
        ------
        ScenarioError
            If the point does not fit it.
        """
        if not point:
            return self.scenario
        return load_built(self.built, registry, {**self.changes, **{path: written(one) for path, one in point.items()}})


def arm_of(
    section: ArmSection, shared: Mapping[str, Any], tree: Node, number: int, beside: Path | None, registry: Registry
) -> Arm:
    """Read the scenario of an arm and set in it what the experiment sets.

    Raises
    ------
    ScenarioError
        With every fault; what is wrong with a value that the experiment sets is told at that value.
    """
    at = ("arms", number)
    named = tree.nearest((*at, "scenario"))
    built = build(section.scenario, beside, None, named.place(f"arms.{section.id}.scenario"))
    changes = {path: written(value) for path, value in {**shared, **section.set}.items()}
    try:
        scenario = load_built(built, registry, changes)
    except ScenarioError as error:
        raise ScenarioError.of([_placed(fault, tree, at, section) for fault in error.faults]) from None
    label = section.label or scenario.title
    texts = {language: label.say(language) for language in ("en", "sv")}
    return Arm(section.id, texts, seen_from(section.scenario, beside), built, changes, scenario)


def written(value: object) -> object:
    """A value as ``--set`` takes it: numbers as they are, all else as it would stand in a file."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)) or isinstance(value, str):
        return value
    text: str = yaml.safe_dump(_lists(value), default_flow_style=True, width=10_000, allow_unicode=True)
    return text.removesuffix("...\n").strip()


def _lists(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _lists(inner) for key, inner in value.items()}
    return [_lists(inner) for inner in value] if isinstance(value, tuple | list) else value


def _placed(fault: Fault, tree: Node, at: tuple[str, int], section: ArmSection) -> Fault:
    """The fault, told where the experiment sets what is wrong."""
    if fault.place.file != SET:
        return fault
    path = fault.place.path
    for parts, name in (((*at, "set", path), f"arms.{section.id}.set.{path}"), (("set", path), f"set.{path}")):
        node = tree.at(parts)
        if node is not None:
            return replace(fault, place=node.place(name))
    return replace(fault, place=replace(tree.nearest(at).place(), path=path) if path else Place(tree.file))
