"""Scenarios by name, rules by file: what the command line names, found and loaded with every fault told at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.base.errors import Fault, ScenarioError

if TYPE_CHECKING:
    from sim.base.registry import Registry
    from sim.cli.options import Wishes
    from sim.experiment.file.study import Study
    from sim.scenario.schema import Scenario

STANDARD_INPUT = "-"


def shipped() -> tuple[str, ...]:
    """Names of the scenarios that come with hemvist."""
    from sim.scenario.find import shipped_names

    return shipped_names()


def load(name: str, wishes: Wishes) -> Scenario:
    """One scenario with the changes of the command line.

    Raises
    ------
    ScenarioError
        With every fault.
    """
    return load_all([name], wishes)[0]


def load_all(names: Iterable[str], wishes: Wishes) -> list[Scenario]:
    """Several scenarios with the same changes.

    Raises
    ------
    ScenarioError
        With the faults of all of them, each told once.
    """
    from sim.engine.load import registry

    shelves = registry(wishes.rules)
    found, faults = [], dict[str, Fault]()
    for name in names:
        try:
            found.append(_load(name, shelves, wishes.overrides()))
        except ScenarioError as error:
            faults.update({fault.text(): fault for fault in error.faults})
    if faults:
        raise ScenarioError.of(faults.values())
    return found


def loader(name: str, wishes: Wishes) -> Callable[[Mapping[str, object]], Scenario]:
    """What loads one scenario again and again, with the changes of the command line and more, by path."""
    from sim.engine.load import registry

    shelves, text = registry(wishes.rules), sys.stdin.read() if name == STANDARD_INPUT else ""
    return lambda more: _load(name, shelves, {**wishes.overrides(), **more}, text)


def _load(name: str, shelves: Registry, overrides: Mapping[str, object], text: str = "") -> Scenario:
    from sim.scenario.load import load, load_text

    if name == STANDARD_INPUT:
        return load_text(text or sys.stdin.read(), shelves, name="<stdin>", overrides=overrides)
    return load(name, shelves, overrides=overrides)


def means_experiment(name: str) -> bool:
    """Whether a name or path means an experiment rather than a scenario."""
    from sim.experiment.file.find import shipped_names
    from sim.experiment.file.load import is_experiment
    from sim.scenario.find import is_bare

    if name == STANDARD_INPUT:
        return False
    if is_bare(name):
        return name not in shipped() and name in shipped_names()
    return Path(name).is_file() and is_experiment(Path(name))


def load_study(name: str, rules: Sequence[Path] = ()) -> Study:
    """An experiment by bare name or by path.

    Raises
    ------
    ScenarioError
        With every fault.
    """
    from sim.engine.load import registry
    from sim.experiment.file.load import load

    return load(name, registry(rules))
