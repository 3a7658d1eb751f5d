"""Something happens to some of many households, with a chance by age: the loop is a kernel, the table is a rule's."""

from __future__ import annotations

import functools

import numpy as np

from sim.base.columns import locked
from sim.base.streams import Luck, Purpose, key_of
from sim.city.city import City
from sim.kernels.lives import struck

AGES = np.arange(111)
"""Ages that a table of chances has columns for; who is older has the chance of the last."""


@functools.cache
def by_age(values: tuple[float, ...], edges: tuple[int, ...]) -> np.ndarray:
    """The value of each age from its band, float64, shape (n_ages,); ``edges`` are the ages that begin a band."""
    return locked(np.asarray(values, np.float64)[np.searchsorted(edges, AGES, side="right")])


def chance(rate: np.ndarray) -> np.ndarray:
    """Probability that something with a yearly rate happens within a year."""
    return np.asarray(-np.expm1(-np.asarray(rate)))


def happens(
    city: City, luck: Luck, purpose: Purpose, rows: np.ndarray, kind: np.ndarray, table: np.ndarray, number: int = 0
) -> np.ndarray:
    """Positions in ``rows`` of the households that it happens to this month, int64.

    Parameters
    ----------
    city : City
    luck : Luck
    purpose : Purpose
    rows : int32 array, shape (n,)
    kind : array, shape (n,)
        Row of ``table`` that holds for each household.
    table : float64 array, shape (n_kinds, n_ages)
        Chances by age in years.
    number : int
        Tells several draws of one purpose and household apart.
    """
    here, out = city.households, np.empty(len(rows), np.int64)
    key = np.uint64(key_of(luck.seed, int(purpose), city.month))
    kinds = np.ascontiguousarray(kind, np.uint8)
    chances = np.array(table, np.float64)  # one that may be written, whatever it came from: the kernel is compiled once
    n = struck(rows, kinds, here.id, here.birth_month, city.month, key, number, chances, out)
    return out[:n]
