"""What one run shows: its headline measures at the founding, at the start and at the end."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.base.language import say
from sim.engine.record import Record
from sim.experiment.headlines import chosen
from sim.report.numbers import level, number
from sim.report.tables import Row, Table, wrapped
from sim.report.titles import founding_words, group_labels, opened, scenario_title, title, unit

YEAR = 12


def run_words(record: Record, language: str) -> Iterator[str]:
    """Which run this is."""
    told = record.provenance
    scale = number(float(told.get("scale", 1.0)), 2, language)
    yield scenario_title(record, language)
    yield say("report.run.size", language, months=told.get("planned"), start=told.get("start"), scale=scale,
              seed=record.seed)  # fmt: skip
    if not record.complete:
        done = int((record.months > 0).sum())
        yield say("report.run.interrupted", language, done=done, planned=told.get("planned"))
    elif record.months[-1] < told.get("planned", 0):
        yield say("report.run.at_rest", language, months=int(record.months[-1]))
    yield from founding_words(record, language)


def run_table(record: Record, language: str, sections: dict[str, tuple[str, ...]] | None = None) -> Table:
    """Headline measures at the founding, at the start, over the last twelve months, and what chance would give."""
    times = _times(record)
    columns = (*(say(f"report.table.{name}", language) for name in ("measure", *times, "chance")),)
    table = Table(columns)
    labels = group_labels(record, language)
    for section, measures in (sections or chosen(record.series)).items():
        table.rows.append(Row((opened(say(f"report.sections.{section}", language)),)))
        for measure in measures:
            kind = unit(measure)
            name = f"{title(measure, language, labels)} ({say(f'report.columns.{kind}', language)})"
            numbers = (level(value, kind, language) for value in values(record, measure).values())
            table.rows += wrapped(name, tuple(numbers))
    return table


def values(record: Record, measure: str) -> dict[str, float]:
    """A measure at the times that a run shows, and by chance; NaN where it is undefined or not recorded."""
    found = {name: _mean(record.series[measure][rows]) for name, rows in _times(record).items()}
    base, at, rest = measure.partition("@")
    by_chance = record.series.get(f"{base}.chance{at}{rest}")
    return {**found, "chance": float("nan") if by_chance is None else _mean(by_chance[-YEAR:])}


def _times(record: Record) -> dict[str, slice]:
    """Rows of the founding, of month 0 (if there was a burn-in), and of the last year or the month of rest."""
    burnt_in = int((record.months <= 0).sum()) - 1
    start = {"burnt_in": slice(burnt_in, burnt_in + 1)} if burnt_in > 0 else {}
    came_to_rest = record.complete and record.months[-1] < record.provenance.get("planned", 0)
    n_last = 1 if came_to_rest else min(YEAR, max(1, len(record.months) - 1))
    return {"founding": slice(0, 1), **start, "end": slice(-n_last, None)}


def _mean(found: np.ndarray) -> float:
    defined = found[~np.isnan(found)]
    return float(defined.mean()) if len(defined) else float("nan")


def as_data(record: Record, asked: tuple[str, ...] = ()) -> dict[str, Any]:
    """The same for programs: where the run comes from, and every measure (or those asked for) at these times."""
    told = {key: value for key, value in record.provenance.items() if key not in ("resolved", "measures")}
    measures = {name: values(record, name) for name in record.series if not asked or name in asked}
    return {**told, "measures": {name: _without_nan(found) for name, found in measures.items()}}


def _without_nan(found: dict[str, float]) -> dict[str, float | None]:
    return {name: None if math.isnan(value) else value for name, value in found.items()}
