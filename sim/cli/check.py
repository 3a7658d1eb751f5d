"""``hemvist check``: is a scenario in order, and if not, everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.base.errors import Fault, ScenarioError
from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb


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
    found = {name: _faults(name, wishes, strict) for name in names}
    if console.as_json:
        console.json([_entry(name, fault, console.language) for name in names for fault in found[name]])
    for name, faults in found.items():
        if faults:
            click.echo(ScenarioError.of(faults).text(console.language), err=True)
        elif not console.as_json:
            console.data(_in_order(name, console.language))
    return 2 if any(found.values()) else 0


def _faults(name: str, wishes: options.Wishes, strict: bool) -> tuple[Fault, ...]:
    from sim.cli.finding import load

    try:
        scenario = load(name, wishes)
    except ScenarioError as error:
        return error.faults
    return tuple(scenario.unsourced()) if strict else ()


def _entry(name: str, fault: Fault, language: str) -> dict[str, object]:
    place = fault.place
    return {
        "scenario": name, "file": place.file, "line": place.line, "column": place.column, "path": place.path,
        "key": fault.key, "text": fault.text(language),
    }  # fmt: skip


def _in_order(name: str, language: str) -> str:
    from sim.base.language import say

    return say("cli.check.in_order", language, name=name)
