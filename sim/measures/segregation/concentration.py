"""Concentration: is a group gathered where it is many, or on little land?"""

from __future__ import annotations

import numpy as np

from sim.base.errors import MeasureError
from sim.measures.composition import Composition, Floats, composed

LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def concentration_profile(group: np.ndarray, total: np.ndarray, levels: tuple[float, ...] = LEVELS) -> np.ndarray:
    """Share of a group that lives in areas where the group is at least so large a share.

    It follows the group's share of the town, even if nobody moves.

    Parameters
    ----------
    group, total : ndarray, shape (n_areas,)
        Households of the group, and all households, in each area (count).
    levels : tuple of float, length n_levels
        Shares of an area, 0 to 1.

    Returns
    -------
    float64 array, shape (n_levels,)
        0 to 1, never rising from one level to a higher one. Dimensionless.

    Raises
    ------
    MeasureError
        If the group is empty.

    References
    ----------
    Poulsen, M., Johnston, R. & Forrest, J. (2001). Intraurban ethnic enclaves: introducing a knowledge-based
    classification method. Environment and Planning A 33(11), 2071-2082.

    Examples
    --------
    >>> concentration_profile(np.array([8, 2]), np.array([10, 10]), (0.1, 0.5, 0.9)).tolist()
    [1.0, 0.8, 0.0]
    """
    group, total = np.asarray(group, dtype=np.float64), np.asarray(total, dtype=np.float64)
    if group.sum() <= 0:
        raise MeasureError("measure.group_empty")
    lived_in = total > 0
    group, total = group[lived_in], total[lived_in]
    return np.asarray(_living_where_many(group[None], (group / total)[None], levels)[0])


def concentration_of_each(counts: np.ndarray | Composition, levels: tuple[float, ...] = LEVELS) -> np.ndarray:
    """Concentration profile of each group that has members; float64, shape (n_groups, n_levels), 0 to 1.

    Raises
    ------
    MeasureError
        If nobody lives in the town.
    """
    town = composed(counts)
    return _living_where_many(town.by_group, town.shares, levels)


def _living_where_many(members: Floats, shares: Floats, levels: tuple[float, ...]) -> Floats:
    """Share of each group that lives where it reaches each level, of arrays of shape (n_groups, n_areas)."""
    reaches = shares[:, None, :] >= np.asarray(levels)[:, None]
    return np.asarray(np.matmul(reaches, members[:, :, None])[:, :, 0] / members.sum(axis=1)[:, None])


def delta(group: np.ndarray, land_area: np.ndarray) -> float:
    """Share of a group that would have to move to live equally densely everywhere (Hoover's concentration).

    It depends on how much empty land the areas hold.

    Parameters
    ----------
    group : ndarray, shape (n_areas,)
        Households of the group in each area (count).
    land_area : ndarray, shape (n_areas,)
        Land of each area, in any one unit of area.

    Returns
    -------
    float
        0 (equal density) to 1. Dimensionless.

    Raises
    ------
    MeasureError
        If the group is empty.
    ValueError
        If land is negative, or there is none.

    References
    ----------
    Hoover, E. M. (1941). Interstate redistribution of population, 1850-1940. Journal of Economic History 1, 199-205.
    Massey, D. S. & Denton, N. A. (1988). The dimensions of residential segregation. Social Forces 67(2), 281-315.
    """
    if np.sum(group) <= 0:
        raise MeasureError("measure.group_empty")
    return float(delta_of_each(np.asarray(group)[:, None], land_area)[0])


def delta_of_each(counts: np.ndarray, land_area: np.ndarray) -> Floats:
    """The same of every group at once: counts of shape (n_areas, n_groups), to float64 of shape (n_groups,).

    NaN for a group without members.

    Raises
    ------
    ValueError
        If land is negative, or there is none.
    """
    counts, land = np.asarray(counts, dtype=np.float64), np.asarray(land_area, dtype=np.float64)
    if land.min() < 0 or land.sum() <= 0:
        raise ValueError("land_area must be 0 or more everywhere, and more than 0 somewhere")
    members = np.where(counts.any(axis=0), counts.sum(axis=0), np.nan)
    return np.asarray(0.5 * np.abs(counts / members - (land / land.sum())[:, None]).sum(axis=0))
