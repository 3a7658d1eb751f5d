"""``hemvist run``: one scenario, one seed, one record."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.base.language import say
from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb

if TYPE_CHECKING:
    from sim.engine.clock import Clock
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
        options.profile(language),
        *options.loudness(language),
    ]

    def run(
        scenario: str, changes: dict[str, str], months: int | None, scale: float | None, rules: tuple[Path, ...],
        seed: int, out: Path, profile: bool, **how: Any,
    ) -> int:  # fmt: skip
        wishes = options.Wishes(changes, months, scale, rules)
        return _run(Console(language, **how), scenario, wishes, seed, out, is_profiled=profile)

    return verb("run", language, run, params)


def _run(console: Console, name: str, wishes: options.Wishes, seed: int, out: Path, *, is_profiled: bool) -> int:
    from sim.base.disk import ready
    from sim.engine.clock import Clock
    from sim.experiment.brake import Brake

    clock = Clock()
    with clock.at("reading"):
        scenario = _read(name, wishes)
    ready(out)
    console.note("running", title=scenario.title.say(console.language), months=scenario.time.months, seed=seed)
    with Brake() as brake:
        record = _played(console, scenario, seed, brake, clock)
        with clock.at("saving"):
            folder = record.save(out / record.name)
    _show(console, record, name, folder, clock if is_profiled else None)
    return 0 if record.complete else 130


def _read(name: str, wishes: options.Wishes) -> Scenario:
    """The scenario; all code that its months need is loaded too, so that no month waits for it."""
    from sim.cli.finding import load

    import_module("sim.experiment.play")
    return load(name, wishes)


def _played(console: Console, scenario: Scenario, seed: int, brake: Brake, clock: Clock) -> Record:
    """All months, with a word about the progress."""
    from sim.experiment.play import play, work
    from sim.experiment.workers import Meter

    with console.progress("passing") as watch:
        meter = Meter(work([scenario]), brake, watch)
        return play((scenario,), seed, meter.tick, clock)[0]


def _show(console: Console, record: Record, name: str, folder: Path, clock: Clock | None) -> None:
    from sim.report.profile import profile_data, profile_table
    from sim.report.run import as_data, run_table, run_words

    if console.as_json:
        profile = {} if clock is None else {"profile": profile_data(clock)}
        console.json({**as_data(record), **profile, "folder": str(folder)})
    else:
        for line in run_words(record, console.language):
            console.data(line)
        console.table(run_table(record, console.language))
        console.data(say("report.run.one_run", console.language))
        if clock is not None:
            console.table(profile_table(clock, console.language))
    if not record.complete:
        console.note("stopped", done=len(record.months), folder=folder)
    console.note("saved", folder=folder)
    console.note("after_run", scenario=name, folder=folder)
