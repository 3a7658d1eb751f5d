"""Scenarios side by side on the same founding and luck, replication by replication."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from sim.base.errors import Fault, SimError
from sim.engine.record import Record
from sim.experiment.brake import Brake
from sim.experiment.cost_lines import same_lines
from sim.experiment.differences import Contrast, contrast
from sim.experiment.gains import Incidence, Incidences, incidence_of
from sim.experiment.worker import Tick
from sim.experiment.workers import Watch, run_all
from sim.measures.cohort import Cohort

Play = Callable[..., tuple[Record, ...]]


def seeds(root: int, n: int, *, branch: tuple[int, ...] = ()) -> tuple[int, ...]:
    """One seed per replication, the same in every arm; the first of many are the seeds of few.

    Parameters
    ----------
    root : int
        What the user calls the seed.
    n : int
        Replications.
    branch : tuple of int
        Seeds of one root that must not be those of another use have a branch of their own.

    Returns
    -------
    tuple of int
        Each 0 or more and below 2**63.

    References
    ----------
    O'Neill, M. E. (2015). Developing a seed_seq alternative; NumPy's ``SeedSequence``.
    """
    sequences = [np.random.SeedSequence(root, spawn_key=(*branch, place)) for place in range(n)]
    return tuple(int(sequence.generate_state(1, np.uint64)[0] >> np.uint64(1)) for sequence in sequences)


@dataclass(frozen=True)
class Pair:
    """What one replication leaves: a record of each arm, and who gains and who loses if anybody was followed."""

    records: tuple[Record, ...]
    incidence: Incidence | None = None


@dataclass(frozen=True)
class Replication:
    """One pair (or more) of runs: all arms on one seed, in one process, so that they can share their beginning.

    Attributes
    ----------
    number, seed : int
        Which replication, counted from 0; root of its luck.
    scenarios : tuple
        One per arm; the first is the baseline.
    play : callable
        ``play(scenarios, seed, tick)`` runs them all and returns a record of each.
    months : int
        Months of all arms together, burn-in counted in: what the progress is measured by.
    folder : Path or None
        Where the records are kept, each in a folder of its own.
    groups : tuple of str
        If there are any, everybody present at the start is followed, to see who gains and who loses.
    """

    number: int
    seed: int
    scenarios: tuple[Any, ...]
    play: Play
    months: int
    folder: Path | None = None
    groups: tuple[str, ...] = ()

    def __call__(self, tick: Tick) -> Pair:
        """Run, keep the whole records on disk, and return them without their larger tables."""
        cohorts: list[Cohort] = []
        records = self.play(self.scenarios, self.seed, tick, **({"cohorts": cohorts} if self.groups else {}))
        for record in records:
            if self.folder is not None and len(record.months):
                record.marked(replication=self.number).save(self.folder / record.name)
        found = incidence_of(cohorts, len(self.groups)) if self.groups and len(cohorts) == len(records) else None
        small = (replace(record, areas=None, lettings=None, households=None, ledger=None) for record in records)
        return Pair(same_lines(tuple(small)), found)


@dataclass(frozen=True)
class Comparison:
    """What a comparison found.

    Attributes
    ----------
    months : int
        Months of each run after the start.
    seed, planned : int
        Root of the seeds; pairs that were asked for.
    pairs : tuple of tuples of Record
        One tuple per finished replication, one record per arm; the first arm is the baseline.
    faults : tuple of Fault
        Why other replications could not be finished.
    interrupted : bool
        Whether somebody stopped it before the end.
    incidences : Incidences or None
        Who gains and who loses, where everybody was followed.
    """

    months: int
    seed: int
    planned: int
    pairs: tuple[tuple[Record, ...], ...]
    faults: tuple[Fault, ...] = ()
    interrupted: bool = False
    incidences: Incidences | None = None
    cache: dict[tuple[str, int], Contrast] = field(default_factory=dict, repr=False, compare=False)

    @property
    def n_arms(self) -> int:
        """Arms, the baseline counted in."""
        return len(self.pairs[0])

    def records(self, arm: int) -> tuple[Record, ...]:
        """Records of an arm, a replication each."""
        return tuple(pair[arm] for pair in self.pairs)

    def first(self, arm: int) -> Record:
        """A record of an arm, for what all its records have in common."""
        return self.pairs[0][arm]

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """Measures that some record of every arm has, in the order of the baseline's."""
        known = [set().union(*(record.series for record in self.records(arm))) for arm in range(self.n_arms)]
        return tuple(name for name in self.first(0).series if all(name in names for names in known))

    def contrast(self, measure: str, arm: int) -> Contrast:
        """A measure of an arm against the baseline."""
        if (measure, arm) not in self.cache:
            found = contrast(measure, self.first(arm).scenario, self.records(0), self.records(arm), self.months)
            self.cache[measure, arm] = found
        return self.cache[measure, arm]

    def mean(self, measure: str, arm: int, months: slice | int) -> float:
        """Mean of a measure over the replications and, of a record's rows, ``months``; NaN where undefined."""
        rows = months if isinstance(months, slice) else slice(months, months + 1 or None)
        found = [record.series[measure][rows] for record in self.records(arm) if measure in record.series]
        values = np.concatenate(found) if found else np.zeros(0)
        defined = values[~np.isnan(values)]
        return float(defined.mean()) if len(defined) else float("nan")


def compare(
    scenarios: Sequence[Any],
    *,
    play: Play,
    months: int,
    work: int,
    replications: int,
    seed: int,
    brake: Brake,
    folder: Path | None = None,
    workers: int | None = None,
    watch: Watch | None = None,
    rules: Sequence[Path] = (),
    groups: tuple[str, ...] = (),
) -> Comparison:
    """Run all arms on the same seeds and return what they became.

    Parameters
    ----------
    scenarios : sequence
        The baseline, then what is compared with it.
    play : callable
        Runs all arms of one replication, see ``Replication``.
    months, work : int
        Months after the start; months of one replication, all arms and the burn-in together.
    replications, seed : int
        How many pairs; root of their seeds.
    brake, folder, workers, watch, rules
        See ``run_all``; ``folder`` keeps the records.
    groups : tuple of str
        See ``Replication``.

    Raises
    ------
    SimError
        If there is nothing to compare, or no replication could be finished.
    """
    if len(scenarios) < 2:
        raise SimError("experiment.one_arm")
    if replications < 2:
        raise SimError("experiment.too_few_replications", found=replications)
    tasks = [
        Replication(number, one, tuple(scenarios), play, work, folder, groups)
        for number, one in enumerate(seeds(seed, replications))
    ]
    outcomes = run_all(tasks, brake=brake, workers=workers, watch=watch, rules=rules)
    faults = tuple(outcome.fault for outcome in outcomes if outcome.fault is not None)
    whole = [outcome.value for outcome in outcomes if outcome.value and _is_whole(outcome.value.records)]
    pairs, incidences = tuple(pair.records for pair in whole), [pair.incidence for pair in whole if pair.incidence]
    if not pairs and not brake.pulled:
        raise SimError.of([Fault("experiment.no_pair", {"planned": replications}), *faults[:1]])
    found = Incidences(tuple(incidences), groups) if incidences else None
    return Comparison(months, seed, replications, pairs, faults, brake.pulled and len(pairs) < replications, found)


def _is_whole(records: tuple[Record, ...]) -> bool:
    return bool(records) and all(record.complete for record in records)
