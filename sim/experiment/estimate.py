"""How long a sweep will take and how large it will be, before it is begun."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from sim.engine.arrow import joined, plain
from sim.engine.simulation import Simulation
from sim.experiment.file.study import Study
from sim.experiment.plan import Run
from sim.experiment.store import Store

PILOTS = 3
MONTHS = 4
BYTES_PER_VALUE = 3.2
"""Of a kept value, packed: measured on runs of two-towns; a random walk of float32 takes 3.3."""
BYTES_PER_RUN = 400


@dataclass(frozen=True)
class Estimate:
    """What a sweep costs: ``seconds`` of processor time per run, ``size`` in bytes of all; from runs or from pilots."""

    seconds: float
    size: float
    is_measured: bool


def estimate(study: Study, store: Store, waiting: Sequence[Run]) -> Estimate:
    """Seconds per run, from the runs that are there or from a few months of three pilots."""
    months = max(arm.scenario.time.months for arm in study.arms)
    values = len(study.measures) * (months / study.section.outputs.every + 1)
    size = len(waiting) * (BYTES_PER_VALUE * values + BYTES_PER_RUN)
    if store.exists:
        known = plain(joined(store.table("final", ["seconds"]).column("seconds")))
        if len(known):
            return Estimate(float(known.mean()), size, True)
    chosen = waiting[:: max(1, len(waiting) // PILOTS)][:PILOTS]
    if not chosen:
        return Estimate(0.0, size, False)
    _pilot(study, chosen[0])  # compiles, or loads what was compiled
    return Estimate(sum(_pilot(study, run) for run in chosen) / len(chosen), size, False)


def _pilot(study: Study, run: Run) -> float:
    """Seconds of a run, judged by its founding and first months."""
    scenario = study.scenario(run.arm, run.point)
    began = time.process_time()
    simulation = Simulation.founded(scenario, run.seed)
    founded = time.process_time()
    passed = 0
    while passed < MONTHS and not simulation.is_over:
        simulation.pass_month()
        passed += 1
    per_month = (time.process_time() - founded) / max(1, passed)
    return founded - began + per_month * (scenario.time.burn_in + scenario.time.months)
