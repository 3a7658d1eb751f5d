"""The luck of the founding: every thing that is drawn has a fixed number, so that one more changes none of the others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from sim.base.streams import Luck, Purpose, Stream


class Drawn(IntEnum):
    """What is drawn at the founding. Fixed numbers: add at the end, never renumber."""

    CELL = 1
    ROOMS = 2
    M2 = 3
    PERIOD = 4
    YEAR = 5
    STANDARD = 6
    LANDLORD = 7
    VACANT = 8
    VACANT_SINCE = 9
    INCOME = 10
    PASSING = 11
    SIZE = 12
    ADULTS = 13
    AGE = 14
    FIT = 15
    HOME_ORDER = 16
    MOVED_IN = 17
    MOVED_CAP = 18
    REGISTERED = 19
    WAIT = 20
    KEEPS = 21
    SAVINGS = 22
    ROOTS = 23
    WITHOUT = 24
    SINCE = 25
    POOL = 26
    PROFILE = 27
    TEMPLATE = 28
    LOAN = 29
    RENT_CHANNEL = 30
    PLACE = 31
    GROUP = 32


@dataclass(frozen=True)
class Draws:
    """Draws of the founding by what they are for and the id they belong to."""

    stream: Stream

    @classmethod
    def of(cls, luck: Luck) -> Draws:
        """The draws of one run."""
        return cls(luck.stream(Purpose.FOUNDING, 0))

    def uniform(self, what: Drawn, ids: np.ndarray) -> np.ndarray:
        """One number in [0, 1) per id, float64."""
        return self.stream.uniform(ids, 10 * what)

    def normal(self, what: Drawn, ids: np.ndarray) -> np.ndarray:
        """One standard normal number per id, float64."""
        return self.stream.normal(ids, 10 * what)

    def even(self, what: Drawn, ids: np.ndarray, block: np.ndarray) -> np.ndarray:
        """One number in [0, 1) per id, spread evenly within each block: each n-th of the unit is hit once by n ids."""
        u = self.uniform(what, ids)
        order = np.lexsort((u, block))
        sizes = np.bincount(block)
        starts = np.cumsum(sizes) - sizes
        rank = np.empty(len(ids))
        rank[order] = np.arange(len(ids)) - starts[block[order]]
        return (rank + self.stream.uniform(ids, 10 * what + 5)) / sizes[block]
