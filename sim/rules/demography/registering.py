"""The queue is joined and left, by many who do not look for a home."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.households import NEVER, NOBODY
from sim.rules.contracts import Lives
from sim.rules.sources import ROUGH


@rule("demography", "registering")
@dataclass(frozen=True)
class Registering:
    """In its own month a household that is not in the queue may join, and one that is may let it lapse.

    The young register when they come of age; that is part of their leaving home.
    """

    joins: float = quantity(0.05, unit="share/year", low=0, high=1, source=ROUGH, status="estimate")
    joins_without_home: float = quantity(0.7, unit="share/year", low=0, high=1, source="assumed")
    leaves: float = quantity(0.03, unit="share/year", low=0, high=1, source=ROUGH, status="estimate")

    def propose(self, city: City, luck: Luck) -> Lives:
        """Who joins the queue and who leaves it; nobody leaves it without a home."""
        here, rows = city.households, city.due()
        draw = luck.stream(Purpose.REGISTERING, city.month).uniform(here.id[rows])
        is_in, housed = here.is_registered(rows), here.dwelling[rows] != NOBODY
        joins = ~is_in & (draw < np.where(housed, self.joins, self.joins_without_home))
        leaves = is_in & housed & (draw < self.leaves)
        changed = joins | leaves
        since = np.where(joins, city.month, NEVER)[changed]
        return Lives(registered=rows[changed], queue_since=since.astype(np.int16))
