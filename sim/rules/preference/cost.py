"""What is left to live on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.city.city import City
from sim.rules.sources import ROUGH

LEAST = 100.0


@rule("preference", "cost")
@dataclass(frozen=True)
class Cost:
    """Logarithm of residual income: income less the monthly cost of the home.

    The engine counts the cost after allowance, and of owned homes the loan; a new home that leaves less than the norm
    of living cannot be chosen. ``by_pair`` knows the city's columns only: the rent or the fee, before allowance.
    """

    needs_money: ClassVar[bool] = True

    weight: float = quantity(3.0, unit="utility", low=0, high=20, source=ROUGH)

    def by_pair(self, city: City, households: np.ndarray, dwellings: np.ndarray) -> np.ndarray:
        """Utility of each dwelling to the household beside it at the rent that stands, float64, shape (n_pairs,)."""
        income = city.households.income[households].astype(np.float64)
        return self.of_residual(income - city.dwellings.rent[dwellings])

    def of_residual(self, residual: np.ndarray) -> np.ndarray:
        """Utility of what is left, SEK per month; below 100 SEK no worse than at 100."""
        return np.asarray(self.weight * np.log(np.maximum(residual, LEAST)))

    def coefficients(self) -> dict[str, float]:
        """What the choice kernel needs."""
        return {"cost": self.weight}
