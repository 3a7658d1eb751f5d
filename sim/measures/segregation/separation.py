"""Separation: how well does the area predict the group?"""

from __future__ import annotations

import numpy as np

from sim.base.errors import MeasureError
from sim.measures.composition import Composition, against_the_rest, several_groups


def separation(group: np.ndarray, total: np.ndarray) -> float:
    """How well the area predicts whether a household is of the group (V, also called eta squared).

    It is isolation with the group's share of the town taken out. Low for small groups even when dissimilarity is high:
    report both.

    Parameters
    ----------
    group, total : ndarray, shape (n_areas,)
        Households of the group, and all households, in each area (count).

    Returns
    -------
    float
        0 (even) to 1 (complete separation). Dimensionless.

    Raises
    ------
    MeasureError
        If the group is empty or is everyone.

    References
    ----------
    Bell, W. (1954). A probability model for the measurement of ecological segregation. Social Forces 32, 357-364.
    Fossett, M. (2017). New methods for measuring and analyzing segregation. Springer.

    Examples
    --------
    >>> separation(np.array([3, 1]), np.array([4, 4]))
    0.25
    """
    return float(separation_of_each(against_the_rest(group, total))[0])


def separation_of_each(counts: np.ndarray | Composition) -> np.ndarray:
    """Separation of each group that has members from all others; float64, shape (n_groups,), 0 to 1.

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.
    """
    town = several_groups(counts)
    return town.squared_deviations / (town.population * town.variances)


def relative_diversity(counts: np.ndarray | Composition) -> float:
    """Separation for many groups (R): how far areas are from the town, squared, against the diversity of the town.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition

    Returns
    -------
    float
        0 (even) to 1 (complete separation). Dimensionless.

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.

    References
    ----------
    Carlson, S. M. (1992). Trends in race/sex occupational inequality. Social Problems 39(3), 268-290.
    Reardon, S. F. & Firebaugh, G. (2002). Measures of multigroup segregation. Sociological Methodology 32, 33-67.
    """
    town = several_groups(counts)
    return float(town.squared_deviations.sum() / (town.population * town.interaction))


def normalised_exposure(counts: np.ndarray | Composition) -> float:
    """Separation for many groups, weighted so that each group counts by its size (normalised exposure).

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition

    Returns
    -------
    float
        0 (even) to 1 (complete separation). Dimensionless.

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.

    References
    ----------
    James, F. J. (1986). A new generalized exposure-based segregation index. Sociological Methods & Research 14(3).
    Reardon & Firebaugh (2002), see ``relative_diversity``.
    """
    town = several_groups(counts)
    return float((town.squared_deviations / (1.0 - town.city_shares)).sum() / town.population)


def squared_coefficient(counts: np.ndarray | Composition) -> float:
    """Separation for many groups, weighted so that small groups count as much as large ones (C).

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition

    Returns
    -------
    float
        0 (even) to 1 (complete separation). Dimensionless.

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.

    References
    ----------
    Reardon & Firebaugh (2002), see ``relative_diversity``.
    """
    town = several_groups(counts)
    weighted = (town.squared_deviations / town.city_shares).sum()
    return float(weighted / (town.population * (town.n_groups - 1)))


def unbiased_separation(group: np.ndarray, total: np.ndarray) -> float:
    """How much more of the group its members have around than the others have, the household itself left out.

    Nobody is counted as a neighbour of oneself, so chance alone gives -1 / (all households - 1), practically 0, however
    small the areas. A household alone in its area has no neighbours and is not counted.

    Parameters
    ----------
    group, total : ndarray, shape (n_areas,)
        Households of the group, and all households, in each area (count).

    Returns
    -------
    float
        -1 to 1. Dimensionless.

    Raises
    ------
    MeasureError
        If, of those who have neighbours, the group is empty or is everyone.

    References
    ----------
    Fossett (2017), see ``separation``.

    Examples
    --------
    >>> unbiased_separation(np.array([2, 0]), np.array([2, 2]))
    1.0
    """
    group, total = np.asarray(group, dtype=np.float64), np.asarray(total, dtype=np.float64)
    group, total = group[total > 1], total[total > 1]
    rest = total - group
    if group.sum() <= 0 or rest.sum() <= 0:
        raise MeasureError("measure.two_groups_needed", members=float(group.sum()), others=float(rest.sum()))
    around_members = (group * (group - 1.0) / (total - 1.0)).sum() / group.sum()
    around_others = (rest * group / (total - 1.0)).sum() / rest.sum()
    return float(around_members - around_others)
