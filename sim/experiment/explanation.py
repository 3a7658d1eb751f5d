"""What an explanation found: levels of towns with some mechanisms on, and the Shapley share of each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from sim.base.disk import ready, write_whole
from sim.base.errors import Fault
from sim.engine.provenance import machine
from sim.experiment.differences import half_width, plain, verdict
from sim.scenario.schema import Scenario

SCHEMA = "hemvist-explanation/1"

Town = frozenset[str]
"""Names of the mechanisms that are on."""


@dataclass(frozen=True)
class Share:
    """What one mechanism adds to a measure.

    Attributes
    ----------
    mechanism : str
    mean, low, high : float
        Shapley value, in the unit of the measure, and its 95 per cent t-interval over seeds.
    of_all : float
        The mean as a share of what all mechanisms together add; NaN where they add nothing clear.
    last, last_low, last_high : float
        What the measure loses if only this mechanism is switched off, with its interval.
    verdict : str
        Of the Shapley value.
    """

    mechanism: str
    mean: float
    low: float
    high: float
    of_all: float
    last: float
    last_low: float
    last_high: float
    verdict: str


@dataclass(frozen=True)
class Explanation:
    """What was found, for each measure.

    Attributes
    ----------
    scenario : Scenario
        As it is, with every mechanism.
    mechanisms, measures : tuple of str
    seed, months, planned : int
    orders : tuple of tuples of str
        The order that each seed took, one way; the other way is its reverse.
    levels : tuple of dict
        Per finished seed, the levels (shape (n_measures,)) of every town that was run.
    interrupted : bool
    """

    scenario: Scenario
    mechanisms: tuple[str, ...]
    measures: tuple[str, ...]
    seed: int
    months: int
    planned: int
    orders: tuple[tuple[str, ...], ...]
    levels: tuple[dict[Town, np.ndarray], ...]
    faults: tuple[Fault, ...] = ()
    interrupted: bool = False

    @cached_property
    def values(self) -> np.ndarray:
        """Shapley values, float64, shape (n_seeds, n_mechanisms, n_measures)."""
        return np.array([_values(order, level, self.mechanisms)
                         for order, level in zip(self.orders, self.levels, strict=True)])  # fmt: skip

    def level(self, on: Town, measure: str) -> np.ndarray:
        """Level of a measure in one town, shape (n_seeds,)."""
        at = self.measures.index(measure)
        return np.array([level[on][at] for level in self.levels])

    def ends(self, measure: str) -> tuple[np.ndarray, np.ndarray]:
        """Levels with no mechanism and with all of them, each of shape (n_seeds,)."""
        return self.level(frozenset(), measure), self.level(frozenset(self.mechanisms), measure)

    def shares(self, measure: str) -> tuple[Share, ...]:
        """The share of each mechanism in one measure, in their order."""
        none, whole = self.ends(measure)
        low, high = interval(whole - none)
        is_clear = verdict(low, high) in ("higher", "lower")
        total = float((whole - none).mean()) if is_clear else float("nan")
        found = []
        for place, name in enumerate(self.mechanisms):
            values = self.values[:, place, self.measures.index(measure)]
            alone = whole - self.level(frozenset(self.mechanisms) - {name}, measure)
            ends, last = interval(values), interval(alone)
            mean = float(values.mean())
            found.append(Share(name, mean, *ends, mean / total, float(alone.mean()), *last, verdict(*ends)))
        return tuple(found)


def interval(values: np.ndarray) -> tuple[float, float]:
    """Ends of the 95 per cent t-interval of a mean."""
    half = half_width(values)
    return float(values.mean()) - half, float(values.mean()) + half


def _values(order: Sequence[str], level: dict[Town, np.ndarray], names: Sequence[str]) -> np.ndarray:
    """Shapley values of one seed, shape (n_mechanisms, n_measures): over an order and its reverse."""
    added = {name: [level[frozenset(way[: at + 1])] - level[frozenset(way[:at])]
                    for way in (order, order[::-1]) for at in [way.index(name)]] for name in names}  # fmt: skip
    return np.array([np.mean(added[name], axis=0) for name in names])


def as_data(found: Explanation) -> dict[str, Any]:
    """The explanation for programs."""
    return {
        "scenario": found.scenario.id, "mechanisms": list(found.mechanisms), "months": found.months,
        "seed": found.seed, "planned": found.planned, "seeds": len(found.levels), "interrupted": found.interrupted,
        "faults": [fault.text() for fault in found.faults], "orders": [list(order) for order in found.orders],
        "measures": {measure: _measure_data(found, measure) for measure in found.measures},
        "levels": [
            [{"on": sorted(town), **plain(dict(zip(found.measures, map(float, values), strict=True)))}
             for town, values in level.items()] for level in found.levels
        ],
    }  # fmt: skip


def _measure_data(found: Explanation, measure: str) -> dict[str, Any]:
    none, whole = found.ends(measure)
    low, high = interval(whole - none)
    level = {"none": float(none.mean()), "all": float(whole.mean()), "emerged": float((whole - none).mean())}
    shares = [plain(asdict(share)) for share in found.shares(measure)]
    return {**plain({**level, "low": low, "high": high}), "shares": shares}


def keep(found: Explanation, folder: Path) -> Path:
    """Write every level of every town, and what follows from them, as ``explanation.json``."""
    path = folder / "explanation.json"
    ready(folder)
    data = {"schema": SCHEMA, **as_data(found), **machine()}
    write_whole(path, (json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode())
    return path
