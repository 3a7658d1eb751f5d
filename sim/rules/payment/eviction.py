"""Who loses a home for arrears."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import integer, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.households import NOBODY


@rule("payment", "eviction")
@dataclass(frozen=True)
class Eviction:
    """After months of grace each further month may be the last; most are rescued by a plan or by the municipality."""

    grace: int = integer(3, unit="month", low=1, high=60, source="assumed: months owed before an eviction is possible")
    chance: float = quantity(0.1, unit="share/month", low=0, high=1, source="assumed")

    def propose(self, city: City, luck: Luck) -> np.ndarray:
        """Rows of the households that are evicted this month, int32."""
        here = city.households
        rows = np.flatnonzero(here.arrears >= self.grace)
        rows = rows[here.is_used[rows] & (here.dwelling[rows] != NOBODY)]
        draw = luck.stream(Purpose.EVICTION, city.month).uniform(here.id[rows])
        return np.asarray(rows[draw < self.chance], np.int32)
