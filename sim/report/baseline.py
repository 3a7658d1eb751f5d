"""Whether a town holds: a table of readings at its founding, after settling in and at the end, beside their targets."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from typing import Any

from sim.base.language import say
from sim.experiment.baseline import MOMENTS, Baseline, Estimate
from sim.experiment.targets import Target
from sim.report.numbers import DASH, level
from sim.report.tables import Row, Table

UNITS = {
    "price.all": "times", "price.lowest": "times", "price.highest": "times", "wait.mean": "years",
    "wait.shortest": "years", "wait.longest": "years", "people.size": "persons", "people.age": "years",
    "dissimilarity.origin": "index", "dissimilarity.income": "index", "dissimilarity.tenure": "index",
    "entropy.origin": "index", "entropy.income": "index", "isolation": "index", "map.likeness": "index",
    "wait.order": "index", "stay.likeness": "index",
}  # fmt: skip
"""Unit of each reading; the others are shares."""

NAME = 36

SECTIONS = {
    "people": ("dissimilarity", "entropy", "isolation", "map", "share"),
    "market": ("price", "vacancy", "burden"),
    "queue": ("wait", "lettings", "queue"),
    "moves": ("stay", "leave", "evictions"),
    "households": ("crowded", "without", "people"),
}


def baseline_table(found: Baseline, years: float, language: str) -> Table:
    """The table for a reader.

    Parameters
    ----------
    found : Baseline
    years : float
        Length of the runs after settling in.
    language : str
    """
    arms = len(found.arms)
    heads = ["reading", "target", "founding", "settled", "end", "verdict"] + ["off_settled", "off_end"] * (arms - 1)
    columns = tuple(say(f"report.baseline.columns.{head}", language, years=f"{years:g}") for head in heads)
    table = Table(columns, 2, caption=caption(found, language))
    for section, families in SECTIONS.items():
        table.rows.append(Row((say(f"report.baseline.sections.{section}", language),)))
        mine = [row for row in found.rows if row.partition(".")[0] in families]
        for row in mine:
            table.rows += _rows(found, row, language)
    return table


def caption(found: Baseline, language: str) -> str:
    """How many targets are met, with the area constants and without."""
    told = []
    for arm, key in zip(range(len(found.arms)), ("met", "met_without"), strict=False):
        verdicts = [found.holds(row, arm) for row in found.rows]
        told.append(
            say(f"report.baseline.{key}", language, n=verdicts.count(True), of=len(verdicts) - verdicts.count(None),
                seeds=len(found.arms[0]))
        )  # fmt: skip
    return " ".join([*told, say("report.baseline.how_to_read", language)])


def as_data(found: Baseline) -> dict[str, Any]:
    """The same for programs: every estimate, every target, every verdict."""
    return {
        "seeds": len(found.arms[0]),
        "rows": {
            row: {
                "unit": UNITS.get(row, "share"),
                "target": _plain(found.target(row)),
                "holds": found.holds(row),
                **{moment: _number(found.at(row, place)) for place, moment in enumerate(MOMENTS)},
                "without_constants": {
                    "holds": found.holds(row, 1),
                    **{moment: _number(found.at(row, place, 1)) for place, moment in enumerate(MOMENTS)},
                } if len(found.arms) > 1 else None,
            }
            for row in found.rows
        },
    }  # fmt: skip


def _rows(found: Baseline, row: str, language: str) -> Iterator[Row]:
    """A reading; its name may need several lines."""
    unit, arms = UNITS.get(row, "share"), range(len(found.arms))
    cells = [
        target_words(found.target(row), unit, language),
        level(found.at(row, 0).mean, unit, language), _cell(found.at(row, 1), unit, language),
        _cell(found.at(row, 2), unit, language), _verdict(found.holds(row), language),
    ]  # fmt: skip
    for arm in arms[1:]:
        cells += [level(found.at(row, moment, arm).mean, unit, language) for moment in (1, 2)]
    for place, words in enumerate(textwrap.wrap(say(f"report.baseline.rows.{row}", language), NAME)):
        is_missed = place == 0 and found.holds(row) is False
        yield Row((words, *(cells if place == 0 else [""] * len(cells))), (5,) if is_missed else ())


def target_words(target: Target | None, unit: str, language: str) -> str:
    """The bounds in words; what is bounded by the founding says so."""
    if target is None:
        return ""
    shown = "times" if target.of == "ratio" else unit
    low, high = level(target.low, shown, language), level(target.high, shown, language)
    if target.of == "change" and target.low == -target.high:
        return say("report.baseline.targets.change.around", language, high=high)
    kind = "between" if DASH not in (low, high) else "at_most" if low == DASH else "at_least"
    return say(f"report.baseline.targets.{target.of}.{kind}", language, low=low, high=high)


def _cell(estimate: Estimate, unit: str, language: str) -> str:
    mean = level(estimate.mean, unit, language)
    return mean if math.isnan(estimate.half) else f"{mean} ± {level(estimate.half, unit, language)}"


def _verdict(holds: bool | None, language: str) -> str:
    return "" if holds is None else say(f"report.baseline.{'holds' if holds else 'does_not_hold'}", language)


def _plain(target: Target | None) -> dict[str, Any] | None:
    if target is None:
        return None
    return {"low": target.low, "high": target.high, "of": target.of, "source": target.source, "note": target.note}


def _number(estimate: Estimate) -> dict[str, float]:
    return {"mean": estimate.mean, "half_interval": estimate.half}
