"""Calibration: which draws of the parameters give a town like the one that was observed.

Approximate Bayesian computation: the draws of the design are what is held to be possible beforehand, those nearest to
the targets are kept, and a local regression moves them to where they would meet the targets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.base.errors import StoreError
from sim.experiment.file.aims import CalibrateSection, TargetSection
from sim.experiment.file.load import section_of
from sim.experiment.file.windows import window_of
from sim.experiment.results import Results

FEWEST = 10
"""Draws that are kept at least: quantiles of fewer say little (assumed)."""


@dataclass(frozen=True)
class Parameter:
    """What the targets say about one parameter, in its own unit.

    Attributes
    ----------
    path : str
    before : tuple of float
        Ends of what was held to be possible.
    middle, low, high : float
        Median and ends of the interval afterwards.
    narrowed : float
        By which share its spread is smaller than beforehand; near 0: the targets say nothing about it.
    covered : float
        Share of the synthetic truths that their own intervals hold.
    """

    path: str
    before: tuple[float, float]
    middle: float
    low: float
    high: float
    narrowed: float
    covered: float


@dataclass(frozen=True)
class Met:
    """A target, and what the draws that were kept give there.

    Attributes
    ----------
    target : TargetSection
    middle, low, high : float
        Median and ends of the interval over the kept draws.
    is_met : bool
        Whether the median is within one tolerance.
    """

    target: TargetSection
    middle: float
    low: float
    high: float

    @property
    def is_met(self) -> bool:
        return abs(self.middle - self.target.value) <= self.target.tolerance


@dataclass(frozen=True)
class Fit:
    """What a calibration found.

    Attributes
    ----------
    draws, lost, kept : int
        Draws in all; without all their values, which counts as rejected; kept.
    nearest, farthest : float
        Root mean square distance from the targets of the nearest and the farthest that was kept, in tolerances.
    level : float
        Of the intervals.
    parameters : tuple of Parameter
    targets : tuple of Met
        Those that were held out too.
    """

    draws: int
    lost: int
    kept: int
    nearest: float
    farthest: float
    level: float
    parameters: tuple[Parameter, ...]
    targets: tuple[Met, ...]


def fit(results: Results) -> Fit:
    """What lies in the folder of a calibration.

    Raises
    ------
    StoreError
        If it is none, or too few draws are there.
    """
    asked = section_of(results.store.experiment_text()).calibrate
    if asked is None:
        raise StoreError("store.no_calibration", path=str(results.store.folder))
    factors = results.manifest["factors"]
    if any("low" not in one for one in factors):
        raise StoreError("store.no_ends", path=str(results.store.folder))
    shares = np.array([[_share(one, point[one["path"]]) for one in factors] for point in results.points()])
    gaps = np.array([_gaps(results, target) for target in asked.targets]).T
    is_known = ~np.isnan(gaps).any(axis=1)
    if is_known.sum() < 2 * FEWEST:
        raise StoreError("store.too_few_draws", found=int(is_known.sum()), least=2 * FEWEST)
    return _fitted(asked, factors, shares[is_known], gaps[is_known], len(is_known))


def _gaps(results: Results, target: TargetSection) -> np.ndarray:
    """How far each draw is from a target, in tolerances, shape (n_points,); NaN unless all replications are there."""
    values = results.values(target.measure, window_of(target.window, results.months))[0].mean(axis=1)
    return np.asarray((values - target.value) / target.tolerance)


def _fitted(
    asked: CalibrateSection, factors: Sequence[dict[str, Any]], shares: np.ndarray, gaps: np.ndarray, n_draws: int
) -> Fit:
    used = np.array([not target.hold_out for target in asked.targets])
    n = kept_of(len(gaps), asked.keep)
    distance = np.sqrt((gaps[:, used] ** 2).mean(axis=1))
    kept = np.argsort(distance, kind="stable")[:n]
    after, weights = adjusted(shares[kept], gaps[np.ix_(kept, used)])
    ends = _ends(asked.level)
    covered = coverage(shares, gaps[:, used], kept, asked.keep, asked.level)
    parameters = []
    for k, one in enumerate(factors):
        middle, low, high = (_value(one, share) for share in weighted_quantiles(after[:, k], weights, ends))
        narrowed = 1.0 - _spread(after[:, k], weights) / float(shares[:, k].std())
        before = (float(one["low"]), float(one["high"]))
        parameters.append(Parameter(one["path"], before, middle, low, high, narrowed, float(covered[k])))
    met = []
    for k, target in enumerate(asked.targets):
        row = np.quantile(gaps[kept, k], ends) * target.tolerance + target.value
        met.append(Met(target, *(float(one) for one in row)))
    return Fit(n_draws, n_draws - len(gaps), n, float(distance[kept[0]]), float(distance[kept[-1]]), asked.level,
               tuple(parameters), tuple(met))  # fmt: skip


def kept_of(n_draws: int, share: float) -> int:
    """How many draws are kept."""
    return min(n_draws, max(FEWEST, round(share * n_draws)))


def adjusted(shares: np.ndarray, gaps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Kept draws moved to where they would meet the targets, and the weight of each.

    Parameters
    ----------
    shares : float64 array, shape (n_kept, n_factors)
        Where each draw lies between the ends of each factor, from 0 to 1.
    gaps : float64 array, shape (n_kept, n_targets)
        How far it is from each target, in tolerances.

    Returns
    -------
    shares : float64 array, shape (n_kept, n_factors)
        Between 0 and 1 still: the regression is of the logit.
    weights : float64 array, shape (n_kept,)

    Notes
    -----
    With fewer than two draws for each coefficient nothing is moved, since the regression would fit the luck.

    References
    ----------
    Beaumont, M. A., Zhang, W. & Balding, D. J. (2002). Approximate Bayesian computation in population genetics.
    Genetics 162(4), 2025-2035.
    Hamilton, G. et al. (2005). Bayesian estimation of recent migration rates after a spatial expansion. Genetics
    170(1), 409-417 (the logit).
    """
    distance = np.sqrt((gaps**2).mean(axis=1))
    widest = distance.max()
    weights = np.maximum(1.0 - (distance / widest) ** 2, 1e-6) if widest > 0 else np.ones(len(distance))
    if len(shares) < 2 * (gaps.shape[1] + 1):
        return shares, weights
    edge = 0.5 / len(shares)
    inside = np.clip(shares, edge, 1.0 - edge)
    logits = np.log(inside / (1.0 - inside))
    root = np.sqrt(weights)[:, None]
    design = np.column_stack([np.ones(len(gaps)), gaps])
    slopes = np.linalg.lstsq(root * design, root * logits, rcond=None)[0][1:]
    return 1.0 / (1.0 + np.exp(-(logits - gaps @ slopes))), weights


