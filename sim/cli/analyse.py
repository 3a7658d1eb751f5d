"""``hemvist analyse``: what an experiment found, as tables."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb
from sim.cli.mistakes import Mistake

if TYPE_CHECKING:
    from sim.experiment.differences import Window
    from sim.experiment.results import Results
    from sim.report.analysis import Names
    from sim.report.tables import Table

METHODS = ("summary", "pairs", "response", "morris", "sobol", "front", "calibration")


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.folder(language),
        options.option(language, "--method", type=click.Choice(METHODS)),
        options.option(language, "--measure", "measures", says="measure", multiple=True),
        options.option(language, "--window", callback=options.window),
        options.option(language, "-o", "--out", says="out_file", type=click.Path(path_type=Path)),
        options.as_json(language),
        *options.loudness(language),
    ]

    def analyse(
        folder: Path, method: str | None, measures: tuple[str, ...], window: str | None, out: Path | None, **how: Any
    ) -> int:
        return _analyse(Console(language, **how), folder, method, measures, window, out)

    return verb("analyse", language, analyse, params)


def _analyse(
    console: Console, folder: Path, method: str | None, measures: tuple[str, ...], window: str | None, out: Path | None
) -> int:
    from sim.experiment.file.windows import window_of
    from sim.experiment.results import Results
    from sim.experiment.store import Store
    from sim.report.analysis import Names

    results = Results.of(Store(folder))
    chosen = measures or tuple(results.manifest["looked_at"])
    when = window_of(window or results.manifest["window"], results.months)
    found, table = _found(results, method or method_of(results), chosen, when)
    missing = len(results.missing())
    if missing:
        console.note("incomplete", missing=missing, folder=folder)
    rows = [dataclasses.asdict(one) for one in found]
    if out is not None:
        _keep(rows, out)
        console.note("written", path=out)
    elif console.as_json:
        console.json(rows)
    else:
        console.table(table(found, Names(results, console.language)))
    return 0


def method_of(results: Results) -> str:
    """The analysis that a design was made for."""
    from sim.experiment.file.load import section_of

    kind = results.manifest["design"]["kind"]
    if kind in ("morris", "sobol_indices"):
        return str(kind).removesuffix("_indices")
    if kind == "search":
        return "front"
    if section_of(results.store.experiment_text()).calibrate is not None:
        return "calibration"
    if kind != "none":
        return "response"
    return "pairs" if len(results.manifest["arms"]) > 1 else "summary"


def _found(
    results: Results, method: str, measures: Sequence[str], window: Window
) -> tuple[list[Any], Callable[[Sequence[Any], Names], Table]]:
    """What a method finds, and how to show it."""
    from sim.experiment import analysis, sensitivity
    from sim.report import analysis as shown

    if method == "front":
        from sim.experiment import packages
        from sim.report.packages import packages_table

        front = packages.found(results)
        return list(front.packages), lambda _rows, names: packages_table(front, names)
    if method == "calibration":
        from sim.experiment.calibration import fit
        from sim.report.calibration import fit_table

        found = fit(results)
        return [*found.parameters, *found.targets], lambda _rows, names: fit_table(found, names, results.months)
    windows = analysis.windows_of(results.months, window)
    arms = range(len(results.manifest["arms"]))
    if method == "summary":
        return analysis.levels(results, measures, windows), shown.levels_table
    if method == "pairs":
        if len(arms) < 2:
            raise Mistake("no_pairs")
        return analysis.pairs(results, measures, windows), shown.pairs_table
    if method == "response":
        if not results.manifest["factors"] and results.manifest["design"]["kind"] == "none":
            raise Mistake("no_factors")
        return analysis.responses(results, measures, window), shown.responses_table
    if method == "morris":
        effects = [one for m in measures for arm in arms for one in sensitivity.morris(results, m, window, arm)]
        return effects, shown.effects_table
    indices = [one for m in measures for arm in arms for one in sensitivity.sobol(results, m, window, arm)]
    return indices, shown.indices_table


def _keep(rows: list[dict[str, Any]], path: Path) -> None:
    """Write the rows as CSV, or as JSON where the name ends so."""
    import csv
    import io
    import json

    from sim.base.disk import write_whole
    from sim.cli.console import plain

    if path.suffix == ".json":
        write_whole(path, (json.dumps(plain(rows), ensure_ascii=False, indent=1) + "\n").encode())
        return
    flat = [dict(_flat(row)) for row in rows]
    sink = io.StringIO()
    writer = csv.DictWriter(sink, list(flat[0]) if flat else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat)
    write_whole(path, sink.getvalue().encode())


def _flat(row: dict[str, Any]) -> list[tuple[str, Any]]:
    """A row without maps inside: a window becomes four columns."""
    found: list[tuple[str, Any]] = []
    for key, value in row.items():
        found += [(f"{key}_{name}", one) for name, one in value.items()] if isinstance(value, dict) else [(key, value)]
    return found
