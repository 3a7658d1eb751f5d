"""The queue is joined and left, by many who do not look for a home."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.households import NEVER, NOBODY
from sim.rules.happening import happens
from sim.rules.proposals import Lives
from sim.rules.sources import ROUGH


@rule("demography", "registering")
@dataclass(frozen=True)
class Registering:
    """In its own month a household that is not in the queue may join, and one that is may let it lapse.

    The young register when they come of age; that is part of their leaving home.
    """

    joins: float = quantity(0.05, unit="share/year", low=0, high=1, source=ROUGH)
    joins_without_home: float = quantity(0.7, unit="share/year", low=0, high=1, source="assumed")
    leaves: float = quantity(0.03, unit="share/year", low=0, high=1, source=ROUGH)

    def propose(self, city: City, luck: Luck) -> Lives:
        """Who joins the queue and who leaves it; nobody leaves it without a home."""
        here, rows = city.households, city.due()
        is_in, housed = here.is_registered(rows), here.dwelling[rows] != NOBODY
        kind = np.where(is_in, 2 * housed, 1 + 2 * housed)
        table = np.array([[0.0], [self.joins_without_home], [self.leaves], [self.joins]])
        place = happens(city, luck, Purpose.REGISTERING, rows, kind, table)
        since = np.where(is_in[place], NEVER, city.month)
        return Lives(registered=rows[place], queue_since=since.astype(np.int16))
