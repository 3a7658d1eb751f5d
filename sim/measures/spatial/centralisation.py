"""Centralisation: does a group live near the centre?"""

from __future__ import annotations

import numpy as np

from sim.base.errors import MeasureError
from sim.measures.composition import against_the_rest


def absolute_centralisation(group: np.ndarray, land_area: np.ndarray, distance_km: np.ndarray) -> float:
    """Share of a group that would have to move to live equally densely at all distances from the centre (ACE).

    Parameters
    ----------
    group, land_area : ndarray, shape (n_areas,)
        Households of the group (count), and land in any one unit of area, in each area.
    distance_km : ndarray, shape (n_areas,)
        To a centre that is named beside the figure; areas equally far are taken in the order of the list.

    Returns
    -------
    float
        -1 (at the edge) to 1 (at the centre); 0 is like the land. Dimensionless.

    Raises
    ------
    MeasureError
        If the group is empty.
    ValueError
        If there is no land.

    References
    ----------
    Duncan, O. D. (1957). The measurement of population distribution. Population Studies 11(1), 27-45.
    Massey, D. S. & Denton, N. A. (1988). The dimensions of residential segregation. Social Forces 67(2), 281-315.
    """
    if np.sum(group) <= 0:
        raise MeasureError("measure.group_empty")
    if np.sum(land_area) <= 0:
        raise ValueError("land_area must be more than 0 somewhere")
    return _ahead(group, land_area, distance_km)


def relative_centralisation(group: np.ndarray, total: np.ndarray, distance_km: np.ndarray) -> float:
    """Share of a group that would have to move to live as near the centre as the others do (RCE).

    Parameters
    ----------
    group, total : ndarray, shape (n_areas,)
        Households of the group, and all households, in each area (count).
    distance_km : ndarray, shape (n_areas,)
        To a centre that is named beside the figure; areas equally far are taken in the order of the list.

    Returns
    -------
    float
        -1 (all others are nearer) to 1 (the group is nearer); 0 is like the others. Dimensionless.

    Raises
    ------
    MeasureError
        If the group is empty or is everyone.

    References
    ----------
    Duncan (1957) and Massey & Denton (1988), see ``absolute_centralisation``.
    """
    against_the_rest(group, total)
    return _ahead(group, np.asarray(total) - np.asarray(group), distance_km)


def _ahead(first: np.ndarray, second: np.ndarray, distance_km: np.ndarray) -> float:
    """How much sooner, on the way out, the first is met than the second: twice the area between their two curves."""
    outward = np.argsort(distance_km, kind="stable")
    up_to = [np.concatenate(([0.0], np.cumsum(np.asarray(x)[outward]) / np.sum(x))) for x in (first, second)]
    return float((up_to[0][:-1] * up_to[1][1:] - up_to[0][1:] * up_to[1][:-1]).sum())
