"""One city under one scenario with one seed: founded, burnt in, month after month, saved, restored and forked."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field

from sim.base.errors import RecordError
from sim.base.months import show_month
from sim.base.streams import Luck
from sim.city.city import City
from sim.engine.bare import BareEngine
from sim.engine.clock import Clock
from sim.engine.history import History, Sampled
from sim.engine.month import Engine
from sim.engine.provenance import machine, model_code_hash, outside_code_hash, run_id
from sim.engine.record import Record
from sim.engine.timetable import Timetable
from sim.measures.catalogue import measure_named
from sim.scenario.schema import Scenario
from sim.synthesis.founding import found

SAVED = "hemvist-city/1"


@dataclass
class Simulation:
    """A scenario, a seed, and the city that follows from them.

    Attributes
    ----------
    scenario : Scenario
        As it is written.
    seed : int
    engine : Engine or BareEngine
        What passes the months, in a town with money or without.
    history : History
    """

    scenario: Scenario
    seed: int
    engine: Engine | BareEngine
    history: History
    report: dict[str, object] = field(default_factory=dict)

    @classmethod
    def founded(
        cls, scenario: Scenario, seed: int, *, threads: int = 1, sampled: Sampled | None = None,
        look_at: tuple[int, ...] = (), clock: Clock | None = None,
    ) -> Simulation:  # fmt: skip
        """The city of the founding, before any month has passed; ``clock`` is told what everything takes.

        Who is present at the start is followed if there are months to ``look_at``.
        """
        clock = Clock() if clock is None else clock
        with clock.at("founding"):
            city, report = found(scenario, Luck(seed))
            engine = _engine(city, scenario, threads)
        engine.clock = clock
        simulation = cls(scenario, seed, engine, History(sampled, look_at), report)
        engine.note(simulation.history)
        return simulation

    @property
    def month(self) -> int:
        """Months since the start; negative during burn-in."""
        return self.engine.city.month

    @property
    def is_over(self) -> bool:
        """Whether all months of the scenario have passed, or it has come to where it stops."""
        return self.month >= self.scenario.time.months or (self.month >= 0 and self.engine.is_settled)

    def burn_in(self, tick: Callable[[int], bool] = lambda months: False) -> None:
        """Pass the months before the start, under the rules at the root of ``extends``."""
        while self.month < 0 and not tick(1):
            self.pass_month()

    def pass_month(self, *, measured: bool = True) -> None:
        """One month, measured when it has passed unless it is not wanted: that takes time and changes nothing."""
        self.engine.pass_month()
        if measured:
            self.engine.note(self.history)

    def record(self) -> Record:
        """What the run leaves behind, up to this month."""
        return self.history.record(self.provenance())

    def provenance(self) -> dict[str, object]:
        """Where the numbers come from."""
        scenario, months = self.scenario, self.scenario.time.months
        resolved = scenario.resolved()
        names = self.history.panels[-1] if self.history.panels else {}
        tables = {name: table.sha256 for name, table in scenario.tables.items() if name in resolved}
        outside = outside_code_hash(type(rule) for rule in self.engine.rules())
        return {
            "scenario": scenario.id,
            "title": {"en": scenario.title.say("en"), "sv": scenario.title.say("sv")},
            "status": scenario.status,
            "groups": {
                group.id: {"en": group.label.say("en"), "sv": group.label.say("sv")}
                for group in scenario.population.groups if group.label is not None
            },
            "lines": {
                lever.cost.book: {"en": lever.label.say("en"), "sv": lever.label.say("sv")}
                for lever in scenario.levers if not isinstance(lever.cost, str)
            },
            "run_id": run_id(resolved, seed=self.seed, months=months, tables=tables, outside=outside),
            "seed": self.seed,
            "start": show_month(scenario.time.start),
            "burn_in": scenario.time.burn_in,
            "planned": months,
            "complete": self.is_over,
            "scale": scenario.scale,
            "founding": self.report,
            "measures": {name: measure_named(name).unit for name in names},
            "tables": tables,
            "outside": outside,
            "resolved": resolved,
            **machine(),
        }

    def save(self) -> bytes:
        """Everything that is needed to go on from here, to the bit. Read only what you saved yourself."""
        return pickle.dumps((SAVED, model_code_hash(), self), protocol=pickle.HIGHEST_PROTOCOL)

    @classmethod
    def restored(cls, saved: bytes) -> Simulation:
        """The simulation that ``save`` saved.

        Raises
        ------
        RecordError
            If it is no saved city, or was saved by another version of the model.
        """
        try:
            schema, code, simulation = pickle.loads(saved)
        except (pickle.UnpicklingError, ValueError, TypeError, EOFError, AttributeError, ImportError) as fault:
            raise RecordError("record.not_a_saved_city", reason=str(fault)) from fault
        if schema != SAVED or not isinstance(simulation, cls):
            raise RecordError("record.not_a_saved_city", reason=str(schema))
        if code != model_code_hash():
            raise RecordError("record.saved_by_other_code", saved=code[:12], now=model_code_hash()[:12])
        return simulation

    def fork(self, scenario: Scenario | None = None) -> Simulation:
        """A second city, equal in everything so far, that may go its own way under another scenario."""
        twin = type(self).restored(self.save())
        if scenario is not None:
            twin.scenario = scenario
            twin.engine.obey(scenario)
        return twin


def _engine(city: City, scenario: Scenario, threads: int) -> Engine | BareEngine:
    if scenario.money:
        return Engine.of(city, Timetable(scenario), threads)
    return BareEngine.of(city, scenario)
