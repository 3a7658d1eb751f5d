"""Figures of a scenario as a page lists them: value, source, how well known, and who decides."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from sim.base.language import has, say
from sim.scenario.figures import Figure
from sim.scenario.schema import Scenario
from sim.view.units import factor, with_unit

STATUSES = ("verified", "derived", "estimate", "recalled", "assumed", "default")
"""How well a figure is known, best first; ``default`` stands in no file."""

DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
"""The decimal sign of a number as it is written in a file."""

TINY = 1e-9
"""Below what anybody reads: 0.07 in per cent is 7 and not 7.000000000000001."""


def figures_data(scenario: Scenario, language: str) -> list[dict[str, str]]:
    """A row per figure, in the order of the file."""
    cited = {source.id: source.cite for source in scenario.sources}
    decides = {lever.path: lever.decides or "" for lever in scenario.levers}
    return [_row(figure, cited, decides.get(figure.path, ""), language) for figure in scenario.figures()]


def _row(figure: Figure, cited: dict[str, str], decides: str, language: str) -> dict[str, str]:
    status = "default" if figure.place is None else figure.status or "assumed"
    source = "" if figure.source in (None, "assumed") else cited.get(str(figure.source), str(figure.source))
    return {
        "path": figure.path, "value": shown_figure(figure.value, figure.unit, language), "source": source,
        "status": status, "statusShown": say(f"view.facts.statuses.{status}", language), "note": figure.note or "",
        "decides": decides, "decidesShown": say(f"view.decides.{decides}", language) if decides else "",
        "range": _range(figure.range, figure.unit, language),
    }  # fmt: skip


def _range(ends: Any, unit: str, language: str) -> str:
    """The range in which a figure may lie, as it is written in the file."""
    if not isinstance(ends, tuple | list) or len(ends) != 2:
        return ""
    low, high = (shown_figure(end, unit, language) for end in ends)
    return say("view.facts.from_to", language, low=low, high=high)


def shown_figure(value: Any, unit: str, language: str) -> str:
    """A figure as it is read, with its unit and as many digits as it has."""
    if isinstance(value, tuple | list):
        return ", ".join(shown_figure(one, unit, language) for one in value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        read = value * factor(unit)
        return with_unit(value, unit, next((n for n in range(5) if abs(round(read, n) - read) < TINY), 5), language)
    return DECIMAL.sub(",", str(value)) if language == "sv" else str(value)


def shares(rows: list[dict[str, str]], language: str) -> list[dict[str, Any]]:
    """How many figures are how well known."""
    counted = Counter(row["status"] for row in rows)
    unknown = [status for status in counted if status not in STATUSES]
    return [
        {"status": status, "n": counted[status], "share": counted[status] / len(rows),
         "title": say(f"view.facts.statuses.{status}", language) if has(f"view.facts.statuses.{status}") else status}
        for status in (*STATUSES, *unknown) if counted[status]
    ]  # fmt: skip
