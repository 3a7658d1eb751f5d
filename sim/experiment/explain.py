"""What makes the segregation that emerges: mechanisms switched off, one at a time, all together, and in random orders.

A town starts mixed and lives for some years. With every mechanism on, segregation comes to one level; with none, to
another, near chance. The Shapley share of a mechanism is what it adds to those before it, averaged over orders in which
they could be switched on; the shares add up to the whole difference. Each seed takes one order and its reverse, turned
by one place from seed to seed, so that every mechanism comes at every place.

References
----------
Shapley, L. S. (1953). A value for n-person games. Contributions to the Theory of Games II, 307-317.
Castro, J., Gomez, D. & Tejada, J. (2009). Polynomial calculation of the Shapley value based on sampling. Computers &
Operations Research 36(5), 1726-1730.
Mitchell, R., Cooper, J., Frank, E. & Holmes, G. (2022). Sampling permutations for Shapley value estimation. Journal of
Machine Learning Research 23(43), 1-46.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.base.errors import Fault, SimError
from sim.engine.simulation import Simulation
from sim.experiment.brake import Brake
from sim.experiment.differences import windows
from sim.experiment.explanation import Explanation, Town
from sim.experiment.mechanisms import Mechanism, changes, present
from sim.experiment.paired import seeds
from sim.experiment.worker import Tick
from sim.experiment.workers import Watch, run_all
from sim.scenario.schema import Scenario

Load = Callable[[dict[str, object]], Scenario]
"""The scenario again, with values set by path."""

FEWEST = 2


@dataclass(frozen=True)
class Ending:
    """One town on one seed, and the level of each measure over its last months."""

    scenario: Scenario
    seed: int
    measures: tuple[str, ...]

    @property
    def months(self) -> int:
        """Months to pass."""
        return self.scenario.time.months

    def __call__(self, tick: Tick) -> np.ndarray | None:
        """Levels, float64, shape (n_measures,); None if it was called off."""
        last = windows(self.scenario.time.months)[-1]
        run = Simulation.founded(self.scenario, self.seed)
        while not run.is_over:
            run.pass_month(measured=self._needs_past or run.month + 1 >= last.first)
            if tick(1) and not run.is_over:
                return None
        record = run.record()
        return np.array([last.value(record, measure) for measure in self.measures])

    @property
    def _needs_past(self) -> bool:
        """Whether some measure remembers earlier months; those of segregation are of the city as it stands."""
        return not all(measure.startswith("segregation.") for measure in self.measures)


def orders_of(names: Sequence[str], seed: int, n: int) -> tuple[tuple[str, ...], ...]:
    """An order of the mechanisms for each of ``n`` seeds, each the one before turned by a place.

    Examples
    --------
    >>> sorted(order[0] for order in orders_of(("a", "b", "c"), 1, 3))
    ['a', 'b', 'c']
    """
    found = []
    for number in range(n):
        turn, base = number % len(names), number // len(names)
        generator = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(base,)))
        order = [names[place] for place in generator.permutation(len(names))]
        found.append((*order[turn:], *order[:turn]))
    return tuple(found)


def towns_of(order: Sequence[str]) -> tuple[Town, ...]:
    """Every town that one seed needs: along an order and its reverse, and with one mechanism missing at a time."""
    every = frozenset(order)
    found = [*_steps(order), *_steps(order[::-1]), *(every - {name} for name in order)]
    return tuple(dict.fromkeys(found))


def _steps(order: Sequence[str]) -> Iterator[Town]:
    for n in range(len(order) + 1):
        yield frozenset(order[:n])


def explain(
    load: Load,
    *,
    measures: Sequence[str],
    months: int | None,
    replications: int,
    seed: int,
    brake: Brake,
    workers: int | None = None,
    watch: Watch | None = None,
    rules: Sequence[Path] = (),
) -> Explanation:
    """Run every town that the orders need, and return what each mechanism adds.

    Parameters
    ----------
    load : callable
        The scenario with values set by path.
    measures : sequence of str
        What is explained.
    months : int, optional
        How long the towns live; as long as the scenario says if None.
    replications, seed : int
        How many seeds; root of them and of the orders.
    brake, workers, watch, rules
        See ``run_all``.

    Raises
    ------
    SimError
        If the scenario has no money or no mechanism, if there are fewer than two seeds, or if no seed was finished.
    """
    scenario = load({})
    _check(scenario, replications)
    months = months or scenario.time.months
    mechanisms = present(scenario)
    names = tuple(one.name for one in mechanisms)
    orders = orders_of(names, seed, replications)
    towns = {town for order in orders for town in towns_of(order)}
    loaded = {town: load(dict(changes(scenario, _off(mechanisms, town), months))) for town in towns}
    plan = [(place, town) for place, order in enumerate(orders) for town in towns_of(order)]
    roots = seeds(seed, replications)
    tasks = [Ending(loaded[town], roots[place], tuple(measures)) for place, town in plan]
    outcomes = run_all(tasks, brake=brake, workers=workers, watch=watch, rules=rules)
    levels: list[dict[Town, np.ndarray]] = [{} for _ in orders]
    for (place, town), outcome in zip(plan, outcomes, strict=True):
        if outcome.value is not None:
            levels[place][town] = outcome.value
    whole = [place for place, order in enumerate(orders) if len(levels[place]) == len(towns_of(order))]
    faults = tuple(outcome.fault for outcome in outcomes if outcome.fault is not None)
    if len(whole) < FEWEST and not brake.pulled:
        raise SimError.of([Fault("experiment.nothing_explained", {"planned": replications}), *faults[:1]])
    return Explanation(
        scenario, names, tuple(measures), seed, months, replications, tuple(orders[place] for place in whole),
        tuple(levels[place] for place in whole), faults, brake.pulled and len(whole) < replications,
    )  # fmt: skip


def _off(mechanisms: Sequence[Mechanism], on: Town) -> list[Mechanism]:
    return [one for one in mechanisms if one.name not in on]


def _check(scenario: Scenario, replications: int) -> None:
    if not scenario.money or not present(scenario):
        raise SimError("experiment.nothing_to_explain", scenario=scenario.id)
    if replications < FEWEST:
        raise SimError("experiment.too_few_replications", found=replications)
