"""Passing the months of one or several scenarios on one seed; what they have in common is passed once."""

from __future__ import annotations

from collections.abc import Sequence

from sim.engine.clock import Clock
from sim.engine.history import Sampled
from sim.engine.record import Record
from sim.engine.simulation import Simulation
from sim.experiment.differences import windows
from sim.experiment.worker import Tick
from sim.measures.cohort import Cohort
from sim.scenario.schema import Scenario


def play(
    scenarios: Sequence[Scenario], seed: int, tick: Tick, clock: Clock | None = None,
    cohorts: list[Cohort] | None = None, sampled: Sampled | None = None,
) -> tuple[Record, ...]:  # fmt: skip
    """A record of each scenario, all from the same founding and luck.

    Parameters
    ----------
    scenarios : sequence of Scenario
        The first is the root that the others are forked from, where they share founding and burn-in.
    seed : int
    tick : callable
        Told of every month; once it returns True, what has been finished is returned, marked incomplete.
    clock : Clock, optional
        Told what the parts of each run that begins by itself take.
    cohorts : list of Cohort, optional
        If given, everybody present at the start is followed, and each scenario adds what became of them.
    sampled : Sampled, optional
        Which households are followed month by month.

    Returns
    -------
    tuple of Record
        Fewer than there are scenarios if it was stopped before all had begun.
    """
    records: list[Record] = []
    root: Simulation | None = None
    months = min(scenario.time.months for scenario in scenarios)
    looks = () if cohorts is None else tuple(window.last for window in windows(months))
    for scenario in scenarios:
        if root is not None and begins_like(scenario, root.scenario):
            run = root.fork(scenario)
        else:
            run = Simulation.founded(scenario, seed, clock=clock, look_at=looks, sampled=sampled)
            run.burn_in(tick)
            root = root or (run.fork() if len(scenarios) > 1 else None)
        stopped = _pass_months(run, tick)
        records.append(run.record())
        if cohorts is not None and run.history.cohort is not None:
            cohorts.append(run.history.cohort)
        if stopped:
            break
    return tuple(records)


def _pass_months(run: Simulation, tick: Tick) -> bool:
    """Pass what is left of a run that has been burnt in; whether it was told to stop before its end."""
    while not run.is_over:
        if run.month < 0:
            return True
        run.pass_month()
        if tick(1) and not run.is_over:
            return True
    return False


def begins_like(scenario: Scenario, other: Scenario) -> bool:
    """Whether two scenarios share everything before month 0: people, homes, rules of the burn-in, and tables."""
    return beginning(scenario) == beginning(other)


def beginning(scenario: Scenario) -> str:
    """Everything about a scenario that matters before month 0, as one text."""
    before = scenario.at_burn_in()
    hashes = sorted((name, table.sha256) for name, table in scenario.tables.items())
    data = {key: value for key, value in before.resolved().items() if key not in ("id", "timeline")}
    data["time"] = {key: value for key, value in data["time"].items() if key not in ("months", "stop")}
    return repr((sorted(data.items()), hashes))


def work(scenarios: Sequence[Scenario]) -> int:
    """Months that ``play`` passes for them on one seed."""
    first = scenarios[0]
    months = first.time.burn_in
    for scenario in scenarios:
        is_shared = scenario is first or begins_like(scenario, first)
        months += scenario.time.months + (0 if is_shared else scenario.time.burn_in)
    return months
