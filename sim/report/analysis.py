"""Tables of an analysis: levels, differences, responses, effects and indices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sim.base.language import say
from sim.experiment.analysis import Level, Response
from sim.experiment.differences import Difference
from sim.experiment.results import Results, labels
from sim.experiment.sensitivity import Effect, Index
from sim.report.numbers import DASH, bare, level, number, style
from sim.report.sentences import when
from sim.report.tables import Row, Table
from sim.report.titles import title, unit


class Names:
    """What arms, factors and groups of an experiment are called in a language."""

    def __init__(self, results: Results, language: str) -> None:
        manifest = results.manifest
        self.language = language
        self._arms = manifest["arms"]
        self.arms = labels(manifest["arms"], language)
        self.ids = {str(arm["id"]): name for arm, name in zip(manifest["arms"], self.arms, strict=True)}
        self.factors = {str(one["path"]): one for one in manifest["factors"]}
        groups: dict[str, Any] = {}
        for arm in manifest["arms"]:
            groups |= arm.get("groups", {})
        self.groups = {key: str(text.get(language) or text["en"]) for key, text in groups.items()}

    @property
    def baseline(self) -> str:
        """The arm that others are compared with."""
        return next(name for one, name in zip(self._arms, self.arms, strict=True) if one["baseline"])

    def quoted(self, name: str) -> str:
        """A name as it stands inside a sentence."""
        return say("report.arm_by_title", self.language, title=name)

    def factor(self, path: str) -> str:
        """A factor by its label, by its path where it has none."""
        one = self.factors.get(path)
        return labels([one], self.language)[0] if one is not None and one["label"] else path

    def title(self, name: str) -> str:
        """A measure, as it stands in a sentence."""
        return title(name, self.language, self.groups)

    def measure(self, name: str) -> str:
        """A measure with the unit of its column."""
        words = say(f"report.columns.{unit(name)}", self.language)
        return f"{self.title(name)} ({words})"

    def value(self, path: str, value: Any) -> str:
        """A value of a factor; shares in per cent."""
        if not isinstance(value, int | float):
            return str(value)
        kind = str(self.factors.get(path, {}).get("unit", ""))
        if kind.startswith("share"):
            return f"{number(100.0 * value, 1, self.language)} %"
        digits = 0 if float(value).is_integer() else 3
        return number(float(value), digits, self.language)


def levels_table(found: Sequence[Level], names: Names) -> Table:
    """Mean with interval, spread and quantiles of every measure in every arm."""
    table = _table(("measure", "arm", "when", "mean", "interval", "sd", "p5", "median", "p95", "n"), 3, names)
    for measure, own in _by_measure(found):
        table.rows.append(Row((names.measure(measure),)))
        kind = unit(measure)
        for one in own:
            numbers = (one.sd, one.p5, one.median, one.p95)
            table.rows.append(Row((
                "", names.arms[one.arm], when(one.window, names.language, short=True),
                level(one.mean, kind, names.language),
                _interval(one.mean, one.high, kind, names.language),
                *(level(value, kind, names.language) for value in numbers), number(one.n, 0, names.language),
            )))  # fmt: skip
    return table


def pairs_table(found: Sequence[Difference], names: Names) -> Table:
    """Every arm minus the baseline, with what common luck brought."""
    columns = ("measure", "arm", "when", "baseline", "difference", "interval", "same_sign", "correlation", "n")
    table = _table(columns, 3, names)
    table.caption = say("experiments.analysis.pairs_caption", names.language)
    for measure, own in _by_measure(found):
        table.rows.append(Row((names.measure(measure),)))
        kind, language = unit(measure), names.language
        for one in own:
            star = "*" if one.verdict in ("higher", "lower") else ""
            table.rows.append(Row((
                "", names.ids[one.arm], when(one.window, language, short=True), level(one.baseline, kind, language),
                bare(one.mean, kind, language, sign=True) + star, _interval(one.mean, one.high, kind, language),
                f"{number(100 * one.same_sign, 0, language)} %", number(one.correlation, 2, language),
                number(one.pairs, 0, language),
            ), (4,) if star else ()))  # fmt: skip
    return table


def responses_table(found: Sequence[Response], names: Names) -> Table:
    """How each measure responds to each factor."""
    table = _table(("factor", "arm", "value", "mean", "interval", "points", "n"), 2, names)
    language = names.language
    for measure, own in _by_measure(found):
        table.rows.append(Row((names.measure(measure),)))
        kind = unit(measure)
        for one in own:
            table.rows.append(Row((
                names.factor(one.factor), names.arms[one.arm], names.value(one.factor, one.value),
                level(one.mean, kind, language), _interval(one.mean, one.high, kind, language),
                number(one.points, 0, language), number(one.n, 0, language),
            )))  # fmt: skip
    return table


def effects_table(found: Sequence[Effect], names: Names) -> Table:
    """Morris: how strongly each factor works, the strongest first."""
    table = _table(("factor", "arm", "mean_size", "interval", "mean_effect", "spread", "clear"), 2, names)
    table.caption = say("experiments.analysis.morris_caption", names.language)
    language = names.language
    for measure, own in _by_measure(found):
        table.rows.append(Row((names.measure(measure),)))
        kind = unit(measure)
        for one in own:
            table.rows.append(Row((
                names.factor(one.factor), names.arms[one.arm], bare(one.mean_size, kind, language),
                _interval(one.mean_size, one.high, kind, language), bare(one.mean, kind, language, sign=True),
                bare(one.spread, kind, language), _clear(one.is_clear, language),
            ), (0, 2) if one.is_clear else ()))  # fmt: skip
    return table


def indices_table(found: Sequence[Index], names: Names) -> Table:
    """Sobol: what share of the variance each factor brings, the largest first."""
    table = _table(("factor", "arm", "first", "interval", "total", "interval", "clear"), 2, names)
    table.caption = say("experiments.analysis.sobol_caption", names.language)
    language = names.language
    for measure, own in _by_measure(found):
        table.rows.append(Row((names.measure(measure),)))
        for one in own:
            table.rows.append(Row((
                names.factor(one.factor), names.arms[one.arm], number(one.first, 2, language),
                f"± {number(one.first_high - one.first, 2, language)}", number(one.total, 2, language),
                f"± {number(one.total_high - one.total, 2, language)}", _clear(one.is_clear, language),
            ), (0, 4) if one.is_clear else ()))  # fmt: skip
    return table


def _table(columns: Sequence[str], n_words: int, names: Names) -> Table:
    return Table(tuple(say(f"experiments.analysis.{key}", names.language) for key in columns), n_words)


def _by_measure(found: Sequence[Any]) -> Iterator[tuple[str, list[Any]]]:
    for measure in dict.fromkeys(one.measure for one in found):
        yield measure, [one for one in found if one.measure == measure]


def _interval(mean: float, high: float, kind: str, language: str) -> str:
    """Half the width of an interval, in the scale of its unit."""
    half = high - mean
    if half != half:
        return DASH
    how = style(kind)
    return f"± {number(half * how.factor, how.gap_decimals, language)}"


def _clear(is_clear: bool, language: str) -> str:
    return say(f"experiments.analysis.{'is_clear' if is_clear else 'is_unclear'}", language)
