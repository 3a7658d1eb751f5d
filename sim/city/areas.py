"""Areas: the smallest units over which segregation is measured, and what lies near what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Areas:
    """Named areas, one position per area in every field.

    Attributes
    ----------
    ids, names, municipalities : tuple of str, length n_areas
    lat, lon : float64 arrays, shape (n_areas,)
        Position of the centre, degrees (WGS84).
    amenity, service : float64 arrays, shape (n_areas,)
        Worth of the place in units of utility, mean 0; level of services, mean 0.
    travel : float64 array, shape (n_areas,)
        Minutes to the centre.
    km2 : float64 array, shape (n_areas,), or None
        Land, more than 0; None where nobody has told.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    municipalities: tuple[str, ...]
    lat: np.ndarray
    lon: np.ndarray
    amenity: np.ndarray
    service: np.ndarray
    travel: np.ndarray
    km2: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.ids)
