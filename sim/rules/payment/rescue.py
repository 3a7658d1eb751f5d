"""Evictions that are prevented: the municipality pays what is owed, and the household stays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City

RESCUED = 1
"""Which number of the eviction stream says who is rescued."""


@rule("payment", "rescue")
@dataclass(frozen=True)
class Rescue:
    """A share of those who would be evicted stays: all that they owe is paid for them."""

    share: float = quantity(
        0.0, unit="share", low=0, high=1, source="assumed: none beyond what the chance of eviction leaves out"
    )

    def rescued(self, city: City, rows: np.ndarray, luck: Luck) -> np.ndarray:
        """Which of the households that are to be evicted stay, bool, shape (n_rows,)."""
        draw = luck.stream(Purpose.EVICTION, city.month).uniform(city.households.id[rows], RESCUED)
        return np.asarray(draw < self.share)
