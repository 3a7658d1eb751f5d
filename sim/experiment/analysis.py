"""What an experiment found: levels, paired differences, and how a measure responds to each factor."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.experiment.differences import CONFIDENCE, YEAR, YEARS, Difference, Window, difference, half_width
from sim.experiment.results import Results, over_points, window_mean

QUANTILES = (0.05, 0.5, 0.95)
BINS = 8
"""Into how many classes of equal size the points of a sampled factor are sorted for its curve (assumed)."""
FEW = 30
"""A factor with at most so many values is shown value by value."""


@dataclass(frozen=True)
class Level:
    """A measure in one arm over its replications, each the mean over all points.

    Attributes
    ----------
    measure : str
    arm : int
    window : Window
    n, missing : int
        Replications with a value, and without.
    mean, low, high : float
        Mean and the ends of its 95 per cent t-interval.
    sd, p5, median, p95 : float
        Standard deviation and quantiles over replications.
    """

    measure: str
    arm: int
    window: Window
    n: int
    missing: int
    mean: float
    low: float
    high: float
    sd: float
    p5: float
    median: float
    p95: float


@dataclass(frozen=True)
class Response:
    """A measure of one arm at one value of a factor, over replications of the mean over the points that have it.

    Attributes
    ----------
    measure : str
    arm : int
    factor : str
        Path.
    value : object
        The value, or the middle of a class of values.
    points, n : int
        Points and replications behind it.
    mean, low, high : float
        Mean and the ends of its 95 per cent t-interval; the interval says nothing about how other factors vary.
    """

    measure: str
    arm: int
    factor: str
    value: Any
    points: int
    n: int
    mean: float
    low: float
    high: float


def windows_of(months: int, chosen: Window) -> tuple[Window, ...]:
    """Years 2, 10 and 20 as far as the runs reach, and the window that was chosen, without doubles."""
    years = [Window("year", year, YEAR * year - YEAR + 1, YEAR * year) for year in YEARS if YEAR * year <= months]
    return tuple(dict.fromkeys([*years, chosen]))


def levels(results: Results, measures: Sequence[str], windows: Sequence[Window]) -> list[Level]:
    """Every measure in every arm and window."""
    found = []
    for measure in measures:
        months, paths = results.paths(measure)
        for window in windows:
            means = over_points(window_mean(months, paths, window))
            found += [_level(measure, arm, window, row) for arm, row in enumerate(means)]
    return found


def _level(measure: str, arm: int, window: Window, row: np.ndarray) -> Level:
    known = row[~np.isnan(row)]
    n, nan = len(known), float("nan")
    mean = float(known.mean()) if n else nan
    half = half_width(known)
    quantiles = [float(one) for one in np.quantile(known, QUANTILES)] if n else [nan] * 3
    sd = float(known.std(ddof=1)) if n > 1 else nan
    return Level(measure, arm, window, n, len(row) - n, mean, mean - half, mean + half, sd, *quantiles)


def pairs(results: Results, measures: Sequence[str], windows: Sequence[Window]) -> list[Difference]:
    """Every arm minus the baseline, replication by replication, each the mean over all points."""
    found, base = [], results.baseline
    for measure in measures:
        months, paths = results.paths(measure)
        for window in windows:
            means = over_points(window_mean(months, paths, window))
            found += [
                difference(measure, str(results.manifest["arms"][arm]["id"]), window, means[base], row)
                for arm, row in enumerate(means) if arm != base
            ]  # fmt: skip
    return found


def responses(results: Results, measures: Sequence[str], window: Window) -> list[Response]:
    """How each measure responds to each factor, arm by arm."""
    points = results.points()
    found: list[Response] = []
    for measure in measures:
        values = results.values(measure, window)
        for path in points[0]:
            for arm in range(len(values)):
                found += _curve(measure, arm, path, [point[path] for point in points], values[arm])
    return found


def _curve(measure: str, arm: int, path: str, at: Sequence[Any], values: np.ndarray) -> Iterator[Response]:
    """One curve; ``values`` has shape (n_points, n_replications)."""
    for value, members in classes(at):
        own = values[members]
        means = own.mean(axis=0)
        known = means[~np.isnan(means)]
        mean = float(known.mean()) if len(known) else float("nan")
        half = half_width(known)
        yield Response(measure, arm, path, value, len(members), len(known), mean, mean - half, mean + half)


def responds(curve: Sequence[Response]) -> bool:
    """Whether the ends of a curve lie further apart than luck would put the ends of so many equal values.

    The widest interval stands for all; common luck only makes the answer more careful.

    References
    ----------
    Tukey, J. W. (1949). Comparing individual means in the analysis of variance. Biometrics 5(2), 99-114.
    """
    n = min(one.n for one in curve)
    if len(curve) < 2 or n < 2:
        return False
    half = max(one.high - one.mean for one in curve)
    gap = max(one.mean for one in curve) - min(one.mean for one in curve)
    return gap > _least_range(len(curve), n - 1) * half


@functools.cache
def _least_range(k: int, freedom: int) -> float:
    """How far apart the ends of ``k`` equal means have to lie to look apart, in half-widths of a t-interval."""
    from scipy.special import stdtrit
    from scipy.stats import studentized_range

    return float(studentized_range.ppf(CONFIDENCE, k, freedom) / stdtrit(freedom, (1 + CONFIDENCE) / 2))


def classes(at: Sequence[Any]) -> list[tuple[Any, np.ndarray]]:
    """Values of a factor, or classes of equal size where there are many, with the points that lie in each.

    Examples
    --------
    >>> [(value, members.tolist()) for value, members in classes([2.0, 1.0, 2.0])]
    [(1.0, [1]), (2.0, [0, 2])]
    """
    is_number = all(isinstance(value, int | float) for value in at)
    distinct = sorted(set(at)) if is_number else list(dict.fromkeys(at))
    if len(distinct) <= FEW or not is_number:
        return [(value, np.flatnonzero([one == value for one in at])) for value in distinct]
    numbers = np.array(at, np.float64)
    parts = np.array_split(np.argsort(numbers, kind="stable"), BINS)
    return [(float(np.median(numbers[part])), part) for part in parts]
