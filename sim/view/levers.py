"""Levers as the page shows them: value, unit, today's mark, help, source, status, and who decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.base.language import say
from sim.scenario.levers import Lever
from sim.scenario.schema import Scenario
from sim.view.proposals import Proposal
from sim.view.units import factor, with_unit

GROUPS = {
    "rent": "rent", "price": "rent", "allocation": "allocation", "screening": "allocation", "listing": "allocation",
    "loans": "support", "payment": "support", "search": "people", "preferences": "people", "demography": "people",
}  # fmt: skip
"""The heading under which a lever stands, by the part of the scenario that it moves."""

ORDER = ("allocation", "rent", "support", "building", "place", "people")
WARNED = ("needs_new_law", "abroad", "theory", "contested", "unlawful")
"""Words on a lever's standing that are shown on its face and not only in its help."""



@dataclass(frozen=True)
class LeverState:
    """A lever, what it stands at today and in the proposal.

    Attributes
    ----------
    lever : Lever
    today : float or None
        In the house unit; None where the scenario asks for nothing.
    """

    lever: Lever
    today: float | None

    @property
    def standing(self) -> float:
        """Where the handle rests today: at the low end where the scenario asks for nothing."""
        return self.lever.low if self.today is None else self.today


def states(scenario: Scenario) -> tuple[LeverState, ...]:
    """The levers of a scenario with their values."""
    return tuple(LeverState(lever, _value(scenario, lever)) for lever in scenario.levers)


def _value(scenario: Scenario, lever: Lever) -> float | None:
    if lever.is_asleep:
        return None
    found = scenario.value(lever.path)
    return float(found) if isinstance(found, int | float) else None


def group_of(lever: Lever) -> str:
    """The heading that a lever stands under."""
    parts = lever.path.split(".")
    part = parts[2] if parts[0] == "landlords" and len(parts) > 2 else parts[0]
    return GROUPS.get(part, "building")


def shown(value: float | None, lever: Lever, language: str) -> str:
    """A value of a lever with its unit.

    Examples
    --------
    >>> shown(0.03, Lever("a", "a", 0, 1, 0.01, "share", "", "in_use", None, None, "none", None, None, False), "en")
    '3 %'
    """
    if value is None:
        return say("view.levers.nothing", language)
    return with_unit(value, lever.unit, _decimals(lever.step * factor(lever.unit)), language)


def _decimals(step: float) -> int:
    """Digits that tell two neighbouring values apart, at most three."""
    return next((n for n in range(3) if abs(step * 10**n - round(step * 10**n)) < 1e-6), 3)


def as_data(state: LeverState, proposal: Proposal, month: int, scenario: Scenario, language: str) -> dict[str, Any]:
    """One lever for the page."""
    lever = state.lever
    value = proposal.value(lever.path, month, state.today)
    source = next((source.cite for source in scenario.sources if source.id == lever.source), lever.source)
    return {
        "path": lever.path,
        "group": group_of(lever),
        "label": lever.label.say(language),
        "help": lever.help.say(language),
        "low": lever.low, "high": lever.high, "step": lever.step,
        "value": lever.low if value is None else value,
        "today": state.standing,
        "shown": shown(value, lever, language),
        "todayShown": shown(state.today, lever, language),
        "ticks": [shown(one, lever, language) for one in _stops(lever)],
        "isMoved": any(move.path == lever.path for move in proposal.moves),
        "isAsleep": lever.is_asleep,
        "status": say(f"view.status.{lever.status}", language),
        "isWarned": lever.status in WARNED,
        "decides": lever.decides or "",
        "decidesShown": say(f"view.decides.{lever.decides or 'nobody'}", language),
        "source": say("view.levers.assumed", language) if source == "assumed" else source,
        "checked": lever.checked or "",
    }  # fmt: skip


def _stops(lever: Lever) -> list[float]:
    """Every value that the handle can take; the ends alone where there would be too many."""
    n = round((lever.high - lever.low) / lever.step)
    return [lever.low + lever.step * place for place in range(n + 1)] if n <= 400 else [lever.low, lever.high]
