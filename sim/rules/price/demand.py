"""Prices of owned homes: they follow what buyers pay, and what stays unsold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.base.streams import Luck
from sim.city.city import City
from sim.city.households import NEVER
from sim.rules.pressure import Pace, moved
from sim.rules.proposals import Sales
from sim.rules.sources import ROUGH


@rule("price", "demand")
@dataclass(frozen=True)
class Demand:
    """The price per m2 of an area and tenure rises with the premium buyers pay and falls with homes left unsold."""

    target_time: float = quantity(2.0, unit="month", low=1.5, high=24, source=ROUGH)
    speed: float = quantity(0.25, unit="share/month", low=0, high=1, source=ROUGH)
    most: float = quantity(0.015, unit="share/month", low=0, high=0.2, source=ROUGH)
    unsold: float = quantity(0.08, unit="share/month", low=0, high=0.5, source=ROUGH)
    premium_cap: float = quantity(0.1, unit="share", low=0, high=1, source=ROUGH)
    own_cut: float = quantity(0.02, unit="share/month", low=0, high=0.2, source="assumed")

    def asking(self, city: City, rows: np.ndarray, luck: Luck) -> np.ndarray:
        """Asking prices, SEK, float32: the level, less a cut for each month on the market beyond the target."""
        since = city.dwellings.vacant_since[rows].astype(np.int64)
        over = np.where(since == NEVER, 0.0, np.maximum(city.month - since - self.target_time, 0.0))
        return np.asarray(self._at_level(city, rows) * (1.0 - self.own_cut) ** over, np.float32)

    def level(self, city: City, sales: Sales) -> np.ndarray:
        """Prices of ordinary homes after this month's sales, SEK per m2, float64, shape (n_areas, n_tenures)."""
        pace = Pace(self.speed, self.most, self.unsold, self.target_time)
        ordinary = np.maximum(self._at_level(city, sales.dwelling), 1.0)
        premium = np.log(np.maximum(sales.paid, 1.0) / ordinary)
        signs = np.where(sales.paid > 0, np.clip(premium, -self.premium_cap, self.premium_cap), -pace.cut())
        return moved(city, city.books.price_level, sales.dwelling, signs, pace)

    def _at_level(self, city: City, rows: np.ndarray) -> np.ndarray:
        stock = city.dwellings
        return np.asarray(city.books.price_level[stock.area[rows], stock.tenure[rows]] * stock.m2[rows])
