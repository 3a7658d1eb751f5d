"""Which vacant dwellings are on offer, and where they lie on the ring that seekers look along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.base.streams import Purpose
from sim.city import alterations
from sim.city.city import City
from sim.city.dwellings import COOPERATIVE
from sim.city.households import NOBODY
from sim.engine.rulebook import Rulebook
from sim.kernels.offers import END_OF_RING, Offers, first_of_parts
from sim.rules.allocation.exchange import away
from sim.rules.allocation.mixed import Mixed

if TYPE_CHECKING:
    from sim.engine.month import Engine

NEW_MONTHS = 180
LEAST_RATE = 1e-9
"""A home that is sold to the highest bid is so at no interest, too: what can be borrowed then bounds the bids."""


def exchange(engine: Engine) -> None:
    """Landlords leave the exchange or come back to it, where a rule says that they do."""
    city = engine.city
    for number, policy in enumerate(engine.rulebook.policies):
        order = policy.allocation
        if isinstance(order, Mixed) and (order.leaves > 0.0 or order.returns > 0.0):
            alterations.leave_exchange(city, away(order, city.readonly(), number, city.luck))


def listing(engine: Engine) -> None:
    """Everything that stood empty when the month began is listed; what is left this month is listed next month."""
    city = engine.city
    stock = city.dwellings
    vacant = stock.is_used & (stock.occupant == NOBODY) & (stock.vacant_since < city.month)
    rows = np.flatnonzero(vacant).astype(np.int32)
    rows = rows[stock.is_settled(rows)]
    engine.tally.counts["listings"] = len(rows)
    engine.market.offers = offers_of(city, engine.rulebook, rows) if len(rows) else None


def offers_of(city: City, book: Rulebook, rows: np.ndarray) -> Offers:
    """The listings of some vacant dwellings, int32 rows, in order of their places on this month's ring."""
    stock = city.dwellings
    ring = city.luck.stream(Purpose.LISTING, city.month).words(rows)
    order = np.argsort(ring)
    ring, rows = ring[order], rows[order]
    owned = stock.tenure[rows] >= COOPERATIVE
    priced = np.array([policy.allocation.is_priced for policy in book.policies])[stock.policy[rows]]
    fee = np.where(owned, stock.rent[rows], 0.0).astype(np.float64)
    user_cost = np.where(owned, book.credit.user_cost / 12.0, 1.0)
    asked = np.where(owned, stock.price[rows], stock.rent[rows]).astype(np.float64)
    return Offers(
        ring=np.append(ring, END_OF_RING), first=first_of_parts(ring), dwelling=rows, area=stock.area[rows],
        tenure=stock.tenure[rows], policy=stock.policy[rows], rooms=stock.rooms[rows],
        is_new=stock.built[rows] > city.month - NEW_MONTHS, log_m2=np.log(stock.m2[rows]),
        cost=(fee + user_cost * asked).astype(np.float32), price=np.where(owned, asked, 0.0).astype(np.float32),
        fee=fee, rate=np.where(priced, np.maximum(user_cost, LEAST_RATE), 0.0),
    )  # fmt: skip


def asked_for(city: City, rows: np.ndarray) -> np.ndarray:
    """Asking price of owned dwellings (SEK) and asking rent of others (SEK per month), float64."""
    stock = city.dwellings
    asked = np.where(stock.tenure[rows] >= COOPERATIVE, stock.price[rows], stock.rent[rows])
    return np.asarray(asked, np.float64)
