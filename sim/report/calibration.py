"""What a calibration found, for readers: tables, sentences, and a figure of what is left of each range."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sim.base.language import say
from sim.experiment.calibration import Fit, Met, Parameter
from sim.experiment.file.windows import window_of
from sim.report.analysis import Names
from sim.report.figures import INK, PALE, RULE
from sim.report.numbers import level, number, shown
from sim.report.sentences import when
from sim.report.tables import Row, Table
from sim.report.titles import unit

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LITTLE = 0.1
"""A spread that is smaller by less than this says nothing (assumed)."""


def parameters_table(fit: Fit, names: Names) -> Table:
    """What is left of the range of each parameter."""
    language = names.language
    columns = ("parameter", "from", "to", "middle", "low", "high", "narrowed", "covered")
    table = Table(tuple(say(f"experiments.calibration.{key}", language) for key in columns))
    table.caption = say("experiments.calibration.parameters_caption", language, level=_level(fit, names), kept=fit.kept)
    for one in fit.parameters:
        values = (*one.before, one.middle, one.low, one.high)
        shares = (one.narrowed, one.covered)
        cells = (*(names.value(one.path, value) for value in values), *(_share(share, names) for share in shares))
        table.rows.append(Row((names.factor(one.path), *cells), (3,) if one.narrowed >= LITTLE else ()))
    return table


def targets_table(fit: Fit, names: Names, months: int) -> Table:
    """Each target, and what the kept draws give there."""
    language = names.language
    columns = ("target", "when", "observed", "tolerance", "middle", "low", "high", "met")
    table = Table(tuple(say(f"experiments.calibration.{key}", language) for key in columns), 2)
    table.caption = say("experiments.calibration.targets_caption", language, level=_level(fit, names))
    for one in fit.targets:
        kind, target = unit(one.target.measure), one.target
        told = say(f"experiments.analysis.{'is_clear' if one.is_met else 'is_unclear'}", language)
        if target.hold_out:
            told += f" ({say('experiments.calibration.held_out', language)})"
        values = (target.value, target.tolerance, one.middle, one.low, one.high)
        at = when(window_of(target.window, months), language, short=True)
        table.rows.append(
            Row((names.measure(target.measure), at, *(level(value, kind, language) for value in values), told))
        )
    return table


def fit_table(fit: Fit, names: Names, months: int) -> Table:
    """Parameters and targets in one table."""
    first, second = parameters_table(fit, names), targets_table(fit, names, months)
    head = Row((say("experiments.calibration.target", names.language), *second.columns[1:]), tuple(range(8)))
    return Table(first.columns, 2, [*first.rows, head, *second.rows], caption=f"{first.caption} {second.caption}")


def fit_sentences(fit: Fit, names: Names, months: int) -> Iterator[str]:
    """How well it fits, what is known of each parameter, what was not met, and whether the intervals are honest."""
    language = names.language
    yield say("experiments.calibration.drawn", language, draws=fit.draws, kept=fit.kept,
              nearest=number(fit.nearest, 2, language), farthest=number(fit.farthest, 2, language))  # fmt: skip
    if fit.lost:
        yield say("experiments.calibration.lost", language, lost=fit.lost)
    if fit.nearest > 1.0:
        yield say("experiments.calibration.does_not_fit", language)
    for parameter in fit.parameters:
        yield _learned(parameter, fit, names)
    yield from _met(fit, names, months)
    yield from _covered(fit, names)
    yield say("experiments.calibration.meaning", language)


def _learned(one: Parameter, fit: Fit, names: Names) -> str:
    key = "learned" if one.narrowed >= LITTLE else "nothing_learned"
    values = {"middle": one.middle, "low": one.low, "high": one.high, "before_low": one.before[0],
              "before_high": one.before[1]}  # fmt: skip
    said = {name: names.value(one.path, value) for name, value in values.items()}
    return say(f"experiments.calibration.{key}", names.language, parameter=names.factor(one.path),
               level=_level(fit, names), **said)  # fmt: skip


def _met(fit: Fit, names: Names, months: int) -> Iterator[str]:
    """Targets that were missed, and those that were held out."""
    used = [one for one in fit.targets if not one.target.hold_out]
    missed = [one for one in used if not one.is_met]
    if not missed:
        yield say("experiments.calibration.all_met", names.language)
    for one in missed:
        yield _about("missed", one, names, months)
    for one in fit.targets:
        if one.target.hold_out:
            yield _about("held_met" if one.is_met else "held_missed", one, names, months)


def _about(key: str, one: Met, names: Names, months: int) -> str:
    target, kind, language = one.target, unit(one.target.measure), names.language
    return say(f"experiments.calibration.{key}", language, measure=names.title(target.measure),
               when=when(window_of(target.window, months), language), middle=shown(one.middle, kind, language),
               observed=shown(target.value, kind, language))  # fmt: skip


def _covered(fit: Fit, names: Names) -> Iterator[str]:
    """Whether the intervals hold synthetic truths as often as they should, within what chance would do (2.6 sd)."""
    room = 2.6 * np.sqrt(fit.level * (1 - fit.level) / fit.kept)
    bad = [one for one in fit.parameters if abs(one.covered - fit.level) > room]
    values = {"level": _level(fit, names)}
    if bad:
        listed = ", ".join(names.factor(one.path) for one in bad)
        yield say("experiments.calibration.covered_badly", names.language, parameters=listed, **values)
    else:
        shares = ", ".join(_share(one.covered, names) for one in fit.parameters)
        yield say("experiments.calibration.covered_well", names.language, shares=shares, **values)


def fit_figure(fit: Fit, names: Names) -> Figure:
    """A line per parameter: the whole range pale, what is left of it blue, its median a dot."""
    from matplotlib.figure import Figure

    shown_first = list(reversed(fit.parameters))
    made = Figure(figsize=(7.4, 1.3 + 0.42 * len(shown_first)), facecolor="white", dpi=130, layout="constrained")
    axes = made.add_subplot()
    for place, one in enumerate(shown_first):
        span = one.before[1] - one.before[0]
        low, middle, high = ((value - one.before[0]) / span for value in (one.low, one.middle, one.high))
        axes.plot([0, 1], [place, place], color=RULE, linewidth=5, solid_capstyle="butt")
        axes.plot([low, high], [place, place], color="#0072B2", linewidth=5, solid_capstyle="butt")
        axes.plot([middle], [place], "o", color=INK, markersize=5)
        for at, value in zip((0, 1), one.before, strict=True):
            axes.annotate(names.value(one.path, value), (at, place), xytext=(0, 6), textcoords="offset points",
                          fontsize=7, color=PALE, ha="center")  # fmt: skip
    axes.set_yticks(range(len(shown_first)), [textwrap.fill(names.factor(one.path), 38) for one in shown_first],
                    fontsize=8)  # fmt: skip
    axes.set_ylim(-0.6, len(shown_first) - 0.3)
    axes.set_xticks([])
    axes.set_xlabel(textwrap.fill(say("experiments.plot.place", names.language), 80), fontsize=8.5, color=PALE)
    axes.spines[["top", "right", "left", "bottom"]].set_visible(False)
    axes.tick_params(length=0)
    return made


def _level(fit: Fit, names: Names) -> str:
    return number(100 * fit.level, 0, names.language)


def _share(share: float, names: Names) -> str:
    return f"{number(100 * share, 0, names.language)} %"
