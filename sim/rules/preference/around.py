"""Sums over a neighbourhood, in plain NumPy: the independent twin of the kernels."""

from __future__ import annotations

import numpy as np

from sim.city.city import City
from sim.city.geography import Geography


def around(geography: Geography, values: np.ndarray) -> np.ndarray:
    """Weighted sum of ``values`` over the neighbourhood of each area, float64.

    Parameters
    ----------
    geography : Geography
    values : array, shape (n_areas,) or (n_areas, n)
    """
    n_areas = len(geography.start) - 1
    area = np.repeat(np.arange(n_areas), np.diff(geography.start))
    weighted = geography.weight * np.asarray(values, np.float64).T[..., geography.neighbour]
    if weighted.ndim == 1:
        return np.bincount(area, weighted, n_areas)
    return np.stack([np.bincount(area, column, n_areas) for column in weighted], axis=1)


def log_income_around(city: City) -> np.ndarray:
    """Mean log income of the neighbourhood of each area as of the last census, float64, shape (n_areas,)."""
    return around(city.geography, city.books.log_income)
