"""``hemvist search``: packages of levers that no other beats within the limits, run again on fresh luck."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb
from sim.cli.sweeping import how_of, ran, run_options

if TYPE_CHECKING:
    from sim.experiment.file.study import Study
    from sim.experiment.store import Store


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.experiment(language),
        options.option(language, "-n", "--dry-run", is_flag=True),
        *run_options(language),
        options.out(language),
        options.as_json(language),
        *options.loudness(language),
    ]

    def search(
        experiment: str, dry_run: bool, out: Path, quiet: bool, verbose: bool, as_json: bool, **job: Any
    ) -> int:  # fmt: skip
        from sim.cli.finding import load_study
        from sim.experiment.search import aims_of
        from sim.experiment.store import Store

        console, how = Console(language, quiet, verbose, as_json), how_of(**job)
        study = load_study(experiment, how.rules)
        aims_of(study)
        store = Store(out / study.id)
        if dry_run:
            return _dry(console, study, store, how.workers)
        code = ran(console, study, store, how)
        if code == 0 and not as_json:
            _tell(console, store)
        return code

    return verb("search", language, search, params)


def _dry(console: Console, study: Study, store: Store, workers: int | None) -> int:
    """How many runs a search makes at most, and how long they take; nothing is written."""
    from sim.engine.provenance import model_code_hash, n_cores
    from sim.experiment.estimate import estimate
    from sim.experiment.plan import Plan
    from sim.experiment.search import most_runs
    from sim.report.experiment import dry_table

    pilots = Plan(study, model_code_hash()).runs(0, study.most_replications)
    cost, planned = estimate(study, store, pilots), most_runs(study)
    there = len(store.survey().finished(study.measures)) if store.exists else 0
    to_run, n = max(0, planned - there), max(1, workers or n_cores())
    found = {
        "experiment": study.id, "arms": 1, "points": 1 + (study.section.design.points or 0),
        "replications": study.most_replications, "planned": planned, "there": there, "to_run": to_run,
        "seconds_per_run": cost.seconds, "seconds": cost.seconds * to_run / n,
        "bytes": cost.size / max(1, len(pilots)) * to_run, "workers": n, "from_earlier_runs": cost.is_measured,
        "folder": str(store.folder),
    }  # fmt: skip
    if console.as_json:
        console.json(found)
    else:
        console.table(dry_table(found, console.language))
    return 0


def _tell(console: Console, store: Store) -> None:
    """What was found, in sentences."""
    from sim.experiment.packages import found
    from sim.experiment.results import Results
    from sim.report.analysis import Names
    from sim.report.packages import package_sentences

    results = Results.of(store)
    for said in package_sentences(found(results), Names(results, console.language)):
        console.sentence(said)
