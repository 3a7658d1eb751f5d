"""Who gains and who loses, over pairs of runs: the gains and losses of a cohort, with their intervals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from sim.city.dwellings import TENURES
from sim.engine.arrow import numbers, texts
from sim.experiment.differences import Verdict, half_width, plain, verdict
from sim.kernels.ranks import N_FIFTHS
from sim.measures.cohort import Cohort
from sim.measures.incidence import ALIKE, BETTER, N_AGES, RESPECTS, WORSE, incidence, left

NO_HOME = "no_home"
AGE_GROUPS = ("under_30", "30_to_64", "65_and_older")
BY = ("all", "income", "group", "tenure", "age")

Counts = Mapping[tuple[int, int], np.ndarray]
"""Counts as of ``measures.incidence``, by arm and month."""


@dataclass(frozen=True)
class Incidence:
    """What one pair of runs says.

    Attributes
    ----------
    counts : mapping
    left : mapping
        Households that have left the arm's city but not the baseline's, and the other way round, by arm and month.
    """

    counts: Counts
    left: Mapping[tuple[int, int], tuple[int, int]]


def incidence_of(cohorts: Sequence[Cohort], n_groups: int) -> Incidence | None:
    """Every arm against the first at every month; None where they do not begin with the same households."""
    first = cohorts[0]
    counts: dict[tuple[int, int], np.ndarray] = {}
    gone: dict[tuple[int, int], tuple[int, int]] = {}
    for arm, cohort in enumerate(cohorts[1:], 1):
        if not np.array_equal(first.ids, cohort.ids):
            return None
        for month in first.looks.keys() & cohort.looks.keys():
            one, other = first.looks[month], cohort.looks[month]
            counts[arm, month] = incidence(first, one, other, n_groups, len(TENURES))
            gone[arm, month] = left(one, other)
    return Incidence(counts, gone)


@dataclass(frozen=True)
class Gain:
    """How some households fare in one respect against the baseline, as shares of those of whom it can be said.

    Attributes
    ----------
    respect, by, value : str
        In which respect; of whom: ``income`` ``1`` is the lowest fifth at the start.
    better, worse, net : float
        Shares of those who fare better and worse; by how much gains outnumber losses.
    low, high : float
        Ends of the 95 per cent t-interval of ``net`` over pairs.
    households : float
        Households of whom it can be said, mean over pairs.
    verdict : str
    """

    respect: str
    by: str
    value: str
    better: float
    worse: float
    net: float
    low: float
    high: float
    households: float
    verdict: Verdict


@dataclass(frozen=True)
class Incidences:
    """What all pairs say of one comparison.

    Attributes
    ----------
    pairs : tuple of Incidence
    groups : tuple of str
    """

    pairs: tuple[Incidence, ...]
    groups: tuple[str, ...]

    @property
    def months(self) -> tuple[int, ...]:
        """Months at which the cohort was looked at, in order."""
        return tuple(sorted({month for pair in self.pairs for _, month in pair.counts}))

    def values(self, by: str) -> tuple[str, ...]:
        """Of whom one can ask."""
        words = {
            "all": ("all",), "group": self.groups, "income": tuple(str(n + 1) for n in range(N_FIFTHS)),
            "tenure": (*TENURES, NO_HOME), "age": AGE_GROUPS,
        }  # fmt: skip
        return words[by]

    def gains(self, arm: int, month: int) -> Iterator[Gain]:
        """Every respect for everybody, and by income, group, tenure and age at the start."""
        counts = np.array([pair.counts[arm, month] for pair in self.pairs], np.float64)
        for by in BY:
            summed = _margin(counts, by)
            for place, value in enumerate(self.values(by)):
                for at, respect in enumerate(RESPECTS):
                    yield _gain(respect, by, value, summed[:, at, :, place])

    def left(self, arm: int, month: int) -> tuple[float, float]:
        """Households that have left the arm's city only, and the baseline's only; means over pairs."""
        gone = np.array([pair.left[arm, month] for pair in self.pairs], np.float64).mean(axis=0)
        return float(gone[0]), float(gone[1])


def _margin(counts: np.ndarray, by: str) -> np.ndarray:
    """Counts (pair, respect, outcome, group, fifth, tenure, age) by pair, respect, outcome and one of the last four."""
    axes = {"group": 3, "income": 4, "tenure": 5, "age": 6}
    if by == "all":
        return np.asarray(counts.sum(axis=(3, 4, 5, 6))[..., None])
    return np.asarray(counts.sum(axis=tuple(axis for axis in axes.values() if axis != axes[by])))


def _gain(respect: str, by: str, value: str, counts: np.ndarray) -> Gain:
    """From counts by pair and outcome; a pair without anybody of whom it can be said is left out."""
    counts = counts[counts.sum(axis=1) > 0]
    if not len(counts):
        nan = float("nan")
        return Gain(respect, by, value, nan, nan, nan, nan, nan, 0.0, "undefined")
    shares = counts / counts.sum(axis=1, keepdims=True)
    net = shares[:, BETTER] - shares[:, WORSE]
    half, mean = half_width(net), float(net.mean())
    return Gain(
        respect, by, value, float(shares[:, BETTER].mean()), float(shares[:, WORSE].mean()), mean, mean - half,
        mean + half, float(counts.sum(axis=1).mean()), verdict(mean - half, mean + half),
    )  # fmt: skip


def as_data(found: Incidences, arms: Sequence[str]) -> list[dict[str, Any]]:
    """Every gain of every arm as plain data; an undefined number is None."""
    rows = []
    for arm, name in enumerate(arms, 1):
        for month in found.months:
            only_arm, only_baseline = found.left(arm, month)
            rows.append({
                "arm": name, "month": month, "left_this_city_only": only_arm, "left_baseline_only": only_baseline,
                "gains": [plain(asdict(gain)) for gain in found.gains(arm, month)],
            })  # fmt: skip
    return rows


def table(found: Incidences, arms: Sequence[str]) -> pa.Table:
    """Every count, a row per pair, arm, month, respect and cell."""
    columns: dict[str, list[np.ndarray]] = {name: [] for name in _COLUMNS}
    shape = (len(RESPECTS), len(found.groups), N_FIFTHS, len(TENURES) + 1, N_AGES)
    respect, group, fifth, tenure, age = (axis.ravel() for axis in np.indices(shape))
    for number, pair in enumerate(found.pairs):
        for (arm, month), counts in sorted(pair.counts.items()):
            cells = np.moveaxis(counts, 1, 0).reshape(counts.shape[1], -1)
            some = cells.sum(axis=0) > 0
            same = (np.full(some.size, each) for each in (number, arm - 1, month))
            values = (*same, respect, group, fifth + 1, tenure, age, cells[BETTER], cells[WORSE], cells[ALIKE])
            for name, value in zip(_COLUMNS, values, strict=True):
                columns[name].append(value[some])
    words: dict[str, Sequence[str]] = {
        "arm": arms, "respect": tuple(RESPECTS),
        **{by: found.values(by) for by in ("group", "tenure", "age")},
    }  # fmt: skip
    whole = {name: np.concatenate(parts) if parts else np.zeros(0, np.int64) for name, parts in columns.items()}
    return pa.table({
        name: texts(values, words[name]) if name in words else numbers(values, pa.int32())
        for name, values in whole.items()
    })  # fmt: skip


_COLUMNS = ("pair", "arm", "month", "respect", "group", "income_fifth", "tenure", "age", "better", "worse", "alike")
