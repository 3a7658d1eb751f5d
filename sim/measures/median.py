"""Medians and other quantiles: of numbers in order, and of numbers that were counted in steps."""

from __future__ import annotations

import functools

import numpy as np

from sim.base.errors import MeasureError
from sim.kernels.quantiles import quantiles

MEDIAN_AND_TAIL = np.array([0.5, 0.9])
MEDIAN_AND_TAIL.flags.writeable = False


def quantiles_of_steps(counted: np.ndarray, first: float, steps_per_unit: float) -> np.ndarray:
    """Median and ninth tenth of numbers that were counted in equal steps, even within a step.

    Parameters
    ----------
    counted : array, shape (n_rows, n_steps)
    first, steps_per_unit : float
        Where the first step begins, in the unit of the result; steps to one unit.

    Returns
    -------
    float64 array, shape (n_rows, 2)
        NaN where nobody was counted; else within a step of the quantile of the numbers themselves.

    Examples
    --------
    >>> quantiles_of_steps(np.array([[0, 4, 0]]), 0.0, 0.1)
    array([[15., 19.]])
    """
    found = np.empty((len(counted), len(MEDIAN_AND_TAIL)))
    quantiles(np.asarray(counted, np.float64), _edges(counted.shape[1], first, steps_per_unit), MEDIAN_AND_TAIL, found)
    return found


@functools.cache
def _edges(n_steps: int, first: float, steps_per_unit: float) -> np.ndarray:
    return first + np.arange(n_steps + 1) / steps_per_unit


def quantiles_in_order(numbers: np.ndarray) -> tuple[float, float]:
    """Median and ninth tenth of numbers in ascending order; NaN if there are none.

    Examples
    --------
    >>> quantiles_in_order(np.array([0.0, 2.0]))
    (1.0, 1.8)
    """
    if len(numbers) == 0:
        return np.nan, np.nan
    return _at(numbers, 0.5), _at(numbers, 0.9)


def _at(numbers: np.ndarray, share: float) -> float:
    place = (len(numbers) - 1) * share
    low = int(place)
    above = numbers[min(low + 1, len(numbers) - 1)]
    return float(numbers[low] + (place - low) * (above - numbers[low]))


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
