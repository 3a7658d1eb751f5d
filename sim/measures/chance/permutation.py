"""What chance alone gives, by dealing: for the indices and the small areas that no formula covers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from sim.base.errors import MeasureError
from sim.base.streams import Stream

DRAWS = 200
"""Deals per level of chance; its standard error is then a fourteenth of the spread of one deal."""


class Band(NamedTuple):
    """Level of pure chance: mean, and the limits between which 95 of 100 deals fall."""

    mean: float
    low: float
    high: float


def deal_households(counts: np.ndarray, draws: int, luck: Stream) -> np.ndarray:
    """Tables in which the same households live in areas of the same sizes, dealt at random.

    The town is halved again and again; at each halving the groups are drawn without replacement, for all halves and
    all deals at once. Every deal of households is equally likely.

    Parameters
    ----------
    counts : integer array, shape (n_areas, n_groups)
    draws : int
        Number of deals.
    luck : Stream
        Its key alone decides the deals.

    Returns
    -------
    int64 array, shape (draws, n_areas, n_groups)
    """
    counts = np.asarray(counts, dtype=np.int64)
    n_areas, n_groups = counts.shape
    halvings = max(int(n_areas - 1).bit_length(), 0)
    totals = np.zeros(2**halvings, dtype=np.int64)
    totals[:n_areas] = counts.sum(axis=1)
    dealer = _dealer(luck)
    tables = np.broadcast_to(counts.sum(axis=0), (draws, 1, n_groups))
    for halving in range(halvings):
        left_sizes = totals.reshape(2 ** (halving + 1), -1).sum(axis=1)[::2]
        left = _drawn_without_replacement(tables, left_sizes, dealer)
        tables = np.stack([left, tables - left], axis=2).reshape(draws, -1, n_groups)
    return np.ascontiguousarray(tables[:, :n_areas])


def deal_areas(counts: np.ndarray, draws: int, luck: Stream) -> np.ndarray:
    """Tables in which whole areas are dealt over the places of the map; for measures of where areas lie.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups)
    draws : int
    luck : Stream

    Returns
    -------
    ndarray, shape (draws, n_areas, n_groups)
    """
    places = np.broadcast_to(np.arange(len(counts)), (draws, len(counts)))
    return np.asarray(counts[_dealer(luck).permuted(places, axis=1)])


def by_chance(measure: Callable[[np.ndarray], float], tables: Iterable[np.ndarray]) -> np.ndarray:
    """A measure of every dealt table; float64, shape (draws,)."""
    return np.array([measure(table) for table in tables], dtype=np.float64)


def band(values: np.ndarray) -> Band:
    """Mean and 95 per cent band of what the deals gave.

    Raises
    ------
    MeasureError
        If there are no deals.
    """
    if len(values) == 0:
        raise MeasureError("measure.no_deals")
    low, high = np.quantile(values, (0.025, 0.975))
    return Band(float(np.mean(values)), float(low), float(high))


def share_as_high(observed: float, values: np.ndarray) -> float:
    """How often chance gives as much: (1 + deals at least as high) / (1 + deals); above 0, at most 1.

    References
    ----------
    Phipson, B. & Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical Applications in Genetics
    and Molecular Biology 9(1), 39.
    """
    return float((1 + np.count_nonzero(values >= observed)) / (1 + len(values)))


def _drawn_without_replacement(pools: np.ndarray, sizes: np.ndarray, dealer: np.random.Generator) -> np.ndarray:
    """So many households drawn from each pool, by group; int64, the shape of ``pools`` (draws, n_pools, n_groups)."""
    drawn = np.empty(pools.shape, dtype=np.int64)
    unseen = pools.sum(axis=2)
    wanted = np.broadcast_to(sizes, unseen.shape).copy()
    for group in range(pools.shape[2] - 1):
        members = pools[:, :, group]
        unseen = unseen - members
        drawn[:, :, group] = dealer.hypergeometric(members, unseen, wanted)
        wanted -= drawn[:, :, group]
    drawn[:, :, -1] = wanted
    return drawn


def _dealer(luck: Stream) -> np.random.Generator:
    """NumPy's generator, run by the key of a stream: hypergeometric draws need more than one number each."""
    return np.random.Generator(np.random.Philox(key=luck.key))
