"""Segregation across the borders of areas: whom does a household have around, near or among its nearest?"""

from __future__ import annotations

import numpy as np

from sim.base.errors import MeasureError
from sim.measures.composition import Floats, logarithms, several_groups
from sim.measures.spatial.weights import Weights, seen

PEOPLE = (50, 200, 800, 1_600, 6_400, 12_800, 51_200)
"""Steps of a profile over the nearest so many (Östh, Malmberg & Andersson 2014 use such doublings)."""


def surrounding_shares(counts: np.ndarray, weights: Weights) -> np.ndarray:
    """Share of each group around each area, by weight.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups)
    weights : ndarray or csr_array, shape (n_areas, n_areas)
        For example ``biweight``, or ``nearest`` for so many neighbours.

    Returns
    -------
    float64 array, shape (n_areas, n_groups)
        0 to 1; all 0 where nobody lives and nobody is seen.

    Raises
    ------
    MeasureError
        If somebody lives in an area that sees nobody, not even itself.

    References
    ----------
    Reardon, S. F. & O'Sullivan, D. (2004). Measures of spatial segregation. Sociological Methodology 34, 121-162.
    """
    counts = np.asarray(counts, dtype=np.float64)
    around = seen(weights, counts)
    everybody = around.sum(axis=1, keepdims=True)
    blind = np.flatnonzero((everybody[:, 0] <= 0) & (counts.sum(axis=1) > 0))
    if len(blind):
        raise MeasureError("measure.sees_nobody", area=int(blind[0]))
    return np.asarray(around / np.where(everybody > 0, everybody, 1.0))


def order_by_distance(distance_km: np.ndarray) -> np.ndarray:
    """Areas by distance from each area, nearest first, ties in the order of the list; int32, (n_areas, n_areas)."""
    return np.argsort(distance_km, axis=1, kind="stable").astype(np.int32)


def nearest(totals: np.ndarray, order: np.ndarray, people: float) -> np.ndarray:
    """Weights of the nearest so many households: whole areas by distance, and a fraction of the last.

    Unlike those of a distance, these weights change with the households: they are for snapshots.

    Parameters
    ----------
    totals : ndarray, shape (n_areas,)
        All households in each area (count).
    order : integer array, shape (n_areas, n_areas)
        From ``order_by_distance``.
    people : float
        How many, in the unit of ``totals``.

    Returns
    -------
    float64 array, shape (n_areas, n_areas)
        Fraction of each area taken, 0 to 1; all of them if there are not so many.

    References
    ----------
    Östh, J., Malmberg, B. & Andersson, E. K. (2014). Analysing segregation using individualised neighbourhoods. In
    Social-spatial segregation, 135-161.
    """
    met = np.asarray(totals, dtype=np.float64)[order]
    before = np.cumsum(met, axis=1) - met
    taken = np.clip((people - before) / np.where(met > 0, met, 1.0), 0.0, 1.0)
    weights: np.ndarray = np.zeros_like(met)
    np.put_along_axis(weights, order.astype(np.int64), taken, axis=1)
    return weights


def spatial_entropy_index(counts: np.ndarray, shares: np.ndarray) -> float:
    """How much less mixed the surroundings of the average household are than the town (H~).

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups)
        Who lives in each area: weights and shares of the town are these, not smoothed.
    shares : ndarray, shape (n_areas, n_groups)
        Who lives around it, from ``surrounding_shares``.

    Returns
    -------
    float
        At most 1 (complete separation); 0 is surroundings as mixed as the town, and it can fall a little below where
        small groups live centrally. Dimensionless.

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.

    References
    ----------
    Reardon & O'Sullivan (2004), see ``surrounding_shares``.
    """
    town = several_groups(counts)
    entropies = -(shares * logarithms(shares)).sum(axis=1)
    return 1.0 - _average(counts, entropies) / town.diversity


def spatial_dissimilarity(counts: np.ndarray, shares: np.ndarray) -> float:
    """How unlike the town the surroundings of households are (D~).

    Parameters
    ----------
    counts, shares : ndarray, shape (n_areas, n_groups)
        See ``spatial_entropy_index``.

    Returns
    -------
    float
        0 to 1. Dimensionless.

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.

    References
    ----------
    Reardon & O'Sullivan (2004), see ``surrounding_shares``.
    """
    town = several_groups(counts)
    city_shares = counts.sum(axis=0) / town.population
    return _average(counts, np.abs(shares - city_shares).sum(axis=1)) / (2.0 * town.interaction)


def spatial_relative_diversity(counts: np.ndarray, shares: np.ndarray) -> float:
    """How much less likely neighbours are to differ than any two households of the town (R~).

    Parameters
    ----------
    counts, shares : ndarray, shape (n_areas, n_groups)
        See ``spatial_entropy_index``.

    Returns
    -------
    float
        At most 1 (complete separation); 0 is surroundings as mixed as the town. Dimensionless.

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.

    References
    ----------
    Reardon & O'Sullivan (2004), see ``surrounding_shares``.
    """
    town = several_groups(counts)
    return 1.0 - _average(counts, (shares * (1.0 - shares)).sum(axis=1)) / town.interaction


def nearest_profile(counts: np.ndarray, order: np.ndarray, people: tuple[int, ...] = PEOPLE) -> np.ndarray:
    """Entropy index among the nearest so many households, for several numbers; never show one alone.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups)
    order : integer array, shape (n_areas, n_areas)
        From ``order_by_distance``.
    people : tuple of int
        How many, in the unit of ``counts``.

    Returns
    -------
    float64 array, shape (len(people),)
        0 to 1; 0 once everybody is a neighbour. Dimensionless.

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.
    """
    totals = np.asarray(counts).sum(axis=1)
    around = (surrounding_shares(counts, nearest(totals, order, number)) for number in people)
    return np.array([spatial_entropy_index(counts, shares) for shares in around])


def _average(counts: np.ndarray, values: Floats) -> float:
    """Mean over households of what holds for their area."""
    totals = counts.sum(axis=1)
    return float((totals * values).sum() / totals.sum())
