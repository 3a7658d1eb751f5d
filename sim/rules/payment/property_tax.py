"""A yearly tax on what a house is worth, paid month by month by who owns it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.city.city import City
from sim.city.dwellings import OWNER_OCCUPIED

MONTHS = 12


@rule("payment", "property_tax")
@dataclass(frozen=True)
class PropertyTax:
    """A share of the value, assessed each January at the prices of the area; it comes on top of the fee.

    Buyers see it in the monthly cost, so that prices answer. The fee of today (at most some 10,000 SEK a year) is part
    of the ordinary cost of owning; this is what comes beside it.
    """

    rate: float = quantity(0.0, unit="share/year", low=0, high=0.05, source="assumed: none beside the fee of today")

    def assessed(self, city: City, rows: np.ndarray) -> np.ndarray:
        """What the tax on some dwellings is from now on, SEK per month, float32, shape (n_rows,)."""
        stock = city.dwellings
        is_house = stock.tenure[rows] == OWNER_OCCUPIED
        level = city.books.price_level[stock.area[rows], OWNER_OCCUPIED] * is_house
        return np.asarray(self.rate / MONTHS * level * stock.m2[rows], np.float32)
