"""What ``sweep`` and ``resume`` have in common: their options, the run itself, and what is said after it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.base.language import say
from sim.cli import options
from sim.cli.console import Console

if TYPE_CHECKING:
    from sim.experiment.file.study import Study
    from sim.experiment.store import Store
    from sim.experiment.sweep import How, Swept


def run_options(language: str) -> list[click.Option]:
    """How runs are made; none of it changes a number."""
    return [
        options.workers(language),
        options.option(language, "--cluster", default=""),
        options.option(language, "--batch", type=click.IntRange(1, 10_000)),
        options.option(language, "--limit", type=click.IntRange(1)),
        options.option(language, "--cache", type=click.Path(path_type=Path)),
        options.option(language, "--fail-fast", is_flag=True),
        options.option(language, "--timeout", type=click.FloatRange(0, min_open=True)),
        options.option(language, "--max-failures", type=click.FloatRange(0, 1)),
        options.option(language, "--accept-code-change", "accept", says="accept_code_change", is_flag=True),
        options.option(language, "--rules", multiple=True, type=click.Path(path_type=Path)),
    ]


def how_of(
    *, workers: int | None, batch: int | None, limit: int | None, cache: Path | None, fail_fast: bool,
    timeout: float | None, max_failures: float | None, accept: bool, rules: tuple[Path, ...], cluster: str,
    only_failed: bool = False,
) -> How:  # fmt: skip
    """The options as the sweep wants them; minutes become seconds."""
    from sim.experiment.sweep import How

    seconds = None if timeout is None else 60.0 * timeout
    return How(workers=workers, batch=batch, limit=limit, fail_fast=fail_fast, only_failed=only_failed, accept=accept,
               timeout=seconds, max_failures=max_failures, cache=cache, rules=rules,
               cluster=cluster)  # fmt: skip


def ran(console: Console, study: Study, store: Store, how: How) -> int:
    """Run what is missing, say what became of it, and return the exit code."""
    from sim.experiment.brake import Brake
    from sim.experiment.search import search
    from sim.experiment.sweep import sweep

    made = search if study.section.search is not None else sweep
    is_search = study.section.search is not None
    points = study.section.design.points if is_search else len(study.points)
    console.note("searching" if is_search else "sweeping", title=study.section.title.say(console.language),
                 arms=len(study.arms), points=points, n=study.most_replications, folder=store.folder)  # fmt: skip
    with Brake() as brake, console.progress("sweeping_now", "progress_runs") as watch:
        swept = made(study, store, how, brake, watch)
    for measure in store.never_recorded(study.measures) if swept.there + swept.made else ():
        console.note("not_recorded", measure=measure)
    _tell(console, swept, store)
    if swept.interrupted:
        return 130
    if swept.failed:
        return 3
    return 5 if swept.reached is False and not swept.left else 0


def _tell(console: Console, swept: Swept, store: Store) -> None:
    if console.as_json:
        console.json({**vars(swept), "left": swept.left, "folder": str(store.folder)})
    console.note("swept", made=swept.made, there=swept.there, failed=swept.failed, seconds=f"{swept.seconds:.0f}",
                 folder=store.folder)  # fmt: skip
    if swept.reached is not None:
        width = max(swept.widths)
        shown = f"{width:.3g}" if width < float("inf") else say("cli.notes.width_unknown", console.language)
        console.note("narrow_enough" if swept.reached else "not_narrow_enough", width=shown)
    if swept.gave_up:
        console.note("gave_up", failed=swept.failed)
    if swept.failed:
        console.note("set_aside", folder=store.folder)
    console.note("go_on" if swept.left else "after_sweep", folder=store.folder, left=swept.left)
