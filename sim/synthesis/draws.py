"""The luck of the founding: whatever is drawn has a number of its own, so that one draw more changes no other."""

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
    LOCAL_LANDLORD = 8
    VACANT = 9
    VACANT_SINCE = 10
    INCOME = 11
    PASSING = 12
    SIZE = 13
    ADULTS = 14
    AGE = 15
    WISH = 16
    MOVED_IN = 17
    MOVED_IN_YOUNG = 18
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
    PRIORITY = 29
    PLACE = 30
    GROUP = 31
    FILLED = 32
    MONTH_OF_BIRTH = 33
    MIXED = 34


@dataclass(frozen=True)
class Draws:
    """Draws of the founding, by what they are for and the id they belong to."""

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
        """One number in [0, 1) per id, evenly spread in each block: of n ids one falls in each n-th of the range.

        Parameters
        ----------
        what : Drawn
        ids, block : int64 arrays, shape (n,)
            Who draws; the block each belongs to, 0 or more.
        """
        order = np.lexsort((self.uniform(what, ids), block))
        sizes = np.bincount(block)
        rank = np.empty(len(ids))
        rank[order] = np.arange(len(ids)) - (np.cumsum(sizes) - sizes)[block[order]]
        return np.asarray((rank + self.stream.uniform(ids, 10 * what + 5)) / sizes[block])
