"""What a place is worth to everybody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.city.city import City


@rule("preference", "amenity")
@dataclass(frozen=True)
class Amenity:
    """The amenity of the area table and what has been added to it since, in units of utility."""

    weight: float = quantity(1.0, unit="1", low=0, high=20, source="assumed: the table is in units of utility")

    def by_area(self, city: City) -> np.ndarray:
        """Utility of each area to each group, float64, shape (n_groups, n_areas)."""
        return np.tile(self.weight * (city.areas.amenity + city.books.uplift), (len(city.groups), 1))
