"""What lies near what, as a matrix of weights; geometry stands still, so build each matrix once.

A matrix is dense or in compressed sparse rows; every spatial measure takes either.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from scipy import sparse

Weights: TypeAlias = "np.ndarray | sparse.csr_array"
"""Row: the area that looks out; column: the area that is seen; shape (n_areas, n_areas)."""


def distances_between(x_km: np.ndarray, y_km: np.ndarray) -> np.ndarray:
    """Distances in the plane, km; float64, shape (n_areas, n_areas), from positions in km, shape (n_areas,)."""
    return np.asarray(np.hypot(x_km[:, None] - x_km, y_km[:, None] - y_km))


def biweight(distance_km: np.ndarray, bandwidth_km: float) -> np.ndarray:
    """Weights that fall smoothly from 1 to 0 at the bandwidth: who lives within walking distance.

    Parameters
    ----------
    distance_km : ndarray, shape (n_areas, n_areas)
    bandwidth_km : float
        State it beside the figure.

    Returns
    -------
    float64 array, shape (n_areas, n_areas)
        0 to 1.

    References
    ----------
    Reardon, S. F. & O'Sullivan, D. (2004). Measures of spatial segregation. Sociological Methodology 34, 121-162.
    """
    inside = np.clip(1.0 - (np.asarray(distance_km, dtype=np.float64) / bandwidth_km) ** 2, 0.0, None)
    return np.asarray(inside**2)


def proximity(distance_km: np.ndarray, land_area_km2: np.ndarray) -> np.ndarray:
    """Weights exp(-distance), an area being as far from itself as the root of six tenths of its land.

    Parameters
    ----------
    distance_km : ndarray, shape (n_areas, n_areas)
    land_area_km2 : ndarray, shape (n_areas,)

    Returns
    -------
    float64 array, shape (n_areas, n_areas)
        Above 0, at most 1. Distances count in km, so the weights belong to this unit.

    References
    ----------
    White, M. J. (1983). The measurement of spatial segregation. American Journal of Sociology 88(5), 1008-1018.
    """
    distance = np.array(distance_km, dtype=np.float64)
    np.fill_diagonal(distance, np.sqrt(0.6 * np.asarray(land_area_km2, dtype=np.float64)))
    return np.exp(-distance)


def linked(start: np.ndarray, neighbour: np.ndarray, weight: np.ndarray) -> sparse.csr_array:
    """The links of a city's geography as weights; see ``sim.city.geography.Geography``.

    Parameters
    ----------
    start : integer array, shape (n_areas + 1,)
    neighbour, weight : arrays, shape (n_links,)
    """
    n_areas = len(start) - 1
    return sparse.csr_array((weight, neighbour, start), shape=(n_areas, n_areas))


def within(weights: Weights, areas: np.ndarray) -> Weights:
    """The weights between some areas, given as a mask; the same matrix if all are wanted."""
    return weights if areas.all() else weights[areas][:, areas]


def seen(weights: Weights, values: np.ndarray) -> np.ndarray:
    """Weighted sum of what each area sees; float64, the shape of ``values`` (n_areas,) or (n_areas, n)."""
    summed: Any = weights @ values
    return np.asarray(summed)
