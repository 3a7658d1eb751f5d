"""The queue: who has waited longest comes first; need, children, ties and time in a home may count as waiting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.base.streams import Luck
from sim.city.city import City
from sim.city.households import NOBODY
from sim.rules.proposals import Applications

ASSUMED = "assumed: at rest nothing but queue time counts"
MOST = 1_200.0


@rule("allocation", "queue")
@dataclass(frozen=True)
class Queue:
    """Queue time in months; who is not registered has waited no time. A letting uses it up.

    With what else counts it is a mix of points, of which a month in the queue is one. ``in_home``, each month in the
    home that one would leave, is secondary waiting time.

    References
    ----------
    Region of Amsterdam since 2023: points for waiting, for searching and for the situation (rigo.nl).
    """

    is_priced: ClassVar[bool] = False
    chooses_freely: ClassVar[bool] = False
    by_queue_time: ClassVar[bool] = True

    need: float = quantity(0.0, unit="month", low=0, high=MOST, source=ASSUMED)
    children: float = quantity(0.0, unit="month", low=0, high=MOST, source=ASSUMED)
    local: float = quantity(0.0, unit="month", low=0, high=MOST, source=ASSUMED)
    in_home: float = quantity(0.0, unit="1", low=0, high=10, source=ASSUMED)

    def rank(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """Months waited, and what counts as such, float64, shape (n_applications,)."""
        here, rows = city.households, applications.household
        found = here.waited(rows, city.month).astype(np.float64)
        if self.need > 0.0:
            found += self.need * here.need[rows]
        if self.children > 0.0:
            found += self.children * here.children[rows]
        if self.local > 0.0:
            found += self.local * (here.roots[rows] == city.dwellings.area[applications.dwelling])
        if self.in_home > 0.0:
            housed = here.dwelling[rows] != NOBODY
            found += self.in_home * np.where(housed, city.month - here.moved_in[rows].astype(np.int64), 0)
        return found
