"""Area by area: how over-represented a group is here, how mixed the area is, how unlike the town.

Areas stay in their order, so every area must hold somebody: choose them with ``large_enough`` first, which also leaves
out those that are too small to say anything.
"""

from __future__ import annotations

import numpy as np

from sim.base.errors import MeasureError
from sim.measures.composition import Composition, logarithms, several_groups

FEWEST_SHOWN = 30
"""Households below which an area is greyed out on a map (assumed, the rule of thumb of small samples)."""


def large_enough(counts: np.ndarray, fewest: int = FEWEST_SHOWN) -> np.ndarray:
    """Whether an area has so many households that its figures can be shown; bool, shape (n_areas,)."""
    return np.asarray(counts.sum(axis=1) >= fewest)


def location_quotient(counts: np.ndarray) -> np.ndarray:
    """Share of each group in each area over its share in the town.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups)

    Returns
    -------
    float64 array, shape (n_areas, n_groups)
        0 or more; 1 is as in the town. Dimensionless.

    Raises
    ------
    MeasureError
        If an area or a group is empty.

    References
    ----------
    Isard, W. (1960). Methods of regional analysis. MIT Press.

    Examples
    --------
    >>> location_quotient(np.array([[3, 1], [1, 3]])).tolist()
    [[1.5, 0.5], [0.5, 1.5]]
    """
    town = _all_lived_in(counts)
    if town.n_groups < np.shape(counts)[1]:
        raise MeasureError("measure.group_empty")
    return np.asarray((town.shares / town.city_shares[:, None]).T)


def local_entropy(counts: np.ndarray) -> np.ndarray:
    """How mixed each area is, as a share of the most that this number of groups allows.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups)

    Returns
    -------
    float64 array, shape (n_areas,)
        0 (one group) to 1 (all groups equally large). Dimensionless.

    Raises
    ------
    MeasureError
        If an area is empty or only one group has members.

    References
    ----------
    Theil, H. (1972). Statistical decomposition analysis. North-Holland.
    """
    town = _all_lived_in(counts)
    entropies = -(town.shares * logarithms(town.shares)).sum(axis=0)
    return np.asarray(entropies / np.log(town.n_groups))


def local_divergence(counts: np.ndarray) -> np.ndarray:
    """How unlike the town each area is; weighted by households, the areas add up to ``divergence``.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups)

    Returns
    -------
    float64 array, shape (n_areas,)
        0 (like the town) or more. Nats.

    Raises
    ------
    MeasureError
        If an area is empty or only one group has members.

    References
    ----------
    Roberto, E. (2016). The divergence index: a decomposable measure of segregation and inequality. arXiv:1508.01167.
    """
    town = _all_lived_in(counts)
    return np.asarray((town.shares * logarithms(town.shares / town.city_shares[:, None])).sum(axis=0))


def map_correlation(shares: np.ndarray, shares_before: np.ndarray, weights: np.ndarray) -> float:
    """Correlation of a group's shares in the areas with those of another time: is it still the same map?

    A steady index can hide a shuffled map; this tells.

    Parameters
    ----------
    shares, shares_before : ndarray, shape (n_areas,)
        The group's share of each area, now and then.
    weights : ndarray, shape (n_areas,)
        Households in each area then (count); areas that nobody lived in have weight 0.

    Returns
    -------
    float
        -1 to 1. Dimensionless.

    Raises
    ------
    MeasureError
        If all areas are alike at either time.

    References
    ----------
    Pearson, K. (1895). Note on regression and inheritance in the case of two parents. Proc. Royal Society 58, 240-242.

    Examples
    --------
    >>> round(map_correlation(np.array([0.1, 0.4, 0.7]), np.array([0.2, 0.3, 0.4]), np.array([5, 5, 5])), 12)
    1.0
    """
    everybody = weights.sum()
    now, then = (values - (weights @ values) / everybody for values in (shares, shares_before))
    weighted = weights * now
    spread = (weighted @ now) * (weights @ (then * then))
    if spread <= 0:
        raise MeasureError("measure.areas_alike")
    return float((weighted @ then) / np.sqrt(spread))


def _all_lived_in(counts: np.ndarray) -> Composition:
    town = several_groups(counts)
    if town.n_areas < len(counts):
        raise MeasureError("measure.area_empty", area=int(np.flatnonzero(counts.sum(axis=1) == 0)[0]))
    return town
