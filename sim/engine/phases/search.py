"""Who looks for a home this month, and from which cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.city import changes
from sim.city.households import NOBODY, Cause
from sim.rules.allocation.needs import need_classes

if TYPE_CHECKING:
    from sim.engine.month import Engine


def search(engine: Engine) -> None:
    """Some begin; those without a home always look; who began goes on until it moves or tires."""
    city = engine.city
    here = city.households
    for rule in engine.rulebook.search:
        starts = rule.propose(city.readonly(), city.luck)
        fresh = here.search_until[starts.rows] < city.month
        changes.look(city, starts.rows[fresh], starts.cause[fresh], starts.until[fresh])
    looks = here.is_used & ((here.dwelling == NOBODY) | (here.search_until >= city.month))
    engine.market.seekers = seekers = np.flatnonzero(looks).astype(np.int32)
    _name_cause(engine, seekers)
    changes.need(city, seekers, need_classes(city.readonly(), seekers, city.luck))
    _count(engine)


def _name_cause(engine: Engine, seekers: np.ndarray) -> None:
    """Who has no home and looks for no other reason looks for that one."""
    here = engine.city.households
    nameless = seekers[(here.dwelling[seekers] == NOBODY) & (here.cause[seekers] == Cause.NONE)]
    no_home = np.full(len(nameless), Cause.NO_HOME, np.uint8)
    changes.look(engine.city, nameless, no_home, here.search_until[nameless])


def _count(engine: Engine) -> None:
    by_cause = np.bincount(engine.city.households.cause[engine.market.seekers], minlength=len(Cause))
    for cause in Cause:
        engine.tally.counts[f"looks.{cause.name.lower()}"] = int(by_cause[cause])
    engine.tally.counts["seekers"] = len(engine.market.seekers)
