"""``hemvist calibrate constants``: what the model does not explain about each area, found by inversion."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.base.language import say
from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb

TARGETS = ("constants",)
REPLICATIONS = 4
MONTHS = 300


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.word(language, "target", TARGETS),
        options.scenario(language),
        options.option(language, "-n", "--replications", says="fits", type=click.IntRange(1, 1000),
                       default=REPLICATIONS),
        options.option(language, "--months", says="fit_months", type=click.IntRange(24, 12000), default=MONTHS),
        options.option(language, "--set", "changes", says="set", multiple=True, callback=options.written_changes),
        options.seed(language),
        options.option(language, "-o", "--out", says="out_file", type=click.Path(path_type=Path)),
        options.workers(language),
        *options.loudness(language),
    ]  # fmt: skip

    def calibrate(
        target: str, scenario: str, changes: dict[str, str], quiet: bool, verbose: bool, **job: Any
    ) -> int:
        return _calibrate(Console(language, quiet, verbose), scenario, options.Wishes(changes), **job)

    return verb("calibrate", language, calibrate, params)


def _calibrate(
    console: Console, name: str, wishes: options.Wishes, *, replications: int, months: int, seed: int,
    out: Path | None, workers: int | None,
) -> int:  # fmt: skip
    from sim.base.disk import write_whole
    from sim.cli.finding import load
    from sim.experiment.brake import Brake
    from sim.experiment.constants import fit

    scenario = load(name, wishes)
    console.note("calibrating", title=scenario.title.say(console.language), n=replications, months=months)
    with Brake() as brake, console.progress("calibrating_now") as watch:
        found = fit(scenario, replications=replications, seed=seed, months=months, brake=brake, workers=workers,
                    watch=watch)  # fmt: skip
    if found is None:
        console.note("called_off")
        return 130
    if out is None:
        console.data(found.csv().rstrip())
    else:
        write_whole(out, found.csv().encode())
    by_tenure, by_group = found.at_bound()
    console.note("calibrated", n=int((found.values == found.values).sum()), by_tenure=by_tenure, by_group=by_group,
                 where=out or say("cli.notes.standard_output", console.language))  # fmt: skip
    return 0
