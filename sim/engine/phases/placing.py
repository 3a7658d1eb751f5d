"""Homes that households are offered with public help, outside any queue: vouchers and guarantees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.city import changes, purses
from sim.city.dwellings import PRIVATE_RENTAL
from sim.engine.direct import suited
from sim.engine.phases.moving import offered

if TYPE_CHECKING:
    from sim.engine.month import Engine


def place(engine: Engine) -> None:
    """Each rule's households are offered the vacant private rentals that suit them, and those that find one move."""
    city, seen = engine.city, engine.city.readonly()
    stock = city.dwellings
    for line, rule in engine.rulebook.placing:
        rows = rule.candidates(seen, city.luck)
        if not len(rows):
            continue
        homes = np.flatnonzero(stock.is_vacant() & (stock.tenure == PRIVATE_RENTAL)).astype(np.int32)
        homes = homes[stock.is_settled(homes) & (stock.vacant_since[homes] < city.month)]
        homes = homes[rule.suits(seen, homes)]
        placed, to = suited(engine, rows, homes, carried=True, helped=rule.amount)
        offered(engine, placed, to)
        if not len(placed):
            continue
        if rule.months:
            purses.grant_voucher(city, placed, city.month + rule.months)
        cost = rule.at_once(stock.rent[to])
        if cost > 0:
            changes.book(city, line, cost, rule.payer, "landlord")
