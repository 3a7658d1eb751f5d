"""The figure of a comparison: what the rules do to segregation, access and cost, beside what chance alone gives."""

from __future__ import annotations

import textwrap
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim import __version__
from sim.base.language import say
from sim.engine.record import Record
from sim.experiment.paired import Comparison
from sim.report import drawing
from sim.report.lines import Look, line_end, mean_path, name_lines, smooth_paths
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
BELOW_WIDTH = 66


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
    (Panel("similar", "theory.similarity"),),
    (Panel("satisfied", "theory.satisfied"),),
)
"""Of each line the first whose measure is recorded is drawn."""
FROM_ZERO = ("index", "points", "nats")


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
    return drawing.save(lambda: figure(comparison, language), folder, language)


def _draw(axes: Axes, panel: Panel, comparison: Comparison, language: str) -> None:
    factor = style(unit(panel.measure)).factor
    years = np.arange(comparison.first(0).months[0], comparison.months + 1) / 12
    arms = [comparison.first(place) for place in range(comparison.n_arms)]
    paths = [smooth_paths(comparison.records(place), panel.measure, len(years)) * factor for place in range(len(arms))]
    for own, look in zip(paths, looks(arms, language), strict=True):
        low, high = np.nanmin(own, axis=0), np.nanmax(own, axis=0)
        axes.fill_between(years, low, high, color=look.colour, alpha=0.13, linewidth=0)
        (line,) = axes.plot(years, mean_path(own), color=look.colour, linewidth=1.9)
        if look.dashes:
            line.set_dashes(look.dashes)
    _set_limits(axes, unit(panel.measure), np.concatenate(paths), years)
    if panel.chance in comparison.measures:
        _draw_chance(axes, smooth_paths(comparison.records(0), panel.chance, len(years)) * factor, years, language)
    _dress(axes, panel, years, language)
    name_lines(axes, [(line_end(own), look) for own, look in zip(paths, looks(arms, language), strict=True)])


def _set_limits(axes: Axes, kind: str, paths: np.ndarray, years: np.ndarray) -> None:
    """An index begins at 0; what swings widely while the town settles in is cut off there."""
    axes.set_xlim(years[0], years[-1])
    shown = paths if kind in FROM_ZERO else paths[:, years >= min(-0.5, years[-1])]
    known = shown[~np.isnan(shown)]
    if not len(known):
        return
    low, high = float(known.min()), float(known.max())
    room = 0.06 * (high - low or abs(high) or 1.0)
    axes.set_ylim(min(0.0, low - room if low < 0 else 0.0) if kind in FROM_ZERO else low - room, high + room)


def _draw_chance(axes: Axes, paths: np.ndarray, years: np.ndarray, language: str) -> None:
    level = mean_path(paths)
    axes.plot(years, level, color=PALE, linewidth=1.0, dashes=(1, 2))
    axes.annotate(say("report.figure.chance", language), (years[0], level[0]), xytext=(2, 3),
                  textcoords="offset points", fontsize=7.5, color=PALE)  # fmt: skip


def _dress(axes: Axes, panel: Panel, years: np.ndarray, language: str) -> None:
    """Question, unit, and as few lines as will do."""
    kind = unit(panel.measure)
    below = textwrap.shorten(title(panel.measure, language), BELOW_WIDTH, placeholder="…")
    below += "\n" + say(f"report.figure.panel_units.{panel.units or kind}", language)
    axes.set_title(say(f"report.figure.panels.{panel.question}", language), loc="left", fontsize=10, color=INK,
                   fontweight="bold", pad=27)  # fmt: skip
    axes.text(0, 1.025, below, transform=axes.transAxes, fontsize=7.8, color=PALE, linespacing=1.2, va="bottom")
    if years[0] < 0:
        axes.axvspan(years[0], 0, color="#f4f4f4", linewidth=0, zorder=0)
        axes.text(years[0] / 2, 0.36, say("report.figure.settling", language), transform=axes.get_xaxis_transform(),
                  rotation=90, ha="center", va="center", fontsize=7.5, color=PALE)  # fmt: skip
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.tick_params(length=0, labelsize=8, labelcolor=PALE)
    axes.locator_params(axis="y", nbins=6, steps=[1, 2, 5, 10])
    step = next(step for step in (1, 2, 5, 10, 20, 50, 1000) if (years[-1] - years[0]) / step <= 6)
    ticks = np.arange(np.ceil(years[0] / step) * step, years[-1] + 1e-9, step)
    last = say("report.figure.year", language, number=f"{ticks[-1]:g}")
    axes.set_xticks(ticks, [*(number(float(tick), 0, language) for tick in ticks[:-1]), last])
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
