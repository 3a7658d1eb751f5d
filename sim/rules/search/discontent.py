"""Looking for a home because the one at hand is too small, too dear, or in an area below one's means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import integer, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.households import NOBODY, Cause
from sim.rules.contracts import Starts
from sim.rules.happening import chance
from sim.rules.rooms import rooms_missing
from sim.rules.search.starting import begun

ANOTHER_DRAW = 1


@rule("search", "discontent")
@dataclass(frozen=True)
class Discontent:
    """The gap between what a household has and what it could expect, as a yearly rate of beginning to look.

    Three gaps add: rooms missing by the crowding norm; the share of income that the home takes above a limit; how
    far the mean income of the area lies below the household's own.
    """

    crowding: float = quantity(0.10, unit="1/year", low=0, high=5, source="assumed: per missing room")
    burden_limit: float = quantity(0.40, unit="share", low=0, high=1, source="assumed")
    burden: float = quantity(0.5, unit="1/year", low=0, high=20, source="assumed: per unit of burden above the limit")
    status_limit: float = quantity(0.3, unit="1", low=0, high=5, source="assumed: in logarithms of income")
    status: float = quantity(0.05, unit="1/year", low=0, high=5, source="assumed: per unit of gap above the limit")
    duration: int = integer(12, unit="month", low=1, high=120, source="assumed")

    def propose(self, city: City, luck: Luck) -> Starts:
        """Housed households whose own month it is, each with its yearly chance."""
        here, rows = city.households, city.due()
        rows = rows[here.dwelling[rows] != NOBODY]
        rates = self.rates(city, rows)
        rows, rates = rows[rates > 0.0], rates[rates > 0.0]
        draw = luck.stream(Purpose.SEARCH, city.month).uniform(here.id[rows], ANOTHER_DRAW)
        return begun(city, rows[draw < chance(rates)], Cause.DISCONTENT, self.duration)

    def rates(self, city: City, rows: np.ndarray) -> np.ndarray:
        """Beginnings of a search per year of households that have a home, float64, shape (n_rows,)."""
        here = city.households
        income = np.maximum(here.income[rows].astype(np.float64), 1.0)
        over = np.maximum(here.cost[rows] / income - self.burden_limit, 0.0)
        gap = np.log(income) - city.books.log_income[here.area[rows]] - self.status_limit
        missing = rooms_missing(city, rows, here.dwelling[rows])
        return np.asarray(self.crowding * missing + self.burden * over + self.status * np.maximum(gap, 0.0))
