"""Support, rent and allowance are paid, arrears build up, some are evicted, some helped to a home; all is booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.city import changes, purses
from sim.city.dwellings import COOPERATIVE
from sim.city.households import NOBODY
from sim.engine.phases.placing import place
from sim.kernels.budget import left_over

if TYPE_CHECKING:
    from sim.engine.month import Engine

ALLOWANCE_LINE = "housing_allowance"
JANUARY = 1


def payment(engine: Engine) -> None:
    """Everybody is paid and pays; who could not for too long loses the home."""
    city, book = engine.city, engine.rulebook
    here = city.households
    _support(engine)
    _tax(engine)
    left = np.empty(len(here), np.float32)
    paid = left_over(here.is_used, here.cost, here.income, here.adults, here.children, book.norms(), left)
    engine.tally.allowance = paid
    changes.book(city, ALLOWANCE_LINE, paid)
    if book.arrears is not None:
        changes.owe(city, book.arrears.owed(city.readonly(), left))
    if book.eviction is not None:
        out = _rescued(engine, book.eviction.propose(city.readonly(), city.luck))
        changes.evict(city, out)
        engine.tally.counts["evicted"] += len(out)
    place(engine)


def _support(engine: Engine) -> None:
    """Each rule pays on a line of its own; what no rule pays any more is no longer income."""
    city, seen = engine.city, engine.city.readonly()
    amounts = {line: rule.pays(seen) for line, rule in engine.rulebook.support}
    total = sum(amounts.values(), np.zeros(len(city.households), np.float32))
    if total.any() or (city.households.support != 0).any():
        purses.support(city, total)
    for line, rule in engine.rulebook.support:
        if amounts[line].any():
            changes.book(city, line, float(amounts[line].sum(dtype=np.float64)), rule.payer)


def _tax(engine: Engine) -> None:
    """Assessed each January, and in any month in which the rate is another; paid by who lives there."""
    if engine.rulebook.tax is None:
        return
    city, (line, rule) = engine.city, engine.rulebook.tax
    stock = city.dwellings
    rows = np.flatnonzero(stock.is_used & (stock.tenure >= COOPERATIVE)).astype(np.int32)
    due = rule.assessed(city.readonly(), rows)
    is_new = city.month_of_year == JANUARY or bool(due.any()) != bool(stock.tax[rows].any())
    if is_new and (due.any() or stock.tax[rows].any()):
        purses.tax(city, rows, due)
    paid = float(stock.tax[rows[stock.occupant[rows] != NOBODY]].sum(dtype=np.float64))
    if paid > 0:
        changes.book(city, line, paid, "household", "municipality")


def _rescued(engine: Engine, out: np.ndarray) -> np.ndarray:
    """Who is still evicted when the municipality has paid for some."""
    if engine.rulebook.rescue is None or not len(out):
        return out
    city, (line, rule) = engine.city, engine.rulebook.rescue
    here = city.households
    stays = rule.rescued(city.readonly(), out, city.luck)
    saved = out[stays]
    if len(saved):
        owed = here.arrears[saved].astype(np.float64) * here.cost[saved]
        changes.book(city, line, float(owed.sum()), "municipality")
        purses.clear_arrears(city, saved)
    return np.asarray(out[~stays], np.int32)
