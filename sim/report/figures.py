"""The figure of a comparison: what the rules do to segregation, access and cost, beside what chance alone gives."""

from __future__ import annotations

import io
import textwrap
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim import __version__
from sim.base.disk import write_whole
from sim.base.language import say
from sim.engine.record import Record
from sim.experiment.paired import Comparison
from sim.report.numbers import number, style
from sim.report.titles import arm, title, unit

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, PALE, RULE = "#222222", "#666666", "#d9d9d9"
BASELINE = "#555555"
NAMED_COLOURS = {"market": "#D55E00", "need": "#0072B2", "right": "#009E73"}
OTHER_COLOURS = ("#CC79A7", "#E69F00", "#56B4E9", "#0072B2", "#009E73", "#D55E00")
"""Okabe, M. & Ito, K. (2008). Color universal design: colours that those who see few of them tell apart."""
DASHES: tuple[tuple[float, ...], ...] = ((6, 2), (), (2, 1.5), (7, 2, 1.5, 2), (4, 1.5, 1, 1.5, 1, 1.5))
SMOOTH = 12
NAME_WIDTH, BELOW_WIDTH = 16, 66
LINE = 0.058


@dataclass(frozen=True)
class Panel:
    """One small picture: a question, the measure that answers it, and what chance alone gives."""

    question: str
    measure: str
    chance: str = ""
    units: str = ""


INCOME = "segregation.income_rank_entropy"
ORIGIN = "segregation.dissimilarity.origin"
PANELS: tuple[tuple[Panel, ...], ...] = (
    (Panel("income", INCOME, f"{INCOME}.chance"),),
    (Panel("above_chance", f"{INCOME}.corrected"),),
    (Panel("origin", ORIGIN, f"{ORIGIN}.chance"),),
    (Panel("above_chance", f"{ORIGIN}.corrected"),),
    (Panel("access", "access.housed_within_5_years@income=1"), Panel("without", "access.without_home")),
    (Panel("waiting", "access.waiting_time"),),
    (
        Panel("burden", "affordability.rent_burden@income=1", units="burden"),
        Panel("burden", "affordability.rent_burden", units="burden"),
    ),
    (Panel("residual", "affordability.residual_income@income=1"), Panel("residual", "affordability.residual_income")),
)
"""Of each line the first whose measure is recorded is drawn."""
FROM_ZERO = ("index", "points", "nats")


@dataclass(frozen=True)
class Look:
    """How the line of an arm is drawn."""

    name: str
    colour: str
    dashes: tuple[float, ...]


def looks(arms: Sequence[Record], language: str) -> list[Look]:
    """A colour and a dash of its own for each arm; the baseline grey, unless its name has a colour."""
    left = list(OTHER_COLOURS)
    found = []
    for place, record in enumerate(arms):
        colour = next((code for word, code in NAMED_COLOURS.items() if word in record.scenario), "")
        colour = colour or (BASELINE if place == 0 else (*left, INK)[0])
        if colour in left:
            left.remove(colour)
        found.append(Look(arm(record, language), colour, DASHES[place % len(DASHES)]))
    return found


