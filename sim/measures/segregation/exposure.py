"""Exposure: whom does the average member of a group have around?"""

from __future__ import annotations

import numpy as np

from sim.base.errors import MeasureError
from sim.measures.composition import Composition, composed


def isolation(group: np.ndarray, total: np.ndarray) -> float:
    """Share of the group in the area of its average member.

    It follows the group's share of the town even if nobody moves: show that share beside it.

    Parameters
    ----------
    group, total : ndarray, shape (n_areas,)
        Households of the group, and all households, in each area (count). The household itself is counted.

    Returns
    -------
    float
        From the group's share of the town (even) to 1 (complete separation). Dimensionless.

    Raises
    ------
    MeasureError
        If the group is empty.

    References
    ----------
    Bell, W. (1954). A probability model for the measurement of ecological segregation. Social Forces 32, 357-364.
    Lieberson, S. (1981). An asymmetrical approach to segregation. In Ethnic segregation in cities, 61-82.

    Examples
    --------
    >>> isolation(np.array([3, 1]), np.array([4, 4]))
    0.625
    """
    return exposure(group, group, total)


def isolation_of_each(counts: np.ndarray | Composition) -> np.ndarray:
    """Isolation of each group that has members; float64, shape (n_groups,), 0 to 1.

    Raises
    ------
    MeasureError
        If nobody lives in the town.
    """
    town = composed(counts)
    return np.asarray((town.by_group * town.shares).sum(axis=1) / town.sizes)


def exposure(group: np.ndarray, other: np.ndarray, total: np.ndarray) -> float:
    """Share of another group in the area of the group's average member.

    Parameters
    ----------
    group, other, total : ndarray, shape (n_areas,)
        Households of the group, of the group that it meets, and of all, in each area (count).

    Returns
    -------
    float
        0 (never met) to 1. Dimensionless.

    Raises
    ------
    MeasureError
        If the group is empty.
    ValueError
        If an area has more of a group than of all.

    References
    ----------
    Bell (1954) and Lieberson (1981), see ``isolation``.

    Examples
    --------
    >>> exposure(np.array([3, 1]), np.array([1, 3]), np.array([4, 4]))
    0.375
    """
    group, other, total = (np.asarray(count, dtype=np.float64) for count in (group, other, total))
    if group.sum() <= 0:
        raise MeasureError("measure.group_empty")
    if (group > total).any() or (other > total).any():
        raise ValueError("an area has more households of a group than in all")
    members = group > 0
    met = (group[members] * other[members] / total[members]).sum()
    return float(met / group.sum())


def exposure_matrix(counts: np.ndarray | Composition) -> np.ndarray:
    """Share of each group in the area of every group's average member, for the groups that have members.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition

    Returns
    -------
    float64 array, shape (n_groups, n_groups)
        Row: who meets; column: who is met. 0 to 1; a row adds up to 1; the diagonal holds the isolations.

    Raises
    ------
    MeasureError
        If nobody lives in the town.

    References
    ----------
    Bell (1954) and Lieberson (1981), see ``isolation``.
    """
    town = composed(counts)
    return np.asarray(town.by_group @ town.shares.T / town.sizes[:, None])
