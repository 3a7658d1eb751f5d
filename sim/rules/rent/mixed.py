"""Rents between regulated and free: a weighted mean of the utility value and of what the market asks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.base.streams import Luck
from sim.city.city import City
from sim.rules.proposals import Lettings
from sim.rules.rent.market import MarketRent

REGULATED, FREE = 1.0, 0.0


@rule("rent", "mixed")
@dataclass(frozen=True)
class MixedRent(MarketRent):
    """The share ``regulated`` of every rent is the utility value, the rest is the market's; at 1 or 0 it is that rule.

    A home younger than ``presumption`` years takes the rent of new building as its regulated rent. The level of free
    rents moves with the market as long as some part of the rent is free.
    """

    regulated: float = quantity(1.0, unit="share", low=0, high=1, source="assumed: as today")
    presumption: float = quantity(
        15.0, unit="year", low=0, high=50, source="Jordabalken 12 kap. 55 c §", status="verified"
    )
    new_build_level: float = quantity(
        1.4, unit="1", low=0.5, high=4, status="estimate",
        source="new building 2024 about 2,400 SEK/m2/year against a mean of 1,440, part of it standard",
    )  # fmt: skip

    def asking(self, city: City, rows: np.ndarray, luck: Luck) -> np.ndarray:
        """Rents of vacant dwellings, SEK per month, float32."""
        return self._mean(self._regulated(city, rows), super().asking(city, rows, luck))

    def sitting(self, city: City, rows: np.ndarray, luck: Luck) -> np.ndarray:
        """Rents of those who live there, SEK per month, float32; the free part follows as under market rents."""
        return self._mean(self._regulated(city, rows), super().sitting(city, rows, luck))

    def level(self, city: City, lettings: Lettings) -> np.ndarray:
        """The level of free rents after this month's lettings, a multiple of the utility value."""
        return city.books.rent_level.copy() if self.regulated >= REGULATED else super().level(city, lettings)

    def _mean(self, regulated: np.ndarray, free: np.ndarray) -> np.ndarray:
        if self.regulated in (REGULATED, FREE):
            return regulated if self.regulated == REGULATED else free
        return np.asarray(self.regulated * regulated + (1.0 - self.regulated) * free, np.float32)

    def _regulated(self, city: City, rows: np.ndarray) -> np.ndarray:
        """Utility value, or the rent of new building, SEK per month, float32."""
        rents = self.utility_values(city, rows)
        is_new = (city.month - city.dwellings.built[rows].astype(np.int64)) / 12.0 < self.presumption
        rents[is_new] = self.plain_values(city, rows[is_new]) * self.new_build_level
        return np.asarray(rents, np.float32)
