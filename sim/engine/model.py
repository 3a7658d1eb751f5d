"""HousingModel: a city that passes months, as a Mesa model whose agents are its households and landlords."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import mesa
import numpy as np

from sim.base.errors import AgentError
from sim.city.agents import Household, Landlord
from sim.city.city import City
from sim.city.lazy import LazySet
from sim.engine.bare import BareEngine
from sim.engine.history import History, Sampled
from sim.engine.load import load
from sim.engine.month import Engine
from sim.engine.record import Record
from sim.engine.simulation import Simulation
from sim.scenario.schema import Scenario

KINDS = (Household, Landlord)


class HousingModel(mesa.Model):  # type: ignore[misc]
    """A town under one scenario and one seed.

    Parameters
    ----------
    world : Scenario, str, Path or Simulation
        A scenario, the name of one that is shipped or the path of a file; or a city that has begun, taken as it is.
    rng : int, optional
        Seed of all luck. None takes a new one, so that repeated runs differ; it stands in ``seed`` and the record.
    months, scale : int and float, optional
        Instead of those of the scenario.
    rules : iterable of classes
        Rules from outside the package that the scenario names.
    burn_in : bool
        Whether the months before the start are passed at once, so that the model begins in month 0.
    threads : int
        The result is the same to the bit for any number.
    sampled : Sampled, optional
        Households that the record follows.
    datacollector : mesa.DataCollector, optional
        Collects now and after each month. Without one, ``datacollector`` holds the measures of the record.
    **changes
        Values at dotted paths of the scenario, as ``--set`` takes them; this is how ``mesa.batch_run`` varies them.

    Examples
    --------
    >>> model = HousingModel("two-towns", rng=1)  # doctest: +SKIP
    >>> record = model.run(12)  # doctest: +SKIP
    >>> model.agents_by_type[Household].agg("income", np.mean)  # doctest: +SKIP
    """

    def __init__(
        self,
        world: Scenario | Simulation | Path | str,
        rng: Any = None,
        *,
        months: int | None = None,
        scale: float | None = None,
        rules: Iterable[type] = (),
        burn_in: bool = True,
        threads: int = 1,
        sampled: Sampled | None = None,
        datacollector: Any = None,
        **changes: object,
    ) -> None:
        chosen = {"time.months": months, "scale": scale}
        changes = {**{path: value for path, value in chosen.items() if value is not None}, **changes}
        if isinstance(world, Simulation):
            _refuse_changes(changes)
            simulation = world
        else:
            scenario = _scenario(world, rules, changes)
            simulation = Simulation.founded(scenario, seed_of(rng), threads=threads, sampled=sampled)
            if burn_in:
                simulation.burn_in()
        super().__init__(rng=simulation.seed)
        self.simulation = simulation
        self.running = not simulation.is_over
        self._began = len(simulation.history.panels) - 1
        self._collector = datacollector
        self._shown: tuple[int, Any] = (0, None)
        if datacollector is not None:
            datacollector.collect(self)

    @property
    def seed(self) -> int:
        """Root of all luck of this run."""
        return self.simulation.seed

    @property
    def engine(self) -> Engine | BareEngine:
        """What passes the months."""
        return self.simulation.engine

    @property
    def city(self) -> City:
        """Everything that is true this month."""
        return self.simulation.engine.city

    @property
    def month(self) -> int:
        """Months since the start of the scenario, whatever Mesa's clocks say; negative during burn-in."""
        return self.simulation.month

    @property
    def record(self) -> Record:
        """What the run leaves behind, up to this month."""
        return self.simulation.record()

    def step(self) -> None:
        """Pass one month."""
        self.simulation.pass_month()
        self.running = not self.simulation.is_over
        if self._collector is not None:
            self._collector.collect(self)

    def run(self, months: int | None = None) -> Record:
        """Pass so many months, or all that are left, and no more than are left."""
        passed = 0
        while self.running and (months is None or passed < months):
            self.step()
            passed += 1
        return self.record

    # Agents

    @property
    def agents(self) -> LazySet[Any]:
        """Everybody: households, landlords, and the agents that a user has made; always those of this moment."""
        return LazySet.everybody(self, KINDS, super().agents)

    @property
    def agents_by_type(self) -> dict[type, Any]:
        """The agents of each type."""
        shown = {kind: LazySet[Any].everybody(self, (kind,)) for kind in KINDS}
        return {**shown, **super().agents_by_type}

    @property
    def agent_types(self) -> list[type]:
        """Types of which there may be agents."""
        return [*KINDS, *super().agent_types]

    def household(self, unique_id: int) -> Household:
        """The household of that name: the same family in every city that was founded alike.

        Raises
        ------
        AgentError
            If it does not live in this city now.
        """
        rows = np.flatnonzero(self.city.households.id == unique_id)
        if not len(rows) or unique_id < 0:
            raise AgentError("agent.no_household", id=unique_id, month=self.month)
        return Household(self, int(rows[0]), unique_id)

    # Collecting

    @property
    def datacollector(self) -> Any:
        """The collector that was given, or else one that holds every measure of the months so far."""
        return self._collector if self._collector is not None else self._measures()

    @datacollector.setter
    def datacollector(self, collector: Any) -> None:
        self._collector = collector

    def _measures(self) -> Any:
        history = self.simulation.history
        if self._shown[0] != len(history.panels):
            self._shown = (len(history.panels), self._collected(history))
        return self._shown[1]

    def _collected(self, history: History) -> Any:
        panels = history.panels[self._began :]
        names = dict.fromkeys(name for panel in panels for name in panel)
        collector = mesa.DataCollector(model_reporters={"month": "month", **{name: name for name in names}})
        for steps, (month, panel) in enumerate(zip(history.months[self._began :], panels, strict=True)):
            moment = {**dict.fromkeys(names, np.nan), **panel, "month": month}
            collector.collect(SimpleNamespace(**moment, steps=steps, time=float(steps)))
        return collector

    # Saving

    def save(self) -> bytes:
        """Everything that is needed to go on from this month, to the bit. Read only what you saved yourself."""
        return self.simulation.save()

    @classmethod
    def restore(cls, saved: bytes) -> Self:
        """The model that was saved; its own agents and collectors of Mesa's begin anew.

        Raises
        ------
        RecordError
            If it is no saved city, or was saved by another version of the model.
        """
        return cls(world=Simulation.restored(saved))

    def fork(self, scenario: Scenario | None = None) -> Self:
        """A second model, equal in everything so far, that may go its own way under another scenario."""
        return type(self)(world=self.simulation.fork(scenario))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self).restore, (self.save(),)


def seed_of(rng: Any) -> int:
    """A whole number as seed; a new one for None.

    Raises
    ------
    AgentError
        If it is neither: a generator cannot be written into a record.
    """
    if rng is None:
        return int(np.random.SeedSequence().generate_state(1)[0])
    if isinstance(rng, bool) or not isinstance(rng, int | np.integer) or rng < 0:
        raise AgentError("agent.seed", found=rng)
    return int(rng)


def _scenario(world: Scenario | Path | str, rules: Iterable[type], changes: Mapping[str, object]) -> Scenario:
    if isinstance(world, Scenario):
        _refuse_changes(changes)
        return world
    return load(world, rules=tuple(rules), set=dict(changes))


def _refuse_changes(changes: Mapping[str, object]) -> None:
    if changes:
        raise AgentError("agent.world_is_fixed", paths=", ".join(changes))
