"""``hemvist run``: one scenario, one seed, one record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.base.language import say
from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb

if TYPE_CHECKING:
    from sim.engine.record import Record
    from sim.experiment.brake import Brake
    from sim.scenario.schema import Scenario


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.scenario(language),
        *options.changes(language),
        options.seed(language),
        options.out(language),
        options.as_json(language),
        *options.loudness(language),
    ]

    def run(
        scenario: str, changes: dict[str, str], months: int | None, scale: float | None, rules: tuple[Path, ...],
        seed: int, out: Path, **how: Any,
    ) -> int:  # fmt: skip
        return _run(Console(language, **how), scenario, options.Wishes(changes, months, scale, rules), seed, out)

    return verb("run", language, run, params)


def _run(console: Console, name: str, wishes: options.Wishes, seed: int, out: Path) -> int:
    from sim.base.disk import ready
    from sim.cli.finding import load
    from sim.experiment.brake import Brake

    scenario = load(name, wishes)
    ready(out)
    console.note("running", title=scenario.title.say(console.language), months=scenario.time.months, seed=seed)
    with Brake() as brake:
        record = _played(console, scenario, seed, brake)
        folder = record.save(out / record.name)
    _show(console, record, name, folder)
    return 0 if record.complete else 130


def _played(console: Console, scenario: Scenario, seed: int, brake: Brake) -> Record:
    """All months, with a word about the progress."""
    from sim.experiment.play import play, work
    from sim.experiment.workers import Meter

    with console.progress("passing") as watch:
        meter = Meter(work([scenario]), brake, watch)
        return play((scenario,), seed, meter.tick)[0]


def _show(console: Console, record: Record, name: str, folder: Path) -> None:
    from sim.report.run import as_data, run_table, run_words

    if console.as_json:
        console.json({**as_data(record), "folder": str(folder)})
    else:
        for line in run_words(record, console.language):
            console.data(line)
        console.table(run_table(record, console.language))
        console.data(say("report.run.one_run", console.language))
    if not record.complete:
        console.note("stopped", done=len(record.months), folder=folder)
    console.note("saved", folder=folder)
    console.note("after_run", scenario=name, folder=folder)
