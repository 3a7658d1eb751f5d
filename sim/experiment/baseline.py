"""Whether a town holds under the rules of today: some seeds from its founding on, with area constants and without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from sim.base.errors import ScenarioError, SimError
from sim.engine.month import Engine
from sim.engine.simulation import Simulation
from sim.experiment.brake import Brake
from sim.experiment.paired import seeds
from sim.experiment.readings import WINDOW, Flows, Founded, Published, Reading, read
from sim.experiment.targets import Target, targets_of
from sim.experiment.worker import Tick
from sim.experiment.workers import Watch, run_all
from sim.scenario.schema import Scenario

MOMENTS = ("founding", "settled", "end")
"""The founding; the end of the burn-in; the end of the run."""

T_95 = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26)
"""Student's t for a 95 % interval from 2, 3, ... runs; 1.96 is near enough beyond."""


@dataclass(frozen=True)
class Held:
    """One run: a task for a worker."""

    scenario: Scenario
    seed: int

    @property
    def months(self) -> int:
        """Months that it takes."""
        return self.scenario.time.burn_in + self.scenario.time.months

    def __call__(self, tick: Tick) -> tuple[Reading, ...] | None:
        """A reading of each moment; None if it was called off."""
        engine = founded(self.scenario, self.seed)
        of, published = Founded.of(engine.city), _published(self.scenario)
        found = [read(engine, of, Flows(published))]
        for end in (0, self.scenario.time.months):
            flows, first = Flows(published), max(engine.city.month, end - WINDOW)
            while engine.city.month < end:
                engine.pass_month()
                if engine.city.month > first:
                    flows.note(engine, end - engine.city.month)
                if tick(1):
                    return None
            found.append(read(engine, of, flows))
        return tuple(found)


@dataclass(frozen=True)
class Estimate:
    """A reading over the seeds: mean, and half of its 95 % interval (NaN from one seed)."""

    mean: float
    half: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Estimate:
        """From one value per seed; those that are undefined are left out."""
        known = np.array([value for value in values if not np.isnan(value)])
        if not len(known):
            return cls(np.nan, np.nan)
        if len(known) == 1:
            return cls(float(known[0]), np.nan)
        t = T_95[len(known) - 2] if len(known) - 2 < len(T_95) else 1.96
        return cls(float(known.mean()), float(t * known.std(ddof=1) / np.sqrt(len(known))))


@dataclass(frozen=True)
class Baseline:
    """What the runs of a town became.

    Attributes
    ----------
    targets : tuple of Target
    arms : tuple of tuples
        With the constants and, if the town has any, without: per seed a reading of each of ``MOMENTS``.
    """

    targets: tuple[Target, ...]
    arms: tuple[tuple[tuple[Reading, ...], ...], ...]

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """Names of all readings, in order."""
        return tuple(dict.fromkeys(name for run in self.arms[0] for reading in run for name in reading))

    def at(self, row: str, moment: int, arm: int = 0) -> Estimate:
        """A reading at a moment over the seeds of an arm."""
        return Estimate.of([run[moment].get(row, np.nan) for run in self.arms[arm]])

    def target(self, row: str) -> Target | None:
        """What a reading should be, if anything is known."""
        return next((target for target in self.targets if target.row == row), None)

    def holds(self, row: str, arm: int = 0) -> bool | None:
        """Whether the mean is within its target after the burn-in and at the end; None where there is no target."""
        target = self.target(row)
        if target is None:
            return None
        at_founding = self.at(row, 0, arm).mean
        means = [self.at(row, moment, arm).mean for moment in (1, 2)]
        known = [mean for mean in means if not np.isnan(mean)]
        return all(target.is_met(mean, at_founding) for mean in known) if known else None


def measure_baseline(
    scenario: Scenario, without: Scenario | None, *, replications: int, seed: int, brake: Brake,
    workers: int | None = None, watch: Watch | None = None, rules: Sequence[Path] = (),
) -> Baseline | None:  # fmt: skip
    """Run the town on several seeds; None if it was called off.

    Parameters
    ----------
    scenario, without : Scenario
        The town, and the same with its area constants off (None if it has none).
    replications, seed : int
        How many seeds; their root.
    brake, workers, watch, rules
        See ``run_all``.

    Raises
    ------
    ScenarioError
        If it is a town without money.
    """
    arms = [scenario] if without is None else [scenario, without]
    tasks = [Held(arm, one) for one in seeds(seed, replications) for arm in arms]
    outcomes = run_all(tasks, brake=brake, workers=workers, watch=watch, rules=rules)
    faults = [outcome.fault for outcome in outcomes if outcome.fault is not None]
    if faults:
        raise SimError.of(faults[:1])
    if any(outcome.value is None for outcome in outcomes):
        return None
    values = [outcome.value for outcome in outcomes]
    return Baseline(targets_of(scenario), tuple(tuple(values[place :: len(arms)]) for place in range(len(arms))))


def without_constants(scenario: Scenario) -> dict[str, str]:
    """Paths and values that switch the area constants of a scenario off; none if it has none."""
    weighed = [profile.id for profile in scenario.preferences.profiles if "constants" in profile.terms]
    return {f"preferences.profiles.{name}.terms.constants.weight": "0" for name in weighed}


def founded(scenario: Scenario, seed: int) -> Engine:
    """The engine of a town that has just been founded.

    Raises
    ------
    ScenarioError
        If it is a town without money.
    """
    engine = Simulation.founded(scenario, seed).engine
    if not isinstance(engine, Engine):
        raise ScenarioError("scenario.no_money_to_hold", scenario=scenario.id)
    return engine


def _published(scenario: Scenario) -> Published:
    table = scenario.tables["space"]
    return Published(table.numbers("queue_years"), table.numbers("same_address"))
