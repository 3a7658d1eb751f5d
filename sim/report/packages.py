"""What a search found, for readers: a table, sentences, and the figure of what could be had for what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.base.language import say
from sim.experiment.file.aims import LimitSection
from sim.experiment.packages import Found, Package
from sim.report.analysis import Names
from sim.report.figures import INK, PALE, RULE
from sim.report.numbers import bare, level, number, shown, style
from sim.report.sentences import sentence, when
from sim.report.tables import Row, Table
from sim.report.titles import unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLUE = "#0072B2"


def package_name(package: Package, names: Names) -> str:
    """What a package is called: its number, or the town as it stands."""
    key = "package" if package.number else "as_it_stands"
    return say(f"experiments.search.{key}", names.language, number=package.number)


def contents(package: Package, names: Names) -> str:
    """What is in a package."""
    return "; ".join(f"{names.factor(path)}: {names.value(path, value)}" for path, value in package.point.items())


def packages_table(found: Found, names: Names) -> Table:
    """Every candidate with what is in it, and each aim at first and on fresh luck."""
    language = names.language
    columns = ("measure", "when", "first_look", "fresh", "gap", "interval")
    table = Table(tuple(say(f"experiments.search.{key}", language) for key in columns), 2)
    table.caption = say("experiments.search.caption", language, n=found.fresh)
    for package in found.packages:
        told = [package_name(package, names)]
        if package.number:
            key = "best" if package.is_best else "kept" if package.keeps else "broken"
            told.append(say(f"experiments.search.marks.{key}", language))
        table.rows.append(Row((", ".join(told),)))
        for path, value in package.point.items():
            table.rows.append(Row((names.factor(path), names.value(path, value), "", "", "", "")))
        for first, gap in zip(package.first, package.gaps, strict=True):
            kind = unit(gap.measure)
            star = "*" if gap.verdict in ("higher", "lower") else ""
            own = (bare(gap.mean, kind, language, sign=True) + star, f"± {bare(gap.high - gap.mean, kind, language)}")
            table.rows.append(Row((
                names.measure(gap.measure), when(gap.window, language, short=True), level(first, kind, language),
                level(gap.value, kind, language), *(own if package.number else ("", "")),
            )))  # fmt: skip
    return table


def package_sentences(found: Found, names: Names) -> Iterator[str]:
    """What was tried, what held on fresh luck, and the best in each objective."""
    language = names.language
    yield say("experiments.search.tried", language, n_tried=found.n_tried, n=found.replications, kept=found.kept,
              front=found.front)  # fmt: skip
    for limit in found.aims.limits:
        yield _limit(limit, names)
    chosen = found.packages[1:]
    best = [one for one in chosen if one.is_best]
    if not chosen:
        yield say("experiments.search.none", language)
        return
    yield say("experiments.search.held", language, fresh=found.fresh, candidates=len(chosen), held=len(best))
    as_it_stands = found.packages[0]
    if as_it_stands.is_best:
        yield say("experiments.search.nothing_beats", language)
    for place, aim in enumerate(found.aims.objectives):
        if best:
            one = (min if aim.aim == "lowest" else max)(best, key=lambda own: own.gaps[place].value)
            gap = one.gaps[place]
            said = sentence(gap, names.quoted(package_name(one, names)),
                            names.quoted(package_name(as_it_stands, names)), names.title(aim.measure),
                            language)  # fmt: skip
            yield f"{said} {say('experiments.search.contains', language, contents=contents(one, names))}"
    yield say("experiments.search.curse", language)


def _limit(limit: LimitSection, names: Names) -> str:
    kind, language = unit(limit.measure), names.language
    key = "between" if None not in (limit.min, limit.max) else "at_most" if limit.max is not None else "at_least"
    low, high = (None if one is None else shown(one, kind, language) for one in (limit.min, limit.max))
    return say(f"experiments.search.limits.{key}", language, measure=names.title(limit.measure), low=low, high=high)


def front_figure(found: Found, names: Names) -> Figure:
    """Two aims against each other: what was tried pale, candidates with intervals, the town as it stands a cross."""
    from matplotlib.figure import Figure

    across, up = _axes_of(found)
    made = Figure(figsize=(7.0, 4.6), facecolor="white", dpi=130, layout="constrained")
    axes = made.add_subplot()
    xs, ys = (found.values[1:, place] * _factor(found, place) for place in (across, up))
    is_kept = found.is_kept[1:]
    for mask, colour, key in ((~is_kept, "#e6d3c8", "tried_broken"), (is_kept, "#b9c7d0", "tried_kept")):
        axes.plot(xs[mask], ys[mask], "o", color=colour, markersize=4,
                  label=say(f"experiments.search.{key}", names.language))  # fmt: skip
    for package in found.packages:
        _mark(axes, found, package, (across, up), names)
    for place, set_label in ((across, axes.set_xlabel), (up, axes.set_ylabel)):
        measure = found.measures[place][0]
        set_label(names.measure(measure), fontsize=8.5, color=PALE, wrap=True)
    axes.plot([], [], "o", color=BLUE, label=say("experiments.search.candidates", names.language))
    axes.legend(fontsize=7.5, frameon=False)
    axes.grid(color=RULE, linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(length=0, labelsize=8, labelcolor=PALE)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _place: number(value, 0 if abs(value) >= 20 else 2, names.language))
    return made


def _axes_of(found: Found) -> tuple[int, int]:
    """The two aims that are drawn: the first two, or the one there is against itself."""
    return (1, 0) if len(found.measures) > 1 else (0, 0)


def _factor(found: Found, place: int) -> float:
    return style(unit(found.measures[place][0])).factor


def _mark(axes: Axes, found: Found, package: Package, places: tuple[int, int], names: Names) -> None:
    """One candidate on fresh luck."""
    x, y = (package.gaps[place].value * _factor(found, place) for place in places)
    if not package.number:
        axes.plot([x], [y], "x", color=INK, markersize=8, label=package_name(package, names))
        return
    half_x, half_y = ((gap.high - gap.mean) * _factor(found, place)
                      for place, gap in ((place, package.gaps[place]) for place in places))  # fmt: skip
    colour, inside = (BLUE, BLUE) if package.is_best else (PALE, "white")
    axes.errorbar([x], [y], yerr=[half_y], xerr=[half_x], fmt="o", color=colour, mfc=inside, markersize=6,
                  linewidth=0.9)  # fmt: skip
    axes.annotate(str(package.number), (x, y), xytext=(5, 4), textcoords="offset points", fontsize=8, color=INK)
