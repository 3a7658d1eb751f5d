"""Rent and allowance are paid, arrears build up, some are evicted; public cost is booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.city import changes
from sim.kernels.budget import left_over

if TYPE_CHECKING:
    from sim.engine.month import Engine

ALLOWANCE_LINE = "housing_allowance"


def payment(engine: Engine) -> None:
    """Everybody pays; who could not for too long loses the home."""
    city, book = engine.city, engine.rulebook
    here = city.households
    left = np.empty(len(here), np.float32)
    paid = left_over(here.is_used, here.cost, here.income, here.adults, here.children, book.norms(), left)
    engine.tally.allowance = paid
    changes.book(city, ALLOWANCE_LINE, paid)
    if book.arrears is not None:
        changes.owe(city, book.arrears.owed(city.readonly(), left))
    if book.eviction is not None:
        out = book.eviction.propose(city.readonly(), city.luck)
        changes.evict(city, out)
        engine.tally.counts["evicted"] += len(out)
