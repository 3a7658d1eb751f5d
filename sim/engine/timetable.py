"""Which rules are in force when: the burn-in, the start, and what the timeline changes after it."""

from __future__ import annotations

from sim.engine.appoint import rulebook
from sim.engine.rulebook import Rulebook
from sim.scenario.schema import Scenario


class Timetable:
    """Rulebooks by month; a new one is made only when the timeline changes something.

    During burn-in (months up to 0) landlords, listing, payment and loans are those at the root of ``extends``, with the
    scenario's own people and preferences: so all that extend one root start from the same people in the same homes.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._in_force: Scenario | None = None
        self._book: Rulebook | None = None

    def at(self, month: int) -> Rulebook:
        """The rules of a month."""
        due = self.scenario.resolved_at(month if month > 0 else -1)
        if self._book is None or due is not self._in_force:
            self._in_force, self._book = due, rulebook(due)
        return self._book
