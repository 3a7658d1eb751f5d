"""Differences between an arm and its baseline over pairs of runs that share their luck."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from sim.engine.record import Record

Verdict = Literal["higher", "lower", "no_clear_difference", "undefined"]
CONFIDENCE = 0.95
YEARS = (2, 10, 20)
LAST = 24
YEAR = 12


@dataclass(frozen=True)
class Window:
    """Months over which a measure is averaged: the last twelve of a year, or the last of a run.

    Attributes
    ----------
    kind : str
        ``year``: the twelve months that end ``number`` years after the start; ``last``: the last ``number`` months.
    number : int
    first, last : int
        Months since the start, both counted in.
    """

    kind: Literal["year", "last"]
    number: int
    first: int
    last: int

    def value(self, record: Record, measure: str) -> float:
        """Mean over the months in which the measure is defined; NaN if there is none or the run broke off before.

        A run that came to rest before its last month stays as it ended.
        """
        months = record.months
        if measure not in record.series or not len(months):
            return float("nan")
        n_missing = max(0, self.last - max(int(months[-1]), self.first - 1))
        if n_missing and not record.complete:
            return float("nan")
        values = record.series[measure]
        inside = values[(months >= self.first) & (months <= self.last)]
        defined = np.concatenate([inside, np.repeat(values[-1:], n_missing)])
        defined = defined[~np.isnan(defined)]
        return float(defined.mean()) if len(defined) else float("nan")


def windows(months: int) -> tuple[Window, ...]:
    """When a run of so many months is looked at: years 2, 10 and 20, and its end.

    Examples
    --------
    >>> [(window.kind, window.number) for window in windows(240)]
    [('year', 2), ('year', 10), ('year', 20), ('last', 24)]
    >>> [(window.kind, window.number) for window in windows(9)]
    [('last', 9)]
    """
    years = [Window("year", year, 12 * year - YEAR + 1, 12 * year) for year in YEARS if 12 * year <= months]
    span = min(LAST, months)
    return (*years, Window("last", span, months - span + 1, months))


@dataclass(frozen=True)
class Difference:
    """A measure in one arm minus the same in the baseline, over pairs with the same founding and luck.

    Attributes
    ----------
    measure, arm : str
    window : Window
    baseline, value : float
        Means over the pairs, in the unit of the measure.
    mean, low, high : float
        Mean difference and the ends of its 95 per cent t-interval.
    sd : float
        Standard deviation of the difference over the pairs.
    same_sign : float
        Share of the pairs whose difference has the sign of the mean.
    correlation : float
        Between baseline and arm over the pairs: what common luck brings. NaN where one of them does not vary.
    variance_ratio : float
        Variance of the difference by that of two runs with luck of their own; below 1 where common luck helps.
    pairs, dropped : int
        Pairs compared, and pairs left out since one of the two runs has no value.
    verdict : str
    """

    measure: str
    arm: str
    window: Window
    baseline: float
    value: float
    mean: float
    low: float
    high: float
    sd: float
    same_sign: float
    correlation: float
    variance_ratio: float
    pairs: int
    dropped: int
    verdict: Verdict


def difference(measure: str, arm: str, window: Window, baselines: np.ndarray, values: np.ndarray) -> Difference:
    """Compare a measure over pairs.

    Parameters
    ----------
    measure, arm, window
        What is compared.
    baselines, values : float64 arrays, shape (n_pairs,)
        The measure in the baseline and in the arm, the same replication at the same place; NaN where a run has none.

    References
    ----------
    Law, A. M. (2015). Simulation Modeling and Analysis, 5th ed., sections 10.2 and 11.2 (paired t, common numbers).
    """
    both = ~(np.isnan(baselines) | np.isnan(values))
    one, other = baselines[both], values[both]
    gaps = other - one
    n, nan = len(gaps), float("nan")
    mean = float(gaps.mean()) if n else nan
    half = half_width(gaps)
    return Difference(
        measure=measure,
        arm=arm,
        window=window,
        baseline=float(one.mean()) if n else nan,
        value=float(other.mean()) if n else nan,
        mean=mean,
        low=mean - half,
        high=mean + half,
        sd=float(gaps.std(ddof=1)) if n > 1 else nan,
        same_sign=float((np.sign(gaps) == np.sign(mean)).mean()) if n else nan,
        correlation=_correlation(one, other),
        variance_ratio=_variance_ratio(one, other),
        pairs=n,
        dropped=len(both) - n,
        verdict=verdict(mean - half, mean + half),
    )


def half_width(gaps: np.ndarray, confidence: float = CONFIDENCE) -> float:
    """Half the width of the t-interval of a mean; NaN for less than two values.

    References
    ----------
    Student (1908). The probable error of a mean. Biometrika 6(1), 1-25.

    Examples
    --------
    >>> round(half_width(np.array([1.0, 2.0, 3.0])), 4)
    2.4841
    """
    from scipy.special import stdtrit

    n = len(gaps)
    if n < 2:
        return float("nan")
    return float(stdtrit(n - 1, (1 + confidence) / 2) * gaps.std(ddof=1) / np.sqrt(n))


def verdict(low: float, high: float) -> Verdict:
    """What an interval allows to say: nothing clear where it covers 0."""
    if np.isnan(low) or np.isnan(high):
        return "undefined"
    if low > 0:
        return "higher"
    return "lower" if high < 0 else "no_clear_difference"


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    if len(one) < 3 or not (_varies(one) and _varies(other)):
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def _varies(values: np.ndarray) -> bool:
    """Whether values differ, and by enough that the difference can be squared."""
    return bool(np.ptp(values) > 0 and values.var() > 0)


def _variance_ratio(one: np.ndarray, other: np.ndarray) -> float:
    if len(one) < 3:
        return float("nan")
    apart = one.var(ddof=1) + other.var(ddof=1)
    return float((other - one).var(ddof=1) / apart) if apart > 0 else float("nan")


def plain(numbers: Mapping[str, Any]) -> dict[str, Any]:
    """The same for programs: an undefined number is None."""
    return {key: None if isinstance(value, float) and math.isnan(value) else value for key, value in numbers.items()}


@dataclass(frozen=True)
class Contrast:
    """One measure of one arm against the baseline, at every window, and where its sign turns.

    Attributes
    ----------
    measure, arm : str
    at : tuple of Difference
        In the order of time.
    turns_in : int or None
        Year (counted from 1) in which the mean difference changes sign for the last time between two windows that
        are clear and opposite; None where the sign does not turn.
    """

    measure: str
    arm: str
    at: tuple[Difference, ...]
    turns_in: int | None

    @property
    def end(self) -> Difference:
        """The difference over the last months."""
        return self.at[-1]


def contrast(measure: str, arm: str, baselines: Sequence[Record], records: Sequence[Record], months: int) -> Contrast:
    """Compare a measure of an arm with the baseline at every window; records of one place share their luck."""
    at = tuple(
        difference(measure, arm, window, _values(baselines, measure, window), _values(records, measure, window))
        for window in windows(months)
    )
    return Contrast(measure, arm, at, _turn(measure, baselines, records, at))


def _values(records: Sequence[Record], measure: str, window: Window) -> np.ndarray:
    return np.array([window.value(record, measure) for record in records])


def _turn(
    measure: str, baselines: Sequence[Record], records: Sequence[Record], at: tuple[Difference, ...]
) -> int | None:
    """Year of the last change of sign between two clear, opposite windows."""
    clear = [one for one in at if one.verdict in ("higher", "lower")]
    opposite = [(one, two) for one, two in itertools.pairwise(clear) if one.verdict != two.verdict]
    if not opposite:
        return None
    before, after = opposite[-1]
    end = after.window.last
    for year in range(end // 12, before.window.last // 12, -1):
        window = Window("year", year, 12 * year - YEAR + 1, 12 * year)
        gap = difference(measure, "", window, _values(baselines, measure, window), _values(records, measure, window))
        if np.sign(gap.mean) != np.sign(after.mean):
            return min(year + 1, end // 12)
    return before.window.last // 12 + 1