def figure(comparison: Comparison, language: str) -> Figure:
    """Small pictures, one per question, with a line and a band per arm.

    The band holds every pair; the dotted line is what the same households would give if dealt at random.
    """
    from matplotlib.figure import Figure

    panels = [panel for panel in (_recorded(line, comparison) for line in PANELS) if panel is not None]
    n_columns = min(4, max(2, len(panels)))
    n_rows = max(1, -(-len(panels) // n_columns))
    made = Figure(figsize=(4.5 * n_columns, 1.35 + 3.3 * n_rows), facecolor="white", dpi=130)
    _frame(made, comparison, language)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a month in which no run defines a measure
        for place, panel in enumerate(panels):
            axes = made.add_subplot(n_rows, n_columns, place + 1)
            _draw(axes, panel, comparison, language)
    return made


def _recorded(line: tuple[Panel, ...], comparison: Comparison) -> Panel | None:
    return next((panel for panel in line if panel.measure in comparison.measures), None)


def save(comparison: Comparison, folder: Path, language: str) -> list[Path]:
    """Write the figure as PNG and SVG, each whole or not at all."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    paths = []
    with rc_context({"svg.hashsalt": "hemvist", "svg.fonttype": "path", "font.family": "DejaVu Sans"}):
        made = figure(comparison, language)
        FigureCanvasAgg(made)
        for ending in ("png", "svg"):
            data = io.BytesIO()
            made.savefig(data, format=ending, metadata={"Date": None} if ending == "svg" else {"Software": None})
            paths.append(folder / f"figure-{language}.{ending}")
            write_whole(paths[-1], data.getvalue())
    return paths


def _draw(axes: Axes, panel: Panel, comparison: Comparison, language: str) -> None:
    factor = style(unit(panel.measure)).factor
    years = comparison.first(0).months / 12
    arms = [comparison.first(place) for place in range(comparison.n_arms)]
    ends = []
    for place, look in enumerate(looks(arms, language)):
        paths = _paths(comparison.records(place), panel.measure, len(years)) * factor
        middle = np.nanmean(paths, axis=0)
        low, high = np.nanmin(paths, axis=0), np.nanmax(paths, axis=0)
        axes.fill_between(years, low, high, color=look.colour, alpha=0.13, linewidth=0)
        (line,) = axes.plot(years, middle, color=look.colour, linewidth=1.9)
        if look.dashes:
            line.set_dashes(look.dashes)
        ends.append((float(middle[~np.isnan(middle)][-1]) if (~np.isnan(middle)).any() else np.nan, look))
    if panel.chance in comparison.measures:
        _draw_chance(axes, _paths(comparison.records(0), panel.chance, len(years)) * factor, years, language)
    _dress(axes, panel, years, language)
    _name_lines(axes, ends)


def _draw_chance(axes: Axes, paths: np.ndarray, years: np.ndarray, language: str) -> None:
    level = np.nanmean(paths, axis=0)
    axes.plot(years, level, color=PALE, linewidth=1.0, dashes=(1, 2))
    axes.annotate(say("report.figure.chance", language), (years[0], level[0]), xytext=(2, 3),
                  textcoords="offset points", fontsize=7.5, color=PALE)  # fmt: skip


def _name_lines(axes: Axes, ends: list[tuple[float, Look]]) -> None:
    """The name of each line at its end; names that meet are moved apart."""
    low, high = axes.get_ylim()
    known = sorted((end for end in ends if not np.isnan(end[0])), key=lambda end: end[0])
    texts = ["\n".join(textwrap.wrap(look.name, NAME_WIDTH)) for _, look in known]
    heights = [LINE * (high - low) * (text.count("\n") + 1.15) for text in texts]
    for middle, (value, look), text in zip(_apart([end[0] for end in known], heights), known, texts, strict=True):
        axes.annotate(text, (1.0, value), (1.045, middle), xycoords=("axes fraction", "data"),
                      textcoords=("axes fraction", "data"), fontsize=8, color=look.colour, va="center",
                      linespacing=1.0, annotation_clip=False,
                      arrowprops={"arrowstyle": "-", "color": look.colour, "lw": 0.6, "shrinkA": 1, "shrinkB": 0},
                      )  # fmt: skip


def _apart(wanted: list[float], heights: list[float]) -> list[float]:
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


def _paths(records: Sequence[Record], measure: str, n: int) -> np.ndarray:
    """Twelve-month means of a measure, shape (n_records, n)."""
    return np.array([_smoothed(record.series.get(measure, np.full(n, np.nan))[:n], n) for record in records])


def _smoothed(values: np.ndarray, n: int) -> np.ndarray:
    """Mean over the months so far of the last twelve; where a run is shorter, undefined."""
    padded = np.full(n, np.nan)
    padded[: len(values)] = values
    known = ~np.isnan(padded)
    total = np.concatenate([[0.0], np.cumsum(np.where(known, padded, 0.0))])
    count = np.concatenate([[0], np.cumsum(known)])
    first = np.maximum(np.arange(n) + 1 - SMOOTH, 0)
    n_known = count[1:] - count[first]
    return np.where(n_known > 0, (total[1:] - total[first]) / np.maximum(n_known, 1), np.nan)


def _dress(axes: Axes, panel: Panel, years: np.ndarray, language: str) -> None:
    """Question, unit, and as few lines as will do."""
    kind = unit(panel.measure)
    below = textwrap.shorten(title(panel.measure, language), BELOW_WIDTH, placeholder="…")
    below += "\n" + say(f"report.figure.panel_units.{panel.units or kind}", language)
    axes.set_title(say(f"report.figure.panels.{panel.question}", language), loc="left", fontsize=10, color=INK,
                   fontweight="bold", pad=27)  # fmt: skip
    axes.text(0, 1.025, below, transform=axes.transAxes, fontsize=7.8, color=PALE, linespacing=1.2, va="bottom")
    axes.set_xlim(years[0], years[-1])
    low, high = axes.get_ylim()
    axes.set_ylim(min(low, 0.0) if kind in FROM_ZERO else low, high)
    if years[0] < 0:
        axes.axvspan(years[0], 0, color="#f4f4f4", linewidth=0, zorder=0)
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.tick_params(length=0, labelsize=8, labelcolor=PALE)
    axes.locator_params(axis="y", nbins=6, steps=[1, 2, 5, 10])
    step = next(step for step in (1, 2, 5, 10, 20, 50, 1000) if (years[-1] - years[0]) / step <= 6)
    ticks = np.arange(np.ceil(years[0] / step) * step, years[-1] + 1e-9, step)
    last = say("report.figure.year", language, number=f"{ticks[-1]:g}")
    axes.set_xticks(ticks, [*(f"{tick:g}" for tick in ticks[:-1]), last])
    digits = _digits(*axes.get_ylim())
    axes.yaxis.set_major_formatter(lambda value, _place: number(value, digits, language))


def _digits(low: float, high: float) -> int:
    return 0 if high - low > 5 else 1 if high - low > 0.6 else 2 if high - low > 0.06 else 3


def _frame(made: Figure, comparison: Comparison, language: str) -> None:
    """Title above and foot below the pictures."""
    height = made.get_figheight()
    made.text(0.011, 1 - 0.2 / height, say("report.figure.title", language), ha="left", va="top", fontsize=16,
              fontweight="bold", color=INK)  # fmt: skip
    below = say("report.figure.subtitle", language, pairs=len(comparison.pairs))
    made.text(0.011, 1 - 0.62 / height, below, ha="left", va="top", fontsize=9.5, color=PALE)
    scale = number(float(comparison.first(0).provenance.get("scale", 1.0)), 2, language)
    foot = say("report.figure.foot", language, version=__version__, months=comparison.months, seed=comparison.seed,
               scale=scale)  # fmt: skip
    made.text(0.011, 0.1 / height, foot, fontsize=7.8, color=PALE, va="bottom")
    made.subplots_adjust(left=0.035, right=0.93, top=1 - 1.62 / height, bottom=0.58 / height, wspace=0.62, hspace=0.5)
