"""The taste for a tenure as such."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.city.city import City


@rule("preference", "tenure")
@dataclass(frozen=True)
class Tenure:
    """A worth for each tenure, the same everywhere."""

    weight: float = quantity(1.0, unit="1", low=0, high=20, source="assumed")
    public_rental: float = quantity(0.0, unit="utility", low=-20, high=20, source="assumed")
    private_rental: float = quantity(0.0, unit="utility", low=-20, high=20, source="assumed")
    cooperative: float = quantity(0.0, unit="utility", low=-20, high=20, source="assumed")
    owner_occupied: float = quantity(0.0, unit="utility", low=-20, high=20, source="assumed")

    def by_tenure(self, city: City) -> np.ndarray:
        """Utility of each tenure in each area, float64, shape (n_areas, n_tenures)."""
        worth = np.array([self.public_rental, self.private_rental, self.cooperative, self.owner_occupied])
        return np.tile(self.weight * worth, (city.n_areas, 1))
