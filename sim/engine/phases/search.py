"""Who looks for a home this month, and from which cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.city import changes
from sim.city.households import NOBODY, Cause

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
    engine.market.seekers = np.flatnonzero(looks).astype(np.int32)
    _count(engine)


def _count(engine: Engine) -> None:
    by_cause = np.bincount(engine.city.households.cause[engine.market.seekers], minlength=len(Cause))
    for cause in Cause:
        engine.tally.counts[f"looks.{cause.name.lower()}"] = int(by_cause[cause])
    engine.tally.counts["seekers"] = len(engine.market.seekers)
