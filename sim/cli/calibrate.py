"""``hemvist calibrate``: what fits the town that was observed, or what the model does not explain about each area."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.base.language import say
from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb
from sim.cli.mistakes import Mistake

CONSTANTS = "constants"
REPLICATIONS = 4
MONTHS = 300


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        click.Argument(["target"], metavar=say("cli.metavars.target", language)),
        click.Argument(["scenario"], required=False, metavar=say("cli.metavars.fitted_scenario", language)),
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
        target: str, scenario: str | None, changes: dict[str, str], quiet: bool, verbose: bool, **job: Any
    ) -> int:
        console = Console(language, quiet, verbose)
        if target == CONSTANTS and scenario is not None:
            return _calibrate(console, scenario, options.Wishes(changes), **job)
        if target == CONSTANTS or scenario is not None or _is_for_constants(click.get_current_context()):
            raise Mistake("calibrate_written")
        return _fit(console, target, job["out"] or Path("results"), job["workers"])

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


def _is_for_constants(context: click.Context) -> bool:
    """Whether an option was given that means nothing for an experiment, whose file says it all."""
    from click.core import ParameterSource

    given = ("replications", "months", "changes", "seed")
    return any(context.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in given)


def _fit(console: Console, name: str, out: Path, workers: int | None) -> int:
    """Run every draw that is not there yet, and say what fits."""
    from sim.base.errors import ScenarioError
    from sim.cli.finding import load_study
    from sim.cli.sweeping import ran
    from sim.experiment.calibration import fit
    from sim.experiment.results import Results
    from sim.experiment.store import Store
    from sim.experiment.sweep import How
    from sim.report.analysis import Names
    from sim.report.calibration import fit_sentences

    study = load_study(name)
    if study.section.calibrate is None:
        raise ScenarioError("experiment.no_calibration", id=study.id)
    store = Store(out / study.id)
    code = ran(console, study, store, How(workers=workers))
    if code == 0:
        results = Results.of(store)
        for said in fit_sentences(fit(results), Names(results, console.language), results.months):
            console.sentence(said)
    return code
