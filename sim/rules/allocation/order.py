"""From applications to one number each: screening, order and reserves of a landlord, in that sequence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.base.streams import Luck
from sim.city.city import City
from sim.rules.allocation.mixed import Mixed
from sim.rules.allocation.reserves import Reserve, set_back
from sim.rules.contracts import AllocationRule, ScreeningRule
from sim.rules.proposals import Applications


def ranks(
    order: AllocationRule,
    screening: ScreeningRule,
    reserves: Sequence[Reserve],
    city: City,
    applications: Applications,
    luck: Luck,
) -> np.ndarray:
    """The landlord's order over eligible applications: higher first, minus infinity for who is dropped.

    Returns
    -------
    float64 array, shape (n_applications,)
    """
    found = order.rank(city, applications, luck).astype(np.float64)
    if reserves:
        found -= set_back(tuple(reserves), city, applications, luck)
    free = np.flatnonzero(chosen_freely(order, city, applications.dwelling, luck))
    dropped = free[~screening.passes(city, applications.only(free), luck)]
    found[dropped] = -np.inf
    return found


def chosen_freely(order: AllocationRule, city: City, dwellings: np.ndarray, luck: Luck) -> np.ndarray:
    """Where the landlord picks as it likes, so that its screening applies; bool, shape (n_dwellings,)."""
    return _of_parts(order, "chooses_freely", city, dwellings, luck)


def by_queue(order: AllocationRule, city: City, dwellings: np.ndarray, luck: Luck) -> np.ndarray:
    """Whether each vacant dwelling is let in order of queue time; bool, shape (n_dwellings,)."""
    return _of_parts(order, "by_queue_time", city, dwellings, luck)


def _of_parts(order: AllocationRule, fact: str, city: City, dwellings: np.ndarray, luck: Luck) -> np.ndarray:
    if not isinstance(order, Mixed):
        return np.full(len(dwellings), bool(getattr(order, fact, False)))
    facts = np.array([bool(getattr(part.rule, fact, False)) for part in order.parts], np.bool_)
    return np.asarray(facts[order.channel(city, dwellings, luck)])
