"""The utility value of a rental: what a home is worth by size, standard and age, and a little by its place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import numbers, quantity
from sim.city.city import City
from sim.city.dwellings import COOPERATIVE

TYPICAL_M2 = 60.0
PERIODS = (1960, 1980, 2000)


@dataclass(frozen=True)
class Worth:
    """Parameters of the utility value, shared by the rent rules that start from it."""

    per_m2: float = quantity(
        120.0, unit="SEK/m2/month", low=20, high=500,
        source="Statistics Sweden, mean rent of greater Gothenburg 2024", status="verified",
    )  # fmt: skip
    size_power: float = quantity(
        0.68, unit="1", low=0.3, high=1,
        source="fitted to rents by rooms in greater Gothenburg 2018 (Swedish Union of Tenants)", status="derived",
    )  # fmt: skip
    standard_weight: float = quantity(0.3, unit="share", low=0, high=2, source="assumed")
    period: tuple[float, ...] = numbers(
        (1.0, 1.0, 1.05, 1.2), unit="1", low=0.3, high=3,
        source="assumed: built before 1960, 1960-1979, 1980-1999, since 2000",
    )  # fmt: skip
    location_weight: float = quantity(
        0.1, unit="share", low=0, high=1,
        source="small, SOU 2021:58; 0.1 gives the differences between the city's areas in 2024", status="estimate",
    )  # fmt: skip

    def utility_values(self, city: City, rows: np.ndarray) -> np.ndarray:
        """Utility value of dwellings at the level of the founding, SEK per month, float64, shape (n_rows,)."""
        year = (city.start + city.dwellings.built[rows].astype(np.int64)) // 12
        by_period = np.asarray(self.period)[np.searchsorted(PERIODS, year, side="right")]
        return np.asarray(self.plain_values(city, rows) * by_period)

    def plain_values(self, city: City, rows: np.ndarray) -> np.ndarray:
        """The same for a home of no particular period."""
        stock = city.dwellings
        size = TYPICAL_M2 * (stock.m2[rows].astype(np.float64) / TYPICAL_M2) ** self.size_power
        standard = 1.0 + self.standard_weight * (stock.standard[rows].astype(np.float64) - 0.5)
        place = 1.0 + self.location_weight * place_premium(city)
        renovated = 1.0 + stock.lift[rows] / 100.0
        return np.asarray(self.per_m2 * size * standard * place[stock.area[rows]] * renovated)


def place_premium(city: City) -> np.ndarray:
    """How much more than in the middle area flats were sold for at the founding, as a share, shape (n_areas,).

    The median area has 0, and so has an area where none are sold. Prices of the founding are used, so that a
    regulated rent does not chase the market.
    """
    price = city.books.founding_price[:, COOPERATIVE]
    if not (price > 0).any():
        return np.zeros(city.n_areas)
    middle = np.median(price[price > 0])
    return np.where(price > 0, price / middle - 1.0, 0.0)
