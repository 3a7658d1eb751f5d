"""Rents and prices: every landlord's rule proposes, vacant homes each month, sitting rents once a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.city import changes
from sim.city.city import City
from sim.city.dwellings import COOPERATIVE
from sim.city.households import NOBODY

if TYPE_CHECKING:
    from sim.engine.month import Engine
    from sim.engine.rulebook import Policy


def rents(engine: Engine) -> None:
    """Ask each policy's rule for its rents or its prices."""
    stock = engine.city.dwellings
    vacant = np.flatnonzero(stock.is_used & (stock.occupant == NOBODY)).astype(np.int32)
    whose = stock.policy[vacant]
    seen = engine.city.readonly()
    for number, policy in enumerate(engine.rulebook.policies):
        mine = vacant[whose == number]
        if policy.rent is not None:
            changes.set_rents(engine.city, mine, bounded(engine.city, mine, policy.rent.asking(seen, mine, seen.luck)))
            _raise_sitting(engine, number, policy)
        if policy.price is not None:
            owned = mine[stock.tenure[mine] >= COOPERATIVE]
            changes.set_prices(engine.city, owned, policy.price.asking(seen, owned, engine.city.luck))


def _raise_sitting(engine: Engine, number: int, policy: Policy) -> None:
    city = engine.city
    if policy.rent is None or city.month_of_year != policy.rent.month_of_change:
        return
    stock = city.dwellings
    lived_in = np.flatnonzero(stock.is_used & (stock.policy == number) & (stock.occupant != NOBODY)).astype(np.int32)
    rents = policy.rent.sitting(city.readonly(), lived_in, city.luck)
    changes.set_rents(city, lived_in, bounded(city, lived_in, rents))


def bounded(city: City, rows: np.ndarray, rents: np.ndarray) -> np.ndarray:
    """Rents of homes, SEK per month, none above what has been agreed for the home as long as that holds; float32."""
    stock = city.dwellings
    bound = stock.bound[rows]
    if not bound.any():
        return rents
    holds = (bound > 0) & (stock.bound_until[rows] >= city.month)
    return np.where(holds, np.minimum(rents, bound * stock.m2[rows]), rents).astype(np.float32)