def coverage(shares: np.ndarray, gaps: np.ndarray, truths: np.ndarray, keep: float, level: float) -> np.ndarray:
    """How often the interval holds the truth, where the truth is known.

    Each of some draws stands in for the observed town in turn, and is looked for with all the others.

    Parameters
    ----------
    shares, gaps : float64 arrays, shape (n_draws, n_factors) and (n_draws, n_targets)
    truths : int array, shape (n_truths,)
        The draws that stand in.
    keep, level : float
        As in the calibration.

    Returns
    -------
    float64 array, shape (n_factors,)
        Share of the truths; near ``level`` where the intervals are honest.

    References
    ----------
    Prangle, D. et al. (2014). Diagnostic tools for approximate Bayesian computation using the coverage property.
    Australian & New Zealand Journal of Statistics 56(4), 309-329.
    """
    _, low, high = _ends(level)
    inside = np.zeros((len(truths), shares.shape[1]))
    for row, truth in enumerate(truths):
        others = np.delete(np.arange(len(shares)), truth)
        off = gaps[others] - gaps[truth]
        near = np.argsort((off**2).mean(axis=1), kind="stable")[: kept_of(len(others), keep)]
        after, weights = adjusted(shares[others[near]], off[near])
        for k in range(shares.shape[1]):
            ends = weighted_quantiles(after[:, k], weights, (low, high))
            inside[row, k] = ends[0] <= shares[truth, k] <= ends[1]
    return np.asarray(inside.mean(axis=0))


def weighted_quantiles(values: np.ndarray, weights: np.ndarray, at: Sequence[float]) -> list[float]:
    """Quantiles of values that do not all count the same.

    Examples
    --------
    >>> weighted_quantiles(np.array([3.0, 1.0, 2.0]), np.ones(3), (0.5,))
    [2.0]
    """
    order = np.argsort(values, kind="stable")
    middle = np.cumsum(weights[order]) - 0.5 * weights[order]
    return [float(one) for one in np.interp(np.asarray(at) * weights.sum(), middle, values[order])]


def _ends(level: float) -> tuple[float, float, float]:
    """Median and the two ends of an interval."""
    return 0.5, (1 - level) / 2, (1 + level) / 2


def _spread(values: np.ndarray, weights: np.ndarray) -> float:
    mean = np.average(values, weights=weights)
    return float(np.sqrt(np.average((values - mean) ** 2, weights=weights)))


def _share(factor: dict[str, Any], value: float) -> float:
    """Where a value lies between the ends of its factor, from 0 to 1."""
    low, high = factor["low"], factor["high"]
    if factor["log"]:
        return float(np.log(value / low) / np.log(high / low))
    return float((value - low) / (high - low))


def _value(factor: dict[str, Any], share: float) -> float:
    low, high = factor["low"], factor["high"]
    if factor["log"]:
        return float(low * (high / low) ** share)
    return float(low + share * (high - low))
