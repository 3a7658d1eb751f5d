"""Constants of places for a scenario: the inversion over several seeds, and how the town holds with and without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.base.errors import ScenarioError, SimError
from sim.city.city import City
from sim.city.dwellings import TENURES
from sim.engine.inversion import BOUND, GROUP_BOUND, Inversion, Observed
from sim.engine.month import Engine
from sim.engine.simulation import Simulation
from sim.experiment.brake import Brake
from sim.experiment.paired import seeds
from sim.experiment.worker import Tick
from sim.experiment.workers import Watch, run_all
from sim.scenario.schema import Scenario

BRANCH = (1,)
"""Of seeds: what is fitted on one city is not judged on the same city again, whatever the root."""

NEAR = 0.98
"""A constant beyond this share of its bound counts as sitting at it."""


@dataclass(frozen=True)
class Fitting:
    """One seed of the inversion: a task for a worker."""

    scenario: Scenario
    seed: int
    months: int

    def __call__(self, tick: Tick) -> tuple[np.ndarray, np.ndarray] | None:
        """Constants by tenure and by group; None if it was called off."""
        engine = _founded(self.scenario, self.seed)
        waits = _waits(self.scenario, engine.city)
        inversion = Inversion(engine, Observed.of(engine.city, waits), self.months)
        for number in range(self.months):
            inversion.pass_month(number)
            if tick(1):
                return None
        return inversion.found()


@dataclass(frozen=True)
class Constants:
    """What the inversion found.

    Attributes
    ----------
    areas, names : tuple of str
        Ids of the areas; tenures and groups, in the order of the columns of ``values``.
    values : float64 array, shape (n_areas, n_names)
        Units of utility; NaN where the town has no such homes.
    spread : float64 array, shape (n_areas, n_names)
        Standard deviation over seeds.
    """

    areas: tuple[str, ...]
    names: tuple[str, ...]
    values: np.ndarray
    spread: np.ndarray

    def at_bound(self) -> tuple[int, int]:
        """How many constants sit at their bound: by tenure, and by group."""
        size = np.abs(np.nan_to_num(self.values))
        n = len(TENURES)
        return int((size[:, :n] > NEAR * BOUND).sum()), int((size[:, n:] > NEAR * GROUP_BOUND).sum())

    def csv(self) -> str:
        """The table that a scenario names under ``constants``."""
        lines = ["area,of,value,spread,status,source"]
        for area, row, spread in zip(self.areas, self.values, self.spread, strict=True):
            for name, value, deviation in zip(self.names, row, spread, strict=True):
                if not np.isnan(value):
                    lines.append(f"{area},{name},{value:.3f},{deviation:.3f},derived,inversion")
        return "\n".join(lines) + "\n"


def fit(
    scenario: Scenario, *, replications: int, seed: int, months: int, brake: Brake, workers: int | None = None,
    watch: Watch | None = None,
) -> Constants | None:  # fmt: skip
    """Invert on several seeds and take the mean; None if it was called off.

    The seeds are others than those of runs, of comparisons and of ``hemvist baseline`` with the same root.

    Raises
    ------
    ScenarioError
        If the scenario is a town without money, or has no preference term ``constants``.
    """
    _check(scenario)
    tasks = [Fitting(scenario, one, months) for one in seeds(seed, replications, branch=BRANCH)]
    outcomes = run_all(tasks, brake=brake, workers=workers, watch=watch)
    for outcome in outcomes:
        if outcome.fault is not None:
            raise SimError.of([outcome.fault])
    found = [outcome.value for outcome in outcomes if outcome.value is not None]
    if len(found) < replications:
        return None
    values = np.array([np.concatenate(one, axis=1) for one in found])
    city = _founded(scenario, tasks[0].seed).city
    homes = Observed.of(city, np.zeros(city.n_areas)).homes
    has_homes = np.concatenate([homes > 0, np.ones((city.n_areas, len(city.groups)), np.bool_)], axis=1)
    mean = np.where(has_homes, values.mean(axis=0), np.nan)
    return Constants(city.areas.ids, (*TENURES, *city.groups), mean, values.std(axis=0))


def _check(scenario: Scenario) -> None:
    names: Sequence[str] = [name for profile in scenario.preferences.profiles for name in profile.terms]
    if not scenario.money or "constants" not in names:
        raise ScenarioError("scenario.no_constants_term", scenario=scenario.id)


def _founded(scenario: Scenario, seed: int) -> Engine:
    engine = Simulation.founded(scenario, seed).engine
    if not isinstance(engine, Engine):
        raise ScenarioError("scenario.no_constants_term", scenario=scenario.id)
    return engine


def _waits(scenario: Scenario, city: City) -> np.ndarray:
    """Observed queue time at letting by area, months; NaN where the area table has none."""
    table = scenario.tables.get("space")
    return np.full(city.n_areas, np.nan) if table is None else 12.0 * table.numbers("queue_years")
