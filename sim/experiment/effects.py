"""What each lever does by itself: pulled as far as it goes, against today's rules, on the same founding and luck."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sim import __version__
from sim.base.errors import SimError
from sim.engine.simulation import Simulation
from sim.experiment.brake import Brake
from sim.experiment.differences import difference, windows
from sim.experiment.paired import seeds
from sim.experiment.worker import Tick
from sim.experiment.workers import Watch, run_all
from sim.scenario.levers import Lever
from sim.scenario.schema import Scenario

NONE = "none"
"""Said where no pair differs at all: the lever acts only together with another, or nobody is touched by it."""

HEAD = ("scenario", "scale", "months", "seed", "version", "lever", "path", "today", "value", "measure", "mean", "low",
        "high", "pairs", "word")  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """A lever at its far end against today's rules, one measure, over the last months of the run.

    Attributes
    ----------
    scenario : str
    scale : float
    months, seed : int
        Of each run; root of the luck of all pairs.
    version : str
        Of hemvist.
    lever, path : str
        Its id, and what it moves.
    today : float or None
        What it stands at; None where the scenario asks for nothing.
    value : float
        What it was pulled to from the first month on, in its unit.
    measure : str
    mean, low, high : float
        Difference with the ends of its 95 % interval, in the unit of the measure.
    pairs : int
    word : str
        ``higher``, ``lower``, ``no_clear_difference``, ``undefined`` or ``none``.
    """

    scenario: str
    scale: float
    months: int
    seed: int
    version: str
    lever: str
    path: str
    today: float | None
    value: float
    measure: str
    mean: float
    low: float
    high: float
    pairs: int
    word: str


@dataclass(frozen=True)
class Pulled:
    """Today's rules and one run for each lever, all on one seed: a task for a worker.

    Attributes
    ----------
    scenarios : tuple of Scenario
        Today's rules first; the others differ from it after month 0 alone.
    seed : int
    measures : tuple of str
    """

    scenarios: tuple[Scenario, ...]
    seed: int
    measures: tuple[str, ...]

    @property
    def months(self) -> int:
        """Months of all runs together."""
        return self.scenarios[0].time.burn_in + sum(scenario.time.months for scenario in self.scenarios)

    def __call__(self, tick: Tick) -> np.ndarray:
        """Means of the measures over the last months, float64, shape (n_scenarios, n_measures); NaN if called off."""
        found = np.full((len(self.scenarios), len(self.measures)), np.nan)
        root = Simulation.founded(self.scenarios[0], self.seed)
        while root.month < 0:
            if tick(1):
                return found
            root.pass_month(measured=root.month == -1)
        for place, scenario in enumerate(self.scenarios):
            run = root.fork(scenario)
            first = windows(scenario.time.months)[-1].first
            while not run.is_over:
                run.pass_month(measured=run.month + 1 >= first)
                if tick(1):
                    return found
            found[place] = [_mean(run, measure, first) for measure in self.measures]
        return found


def _mean(run: Simulation, measure: str, first: int) -> float:
    """Mean of a measure from a month on, of the months in which it is defined."""
    panels = [panel for month, panel in zip(run.history.months, run.history.panels, strict=True) if month >= first]
    values = np.array([panel.get(measure, np.nan) for panel in panels])
    defined = values[~np.isnan(values)]
    return float(defined.mean()) if len(defined) else float("nan")


def far_end(lever: Lever, today: float | None) -> float:
    """The end of a lever that lies farthest from what it stands at; the upper one where it asks for nothing."""
    return lever.low if today is not None and today - lever.low > lever.high - today else lever.high


def effects(
    scenario: Scenario, pull: Callable[[str, float], Scenario], *, measures: Sequence[str], pairs: int, seed: int,
    brake: Brake, workers: int | None = None, watch: Watch | None = None,
) -> list[Effect] | None:  # fmt: skip
    """Every lever of a scenario that is awake, at its far end, in the order of the file; None if it was called off.

    Parameters
    ----------
    scenario : Scenario
        Today's rules.
    pull : callable
        The same scenario with a path at a value from the first month on.
    measures : sequence of str
    pairs, seed : int
        Pairs of runs; root of their luck.
    brake, workers, watch
        See ``run_all``.

    Raises
    ------
    SimError
        If the scenario has no lever, or a run broke off.
    """
    levers = [lever for lever in scenario.levers if not lever.is_asleep]
    if not levers:
        raise SimError("experiment.no_levers", scenario=scenario.id)
    ends = [far_end(lever, _today(scenario, lever)) for lever in levers]
    arms = (scenario, *(pull(lever.path, end) for lever, end in zip(levers, ends, strict=True)))
    tasks = [Pulled(arms, one, tuple(measures)) for one in seeds(seed, pairs)]
    outcomes = run_all(tasks, brake=brake, workers=workers, watch=watch)
    for outcome in outcomes:
        if outcome.fault is not None:
            raise SimError.of([outcome.fault])
    if brake.pulled:
        return None
    values = np.stack([outcome.value for outcome in outcomes if outcome.value is not None])
    return [
        _effect(scenario, seed, lever, end, measure, values[:, [0, place + 1], at])
        for place, (lever, end) in enumerate(zip(levers, ends, strict=True)) for at, measure in enumerate(measures)
    ]  # fmt: skip


def _today(scenario: Scenario, lever: Lever) -> float | None:
    found = scenario.value(lever.path)
    return float(found) if isinstance(found, int | float) else None


def _effect(
    scenario: Scenario, seed: int, lever: Lever, end: float, measure: str, values: np.ndarray
) -> Effect:  # fmt: skip
    months = scenario.time.months
    found = difference(measure, lever.id, windows(months)[-1], values[:, 0], values[:, 1])
    gaps = values[:, 1] - values[:, 0]
    word = NONE if len(gaps) and not gaps.any() else found.verdict
    return Effect(
        scenario.id, scenario.scale, months, seed, __version__, lever.id, lever.path, _today(scenario, lever), end,
        measure, found.mean, found.low, found.high, found.pairs, word,
    )  # fmt: skip


def as_csv(found: Sequence[Effect]) -> str:
    """The effects as a table, see ``from_csv``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    for one in found:
        row = [getattr(one, name) for name in HEAD]
        writer.writerow(["" if cell is None else f"{cell:.6g}" if isinstance(cell, float) else cell for cell in row])
    return text.getvalue()


def from_csv(text: str) -> list[Effect]:
    """The effects of a table that ``as_csv`` wrote."""
    return [
        Effect(
            row["scenario"], float(row["scale"]), int(row["months"]), int(row["seed"]), row["version"], row["lever"],
            row["path"], float(row["today"]) if row["today"] else None, float(row["value"]), row["measure"],
            float(row["mean"]), float(row["low"]), float(row["high"]), int(row["pairs"]), row["word"],
        )
        for row in csv.DictReader(io.StringIO(text))
    ]  # fmt: skip
