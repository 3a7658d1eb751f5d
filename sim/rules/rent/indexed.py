"""Rents as they are, raised by an index once a year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import integer, quantity
from sim.base.registry import rule
from sim.base.streams import Luck
from sim.city.city import City


@rule("rent", "indexed")
@dataclass(frozen=True)
class Indexed:
    """Every rent rises with the index once a year; a vacant home is let at the rent it had."""

    yearly_index: float = quantity(0.0, unit="share/year", low=-0.1, high=0.2, source="assumed: rises with prices")
    month_of_change: int = integer(1, unit="month", low=1, high=12, source="assumed")

    def asking(self, city: City, rows: np.ndarray, luck: Luck) -> np.ndarray:
        """Rents of vacant dwellings, SEK per month, float32; those vacant in the month of change rise too."""
        rents = city.dwellings.rent[rows]
        return self._raised(rents) if city.month_of_year == self.month_of_change else rents.copy()

    def sitting(self, city: City, rows: np.ndarray, luck: Luck) -> np.ndarray:
        """Rents of those who live there, SEK per month, float32."""
        return self._raised(city.dwellings.rent[rows])

    def _raised(self, rents: np.ndarray) -> np.ndarray:
        return (rents * np.float32(1.0 + self.yearly_index)).astype(np.float32)
