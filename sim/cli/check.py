"""``hemvist check``: is a scenario or an experiment in order, and if not, everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.base.errors import Fault, ScenarioError
from sim.base.language import say
from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb

if TYPE_CHECKING:
    from sim.experiment.file.study import Study
    from sim.scenario.schema import Scenario


@dataclass(frozen=True)
class Verdict:
    """What is said of one file: what is wrong with it, what is odd about it, and a line if it is in order."""

    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    remark: str = ""


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.scenario(language, "files"),
        options.option(language, "--rules", multiple=True, type=click.Path(path_type=Path)),
        options.option(language, "--strict", is_flag=True),
        options.option(language, "--fix", is_flag=True),
        options.as_json(language),
        *options.loudness(language),
    ]

    def check(files: tuple[str, ...], rules: tuple[Path, ...], strict: bool, fix: bool, **how: Any) -> int:
        console, wishes = Console(language, **how), options.Wishes(rules=rules)
        verdicts = {name: _verdict(name, wishes, strict, language) for name in files}
        _tell(console, verdicts)
        if fix and not console.as_json:
            for name, verdict in verdicts.items():
                _show_mended(console, Path(name), verdict.faults)
        return 2 if any(verdict.faults for verdict in verdicts.values()) else 0

    return verb("check", language, check, params)


def _tell(console: Console, verdicts: dict[str, Verdict]) -> None:
    language = console.language
    if console.as_json:
        told = [(name, fault, False) for name, verdict in verdicts.items() for fault in verdict.faults]
        told += [(name, fault, True) for name, verdict in verdicts.items() for fault in verdict.warnings]
        console.json([{**_entry(name, fault, language), "is_warning": mild} for name, fault, mild in told])
    for verdict in verdicts.values():
        if verdict.faults:
            click.echo(ScenarioError.of(verdict.faults).text(language), err=True)
        elif not console.as_json:
            console.data(verdict.remark)
        for warning in verdict.warnings if not console.as_json else ():
            click.echo(say("cli.check.warning", language, text=warning.text(language)), err=True)


def _verdict(name: str, wishes: options.Wishes, strict: bool, language: str) -> Verdict:
    from sim.cli.finding import load, load_study, means_experiment

    try:
        if means_experiment(name):
            return Verdict(remark=_planned(name, load_study(name, wishes.rules), language))
        scenario = load(name, wishes)
    except ScenarioError as error:
        return Verdict(error.faults)
    faults = tuple(scenario.unsourced()) if strict else ()
    return Verdict(faults, _odd(scenario, wishes), say("cli.check.in_order", language, name=name))


def _odd(scenario: Scenario, wishes: options.Wishes) -> tuple[Fault, ...]:
    """What is no fault, but should be known: that a pair is no pair."""
    from sim.cli.finding import load
    from sim.scenario.pair import pair_faults, pair_missing, partner

    if scenario.pair is None:
        return ()
    file = partner(scenario)
    if file is None:
        return (pair_missing(scenario),)
    try:
        return tuple(pair_faults(scenario, load(str(file), wishes)))
    except ScenarioError:
        return ()  # what is wrong with the other is said where the other is checked


def _show_mended(console: Console, file: Path, faults: tuple[Fault, ...]) -> None:
    """How the file would read with its slips put right, as a difference that ``patch`` understands."""
    from difflib import unified_diff

    from sim.scenario.find import shown_path
    from sim.scenario.mending import mended

    if not file.is_file():
        return
    before = file.read_text(encoding="utf-8")
    after = mended(before, [fault for fault in faults if fault.place.file == shown_path(file)])
    for line in unified_diff(before.splitlines(), after.splitlines(), str(file), str(file), lineterm=""):
        console.data(line)


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
    if section.search is not None:
        from sim.experiment.search import most_runs

        return say("cli.check.search", language, name=name, points=section.design.points, runs=most_runs(study))
    stop, most = section.replications.stop, study.most_replications
    key = "cli.check.experiment" if stop is None else "cli.check.experiment_until"
    lines = [say(key, language, name=name, arms=len(study.arms), points=len(study.points), n=most,
                 runs=len(study.arms) * len(study.points) * most, low=0 if stop is None else stop.min)]  # fmt: skip
    design = section.design
    if len(study.points) < study.n_drawn:
        lines.append(say("cli.check.refused", language, kept=len(study.points), drawn=study.n_drawn))
    if design.kind.startswith("sobol") and not is_power_of_two(design.points or 0):
        lines.append(say("cli.check.no_power_of_two", language, points=design.points))
    return "\n".join(lines)
