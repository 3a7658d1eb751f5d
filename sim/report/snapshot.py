"""A picture of what a page shows: a map, small charts, the answers in words, and a line that says what it is."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.report.drawing import picture
from sim.report.figures import BASELINE, INK, PALE, RULE
from sim.report.numbers import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHADES = ("#fde725", "#7ad151", "#22a884", "#2a788e", "#414487")
"""Five of viridis, as on the page."""
OURS = "#0072B2"
DPI = 200
WORDS = 70
"""Letters in a line of the answers."""
LETTER = 0.0125
"""Width of a letter of an area's name, as a share of the map's width."""


@dataclass(frozen=True)
class AreaMap:
    """A map of areas.

    Attributes
    ----------
    title : str
    outlines : tuple of float64 arrays, shape (n_corners, 2)
        In km, y southwards.
    values : float array, shape (n_areas,)
        NaN where there is nothing to tell.
    breaks : tuple of float
        Where the five colours meet.
    legend : tuple of str
        One text per colour.
    names : tuple of str
        Of the areas.
    """

    title: str
    outlines: tuple[np.ndarray, ...]
    values: np.ndarray
    breaks: tuple[float, ...]
    legend: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Lines:
    """A small chart: the baseline dashed, what is proposed on top of it, and the level of chance where there is one.

    Attributes
    ----------
    title, unit : str
    baseline, proposal, chance : float arrays, shape (n_months,)
        In the unit; empty where there is none.
    decimals : int
    """

    title: str
    unit: str
    baseline: np.ndarray
    proposal: np.ndarray
    chance: np.ndarray
    decimals: int


@dataclass(frozen=True)
class Snapshot:
    """What is drawn.

    Attributes
    ----------
    title, subtitle, foot : str
    map : AreaMap or None
    charts : tuple of Lines
    answers : tuple of pairs of str
        Heading and text.
    names : pair of str
        Of the baseline and of the proposal.
    chance : str
        What the level of chance is called.
    start, now : float
        Year in which the run begins, and where the clock stands.
    language : str
    """

    title: str
    subtitle: str
    foot: str
    map: AreaMap | None
    charts: tuple[Lines, ...]
    answers: tuple[tuple[str, str], ...]
    names: tuple[str, str]
    chance: str
    start: float
    now: float
    language: str


def snapshot(shown: Snapshot) -> bytes:
    """The picture as the bytes of a PNG, for a screen and for paper."""
    from matplotlib.figure import Figure

    made = Figure(figsize=(13.6, 9.0), facecolor="white", dpi=DPI)
    _words(made, shown)
    left = 0.02
    if shown.map is not None:
        _map(made.add_axes((0.01, 0.33, 0.33, 0.55)), shown.map)
        left = 0.40
    _charts(made, shown, left)
    return picture(made, "png")


def _words(made: Figure, shown: Snapshot) -> None:
    made.text(0.012, 0.975, shown.title, ha="left", va="top", fontsize=16, fontweight="bold", color=INK)
    made.text(0.012, 0.933, shown.subtitle, ha="left", va="top", fontsize=9.5, color=PALE)
    made.text(0.012, 0.012, shown.foot, ha="left", va="bottom", fontsize=7.5, color=PALE)
    for place, (heading, text) in enumerate(shown.answers):
        left = 0.012 + place * 0.33
        made.text(left, 0.248, heading, ha="left", va="top", fontsize=10.5, fontweight="bold", color=INK)
        wrapped = "\n".join(line for part in text.split("\n") for line in textwrap.wrap(part, WORDS))
        made.text(left, 0.226, wrapped, ha="left", va="top", fontsize=8, color=INK, linespacing=1.3)


def _map(axes: Axes, shown: AreaMap) -> None:
    from matplotlib.patches import Patch, Polygon

    for outline, value in zip(shown.outlines, shown.values, strict=True):
        known = not np.isnan(value)
        shade = SHADES[int(np.searchsorted(shown.breaks, value, side="right"))] if known else "white"
        axes.add_patch(Polygon(outline, facecolor=shade, edgecolor="white" if known else RULE, linewidth=0.8,
                               hatch=None if known else "///"))  # fmt: skip
    _place_names(axes, shown)
    axes.autoscale_view()
    axes.set_aspect("equal")
    axes.invert_yaxis()
    axes.axis("off")
    axes.set_title(textwrap.fill(shown.title, 48), loc="left", fontsize=9.5, color=INK)
    patches = [Patch(facecolor=shade, label=text) for shade, text in zip(SHADES, shown.legend, strict=True)]
    axes.legend(handles=patches, loc="upper left", bbox_to_anchor=(0.0, 0.02), ncols=3, fontsize=7.5, frameon=False,
                labelcolor=PALE, handlelength=1.2, columnspacing=1.2)  # fmt: skip


def _place_names(axes: Axes, shown: AreaMap) -> None:
    """Names where there is room for them: the widest areas first, none upon another."""
    span = float(np.ptp(np.concatenate(shown.outlines)[:, 0]))
    letter, height = span * LETTER, span * LETTER * 2.2
    taken: list[tuple[float, float, float]] = []
    for at in sorted(range(len(shown.names)), key=lambda at: -float(np.ptp(shown.outlines[at][:, 0]))):
        (x, y), half = shown.outlines[at].mean(axis=0), letter * len(shown.names[at]) / 2
        if all(abs(x - there) > half + wide or abs(y - up) > height for there, up, wide in taken):
            taken.append((float(x), float(y), half))
            axes.text(x, y, shown.names[at], ha="center", va="center", fontsize=5.5, color=INK, path_effects=_halo())


def _halo() -> list[Any]:
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=1.6, foreground="white")]


def _charts(made: Figure, shown: Snapshot, left: float) -> None:
    n_columns = 3
    width, height = (0.985 - left) / n_columns, 0.21
    for place, chart in enumerate(shown.charts[:6]):
        row, column = divmod(place, n_columns)
        axes = made.add_axes((left + column * width, 0.64 - row * 0.305, width - 0.045, height))
        _chart(axes, chart, shown, has_names=place == 0)


def _chart(axes: Axes, chart: Lines, shown: Snapshot, *, has_names: bool) -> None:
    for values, colour, dashes, name, width in (
        (chart.chance, PALE, (1, 2), shown.chance, 0.9),
        (chart.baseline, BASELINE, (5, 3), shown.names[0], 1.7),
        (chart.proposal, OURS, (), shown.names[1], 1.7),
    ):
        if len(values):
            years = shown.start + np.arange(len(values)) / 12
            (line,) = axes.plot(years, values, color=colour, linewidth=width, label=textwrap.shorten(name, 34))
            if dashes:
                line.set_dashes(dashes)
    axes.axvline(shown.now, color=RULE, linewidth=1.2, zorder=0)
    title = f"{chart.title} ({chart.unit})" if chart.unit else chart.title
    axes.set_title("\n".join(textwrap.wrap(title, 40)[:2]), loc="left", fontsize=8.2, color=INK)
    axes.set_ylim(*_ends(chart))
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.tick_params(length=0, labelsize=7.5, labelcolor=PALE)
    axes.locator_params(axis="y", nbins=4)
    axes.locator_params(axis="x", nbins=4, integer=True)
    axes.xaxis.set_major_formatter(lambda value, _place: f"{value:.0f}")
    axes.yaxis.set_major_formatter(lambda value, _place: number(value, chart.decimals, shown.language))
    if has_names:
        axes.legend(loc="best", fontsize=7, frameon=False, labelcolor=INK)


def _ends(chart: Lines) -> tuple[float, float]:
    """An axis from zero, unless a value lies below it: a small change stays small."""
    values = np.concatenate([chart.chance, chart.baseline, chart.proposal])
    known = values[~np.isnan(values)]
    if not len(known):
        return 0.0, 1.0
    low, high = min(0.0, float(known.min())), max(0.0, float(known.max()))
    return low * 1.1, high * 1.15 or 1.0
