"""The timeline: what is in force in each month, worked out and checked when a scenario is loaded.

A plain ``set`` holds from its month on. With ``until`` it holds up to and including that month and then gives back
what stood there before. A ``ramp`` of n months goes there evenly and arrives in the n-th month. ``every`` repeats
``add``, ``scale`` or ``do`` up to ``until``, or to the end. Two events may not touch one path (or a part of it) in
one month, and not while the other holds it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from sim.scenario.nodes import split
from sim.scenario.rules import RuleBlock
from sim.scenario.schema import Scenario
from sim.scenario.walk import look, plain

RULE_SECTIONS = ("tenures", "landlords", "listing", "loans", "payment", "investment")


@dataclass(frozen=True)
class Change:
    """A path that an event changed: its value before and after, in house units."""

    event: str
    path: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Step:
    """One month in which something happens, the scenario in force from then on, and who changed what."""

    month: int
    scenario: Scenario
    changed: tuple[tuple[str, str], ...] = ()
    acts: tuple[RuleBlock, ...] = ()


@dataclass(frozen=True)
class Timeline:
    """The scenario of each month.

    Attributes
    ----------
    before
        In force during burn-in.
    start
        In force from month 0 on.
    steps
        What happens later, by month; these scenarios have no timeline and no levers of their own.
    """

    before: Scenario
    start: Scenario
    steps: tuple[Step, ...] = ()

    def months(self) -> tuple[int, ...]:
        """Months since the start in which something changes or is done."""
        return tuple(step.month for step in self.steps)

    def scenario_at(self, month: int) -> Scenario:
        """In force in a month; negative months are burn-in."""
        if month < 0:
            return self.before
        position = bisect_right(self.months(), month)
        return self.steps[position - 1].scenario if position else self.start

    def _step(self, month: int) -> Step | None:
        return next((step for step in self.steps if step.month == month), None)

    def changes_at(self, month: int) -> tuple[Change, ...]:
        """What changes at the start of a month."""
        step = self._step(month)
        if step is None:
            return ()
        old = self.scenario_at(month - 1) if month else self.start
        return tuple(Change(event, path, _at(old, path), _at(step.scenario, path)) for event, path in step.changed)

    def acts_at(self, month: int) -> tuple[RuleBlock, ...]:
        """What is done in a month."""
        step = self._step(month)
        return step.acts if step is not None else ()

    def plan(self) -> dict[str, Any]:
        """The same as plain data: what is set to what in which month, and the rules of the burn-in."""
        steps = [
            {
                "month": step.month,
                "set": {path: plain(_at(step.scenario, path)) for _, path in step.changed},
                "do": [plain(act) for act in step.acts],
            }
            for step in self.steps
        ]
        own, before = plain(self.start), plain(self.before)
        other = {name: before[name] for name in RULE_SECTIONS if before[name] != own[name]}
        settles = self.start.time.burn_in > 0
        return {"timeline": steps, **({"burn_in_rules": other} if other and settles else {})}


def _at(scenario: Scenario, path: str) -> Any:
    entry = look(scenario, split(path))
    return entry.value if entry is not None else None
