"""Looking for a home because the one at hand is too small, too dear, or in an area below one's means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import integer, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose, key_of
from sim.city.city import City
from sim.city.households import NOBODY, Cause
from sim.kernels.lives import Gaps, discontented
from sim.rules.proposals import Starts
from sim.rules.search.starting import begun

ANOTHER_DRAW = 1


@rule("search", "discontent")
@dataclass(frozen=True)
class Discontent:
    """The gap between what a household has and what it could expect, as a yearly rate of beginning to look.

    Three gaps add: rooms missing by the crowding norm; the share of income that the home takes above a limit; how
    far the mean income of the area lies below the household's own, both per consumption unit.
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
        gaps = Gaps(self.crowding, self.burden_limit, self.burden, self.status_limit, self.status)
        key = np.uint64(key_of(luck.seed, int(Purpose.SEARCH), city.month))
        out = np.empty(len(rows), np.int64)
        n = discontented(
            rows, here.id, here.income, here.cost, here.adults, here.children, here.dwelling, city.dwellings.rooms,
            here.area, city.books.log_income, gaps, key, ANOTHER_DRAW, out,
        )  # fmt: skip
        return begun(city, rows[out[:n]], Cause.DISCONTENT, self.duration)
