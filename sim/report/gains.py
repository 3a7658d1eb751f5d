"""Who gains and who loses, in sentences and a table."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim.base.language import say
from sim.experiment.gains import BY, NO_HOME, Gain, Incidences
from sim.experiment.paired import Comparison
from sim.measures.incidence import RESPECTS
from sim.report.numbers import DASH, number
from sim.report.tables import Row, Table
from sim.report.titles import arm, breakdown, group_labels

PER = 100.0

SHOWN = 0.0005
"""Share from which on one of 100 households is not written as 0.0."""


def heading(comparison: Comparison, place: int, month: int, language: str) -> str:
    """Who is compared, and when."""
    years = number(month / 12, 0 if month % 12 == 0 else 1, language)
    return say("gains.title", language, arm=arm(comparison.first(place), language), years=years)


def sentences(comparison: Comparison, found: Incidences, place: int, month: int, language: str) -> Iterator[str]:
    """Gains and losses of everybody, respect by respect, and who is not counted."""
    names = {"arm": arm(comparison.first(place), language), "baseline": arm(comparison.first(0), language)}
    everybody = [gain for gain in found.gains(place, month) if gain.by == "all"]
    most = max((gain.households for gain in everybody), default=0.0)
    yield say("gains.start", language, households=number(most, 0, language), **names)
    for gain in everybody:
        if max(gain.better, gain.worse) >= SHOWN:
            yield _sentence(gain, names["baseline"], language)
    arm_only, baseline_only = found.left(place, month)
    yield say("gains.left", language, arm_only=number(arm_only, 0, language),
              baseline_only=number(baseline_only, 0, language), **names)  # fmt: skip


def _sentence(gain: Gain, baseline: str, language: str) -> str:
    is_clear = gain.verdict in ("higher", "lower")
    shelf = f"gains.respects.{gain.respect}"
    words = {key: say(f"{shelf}.{key}", language, baseline=baseline) for key in ("better", "worse")}
    more = "gains" if gain.net > 0 else "losses"
    return say(
        f"gains.sentence.{'clear' if is_clear else 'no_clear_difference'}", language,
        better=_of_100(gain.better, language), worse=_of_100(gain.worse, language), better_words=words["better"],
        worse_words=words["worse"], low=_of_100(gain.low, language, sign=True),
        high=_of_100(gain.high, language, sign=True),
        more=say(f"gains.sentence.{more}", language, gap=_of_100(abs(gain.net), language)),
    )  # fmt: skip


def _of_100(value: float, language: str, *, sign: bool = False) -> str:
    return number(PER * value, 1, language, sign=sign)


def table(comparison: Comparison, found: Incidences, place: int, month: int, language: str) -> Table:
    """Gains less losses by what households were at the start; respects in which nobody differs are left out."""
    gains = list(found.gains(place, month))
    told = {gain.respect for gain in gains if gain.better > 0 or gain.worse > 0}
    respects = tuple(say(f"gains.respects.{respect}.column", language) for respect in RESPECTS if respect in told)
    head = (say("gains.columns.who", language), say("gains.columns.n", language), *respects)
    made = Table(head, caption=say("gains.caption", language))
    labels = group_labels(comparison.first(0), language)
    rows: dict[tuple[str, str], list[Gain]] = {}
    for gain in gains:
        if gain.respect in told:
            rows.setdefault((gain.by, gain.value), []).append(gain)
    for by in BY:
        for (one, value), own in rows.items():
            if one == by and (n := max(gain.households for gain in own)) > 0:
                strong = tuple(at for at, gain in enumerate(own, 2) if gain.verdict in ("higher", "lower"))
                cells = (number(n, 0, language), *(_cell(gain, language) for gain in own))
                made.rows.append(Row((who(by, value, language, labels), *cells), strong))
    return made


def _cell(gain: Gain, language: str) -> str:
    if math.isnan(gain.net):
        return DASH
    mark = "*" if gain.verdict in ("higher", "lower") else " "
    return f"{_of_100(gain.net, language, sign=True)} ± {_of_100(gain.high - gain.net, language)}{mark}"


def who(by: str, value: str, language: str, labels: dict[str, str]) -> str:
    """Of whom a row speaks."""
    if by == "all":
        return say("gains.all", language)
    if by == "age":
        return say(f"gains.ages.{value}", language)
    return say("gains.no_home", language) if value == NO_HOME else breakdown(by, value, language, labels)
