"""Looking for a home because the one at hand cannot be kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import integer
from sim.base.registry import rule
from sim.base.streams import Luck
from sim.city.city import City
from sim.city.households import NOBODY, Cause
from sim.rules.proposals import Starts
from sim.rules.search.starting import begun


@rule("search", "forced")
@dataclass(frozen=True)
class Forced:
    """Who cannot carry the cost of its home, so that months are owed, looks for a cheaper one: priced out.

    The evicted and those whose home was demolished have no home and look without being asked.
    """

    months_owed: int = integer(1, unit="month", low=1, high=24, source="assumed")
    duration: int = integer(12, unit="month", low=1, high=120, source="assumed")

    def propose(self, city: City, luck: Luck) -> Starts:
        """Housed households that owe and do not look for this reason yet."""
        here = city.households
        rows = np.flatnonzero(here.arrears >= self.months_owed)
        rows = rows[here.is_used[rows] & (here.dwelling[rows] != NOBODY) & (here.search_until[rows] < city.month)]
        return begun(city, rows, Cause.PRICED_OUT, self.duration)
