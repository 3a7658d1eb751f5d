"""What the way to the centre costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.city.city import City


@rule("preference", "travel")
@dataclass(frozen=True)
class Travel:
    """Minutes to the centre, disliked evenly."""

    weight: float = quantity(0.02, unit="utility/minute", low=0, high=5, source="assumed")

    def by_area(self, city: City) -> np.ndarray:
        """Utility of each area to each group, float64, shape (n_groups, n_areas)."""
        return np.tile(-self.weight * city.areas.travel, (len(city.groups), 1))
