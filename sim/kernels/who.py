"""Columns that the loop over seekers reads."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kernels.jit import inlined, prefetch

FIRST_OWNED = 2


class Who(NamedTuple):
    """Columns of the households; see ``sim.city.households``."""

    id: np.ndarray
    group: np.ndarray
    profile: np.ndarray
    adults: np.ndarray
    children: np.ndarray
    income: np.ndarray
    savings: np.ndarray
    loan: np.ndarray
    dwelling: np.ndarray
    area: np.ndarray
    tenure: np.ndarray
    roots: np.ndarray
    cost: np.ndarray
    moved_in: np.ndarray
    queue_since: np.ndarray
    since: np.ndarray


class Homes(NamedTuple):
    """Columns of the dwellings; see ``sim.city.dwellings``."""

    rooms: np.ndarray
    m2: np.ndarray


@inlined
def ask_ahead(who: Who, row: int) -> None:
    """Ask memory for all that is read of a household, some seekers ahead: seekers lie too far apart to be foreseen."""
    prefetch(who.group, row)
    prefetch(who.profile, row)
    prefetch(who.adults, row)
    prefetch(who.children, row)
    prefetch(who.income, row)
    prefetch(who.savings, row)
    prefetch(who.dwelling, row)
    prefetch(who.area, row)
    prefetch(who.tenure, row)
    prefetch(who.roots, row)
    prefetch(who.cost, row)
    prefetch(who.moved_in, row)
    prefetch(who.queue_since, row)
    prefetch(who.since, row)
