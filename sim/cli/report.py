"""``hemvist report``: what an experiment found, as one file that a planner can read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.folder(language),
        options.option(language, "--window", callback=options.window),
        options.option(language, "-o", "--out", "target", says="report_file", type=click.Path(path_type=Path)),
        *options.loudness(language),
    ]

    def report(folder: Path, window: str | None, target: Path | None, **how: Any) -> int:
        from sim.base.disk import write_whole
        from sim.experiment.file.windows import window_of
        from sim.experiment.results import Results
        from sim.experiment.store import Store
        from sim.report.page import page

        console, results = Console(language, **how), Results.of(Store(folder))
        missing = len(results.missing())
        if missing:
            console.note("incomplete", missing=missing, folder=folder)
        when = window_of(window or results.manifest["window"], results.months)
        path = target or folder / f"report-{language}.html"
        write_whole(path, page(results, when, language).encode())
        console.data(str(path))
        return 0

    return verb("report", language, report, params)
