"""Sensitivity: which factors matter (Morris), and what share of the variance each brings (Sobol).

Holes are refused: with one missing value among a thousand, the estimators of SALib return zeros or masked values
without a word.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.base.errors import SimError
from sim.experiment.design import cube
from sim.experiment.differences import CONFIDENCE, Window
from sim.experiment.file.load import section_of
from sim.experiment.file.sections import ExperimentSection
from sim.experiment.file.study import shares_of
from sim.experiment.results import Results

RESAMPLES = 1000
SHOWN = 5


@dataclass(frozen=True)
class Effect:
    """What moving one factor through its range does to a measure, by Morris's method.

    Attributes
    ----------
    measure, factor : str
    arm : int
    mean, mean_size, spread : float
        Mean of the elementary effects (mu), of their sizes (mu*), and their standard deviation (sigma), in the unit of
        the measure per whole range of the factor. A spread as large as the size means curves or interplay.
    low, high : float
        Ends of the 95 per cent bootstrap interval of ``mean_size``.
    is_clear : bool
        Whether the interval keeps away from 0 by more than the luck of the replications explains.

    References
    ----------
    Morris, M. D. (1991). Technometrics 33(2), 161-174. Campolongo, F., Cariboni, J. & Saltelli, A. (2007). An effective
    screening design for sensitivity analysis of large models. Environmental Modelling & Software 22(10), 1509-1518.
    """

    measure: str
    factor: str
    arm: int
    mean: float
    mean_size: float
    spread: float
    low: float
    high: float
    is_clear: bool


@dataclass(frozen=True)
class Index:
    """Share of a measure's variance over the points that a factor brings: alone, and with all interplay.

    Attributes
    ----------
    measure, factor : str
    arm : int
    first, first_low, first_high : float
        First-order index and its 95 per cent bootstrap interval.
    total, total_low, total_high : float
        Total index and its interval.
    is_clear : bool
        Whether the interval of the total index keeps away from 0.

    References
    ----------
    Sobol', I. M. (2001). Global sensitivity indices for nonlinear mathematical models. Mathematics and Computers in
    Simulation 55, 271-280. Saltelli, A. et al. (2010). Computer Physics Communications 181(2), 259-270.
    """

    measure: str
    factor: str
    arm: int
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float
    is_clear: bool


@dataclass(frozen=True)
class Noise:
    """How much of what is analysed is luck: variance of a point's mean over replications by that over points."""

    measure: str
    arm: int
    share: float


def morris(results: Results, measure: str, window: Window, arm: int) -> list[Effect]:
    """Effects of all factors on a measure of one arm, the strongest first.

    Raises
    ------
    SimError
        If the design is another, or a run is missing or has no value.
    """
    from SALib.analyze import morris as estimator

    shares, values, problem, section = _ready(results, measure, window, arm, "morris")
    found = _quietly(
        lambda: estimator.analyze(problem, shares, values.mean(axis=1), num_levels=section.design.levels,
                                  num_resamples=RESAMPLES, conf_level=CONFIDENCE, seed=section.design.seed)
    )  # fmt: skip
    floor = _luck(values) * np.sqrt(2.0) * _steps(section.design.levels)
    effects = []
    for n, path in enumerate(_paths(results)):
        size, half = float(found["mu_star"][n]), float(found["mu_star_conf"][n])
        effects.append(Effect(measure, path, arm, float(found["mu"][n]), size, float(found["sigma"][n]), size - half,
                              size + half, size - half > floor))  # fmt: skip
    return sorted(effects, key=lambda one: -one.mean_size)


def sobol(results: Results, measure: str, window: Window, arm: int) -> list[Index]:
    """Indices of all factors for a measure of one arm, the strongest first.

    Raises
    ------
    SimError
        If the design is another, or a run is missing or has no value.
    """
    from SALib.analyze import sobol as estimator

    _, values, problem, section = _ready(results, measure, window, arm, "sobol_indices")
    means = values.mean(axis=1)
    if np.ptp(means) == 0:
        raise SimError("experiment.nothing_varies", measure=measure)
    found = _quietly(
        lambda: estimator.analyze(problem, means, calc_second_order=section.design.second_order,
                                  num_resamples=RESAMPLES, conf_level=CONFIDENCE, seed=section.design.seed)
    )  # fmt: skip
    indices = []
    for n, path in enumerate(_paths(results)):
        first, total = float(found["S1"][n]), float(found["ST"][n])
        one, other = float(found["S1_conf"][n]), float(found["ST_conf"][n])
        indices.append(Index(measure, path, arm, first, first - one, first + one, total, total - other, total + other,
                             total - other > 0))  # fmt: skip
    return sorted(indices, key=lambda index: -index.total)


def noise(results: Results, measure: str, window: Window, arm: int) -> Noise:
    """How much luck is left in the means over replications that an analysis uses."""
    values = results.values(measure, window)[arm]
    over = float(np.nanmean(values, axis=1).var(ddof=1)) if len(values) > 1 else float("nan")
    return Noise(measure, arm, _luck(values) ** 2 / over if over > 0 else float("nan"))


def _luck(values: np.ndarray) -> float:
    """Standard error of a point's mean over its replications; 0 for a single one, of which it cannot be told."""
    n = values.shape[1]
    return float(np.sqrt(values.var(axis=1, ddof=1).mean() / n)) if n > 1 else 0.0


def _steps(levels: int) -> float:
    """What a difference between neighbours of a trajectory is multiplied by to become an elementary effect."""
    return 2.0 * (levels - 1) / levels


def _paths(results: Results) -> list[str]:
    return [str(factor["path"]) for factor in results.manifest["factors"]]


def _quietly(estimate: Callable[[], Any]) -> Any:
    """SALib warns of what pandas will do one day."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return estimate()


def _ready(
    results: Results, measure: str, window: Window, arm: int, kind: str
) -> tuple[np.ndarray, np.ndarray, Any, ExperimentSection]:
    """Points of the unit cube, values of shape (n_points, n_replications), SALib's problem, and the experiment."""
    found = results.manifest["design"]["kind"]
    if found != kind:
        raise SimError("experiment.other_design", found=found, wanted=kind)
    values = results.values(measure, window)[arm]
    refuse_holes(results, values, measure)
    section = section_of(results.store.experiment_text())
    asked = results.manifest["design"]["asked"]
    section = section.model_copy(update={"design": section.design.model_copy(update={"points": asked})})
    n = len(results.manifest["factors"])
    return shares_of(section, n), values, cube(n), section


def refuse_holes(results: Results, values: np.ndarray, measure: str) -> None:
    """See that every planned value is there.

    Raises
    ------
    SimError
        If runs are missing, or a run has no value of the measure.
    """
    missing = results.missing()
    if missing:
        raise SimError("experiment.holes", n=len(missing), runs=_some(missing), folder=results.store.folder)
    undefined = int(np.isnan(values).sum())
    if undefined:
        raise SimError("experiment.undefined_values", n=undefined, measure=measure)


def _some(runs: list[str]) -> str:
    return ", ".join(runs[:SHOWN]) + (", ..." if len(runs) > SHOWN else "")
