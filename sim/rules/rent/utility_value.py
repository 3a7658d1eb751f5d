"""Utility value (bruksvärde): rents by what a home offers, raised once a year by what the parties agree on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import integer, quantity
from sim.base.registry import rule
from sim.base.streams import Luck
from sim.city.city import City
from sim.rules.proposals import Lettings
from sim.rules.rent.worth import Worth


@rule("rent", "utility_value")
@dataclass(frozen=True)
class UtilityValue(Worth):
    """The same home costs the same to everybody; the level rises with the negotiated index.

    A home younger than ``presumption`` years takes the rent of new building (presumption rent) instead, which has an
    index of its own, counted from the year it was built.

    References
    ----------
    Jordabalken 12 kap. 55 § (utility value) and 55 c § (presumption rent, fifteen years).
    """

    yearly_index: float = quantity(0.0, unit="share/year", low=-0.1, high=0.2, source="assumed: rises with prices")
    presumption: float = quantity(
        15.0, unit="year", low=0, high=50, source="Jordabalken 12 kap. 55 c §", status="verified"
    )
    new_build_level: float = quantity(
        1.4, unit="1", low=0.5, high=4, status="estimate",
        source="new building 2024 about 2,400 SEK/m2/year against a mean of 1,440, part of it standard",
    )  # fmt: skip
    new_build_index: float = quantity(0.0, unit="share/year", low=-0.1, high=0.2, source="assumed")
    month_of_change: int = integer(1, unit="month", low=1, high=12, source="assumed")

    def asking(self, city: City, rows: np.ndarray, luck: Luck) -> np.ndarray:
        """Rents of vacant dwellings, SEK per month, float32: what the last tenant paid, or would have."""
        return self._rents(city, rows)

    def sitting(self, city: City, rows: np.ndarray, luck: Luck) -> np.ndarray:
        """Rents of those who live there, SEK per month, float32."""
        return self._rents(city, rows)

    def level(self, city: City, lettings: Lettings) -> np.ndarray:
        """The level, once a year a step of the index higher; it is what ``asking`` and ``sitting`` multiply by."""
        step = 1.0 + self.yearly_index if city.month_of_year % 12 + 1 == self.month_of_change else 1.0
        return np.asarray(city.books.rent_level * step)

    def _rents(self, city: City, rows: np.ndarray) -> np.ndarray:
        stock = city.dwellings
        level = city.books.rent_level[stock.area[rows], stock.tenure[rows]]
        rents = self.utility_values(city, rows) * level
        years = (city.month - stock.built[rows].astype(np.int64)) / 12.0
        new = np.flatnonzero(years < self.presumption)
        index = (1.0 + self.new_build_index) ** np.floor(years[new])
        rents[new] = self.plain_values(city, rows[new]) * self.new_build_level * index
        return np.asarray(rents, np.float32)
