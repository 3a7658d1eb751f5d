"""Figures of an experiment: series with bands, differences, responses, and what matters most."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.base.disk import write_whole
from sim.base.language import say
from sim.experiment import analysis
from sim.experiment.analysis import Response
from sim.experiment.differences import Difference, Window
from sim.experiment.results import Results
from sim.experiment.sensitivity import Effect, Index
from sim.report import drawing
from sim.report.analysis import Names
from sim.report.figures import DASHES, INK, NAMED_COLOURS, OTHER_COLOURS, PALE, RULE
from sim.report.lines import Look, line_end, mean_path, name_lines
from sim.report.numbers import number, style
from sim.report.sentences import when
from sim.report.titles import title, unit

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

KINDS = ("series", "pairs", "response", "sensitivity")
BASELINE = "#555555"
BAND = (0.05, 0.95)
CHANCE = ".chance"


def looks_of(results: Results, names: Names) -> list[Look]:
    """A colour and a dash of its own for each arm, the baseline grey."""
    left = list(OTHER_COLOURS)
    found = []
    for place, arm in enumerate(results.manifest["arms"]):
        named = next((code for word, code in NAMED_COLOURS.items() if word in str(arm["id"])), "")
        colour = BASELINE if arm["baseline"] and len(results.manifest["arms"]) > 1 else named or (*left, INK)[0]
        left = [code for code in left if code != colour]
        found.append(Look(names.arms[place], colour, DASHES[place % len(DASHES)]))
    return found


def series(results: Results, measure: str, names: Names) -> Figure:
    """A line per arm, the mean over points and replications; the band holds 90 of 100 replications."""
    months, paths = results.paths(measure)
    factor, looks = style(unit(measure)).factor, looks_of(results, names)
    made, axes = _begun(measure, names, (7.4, 3.9))
    years = months / 12
    ends = []
    for own, look in zip(paths, looks, strict=True):
        means = own.mean(axis=0) * factor
        known = ~np.isnan(means).all(axis=0)
        if known.any():
            low, high = np.nanquantile(means[:, known], BAND, axis=0)
            axes.fill_between(years[known], low, high, color=look.colour, alpha=0.15, linewidth=0)
        (line,) = axes.plot(years, mean_path(means), color=look.colour, linewidth=1.9)
        if look.dashes:
            line.set_dashes(look.dashes)
        ends.append((line_end(means), look))
    _chance(axes, results, measure, years, names)
    axes.set_xlim(years[0], years[-1])
    axes.set_xlabel(say("experiments.plot.years", names.language), fontsize=8.5, color=PALE)
    name_lines(axes, ends)
    made.subplots_adjust(right=0.78)
    return made


def _chance(axes: Axes, results: Results, measure: str, years: np.ndarray, names: Names) -> None:
    """The level that chance alone would give, where it is kept."""
    if measure + CHANCE in results.measures:
        _, paths = results.paths(measure + CHANCE)
        level = mean_path(paths[results.baseline].mean(axis=0)) * style(unit(measure)).factor
        axes.plot(years, level, color=PALE, linewidth=1.0, dashes=(1, 2))
        axes.annotate(say("report.figure.chance", names.language), (years[0], level[0]), xytext=(2, 3),
                      textcoords="offset points", fontsize=7.5, color=PALE)  # fmt: skip


def pairs(found: Sequence[Difference], names: Names) -> Figure:
    """One measure: the difference of each arm from the baseline with its interval, window by window."""
    measure = found[0].measure
    factor = style(unit(measure)).factor
    made, axes = _begun(measure, names, (7.4, 1.5 + 0.3 * len(found)))
    rows = list(reversed(found))
    for place, one in enumerate(rows):
        clear = one.verdict in ("higher", "lower")
        colour = INK if clear else PALE
        axes.plot([one.low * factor, one.high * factor], [place, place], color=colour, linewidth=1.6)
        axes.plot([one.mean * factor], [place], "o", color=colour, markersize=5, mfc=colour if clear else "white")
    axes.axvline(0, color=RULE, linewidth=1)
    axes.set_yticks(range(len(rows)),
                    [f"{names.ids[one.arm]}, {when(one.window, names.language, short=True)}" for one in rows],
                    fontsize=8)  # fmt: skip
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    return made


def response(found: Sequence[Response], results: Results, names: Names) -> Figure:
    """One measure and one factor: a curve per arm with its interval."""
    measure, path = found[0].measure, found[0].factor
    factor, looks = style(unit(measure)).factor, looks_of(results, names)
    made, axes = _begun(measure, names, (6.4, 3.9))
    ends = []
    is_words = not all(isinstance(one.value, int | float) for one in found)
    for place, look in enumerate(looks):
        own = [one for one in found if one.arm == place]
        at = np.arange(len(own)) if is_words else np.array([float(one.value) for one in own])
        mean, low, high = (np.array([getattr(one, name) for one in own]) * factor for name in ("mean", "low", "high"))
        axes.fill_between(at, low, high, color=look.colour, alpha=0.18, linewidth=0)
        axes.plot(at, mean, "o-", color=look.colour, markersize=3.4, linewidth=1.6)
        ends.append(((float(mean[-1]) if len(mean) else float("nan"), True), look))
    if is_words:
        axes.set_xticks(range(len(own)), [names.value(path, one.value) for one in own])
    elif str(names.factors.get(path, {}).get("unit", "")).startswith("share"):
        axes.xaxis.set_major_formatter(lambda value, _place: f"{number(100 * value, 0, names.language)} %")
    axes.set_xlabel(textwrap.fill(names.factor(path), 70), fontsize=8.5, color=PALE)
    if len(looks) > 1:
        name_lines(axes, ends)
        made.subplots_adjust(right=0.76)
    return made


def _size(one: Effect | Index) -> tuple[float, float, float]:
    """How long a bar is, and where its interval ends."""
    if isinstance(one, Index):
        return one.total, one.total_low, one.total_high
    scale = style(unit(one.measure)).factor
    return one.mean_size * scale, one.low * scale, one.high * scale


def sensitivity(found: Sequence[Effect | Index], names: Names, most: int = 15) -> Figure:
    """One measure and arm: a bar per factor with its interval, the strongest on top; what is not clear is pale."""
    shown: list[Effect | Index] = list(reversed(found[:most]))
    measure = found[0].measure
    made, axes = _begun(measure, names, (7.4, 1.6 + 0.3 * len(shown)))
    for place, one in enumerate(shown):
        value, low, high = _size(one)
        axes.barh(place, value, color="#0072B2" if one.is_clear else "#c9d6de", height=0.62)
        axes.plot([max(0.0, low), high], [place, place], color=INK, linewidth=1)
        if isinstance(one, Index):
            axes.plot([one.first], [place], "|", color=INK, markersize=9)
    axes.set_yticks(range(len(shown)), [textwrap.shorten(names.factor(one.factor), 46) for one in shown], fontsize=8)
    key = "effect" if isinstance(found[0], Effect) else "index"
    axes.set_xlabel(say(f"experiments.plot.{key}", names.language), fontsize=8.5, color=PALE)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    return made


def _begun(measure: str, names: Names, size: tuple[float, float]) -> tuple[Figure, Axes]:
    """An empty figure with its title, as quiet as the others."""
    from matplotlib.figure import Figure

    made = Figure(figsize=size, facecolor="white", dpi=130, layout=None)
    axes = made.add_subplot()
    axes.set_title(textwrap.fill(title(measure, names.language, names.groups), 64), loc="left", fontsize=10,
                   fontweight="bold", color=INK, pad=22)  # fmt: skip
    words = say(f"report.figure.panel_units.{unit(measure)}", names.language)
    axes.text(0, 1.02, words, transform=axes.transAxes, fontsize=8, color=PALE, va="bottom")
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.tick_params(length=0, labelsize=8, labelcolor=PALE)
    axes.yaxis.set_major_formatter(lambda value, _place: number(value, _digits(axes), names.language))
    made.subplots_adjust(left=0.09 if size[0] < 7 else 0.1, right=0.96, top=1 - 0.68 / size[1], bottom=0.6 / size[1])
    return made, axes


def _digits(axes: Axes) -> int:
    low, high = axes.get_ylim()
    return 0 if high - low > 5 else 1 if high - low > 0.6 else 2 if high - low > 0.06 else 3


def drawn(results: Results, kind: str, measure: str, window: Window, names: Names) -> list[tuple[str, Figure]]:
    """Every figure of a kind for a measure, each with a name for its file."""
    from sim.experiment import sensitivity as estimates

    if kind == "series":
        return [(kind, series(results, measure, names))]
    if kind == "pairs":
        return [(kind, pairs(analysis.pairs(results, [measure], analysis.windows_of(results.months, window)), names))]
    if kind == "response":
        found = analysis.responses(results, [measure], window)
        paths = list(dict.fromkeys(one.factor for one in found))
        return [
            (f"{kind}-{path.replace('.', '-')}", response([one for one in found if one.factor == path], results, names))
            for path in paths
        ]
    is_morris = results.manifest["design"]["kind"] == "morris"
    method = estimates.morris if is_morris else estimates.sobol
    arms = results.manifest["arms"]
    return [
        (f"{kind}-{arm['id']}", sensitivity(method(results, measure, window, place), names))
        for place, arm in enumerate(arms)
    ]


def picture(figure: Figure, ending: str) -> bytes:
    """A figure as the bytes of a file, cut close around what is drawn."""
    return drawing.picture(figure, ending, bbox_inches="tight", pad_inches=0.08)


def save(figure: Figure, path: Path) -> None:
    """Write a figure, whole or not at all."""
    write_whole(path, picture(figure, path.suffix.lstrip(".")))
