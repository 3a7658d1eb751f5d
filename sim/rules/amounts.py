"""How much in a month: rates that are no whole number, evenly over the months; and which homes, by lot."""

from __future__ import annotations

import numpy as np

from sim.base.streams import GOLDEN, Luck, Purpose
from sim.city.city import City
from sim.city.landlords import estate_size

MONTHS = 12
"""Every home, or estate, has its turn once a year: what is decided by the year is decided then."""

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


def in_turn(city: City, tenure: int, is_meant: np.ndarray) -> np.ndarray:
    """Homes of a tenure in the areas meant whose turn it is this month and about which nothing is decided, int32.

    Rows that follow each other have their turns one month after the other, so that a month is a fair sample.
    """
    stock = city.dwellings
    rows = np.arange(city.month % MONTHS, len(stock), MONTHS)
    rows = rows[stock.is_used[rows] & (stock.tenure[rows] == tenure)]
    return np.asarray(rows[is_meant[stock.area[rows]] & stock.is_settled(rows)], np.int32)


def estates_in_turn(city: City, tenure: int, is_meant: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same for whole estates.

    Returns
    -------
    rows : int32 array, shape (n_homes,)
        Homes, estate by estate.
    estate : int64 array, shape (n_homes,)
        Number of the estate of each.
    """
    stock, size = city.dwellings, estate_size(city.scale)
    estates = np.arange(city.month % MONTHS, -(-len(stock) // size), MONTHS)
    rows = (estates[:, None] * size + np.arange(size)).ravel()
    rows = rows[rows < len(stock)]
    rows = rows[stock.is_used[rows] & (stock.tenure[rows] == tenure)]
    rows = rows[is_meant[stock.area[rows]] & stock.is_settled(rows)]
    return rows.astype(np.int32), rows // size
