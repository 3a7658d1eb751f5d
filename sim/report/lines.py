"""Lines in a figure: smoothed over a year, each with its name at its end."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.engine.record import Record
from sim.report.numbers import DASH

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SMOOTH = 12
NAME_WIDTH = 16
LINE = 0.058
"""Height of a line of text, as a share of a small picture."""


@dataclass(frozen=True)
class Look:
    """How the line of an arm is drawn."""

    name: str
    colour: str
    dashes: tuple[float, ...]


def mean_path(paths: np.ndarray) -> np.ndarray:
    """Mean of paths of shape (n_records, n) month by month, NaN where none of them is defined."""
    known = ~np.isnan(paths)
    n_known = known.sum(axis=0)
    return np.where(n_known > 0, np.where(known, paths, 0.0).sum(axis=0) / np.maximum(n_known, 1), np.nan)


def line_end(paths: np.ndarray) -> tuple[float, bool]:
    """Last value of the mean of paths, and whether it reaches the end of the run; NaN if it has no value at all."""
    middle = mean_path(paths)
    known = np.flatnonzero(~np.isnan(middle))
    return (float(middle[known[-1]]), known[-1] == len(middle) - 1) if len(known) else (float("nan"), False)


def name_lines(axes: Axes, ends: list[tuple[tuple[float, bool], Look]]) -> None:
    """The name of each line at its end; names that meet are moved apart. One that has no value there says so."""
    low, high = axes.get_ylim()
    known = sorted((end for end in ends if not np.isnan(end[0][0])), key=lambda end: end[0][0])
    texts = ["\n".join(textwrap.wrap(look.name if reaches else f"{look.name}: {DASH}", NAME_WIDTH))
             for (_, reaches), look in known]  # fmt: skip
    heights = [LINE * (high - low) * (text.count("\n") + 1.15) for text in texts]
    placed = apart([value for (value, _), _ in known], heights)
    for middle, ((value, reaches), look), text in zip(placed, known, texts, strict=True):
        leader = {"arrowstyle": "-", "color": look.colour, "lw": 0.6, "shrinkA": 1, "shrinkB": 0} if reaches else None
        axes.annotate(text, (1.0, value), (1.045, middle), xycoords=("axes fraction", "data"),
                      textcoords=("axes fraction", "data"), fontsize=8, color=look.colour, va="center",
                      linespacing=1.0, annotation_clip=False, arrowprops=leader)  # fmt: skip


def apart(wanted: list[float], heights: list[float]) -> list[float]:
    """Positions near the wanted ones (in rising order) at which labels of these heights do not overlap."""
    groups: list[tuple[list[float], list[float]]] = []
    for value, height in zip(wanted, heights, strict=True):
        groups.append(([value], [height]))
        while len(groups) > 1 and _foot(groups[-1]) < _top(groups[-2]):
            values, tall = groups.pop()
            groups[-1] = (groups[-1][0] + values, groups[-1][1] + tall)
    placed = []
    for group in groups:
        at = _foot(group)
        for height in group[1]:
            placed.append(at + height / 2)
            at += height
    return placed


def _foot(group: tuple[list[float], list[float]]) -> float:
    return sum(group[0]) / len(group[0]) - sum(group[1]) / 2


def _top(group: tuple[list[float], list[float]]) -> float:
    return _foot(group) + sum(group[1])


def smooth_paths(records: Sequence[Record], measure: str, n: int) -> np.ndarray:
    """Twelve-month means of a measure, shape (n_records, n); a run that came to rest stays as it ended."""
    return np.array([smoothed(_held(record, measure, n), n) for record in records])


def _held(record: Record, measure: str, n: int) -> np.ndarray:
    values = record.series.get(measure, np.full(n, np.nan))[:n]
    n_missing = n - len(values) if record.complete else 0
    return np.concatenate([values, np.repeat(values[-1:], n_missing)])


def smoothed(values: np.ndarray, n: int) -> np.ndarray:
    """Mean over the months so far of the last twelve; where a run is shorter, undefined."""
    padded = np.full(n, np.nan)
    padded[: len(values)] = values
    known = ~np.isnan(padded)
    total = np.concatenate([[0.0], np.cumsum(np.where(known, padded, 0.0))])
    count = np.concatenate([[0], np.cumsum(known)])
    first = np.maximum(np.arange(n) + 1 - SMOOTH, 0)
    n_known = count[1:] - count[first]
    return np.where(n_known > 0, (total[1:] - total[first]) / np.maximum(n_known, 1), np.nan)
