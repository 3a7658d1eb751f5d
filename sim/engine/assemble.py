"""The face for notebooks: a scenario becomes a model, or a record at once."""

from __future__ import annotations

from pathlib import Path

from sim.engine.load import load
from sim.engine.model import HousingModel
from sim.engine.record import Record
from sim.scenario.schema import Scenario

__all__ = ["assemble", "load", "run"]


def assemble(scenario: Scenario | Path | str, seed: int = 1, *, threads: int = 1) -> HousingModel:
    """The city of a scenario in month 0, after its burn-in.

    Parameters
    ----------
    scenario : Scenario, str or Path
        A scenario, or the name or path of one.
    seed : int
        Root of all luck.
    threads : int
        The result is the same to the bit for any number.
    """
    return HousingModel(scenario, rng=seed, threads=threads)


def run(scenario: Scenario | Path | str, seed: int = 1, months: int | None = None, *, threads: int = 1) -> Record:
    """All months of a scenario (or the first ``months``), as a record.

    Examples
    --------
    >>> record = run("two-towns", seed=1, months=1)
    >>> record.months[-1]
    np.int32(1)
    """
    return assemble(scenario, seed, threads=threads).run(months)
