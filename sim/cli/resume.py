"""``hemvist resume``: go on with an experiment from its folder alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb
from sim.cli.sweeping import how_of, ran, run_options


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.folder(language),
        options.option(language, "--only-failed", is_flag=True),
        options.option(language, "--add-replications", type=click.IntRange(1, 100_000), default=None),
        options.option(language, "--add-points", type=click.IntRange(1, 1_000_000), default=None),
        *run_options(language),
        options.as_json(language),
        *options.loudness(language),
    ]

    def resume(
        folder: Path, add_replications: int | None, add_points: int | None, quiet: bool, verbose: bool, as_json: bool,
        **job: Any,
    ) -> int:  # fmt: skip
        from sim.engine.load import registry
        from sim.experiment.resume import study_of
        from sim.experiment.store import Store

        store, how = Store(folder), how_of(**job)
        study = study_of(store, registry(how.rules), replications=add_replications or 0, points=add_points or 0)
        return ran(Console(language, quiet, verbose, as_json), study, store, how)

    return verb("resume", language, resume, params)
