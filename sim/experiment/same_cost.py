"""Two ways of spending the same: a lever of one scenario is scaled until it costs the public as much as another does.

All levels are played on the same seeds, and those of one seed from the same founding, so that what two levels cost
differs by the lever and hardly by luck.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from sim.base.errors import SimError
from sim.experiment.brake import Brake
from sim.experiment.differences import half_width
from sim.experiment.paired import seeds
from sim.experiment.play import play, work
from sim.experiment.worker import Tick
from sim.experiment.workers import Watch, run_all
from sim.scenario.schema import Scenario

COST = "affordability.public_cost"
YEAR = 12
LEVELS = 4
"""Levels of the lever that are tried first, its ends among them."""
ROUNDS = 6
"""Levels that are tried after them, one at a time, each between the two that are nearest."""
TOLERANCE = 0.005
"""How much of what the whole range of the lever costs may be left between the two (a choice; what is left is told)."""

Vary = Callable[[float], Scenario]


@dataclass(frozen=True)
class Bills:
    """Some scenarios on one seed: what each costs the public. A task for a worker."""

    scenarios: tuple[Scenario, ...]
    seed: int

    @property
    def months(self) -> int:
        """Months of all of them together."""
        return work(self.scenarios)

    def __call__(self, tick: Tick) -> tuple[float, ...]:
        """SEK a year for the whole town; fewer than there are scenarios if it was called off."""
        records = play(self.scenarios, self.seed, tick)
        return tuple(
            float(np.nanmean(record.series[COST][record.months > 0])) * YEAR / scenario.scale
            for record, scenario in zip(records, self.scenarios, strict=False) if record.complete
        )  # fmt: skip


@dataclass(frozen=True)
class Level:
    """What one level of the lever costs beside the other scenario.

    Attributes
    ----------
    value : float
        Of the lever, in the house unit.
    costs, others : float64 arrays, shape (n_replications,)
        SEK a year of this scenario and of the other, replication by replication.
    """

    value: float
    costs: np.ndarray
    others: np.ndarray

    @property
    def gap(self) -> float:
        """How much dearer it is than the other, SEK a year."""
        return float((self.costs - self.others).mean())

    @property
    def left(self) -> tuple[float, float]:
        """Ends of the 95 % interval of that, SEK a year."""
        half = half_width(self.costs - self.others)
        return self.gap - half, self.gap + half


@dataclass(frozen=True)
class SameCost:
    """What was found.

    Attributes
    ----------
    level : Level
        The one that costs as much as the other scenario.
    tried : tuple of Level
        All, in the order of their values.
    """

    level: Level
    tried: tuple[Level, ...]

    @property
    def span(self) -> float:
        """What the whole range of the lever costs, SEK a year."""
        return max(one.gap for one in self.tried) - min(one.gap for one in self.tried)


class _Search:
    """Levels that have been played, and how to play one more."""

    def __init__(self, other: Scenario, vary: Vary, at: Sequence[int], **job: object) -> None:
        self.other, self.vary, self.at, self.job = other, vary, at, job
        self.levels: list[Level] = []

    def play(self, values: Sequence[float]) -> bool:
        """Play some levels on every seed; False if it was called off."""
        scenarios = (self.other, *(self.vary(value) for value in values))
        outcomes = run_all([Bills(scenarios, seed) for seed in self.at], **self.job)  # type: ignore[arg-type]
        fault = next((outcome.fault for outcome in outcomes if outcome.fault is not None), None)
        if fault is not None:
            raise SimError.of([fault])
        bills = [outcome.value for outcome in outcomes]
        if any(bill is None or len(bill) < len(scenarios) for bill in bills):
            return False
        table = np.array(bills)
        self.levels += [Level(value, table[:, place], table[:, 0]) for place, value in enumerate(values, 1)]
        self.levels.sort(key=lambda level: level.value)
        return True

    def nearest(self) -> Level:
        """The level whose cost is nearest to the other's."""
        return min(self.levels, key=lambda level: abs(level.gap))

    def between(self) -> tuple[Level, Level] | None:
        """Two neighbours, one cheaper and one dearer than the other scenario."""
        pairs = pairwise(self.levels)
        return next(((one, two) for one, two in pairs if one.gap * two.gap <= 0 and one.gap != two.gap), None)


def same_cost(
    other: Scenario, vary: Vary, ends: tuple[float, float], *, is_whole: bool, seed: int, replications: int,
    brake: Brake, workers: int | None = None, watch: Watch | None = None, rules: Sequence[Path] = (),
) -> SameCost | None:  # fmt: skip
    """Find the level of a lever at which a scenario costs the public as much as another.

    Parameters
    ----------
    other : Scenario
        What it is to cost as much as.
    vary : callable
        The scenario with the lever at a value.
    ends : pair of float
        Of the lever's range.
    is_whole : bool
        Whether the lever takes whole numbers alone: then the nearest one is found.
    seed, replications, brake, workers, watch, rules
        As in ``compare``.

    Returns
    -------
    SameCost or None
        None if it was called off.

    Raises
    ------
    SimError
        If the town has no money, or no level of the lever costs as much.
    """
    if not other.money:
        raise SimError("experiment.no_cost_without_money")
    search = _Search(other, vary, seeds(seed, replications), brake=brake, workers=workers, watch=watch, rules=rules)
    first = np.unique([_level(value, is_whole) for value in np.linspace(*ends, LEVELS)])
    if not search.play(first.tolist()):
        return None
    for _ in range(ROUNDS):
        found = SameCost(search.nearest(), tuple(search.levels))
        if abs(found.level.gap) <= TOLERANCE * found.span:
            return found
        value = _next(search, found, is_whole)
        if value is None:
            return found
        if not search.play([value]):
            return None
    return SameCost(search.nearest(), tuple(search.levels))


def _next(search: _Search, found: SameCost, is_whole: bool) -> float | None:
    """The level between a cheaper and a dearer one at which a straight line meets the other's cost, if there is one.

    Raises
    ------
    SimError
        If all levels cost less, or all cost more.
    """
    pair = search.between()
    if pair is None:
        gaps = [level.gap for level in found.tried]
        raise SimError("experiment.no_same_cost", low=found.tried[0].value, high=found.tried[-1].value,
                       least=f"{min(gaps) / 1e6:+.1f}", most=f"{max(gaps) / 1e6:+.1f}")  # fmt: skip
    one, two = pair
    share = min(max(one.gap / (one.gap - two.gap), 0.05), 0.95)
    value = _level(one.value + share * (two.value - one.value), is_whole)
    return None if value in (one.value, two.value) else value


def _level(value: float, is_whole: bool) -> float:
    return float(round(value)) if is_whole else float(value)
