"""``hemvist sweep``: every run of an experiment that is not there yet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb
from sim.cli.mistakes import Mistake
from sim.cli.sweeping import how_of, ran, run_options

if TYPE_CHECKING:
    from sim.experiment.file.study import Study
    from sim.experiment.store import Store
    from sim.experiment.sweep import How

MAX_RUNS = 100_000


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.experiment(language),
        options.option(language, "-n", "--dry-run", is_flag=True),
        options.option(language, "--replications", says="n_replications", type=click.IntRange(1, 100_000)),
        options.option(language, "--max-runs", type=click.IntRange(1), default=MAX_RUNS),
        options.option(language, "--yes", is_flag=True),
        *run_options(language),
        options.out(language),
        options.as_json(language),
        *options.loudness(language),
    ]

    def sweep(
        experiment: str, dry_run: bool, replications: int | None, max_runs: int, yes: bool, out: Path, quiet: bool,
        verbose: bool, as_json: bool, **job: Any,
    ) -> int:  # fmt: skip
        console, how = Console(language, quiet, verbose, as_json), how_of(**job)
        return _sweep(console, experiment, how, out, replications, None if yes else max_runs, dry_run)

    return verb("sweep", language, sweep, params)


def _sweep(
    console: Console, name: str, how: How, out: Path, replications: int | None, max_runs: int | None, dry: bool
) -> int:
    from sim.cli.finding import load_study
    from sim.experiment.store import Store

    study = load_study(name, how.rules)
    if study.section.search is not None:
        raise Mistake("use_search", name=name)
    study = study if replications is None else study.replicated(replications)
    store = Store(out / study.id)
    if dry:
        return _dry(console, study, store, how)
    n = len(study.arms) * len(study.points) * study.most_replications
    if max_runs is not None and n > max_runs and not _agrees(console, n, max_runs):
        return 2
    return ran(console, study, store, how)


def _agrees(console: Console, n: int, most: int) -> bool:
    """Whether somebody at a terminal says yes to so many runs."""
    if sys.stdin.isatty() and sys.stderr.isatty():
        from sim.base.language import say

        return click.confirm(say("cli.notes.many_runs_ask", console.language, runs=n, most=most), err=True)
    console.note("many_runs", runs=n, most=most)
    return False


def _dry(console: Console, study: Study, store: Store, how: How) -> int:
    """How many runs, how long, how large, and what is there already; nothing is written."""
    from sim.engine.provenance import model_code_hash, n_cores
    from sim.experiment.estimate import estimate
    from sim.experiment.manifest import check_fits
    from sim.experiment.plan import Plan
    from sim.experiment.sweep import pending
    from sim.report.experiment import dry_table

    old = store.manifest() if store.exists else None
    if old is not None:
        check_fits(study, old, store.folder, accept=how.accept)
    plan = Plan(study, old["code"] if old is not None else model_code_hash()).runs(0, study.most_replications)
    waiting = pending(store, plan, study.measures)
    cost = estimate(study, store, waiting)
    workers = max(1, min(how.workers or n_cores(), len(waiting) or 1))
    found = {
        "experiment": study.id, "arms": len(study.arms), "points": len(study.points),
        "replications": study.most_replications, "planned": len({run.run_id for run in plan}),
        "there": len({run.run_id for run in plan}) - len(waiting), "to_run": len(waiting),
        "seconds_per_run": cost.seconds, "seconds": cost.seconds * len(waiting) / workers, "bytes": cost.size,
        "workers": workers, "from_earlier_runs": cost.is_measured, "folder": str(store.folder),
    }  # fmt: skip
    if console.as_json:
        console.json(found)
    else:
        console.table(dry_table(found, console.language))
    return 0
