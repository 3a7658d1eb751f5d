"""The taste for well-off areas that all share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.city.city import City
from sim.rules.preference.around import log_income_around
from sim.rules.sources import ROUGH


@rule("preference", "status")
@dataclass(frozen=True)
class Status:
    """Mean log income per consumption unit of the neighbourhood, against the mean of all areas."""

    needs_money: ClassVar[bool] = True

    weight: float = quantity(1.0, unit="utility", low=0, high=20, source=ROUGH)

    def by_area(self, city: City) -> np.ndarray:
        """Utility of each area to each group, float64, shape (n_groups, n_areas)."""
        level = log_income_around(city)
        return np.tile(self.weight * (level - level.mean()), (len(city.groups), 1))
