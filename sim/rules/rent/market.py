"""Market rents: what is asked follows how long homes stand on the market."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import choice, integer, quantity
from sim.base.registry import rule
from sim.base.streams import Luck
from sim.city.city import City
from sim.city.households import NEVER
from sim.rules.pressure import Pace, moved
from sim.rules.proposals import Lettings
from sim.rules.rent.worth import Worth
from sim.rules.sources import ROUGH

GAIN = 0.08
LOWEST, HIGHEST = 0.3, 5.0


@rule("rent", "market")
@dataclass(frozen=True)
class MarketRent(Worth):
    """Asking rents rise where homes are let within the target time, and fall where they stand empty longer.

    A letting counts as a sign of demand only if the household can pay it out of its income. Each listing also lowers
    its own rent while it waits. Who lives there follows with a lag, or pays the rent of the day it moved in.
    """

    target_time: float = quantity(2.0, unit="month", low=1.5, high=24, source=ROUGH)
    speed: float = quantity(0.25, unit="share/month", low=0, high=1, source=ROUGH)
    most: float = quantity(0.015, unit="share/month", low=0, high=0.2, source=ROUGH)
    can_pay: float = quantity(
        0.45,
        unit="share",
        low=0.1,
        high=1,
        source="assumed: bids of .4-.5 of income held in a first rough model",
    )
    own_cut: float = quantity(0.02, unit="share/month", low=0, high=0.2, source="assumed")
    sitting_rents: str = choice("follow", of=("follow", "at_reletting"), source="assumed")
    sitting_most: float = quantity(0.06, unit="share/year", low=0, high=0.5, source=ROUGH)
    month_of_change: int = integer(1, unit="month", low=1, high=12, source="assumed")

    def asking(self, city: City, rows: np.ndarray, luck: Luck) -> np.ndarray:
        """Rents of vacant dwellings, SEK per month, float32: the level, less a cut for each month beyond the target."""
        since = city.dwellings.vacant_since[rows].astype(np.int64)
        over = np.where(since == NEVER, 0.0, np.maximum(city.month - since - self.target_time, 0.0))
        return np.asarray(self._at_level(city, rows) * (1.0 - self.own_cut) ** over, np.float32)

    def sitting(self, city: City, rows: np.ndarray, luck: Luck) -> np.ndarray:
        """Rents of those who live there, SEK per month, float32: towards the level by so much a year at most."""
        rents = city.dwellings.rent[rows].astype(np.float64)
        if self.sitting_rents == "follow":
            rents = np.clip(
                self._at_level(city, rows), rents * (1.0 - self.sitting_most), rents * (1.0 + self.sitting_most)
            )
        return np.asarray(rents, np.float32)

    def level(self, city: City, lettings: Lettings) -> np.ndarray:
        """The level after this month's lettings, a multiple of the utility value."""
        pace = Pace(self.speed, self.most, GAIN, self.target_time)
        is_demand = lettings.rent <= self.can_pay * lettings.income
        signs = np.where(is_demand, GAIN, -pace.cut())
        level = moved(city, city.books.rent_level, lettings.dwelling, signs, pace)
        return np.asarray(np.clip(level, LOWEST, HIGHEST))

    def _at_level(self, city: City, rows: np.ndarray) -> np.ndarray:
        stock = city.dwellings
        level = city.books.rent_level[stock.area[rows], stock.tenure[rows]]
        return np.asarray(self.utility_values(city, rows) * level)
