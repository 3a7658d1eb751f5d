"""Towns without money: Schelling's rule and its kin, in which theory can be checked. A month is a round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sim.city import changes, rounds
from sim.city.city import City
from sim.city.tally import Tally
from sim.engine.clock import Clock
from sim.engine.history import History
from sim.engine.turns import Turns, turns_of
from sim.measures.bare import bare_panel
from sim.scenario.schema import Scenario


@dataclass
class BareEngine:
    """A town in which nothing happens but that households move.

    Attributes
    ----------
    city : City
    scenario : Scenario
    turns : Turns
        How a round passes.
    tally : Tally
        What happened in the last round.
    clock : Clock
        What rounds and measures have taken.
    """

    city: City
    scenario: Scenario
    turns: Turns
    tally: Tally = field(default_factory=Tally)
    clock: Clock = field(default_factory=Clock)

    @classmethod
    def of(cls, city: City, scenario: Scenario) -> BareEngine:
        """An engine for a city that has just been founded."""
        return cls(city, scenario, turns_of(city, scenario))

    @property
    def is_settled(self) -> bool:
        """Whether nobody would move any more and the scenario stops there."""
        return self.scenario.time.stop == "all_satisfied" and self.turns.n_restless(self.city) == 0

    def obey(self, scenario: Scenario) -> None:
        """Follow another scenario from the next round on; vacant homes keep their order, since luck goes by it."""
        order = self.turns.vacant
        self.scenario, self.turns = scenario, turns_of(self.city, scenario)
        self.turns.vacant[:] = order

    def pass_month(self) -> None:
        """One round."""
        changes.turn_month(self.city)
        self.tally = Tally()
        with self.clock.at("round"):
            self.tally.counts["seekers"], self.tally.counts["moves"] = self.turns.pass_round(self.city)
            if self.tally.counts["moves"]:
                rounds.settle(self.city, self.turns.vacant)

    def note(self, history: History) -> None:
        """Measure the town and remember it."""
        with self.clock.at("measures"):
            panel = bare_panel(self.city, self.turns.n_restless(self.city), self.turns.around(self.city), self.tally)
            history.note_bare(self.city, panel)

    def rules(self) -> Iterator[Any]:
        """Every rule in force."""
        yield from self.turns.rules

