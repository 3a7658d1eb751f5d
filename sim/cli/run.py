"""``hemvist run``: one scenario, one seed, one record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.base.errors import ScenarioError
from sim.base.language import say
from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb
from sim.cli.loading import all_is_kept

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
        options.option(language, "--replication", type=click.IntRange(0, 100_000)),
        options.option(language, "--measures", callback=_listed),
        options.out(language),
        options.as_json(language),
        options.profile(language),
        options.option(language, "--pdb", "is_debugged", says="pdb", is_flag=True),
        *options.loudness(language),
    ]

    def run(
        scenario: str, changes: dict[str, str], months: int | None, scale: float | None, rules: tuple[Path, ...],
        out: Path, is_debugged: bool, quiet: bool, verbose: bool, as_json: bool, **job: Any,
    ) -> int:  # fmt: skip
        console, wishes = Console(language, quiet, verbose, as_json), options.Wishes(changes, months, scale, rules)
        with _debugger() if is_debugged else nullcontext():
            return _run(console, scenario, wishes, out, **job)

    return verb("run", language, run, params)


def _listed(_ctx: click.Context, _param: click.Parameter, written: str | None) -> tuple[str, ...]:
    """Names of measures between commas; a breakdown keeps its own."""
    return tuple(re.split(r",(?=\w+\.)", written)) if written else ()


@contextmanager
def _debugger() -> Iterator[None]:
    """Where something fails inside, the debugger looks at the place."""
    try:
        yield
    except (click.ClickException, ScenarioError):
        raise
    except Exception as fault:
        import pdb
        import traceback

        traceback.print_exc()
        pdb.post_mortem(fault.__traceback__)
        raise


def _run(
    console: Console, name: str, wishes: options.Wishes, out: Path, *, seed: int, replication: int | None,
    measures: tuple[str, ...], profile: bool,
) -> int:  # fmt: skip
    from sim.base.disk import takes_files
    from sim.engine.clock import Clock
    from sim.experiment.brake import Brake

    clock = Clock()
    with clock.at("reading"):
        scenario = _read(name, wishes)
        root = _seed(seed, replication)
        shown = _known(measures)
    takes_files(out)
    console.note("running", title=scenario.title.say(console.language), months=scenario.time.months, seed=root)
    with Brake() as brake:
        record = _played(console, scenario, root, brake, clock)
        with clock.at("saving"):
            folder = record.save(out / record.name)
    _show(console, record, name, folder, clock if profile else None, shown)
    return 0 if record.complete else 130


def _seed(seed: int, replication: int | None) -> int:
    """Root of the luck: as it is written, or of one replication of a comparison with that seed."""
    from sim.experiment.paired import seeds

    return seed if replication is None else seeds(seed, replication + 1)[replication]


def _known(measures: tuple[str, ...]) -> tuple[str, ...]:
    """The measures as records name them; what no run records is refused before any month has passed."""
    from sim.measures.catalogue import measure_named
    from sim.measures.names import MeasureName

    for measure in measures:
        measure_named(measure)
    return tuple(str(MeasureName.parse(measure)) for measure in measures)


def _read(name: str, wishes: options.Wishes) -> Scenario:
    """The scenario; all code that its months need is loaded too, so that no month waits for it."""
    from sim.cli.finding import load

    with all_is_kept():
        import_module("sim.experiment.play")
        return load(name, wishes)


def _played(console: Console, scenario: Scenario, seed: int, brake: Brake, clock: Clock) -> Record:
    """All months, with a word about the progress."""
    from sim.experiment.play import play, work
    from sim.experiment.workers import Meter

    with console.progress("passing") as watch:
        meter = Meter(work([scenario]), brake, watch)
        return play((scenario,), seed, meter.tick, clock)[0]


def _show(
    console: Console, record: Record, name: str, folder: Path, clock: Clock | None, measures: tuple[str, ...]
) -> None:
    from sim.report.profile import profile_data, profile_table
    from sim.report.run import as_data, run_table, run_words
    from sim.report.sections import sections_of

    for measure in measures:
        if measure not in record.series:
            console.note("not_recorded", measure=measure)
    if console.as_json:
        profile = {} if clock is None else {"profile": profile_data(clock)}
        console.json({**as_data(record, measures), **profile, "folder": str(folder)})
    else:
        for line in run_words(record, console.language):
            console.data(line)
        console.table(run_table(record, console.language, sections_of(record.series, measures) or None))
        console.data(say("report.run.one_run", console.language))
        if clock is not None:
            console.table(profile_table(clock, console.language))
    if not record.complete:
        console.note("stopped", done=len(record.months), folder=folder)
    console.note("saved", folder=folder)
    console.note("after_run", scenario=name, folder=folder)
