"""Who falls behind with the cost of a home, and who catches up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import integer, quantity
from sim.base.registry import rule
from sim.city.city import City
from sim.kernels.lives import fell_behind

MOST = 120


@rule("payment", "arrears")
@dataclass(frozen=True)
class Arrears:
    """A month is owed where what is left falls short of the norm by more than a household can do without.

    Savings of some months of cost carry it; a month in which nothing is short pays one back.
    """

    slack: float = quantity(
        2000.0, unit="SEK/month", low=0, high=1e5, source="assumed: how far below the norm a household can live"
    )
    savings_months: int = integer(3, unit="month", low=0, high=60, source="assumed")

    def owed(self, city: City, left_over: np.ndarray) -> np.ndarray:
        """Months owed from now on, uint8, shape (n_rows,)."""
        here, owed = city.households, np.empty(len(left_over), np.uint8)
        fell_behind(
            here.is_used, here.dwelling, here.savings, here.cost, here.arrears, left_over, np.float32(self.slack),
            self.savings_months, MOST, owed,
        )  # fmt: skip
        return owed
