"""A draw that belongs to a vacancy: the same as long as the home stands empty, another the next time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.rules.lots import lots_of_pairs


def vacancy_draw(city: City, dwellings: np.ndarray, luck: Luck, purpose: Purpose) -> np.ndarray:
    """One number in [0, 1) per vacant dwelling, by its row and the month it fell vacant, float64."""
    return lots_of_pairs(luck, purpose, 0, dwellings, city.dwellings.vacant_since[dwellings])


def by_share(shares: Sequence[float], drawn: np.ndarray) -> np.ndarray:
    """Which of several shares, laid end to end from 0, each draw falls into; their number, beyond the last; int64."""
    number = np.zeros(len(drawn), np.int64)
    for end in np.cumsum(shares):
        number += drawn >= end
    return number
