"""Households age, form, split, merge, die, come and go; incomes move; the queue is joined and left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.city import changes
from sim.city.households import FORCED, NOBODY
from sim.rules.proposals import DIED, GAVE_UP, LEFT_CITY, Lives

if TYPE_CHECKING:
    from sim.engine.month import Engine

WAYS_OUT = {DIED: "died", LEFT_CITY: "left_city", GAVE_UP: "gave_up"}


def demography(engine: Engine) -> None:
    """Ask each rule in turn; each sees what the ones before it did."""
    for rule in engine.rulebook.demography:
        apply(engine, rule.propose(engine.city.readonly(), engine.city.luck))


def apply(engine: Engine, lives: Lives) -> None:
    """Make what a demography rule proposes come true, in the order that its contract states."""
    city, counts = engine.city, engine.tally.counts
    changes.join(city, lives.guest, lives.host)
    changes.resize(city, lives.resized, lives.adults, lives.children)
    changes.earn(city, lives.earning, lives.log_permanent, lives.log_transitory, lives.income)
    changes.save(city, lives.saving, lives.savings, lives.loan, engine.rulebook.credit.user_cost / 12.0)
    changes.register(city, lives.registered, lives.queue_since)
    if lives.newcomers is not None:
        changes.enter(city, lives.newcomers)
        counts["entered"] += len(lives.newcomers.id)
        counts["arrived"] += int((lives.newcomers.parent < 0).sum())
    counts["joined"] += len(lives.guest)
    counts["person_moves"] += lives.person_moves
    for way, name in WAYS_OUT.items():
        counts[name] += int(np.count_nonzero(lives.left_by == way))
    _count_departures(engine, lives)
    changes.leave(city, lives.left)


def _count_departures(engine: Engine, lives: Lives) -> None:
    """Who goes because of a move not chosen, and who came and never found a home."""
    here, counts, gone = engine.city.households, engine.tally.counts, lives.left[lives.left_by != DIED]
    if len(gone) == 0:
        return
    counts["left_forced"] += int((here.cause[gone, None] == FORCED).sum())
    has_never_lived_here = (here.roots[gone] == NOBODY) & (here.dwelling[gone] == NOBODY)
    counts["turned_away"] += int(has_never_lived_here.sum())
