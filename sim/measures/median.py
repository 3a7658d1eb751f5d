"""Medians and other quantiles of few numbers, and of many that were counted in steps."""

from __future__ import annotations

import numpy as np

from sim.base.errors import MeasureError


def quantile_of_steps(counted: np.ndarray, share: float, first: float, step: float) -> float:
    """Quantile of numbers that were counted in equal steps, linear within a step.

    Parameters
    ----------
    counted : int64 array, shape (n_steps,)
    share : float
        0 to 1; 0.5 is the median.
    first, step : float
        Where the first step begins, and how wide each is, in the unit of the result.

    Raises
    ------
    MeasureError
        If nobody was counted.

    Examples
    --------
    >>> quantile_of_steps(np.array([0, 4, 0]), 0.5, 0.0, 10.0)
    15.0
    """
    below = np.cumsum(counted)
    if below[-1] == 0:
        raise MeasureError("measure.nobody")
    sought = share * below[-1]
    at = int(np.searchsorted(below, sought, side="left"))
    before = below[at] - counted[at]
    return float(first + step * (at + (sought - before) / counted[at]))


def median(numbers: np.ndarray) -> float:
    """Median of some numbers.

    Raises
    ------
    MeasureError
        If there are none.
    """
    if numbers.size == 0:
        raise MeasureError("measure.nobody")
    return float(np.median(numbers))


def ratio(part: float, whole: float) -> float:
    """A part as a share of the whole.

    Raises
    ------
    MeasureError
        If the whole is nothing.
    """
    if whole == 0:
        raise MeasureError("measure.nobody")
    return float(part) / float(whole)
