"""Ties to where one lives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.city.city import City
from sim.city.households import NOBODY
from sim.rules.sources import ROUGH


@rule("preference", "roots")
@dataclass(frozen=True)
class Roots:
    """Distance from the area where one lives or last lived; who has no roots in the city does not mind."""

    weight: float = quantity(1.0, unit="1", low=0, high=20, source="assumed")
    per_km: float = quantity(0.06, unit="utility/km", low=0, high=5, source=ROUGH)

    def by_pair(self, city: City, households: np.ndarray, dwellings: np.ndarray) -> np.ndarray:
        """Utility of each dwelling to the household beside it, float64, shape (n_pairs,)."""
        roots = city.households.roots[households]
        if not city.geography.km.size:
            return np.zeros(len(households))
        km = city.geography.km[roots, city.dwellings.area[dwellings]].astype(np.float64)
        return np.where(roots == NOBODY, 0.0, -self.weight * self.per_km * km)

    def coefficients(self) -> dict[str, float]:
        """What the choice kernel needs."""
        return {"distance": self.weight * self.per_km}
