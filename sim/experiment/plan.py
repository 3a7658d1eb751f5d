"""The plan of an experiment: every run with its name, which follows from its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.engine.provenance import RunNames, outside_code_hash
from sim.experiment.file.study import Study
from sim.experiment.paired import seeds
from sim.scenario.rules import RuleBlock
from sim.scenario.schema import Scenario
from sim.scenario.section import Entry
from sim.scenario.walk import children


@dataclass(frozen=True)
class Run:
    """One planned run.

    Attributes
    ----------
    run_id : str
        Hash of everything that decides its numbers; the same run may stand at several places of a plan.
    arm, point, replication : int
        Places in the experiment.
    seed : int
        Root of its luck.
    """

    run_id: str
    arm: int
    point: int
    replication: int
    seed: int


class Plan:
    """Names runs; the scenario of each arm and point is worked out once."""

    def __init__(self, study: Study, code: str) -> None:
        self.study, self.code = study, code
        self._names: dict[tuple[int, int], RunNames] = {}

    def runs(self, first: int, last: int) -> list[Run]:
        """All runs of the replications from ``first`` up to, and not with, ``last``, replication by replication."""
        return sorted(self._runs(first, last), key=lambda run: (run.replication, run.arm, run.point))

    def _runs(self, first: int, last: int) -> Iterator[Run]:
        common = seeds(self.study.section.replications.root_seed, last)[first:]
        for arm in range(len(self.study.arms)):
            for point in range(len(self.study.points)):
                own = common if self.study.section.replications.common else self._own_seeds(point, first, last)
                for number, seed in enumerate(own, start=first):
                    yield Run(self.name(arm, point, seed), arm, point, number, seed)

    def name(self, arm: int, point: int, seed: int) -> str:
        """The name of a run."""
        if (arm, point) not in self._names:
            self._names[arm, point] = names_of(self.study, self.study.scenario(arm, point), self.code)
        return self._names[arm, point].of(seed)

    def _own_seeds(self, point: int, first: int, last: int) -> tuple[int, ...]:
        """Seeds of a point that shares its luck with no other."""
        text = json.dumps(self.study.points[point], sort_keys=True, default=str)
        key = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "little")
        root = self.study.section.replications.root_seed
        words = [
            np.random.SeedSequence(root, spawn_key=(place, key)).generate_state(1, np.uint64)[0]
            for place in range(first, last)
        ]
        return tuple(int(word >> np.uint64(1)) for word in words)


def names_of(study: Study, scenario: Scenario, code: str) -> RunNames:
    """Names of all runs of a scenario of a study."""
    blocks = rule_blocks(Entry(scenario)) if study.has_outside_rules else ()
    return RunNames(
        scenario.resolved(),
        months=scenario.time.months,
        tables={name: table.sha256 for name, table in scenario.tables.items()},
        outside=outside_code_hash(block.cls for block in blocks),
        code=code,
    )


def rule_blocks(entry: Entry) -> Iterator[RuleBlock]:
    """Every rule that a scenario names, wherever it stands."""
    if isinstance(entry.value, RuleBlock):
        yield entry.value
    for _, below in children(entry):
        yield from rule_blocks(below)
