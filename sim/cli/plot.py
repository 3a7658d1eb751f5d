"""``hemvist plot``: a figure of what an experiment found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb
from sim.cli.mistakes import Mistake

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.experiment.results import Results
    from sim.report.analysis import Names

KINDS = ("series", "pairs", "response", "sensitivity", "front", "calibration")
ENDINGS = ("svg", "png", "pdf")


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.folder(language),
        options.word(language, "kind", KINDS, "series"),
        options.option(language, "--measure", "measures", says="measure", multiple=True),
        options.option(language, "--window", callback=options.window),
        options.option(language, "--format", "ending", says="plot_format", type=click.Choice(ENDINGS), default="svg"),
        options.option(language, "-o", "--out", "target", says="plot_folder", type=click.Path(path_type=Path)),
        *options.loudness(language),
    ]

    def plot(
        folder: Path, kind: str, measures: tuple[str, ...], window: str | None, ending: str, target: Path | None,
        **how: Any,
    ) -> int:  # fmt: skip
        return _plot(Console(language, **how), folder, kind, measures, window, ending, target)

    return verb("plot", language, plot, params)


def _plot(
    console: Console, folder: Path, kind: str, measures: tuple[str, ...], window: str | None, ending: str,
    target: Path | None,
) -> int:  # fmt: skip
    from sim.base.disk import ready
    from sim.experiment.file.windows import window_of
    from sim.experiment.results import Results
    from sim.experiment.store import Store
    from sim.report import plots
    from sim.report.analysis import Names

    results = Results.of(Store(folder))
    if kind == "pairs" and len(results.manifest["arms"]) < 2:
        raise Mistake("no_pairs")
    if kind == "response" and not results.points()[0]:
        raise Mistake("no_factors")
    names, when = Names(results, console.language), window_of(window or results.manifest["window"], results.months)
    where = target or folder / "figures"
    ready(where)
    if kind in ("front", "calibration"):
        path = where / f"{kind}-{console.language}.{ending}"
        plots.save(_whole(results, kind, names), path)
        console.data(str(path))
        return 0
    for measure in measures or tuple(results.manifest["looked_at"]):
        for name, figure in plots.drawn(results, kind, measure, when, names):
            path = where / f"{measure.replace('@', '-').replace('=', '-')}-{name}-{console.language}.{ending}"
            plots.save(figure, path)
            console.data(str(path))
    return 0


def _whole(results: Results, kind: str, names: Names) -> Figure:
    """The one figure of a search or a calibration."""
    if kind == "front":
        from sim.experiment.packages import found
        from sim.report.packages import front_figure

        return front_figure(found(results), names)
    from sim.experiment.calibration import fit
    from sim.report.calibration import fit_figure

    return fit_figure(fit(results), names)
