"""What services nearby are worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.city.city import City


@rule("preference", "service")
@dataclass(frozen=True)
class Service:
    """The level of services of the area table."""

    weight: float = quantity(0.5, unit="utility", low=0, high=20, source="assumed")

    def by_area(self, city: City) -> np.ndarray:
        """Utility of each area to each group, float64, shape (n_groups, n_areas)."""
        return np.tile(self.weight * city.areas.service, (len(city.groups), 1))
