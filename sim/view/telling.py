"""What the page says of a proposal: the three answers with their certainty, the flags, who gains and who loses."""

from __future__ import annotations

from typing import Any

from sim.base.language import say
from sim.base.months import show_month
from sim.measures.catalogue import measure_named
from sim.report.numbers import shown_gap, style
from sim.report.titles import not_counted, title, unit
from sim.scenario.levers import Lever
from sim.view.desk import Desk
from sim.view.frames import WHOSE
from sim.view.levers import shown as lever_shown
from sim.view.verdicts import Verdict, band, headline_measures, verdicts

LEAST_GAPS = {"affordability.residual_income": 400.0, "access.without_home": 0.03}
"""What fills half of a bar of gains if nothing is larger (assumed: what a household would feel)."""


def flags(desk: Desk) -> list[dict[str, Any]]:
    """A flag for each month in which something is moved."""
    by_path = {state.lever.path: state.lever for state in desk.levers}
    found = []
    for month in sorted({move.month for move in desk.proposal.moves}):
        moves = [move for move in desk.proposal.moves if move.month == month and move.path in by_path]
        texts = [_moved(by_path[move.path], move.value, desk.language) for move in moves]
        said = say("view.clock.from", desk.language, when=show_month(desk.scenario.time.start + month))
        found.append({"month": month, "text": f"{said}: {'; '.join(texts)}"})
    return found


def _moved(lever: Lever, value: float, language: str) -> str:
    return f"{lever.label.say(language)}: {lever_shown(value, lever, language)}"


def answers(desk: Desk) -> list[dict[str, Any]]:
    """The three answers."""
    pairing = desk.pairing
    ground = pairing.first[0].ground if pairing.first else None
    if ground is None:
        return []
    measures = headline_measures(ground.measures)
    said = verdicts(tuple(measures.values()), pairing.pairs, ground.months) if not pairing.is_same else []
    return [_answer(desk, name, measure, said) for name, measure in measures.items()]


def _answer(desk: Desk, name: str, measure: str, said: list[Verdict]) -> dict[str, Any]:
    how, language = style(unit(measure)), desk.language
    words = [_in_words(one, language) for one in said if one.measure == measure and one.word != "too_few"]
    return {
        "id": name, "heading": say(f"view.answers.{name}", language), "measure": measure,
        "title": title(measure, language, desk.labels()),
        "notCounted": not_counted(measure, language),
        "factor": how.factor, "decimals": how.decimals, "gapDecimals": how.gap_decimals,
        "unit": _unit(how.words, language), "gapUnit": _unit(how.gap_words, language),
        "smooth": 1, "says": words, "pending": _pending(desk),
    }  # fmt: skip


def _unit(key: str, language: str) -> str:
    return say(f"report.units.{key}", language, number="").strip() if key else ""


def _pending(desk: Desk) -> str:
    """What there is to say before there are enough pairs."""
    if desk.pairing.is_same:
        return say("view.answers.same", desk.language)
    return say("view.answers.pending", desk.language, done=desk.pairing.n_done(), pairs=desk.house.pairs)


def _in_words(one: Verdict, language: str) -> dict[str, str]:
    """One line: when, whether there is a clear difference, how large, and within which limits."""
    found, kind = one.found, unit(one.measure)
    key = "last" if found.window.kind == "last" else "year"
    when = say(f"view.answers.{key}", language, year=found.window.number, months=found.window.number)
    gap = shown_gap(found.mean, kind, language, sign=True)
    low, high = (shown_gap(end, kind, language, sign=True) for end in (found.low, found.high))
    text = say(f"view.answers.{one.word}", language, when=when, gap=gap, low=low, high=high, pairs=found.pairs)
    return {"word": one.word, "text": text}


def bands(desk: Desk) -> dict[str, Any]:
    """Spread of the proposal over its pairs, for each chart, once there are some."""
    films = [mine for _, mine in desk.pairing.pairs if mine.state == "done"]
    ground = desk.pairing.first[1].ground if desk.pairing.first else None
    if ground is None or len(films) < 3:
        return {}
    found = {}
    for measure in ground.measures[:6]:
        low, high = band(measure, films)
        found[measure] = [_plain(low), _plain(high)]
    return found


def _plain(values: Any) -> list[float]:
    """For JSON, which knows no NaN: five digits are more than a picture shows; a gap is the value before it."""
    last, found = 0.0, []
    for value in values.tolist():
        last = last if value != value else float(f"{value:.5g}")
        found.append(last)
    return found


def gains(desk: Desk) -> list[dict[str, Any]]:
    """Who gets it better and who worse, for two questions: what is left to live on, and who has no home."""
    ground = desk.pairing.first[0].ground if desk.pairing.first else None
    if ground is None:
        return []
    found = []
    for whose in WHOSE:
        names = [name for name in ground.measures if name.partition("@")[0] == whose and "@" in name]
        if names:
            how = style(unit(whose))
            found.append(
                {
                    "title": say(f"view.gains.{whose.partition('.')[2]}", desk.language),
                    "isHighBetter": measure_named(whose).better == "high", "least": LEAST_GAPS[whose],
                    "factor": how.factor, "decimals": how.gap_decimals, "unit": _unit(how.gap_words, desk.language),
                    "rows": [{"measure": name, "title": _who(name, desk)} for name in names],
                }
            )  # fmt: skip
    return found


def _who(name: str, desk: Desk) -> str:
    """For whom a measure is taken: its title without the measure itself."""
    base = title(name.partition("@")[0], desk.language)
    who = title(name, desk.language, desk.labels()).removeprefix(base).lstrip(", ")
    return who[:1].upper() + who[1:]


def waiting(desk: Desk) -> str:
    """Why there is nothing to see yet, in words; empty when there is."""
    if desk.on_screen.first is None:
        return ""
    mine = desk.on_screen.first[1]
    if mine.state == "waiting":
        return say("view.clock.waiting", desk.language, ahead=mine.ahead)
    return "" if len(mine) or not mine.is_open else say("view.clock.founding", desk.language)
