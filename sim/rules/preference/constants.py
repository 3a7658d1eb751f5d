"""What the model does not explain about a place: constants, shown as such."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.city.city import City


@rule("preference", "constants")
@dataclass(frozen=True)
class Constants:
    """Alternative-specific constants by area and tenure, and by area and group, in the city's own table.

    References
    ----------
    McFadden, D. (1978). Modelling the choice of residential location.
    """

    weight: float = quantity(1.0, unit="1", low=0, high=2, source="assumed: 1 is as fitted, 0 switches them off")

    def by_area(self, city: City) -> np.ndarray:
        """Utility of each area to each group, float64, shape (n_groups, n_areas)."""
        return np.asarray(self.weight * city.constants.by_group.T)

    def by_tenure(self, city: City) -> np.ndarray:
        """Utility of each tenure in each area, float64, shape (n_areas, n_tenures)."""
        return np.asarray(self.weight * city.constants.by_tenure)
