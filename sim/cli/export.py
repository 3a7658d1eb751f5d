"""``hemvist export``: the results of an experiment for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb

FORMATS = ("csv", "ro_crate")


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.folder(language),
        options.option(language, "--format", "kind", says="export_format", type=click.Choice(FORMATS), default="csv"),
        options.option(language, "-o", "--out", "target", says="out_folder", type=click.Path(path_type=Path)),
        *options.loudness(language),
    ]

    def export(folder: Path, kind: str, target: Path | None, **how: Any) -> int:
        from sim.experiment.export import as_crate, as_csv
        from sim.experiment.results import Results
        from sim.experiment.store import Store

        console, results = Console(language, **how), Results.of(Store(folder))
        paths = [as_crate(results)] if kind == "ro_crate" else as_csv(results, target or folder / "export")
        for path in paths:
            console.data(str(path))
        return 0

    return verb("export", language, export, params)
