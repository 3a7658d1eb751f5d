"""``hemvist check``: is a scenario or an experiment in order, and if not, everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.base.errors import Fault, ScenarioError
from sim.base.language import say
from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb

if TYPE_CHECKING:
    from sim.experiment.file.load import Study


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.scenario(language, "files"),
        options.option(language, "--rules", multiple=True, type=click.Path(path_type=Path)),
        options.option(language, "--strict", is_flag=True),
        options.as_json(language),
        *options.loudness(language),
    ]

    def check(files: tuple[str, ...], rules: tuple[Path, ...], strict: bool, **how: Any) -> int:
        return _check(Console(language, **how), files, options.Wishes(rules=rules), strict)

    return verb("check", language, check, params)


def _check(console: Console, names: tuple[str, ...], wishes: options.Wishes, strict: bool) -> int:
    remarks: dict[str, str] = {}
    found = {name: _faults(name, wishes, strict, remarks, console.language) for name in names}
    if console.as_json:
        console.json([_entry(name, fault, console.language) for name in names for fault in found[name]])
    for name, faults in found.items():
        if faults:
            click.echo(ScenarioError.of(faults).text(console.language), err=True)
        elif not console.as_json:
            console.data(remarks[name])
    return 2 if any(found.values()) else 0


def _faults(
    name: str, wishes: options.Wishes, strict: bool, remarks: dict[str, str], language: str
) -> tuple[Fault, ...]:
    """What is wrong with a file; what can be said of one in order goes to ``remarks``."""
    from sim.cli.finding import load, load_study, means_experiment

    try:
        if means_experiment(name):
            remarks[name] = _planned(name, load_study(name, wishes.rules), language)
            return ()
        scenario = load(name, wishes)
    except ScenarioError as error:
        return error.faults
    remarks[name] = say("cli.check.in_order", language, name=name)
    return tuple(scenario.unsourced()) if strict else ()


def _entry(name: str, fault: Fault, language: str) -> dict[str, object]:
    place = fault.place
    return {
        "scenario": name, "file": place.file, "line": place.line, "column": place.column, "path": place.path,
        "key": fault.key, "text": fault.text(language),
    }  # fmt: skip


def _planned(name: str, study: Study, language: str) -> str:
    """How much an experiment asks for, and what is odd about it."""
    from sim.experiment.design import is_power_of_two

    section = study.section
    stop, n = section.replications.stop, section.replications.n or 0
    key = "cli.check.experiment" if stop is None else "cli.check.experiment_until"
    most = n if stop is None else stop.max
    lines = [say(key, language, name=name, arms=len(study.arms), points=len(study.points), n=most,
                 runs=len(study.arms) * len(study.points) * most, low=0 if stop is None else stop.min)]  # fmt: skip
    design = section.design
    if len(study.points) < study.n_drawn:
        lines.append(say("cli.check.refused", language, kept=len(study.points), drawn=study.n_drawn))
    if design.kind.startswith("sobol") and not is_power_of_two(design.points or 0):
        lines.append(say("cli.check.no_power_of_two", language, points=design.points))
    return "\n".join(lines)
