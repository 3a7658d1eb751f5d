"""An explanation for a reader: sentences, a table per measure, and a figure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim import __version__
from sim.base.language import say
from sim.experiment.differences import verdict
from sim.experiment.explanation import Explanation, Share, interval
from sim.report import drawing
from sim.report.numbers import DASH, bare, level, number, shown, shown_gap, style
from sim.report.tables import Row, Table
from sim.report.titles import title, unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CHANCE = ".chance"
COLOURS = {"higher": "#0072B2", "lower": "#D55E00", "no_clear_difference": "#999999", "undefined": "#999999"}
"""Okabe, M. & Ito, K. (2008). Color universal design."""


def explained(found: Explanation) -> tuple[str, ...]:
    """The measures that are explained; levels of chance stand beside them."""
    return tuple(measure for measure in found.measures if not measure.endswith(CHANCE))


def name(mechanism: str, language: str) -> str:
    """What a mechanism is called."""
    return say(f"explain.mechanisms.{mechanism}.name", language)


def heading(found: Explanation, language: str) -> str:
    """What is explained, in one line."""
    return say("explain.title", language, title=found.scenario.title.say(language))


def sentences(found: Explanation, language: str) -> Iterator[str]:
    """How much emerged of each measure, and what each mechanism adds."""
    years = number(found.months / 12, 0 if found.months % 12 == 0 else 1, language)
    yield say("explain.start", language, title=found.scenario.title.say(language), years=years)
    for measure in explained(found):
        yield from _of_measure(found, measure, language)


def _of_measure(found: Explanation, measure: str, language: str) -> Iterator[str]:
    kind = unit(measure)
    none, whole = found.ends(measure)
    low, high = interval(whole - none)
    told = {
        "measure": title(measure, language), "whole": shown(float(whole.mean()), kind, language),
        "none": shown(float(none.mean()), kind, language), "chance": _chance(found, measure, language),
        "total": shown_gap(float((whole - none).mean()), kind, language, sign=True),
        "low": bare(low, kind, language, sign=True), "high": bare(high, kind, language, sign=True),
    }  # fmt: skip
    if verdict(low, high) not in ("higher", "lower"):
        yield say("explain.nothing_emerged", language, **told)
        return
    yield say("explain.emerged", language, **told)
    for share in sorted(found.shares(measure), key=lambda one: -abs(one.mean)):
        yield _of_share(share, kind, language)


def _chance(found: Explanation, measure: str, language: str) -> str:
    if measure + CHANCE not in found.measures:
        return ""
    _, whole = found.ends(measure + CHANCE)
    return say("explain.by_chance", language, level=shown(float(whole.mean()), unit(measure), language))


def _of_share(share: Share, kind: str, language: str) -> str:
    return say(
        f"explain.share.{share.verdict}", language, mechanism=name(share.mechanism, language),
        value=shown_gap(abs(share.mean), kind, language), percent=percent(share, language),
        low=bare(share.low, kind, language, sign=True), high=bare(share.high, kind, language, sign=True),
    )  # fmt: skip


def percent(share: Share, language: str) -> str:
    """A share of all that emerged; a dash where nothing clear did."""
    return DASH if np.isnan(share.of_all) else say("report.units.per_cent", language,
                                                   number=number(100 * share.of_all, 0, language))  # fmt: skip


def table(found: Explanation, measure: str, language: str) -> Table:
    """Every mechanism in one measure, and the levels at both ends."""
    kind = unit(measure)
    columns = tuple(say(f"explain.columns.{key}", language) for key in ("mechanism", "share", "percent", "alone"))
    caption = say("explain.caption", language, n=len(found.levels))
    made = Table(columns, title=title(measure, language), caption=caption)
    none, whole = found.ends(measure)
    if measure + CHANCE in found.measures:
        made.rows.append(_level("chance", found.ends(measure + CHANCE)[1], kind, language))
    made.rows.append(_level("none", none, kind, language))
    for share in found.shares(measure):
        cells = (_cell(share.mean, share.low, share.high, kind, language), percent(share, language),
                 _cell(share.last, share.last_low, share.last_high, kind, language))  # fmt: skip
        strong = (1,) if share.verdict in ("higher", "lower") else ()
        made.rows.append(Row((f"+ {name(share.mechanism, language)}", *cells), strong))
    made.rows.append(_level("whole", whole, kind, language))
    return made


def _level(key: str, values: np.ndarray, kind: str, language: str) -> Row:
    return Row((say(f"explain.rows.{key}", language), level(float(values.mean()), kind, language) + " " * 9, "", ""))


def _cell(mean: float, low: float, high: float, kind: str, language: str) -> str:
    mark = "*" if verdict(low, high) in ("higher", "lower") else " "
    return f"{bare(mean, kind, language, sign=True)} ± {bare(high - mean, kind, language)}{mark}"


def limits(found: Explanation, language: str) -> Iterator[str]:
    """What a reader has to know before believing any of it."""
    scale = number(found.scenario.scale, 2, language)
    yield say("explain.seeds", language, n=len(found.levels), planned=found.planned, seed=found.seed,
              months=found.months, scale=scale)  # fmt: skip
    if found.interrupted:
        yield say("explain.interrupted", language)
    yield say("explain.meaning", language)


def off_words(found: Explanation, language: str) -> Iterator[str]:
    """What it means to switch each mechanism off."""
    for mechanism in found.mechanisms:
        yield f"{name(mechanism, language)}: {say(f'explain.mechanisms.{mechanism}.without', language)}."


def save(found: Explanation, folder: Path, language: str) -> list[Path]:
    """Write the figure as PNG and SVG, each whole or not at all."""
    return drawing.save(lambda: figure(found, language), folder, language)


def figure(found: Explanation, language: str) -> Figure:
    """A panel per measure: a bar for each mechanism, with its interval."""
    from matplotlib.figure import Figure

    measures = explained(found)
    height = 1.7 + 0.42 * len(found.mechanisms)
    made = Figure(figsize=(3.0 + 3.9 * len(measures), height), facecolor="white", dpi=130)
    made.text(0.012, 1 - 0.16 / height, say("explain.figure.title", language), fontsize=15, fontweight="bold", va="top")
    made.text(0.012, 1 - 0.5 / height, say("explain.figure.below", language), fontsize=9, color="#666666", va="top")
    for place, measure in enumerate(measures):
        _draw(made.add_subplot(1, len(measures), place + 1), found, measure, language, named=place == 0)
    foot = say("explain.figure.foot", language, version=__version__, n=len(found.levels), seed=found.seed,
               months=found.months, scale=number(found.scenario.scale, 2, language))  # fmt: skip
    made.text(0.012, 0.08 / height, foot, fontsize=7.5, color="#666666")
    left, top, bottom = 2.5 / made.get_figwidth(), 1 - 1.05 / height, 0.6 / height
    made.subplots_adjust(left=left, right=0.97, top=top, bottom=bottom, wspace=0.15)
    return made


def _draw(axes: Axes, found: Explanation, measure: str, language: str, *, named: bool) -> None:
    shares, factor = found.shares(measure), style(unit(measure)).factor
    rows = np.arange(len(shares))[::-1]
    means = np.array([share.mean for share in shares]) * factor
    reach = np.array([share.high - share.mean for share in shares]) * factor
    axes.barh(rows, means, height=0.6, color=[COLOURS[share.verdict] for share in shares])
    axes.errorbar(means, rows, xerr=reach, fmt="none", ecolor="#222222", elinewidth=1.1, capsize=2.5)
    axes.axvline(0, color="#222222", linewidth=0.8)
    axes.set_yticks(rows, [name(share.mechanism, language) if named else "" for share in shares], fontsize=9)
    axes.set_title(title(measure, language), loc="left", fontsize=9.5, fontweight="bold")
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(length=0, labelsize=8.5)
    axes.grid(axis="x", color="#d9d9d9", linewidth=0.6)
    axes.set_axisbelow(True)
    digits = 2 if np.ptp(axes.get_xlim()) > 0.06 else 3
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda value, _place: number(value, digits, language, sign=True))
