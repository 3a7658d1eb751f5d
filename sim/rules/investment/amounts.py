"""How much in a month: rates that are no whole number, evenly over the months; and which homes, by lot."""

from __future__ import annotations

import numpy as np

from sim.base.streams import GOLDEN, Luck, Purpose

GOLDEN_STEP = float(GOLDEN) / 2.0**64
"""The golden ratio's fraction: added up it fills an interval as evenly as can be (Weyl 1916)."""


def whole(expected: np.ndarray, month: int, luck: Luck, purpose: Purpose, number: int = 0) -> np.ndarray:
    """Whole numbers that sum to the expected ones within one, in every month and evenly over the months; int64.

    Parameters
    ----------
    expected : float64 array, shape (n,)
        How many a month, 0 or more.
    month : int
    luck, purpose, number
        Where the rounding begins is drawn once for a run, by purpose and number.

    References
    ----------
    Madow, W. G. & Madow, L. H. (1944). On the theory of systematic sampling. Annals of Mathematical Statistics 15.
    """
    begin = luck.stream(purpose, 0).uniform(np.array([number]), 1)[0] + GOLDEN_STEP * month
    steps = np.floor(np.cumsum(expected) + begin % 1.0).astype(np.int64)
    return np.diff(steps, prepend=0)


def drawn(rows: np.ndarray, n: int, month: int, luck: Luck, purpose: Purpose) -> np.ndarray:
    """Some of the rows, by lot and in their order, int32; all of them if there are no more."""
    if n >= len(rows):
        return rows.astype(np.int32)
    if n <= 0:
        return np.zeros(0, np.int32)
    words = luck.stream(purpose, month).words(rows)
    return np.sort(rows[np.argpartition(words, n)[:n]]).astype(np.int32)
