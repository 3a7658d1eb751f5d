"""A draw that belongs to a vacancy: the same as long as the home stands empty, another the next time."""

from __future__ import annotations

import numpy as np

from sim.base.streams import Luck, Purpose
from sim.city.city import City


def vacancy_draw(city: City, dwellings: np.ndarray, luck: Luck, purpose: Purpose) -> np.ndarray:
    """One number in [0, 1) per vacant dwelling, by its row and the month it fell vacant, float64.

    Many applications name one dwelling: each dwelling is drawn for once.
    """
    stock = city.dwellings
    is_named = np.zeros(len(stock), np.bool_)
    is_named[dwellings] = True
    named = np.flatnonzero(is_named)
    drawn = np.zeros(len(stock))
    drawn[named] = luck.stream(purpose, 0).pair_uniform(named, stock.vacant_since[named].astype(np.int64))
    return np.asarray(drawn[dwellings])
