"""Evenness: are the groups spread over the areas as they are over the town?"""

from __future__ import annotations

import numpy as np

from sim.measures.composition import Composition, against_the_rest, several_groups


def dissimilarity(group: np.ndarray, total: np.ndarray) -> float:
    """Share of a group that would have to change area for an even spread.

    It is biased upward in small areas, knows nothing of where areas lie, and does not see moves between two areas on
    the same side of the share in the town.

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
        If the group is empty or is everyone: the index is then undefined.

    References
    ----------
    Duncan, O. D. & Duncan, B. (1955). A methodological analysis of segregation indexes. ASR 20(2), 210-217.

    Examples
    --------
    >>> dissimilarity(np.array([10, 0]), np.array([10, 10]))
    1.0
    """
    return float(dissimilarity_of_each(against_the_rest(group, total))[0])


def dissimilarity_between(first: np.ndarray, second: np.ndarray) -> float:
    """Dissimilarity of two named groups; everybody else is left out.

    Parameters
    ----------
    first, second : ndarray, shape (n_areas,)
        Households of either group in each area (count).

    Returns
    -------
    float
        0 to 1. Dimensionless.

    Raises
    ------
    MeasureError
        If either group is empty.

    References
    ----------
    Duncan & Duncan (1955), see ``dissimilarity``.

    Examples
    --------
    >>> dissimilarity_between(np.array([6, 2]), np.array([2, 6]))
    0.5
    """
    return dissimilarity(first, np.asarray(first) + np.asarray(second))


def dissimilarity_of_each(counts: np.ndarray | Composition) -> np.ndarray:
    """Dissimilarity of each group that has members against all others.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition

    Returns
    -------
    float64 array, shape (n_groups,)
        0 to 1. Dimensionless.

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.
    """
    town = several_groups(counts)
    return town.absolute_deviations / (2.0 * town.population * town.variances)


def dissimilarity_of_groups(counts: np.ndarray | Composition) -> float:
    """Households that would have to move for an even spread of all groups, as a share of the most that could be needed.

    With two groups it is ``dissimilarity``.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition

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
    Morgan, B. S. (1975). The segregation of socioeconomic groups in urban areas. Urban Studies 12, 47-60.
    Sakoda, J. M. (1981). A generalized index of dissimilarity. Demography 18(2), 245-250.
    """
    town = several_groups(counts)
    return float(town.absolute_deviations.sum() / (2.0 * town.population * town.interaction))


def gini(group: np.ndarray, total: np.ndarray) -> float:
    """How much the group's share differs between the areas of two households met by chance.

    Parameters
    ----------
    group, total : ndarray, shape (n_areas,)
        Households of the group, and all households, in each area (count).

    Returns
    -------
    float
        0 (even) to 1 (complete separation), never below the dissimilarity. Dimensionless.

    Raises
    ------
    MeasureError
        If the group is empty or is everyone.

    References
    ----------
    Massey, D. S. & Denton, N. A. (1988). The dimensions of residential segregation. Social Forces 67(2), 281-315.

    Examples
    --------
    >>> gini(np.array([3, 1]), np.array([4, 4]))
    0.5
    """
    return float(gini_of_each(against_the_rest(group, total))[0])


def gini_of_each(counts: np.ndarray | Composition) -> np.ndarray:
    """Gini of each group that has members against all others; float64, shape (n_groups,), 0 to 1.

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.
    """
    town = several_groups(counts)
    return town.differences / (2.0 * town.population**2 * town.variances)


def gini_of_groups(counts: np.ndarray | Composition) -> float:
    """Gini for all groups at once; with two groups it is ``gini``.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition

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
    Reardon, S. F. & Firebaugh, G. (2002). Measures of multigroup segregation. Sociological Methodology 32, 33-67.
    """
    town = several_groups(counts)
    return float(town.differences.sum() / (2.0 * town.population**2 * town.interaction))


def entropy_index(counts: np.ndarray | Composition) -> float:
    """How much less mixed the average area is than the whole town (Theil's H): the headline index.

    It splits exactly over groups and over nested areas. It is biased upward in small areas.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition

    Returns
    -------
    float
        0 (every area like the town) to 1 (complete separation). Dimensionless.

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.

    References
    ----------
    Theil, H. & Finizza, A. J. (1971). A note on the measurement of racial integration of schools by means of
    informational concepts. Journal of Mathematical Sociology 1(2), 187-193.

    Examples
    --------
    >>> entropy_index(np.array([[10, 0], [0, 10]]))
    1.0
    """
    town = several_groups(counts)
    return float(town.information.sum() / (town.population * town.diversity))


def minmax(group: np.ndarray, total: np.ndarray) -> float:
    """Lack of overlap between a group and the others: 2 D / (1 + D), so it says nothing that dissimilarity does not.

    Parameters
    ----------
    group, total : ndarray, shape (n_areas,)
        Households of the group, and all households, in each area (count).

    Returns
    -------
    float
        0 to 1. Dimensionless.

    Raises
    ------
    MeasureError
        If the group is empty or is everyone.

    References
    ----------
    O'Sullivan, D. & Wong, D. W. S. (2007). A surface-based approach to measuring spatial segregation.
    Geographical Analysis 39(2), 147-168.
    """
    return float(lack_of_overlap(np.asarray(dissimilarity(group, total))))


def lack_of_overlap(dissimilarities: np.ndarray) -> np.ndarray:
    """MinMax from dissimilarities, of any shape: 2 D / (1 + D)."""
    return np.asarray(2.0 * dissimilarities / (1.0 + dissimilarities))


def atkinson(group: np.ndarray, total: np.ndarray, *, shape: float = 0.5) -> float:
    """Unevenness, with a chosen weight on areas where the group is rare (low shape) or common (high shape).

    Parameters
    ----------
    group, total : ndarray, shape (n_areas,)
        Households of the group, and all households, in each area (count).
    shape : float
        Above 0 and below 1; state it beside the figure. At one half, the default of Massey & Denton (1988), the index
        treats the group and the others alike.

    Returns
    -------
    float
        0 (even) to 1 (complete separation). Dimensionless.

    Raises
    ------
    MeasureError
        If the group is empty or is everyone.
    ValueError
        If the shape is not above 0 and below 1.

    References
    ----------
    Massey & Denton (1988), see ``gini``. James, D. R. & Taeuber, K. E. (1985). Measures of segregation.
    Sociological Methodology 15, 1-32.
    """
    return float(atkinson_of_each(against_the_rest(group, total), shape=shape)[0])


def atkinson_of_each(counts: np.ndarray | Composition, *, shape: float = 0.5) -> np.ndarray:
    """Atkinson of each group that has members against all others; float64, shape (n_groups,), 0 to 1.

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.
    ValueError
        If the shape is not above 0 and below 1.
    """
    if not 0.0 < shape < 1.0:
        raise ValueError(f"the shape of the Atkinson index lies above 0 and below 1, not at {shape}")
    town = several_groups(counts)
    ours, theirs = town.shares, 1.0 - town.shares
    overlap = (theirs ** (1.0 - shape) * ours**shape * town.totals).sum(axis=1) / town.sizes
    return np.asarray(1.0 - town.city_shares / (1.0 - town.city_shares) * overlap ** (1.0 / (1.0 - shape)))
