"""Runs that cost nothing: a walk that follows from the seed, shifted by the arm."""

import numpy as np
import pyarrow as pa

from sim.engine.record import Record
from sim.experiment.paired import seeds


def toy(arms, seed, tick, complete=True):
    """A record per arm; an arm is a name and a shift."""
    walk = np.random.default_rng(seed).normal(size=25).cumsum()
    records = []
    for name, shift in arms:
        stopped = tick(24)
        whole = complete and not stopped
        series = {"m": walk + shift} | ({"only_here": walk} if name == "extra" else {})
        provenance = {"scenario": name, "run_id": f"{seed:x}", "seed": seed, "complete": whole}
        records.append(Record(provenance, np.arange(25), series, pa.table({"month": pa.array([0], pa.int32())})))
        if stopped:
            break
    return tuple(records)


def broken(arms, seed, tick):
    """Like ``toy``, but the second replication of root 1 raises."""
    if seed == seeds(1, 2)[1]:
        raise ZeroDivisionError("second thoughts")
    return toy(arms, seed, tick)


def unfinished(arms, seed, tick):
    """Like ``toy``, but the second replication of root 1 ends early."""
    return toy(arms, seed, tick, complete=seed != seeds(1, 2)[1])
