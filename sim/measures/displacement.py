"""Moves not chosen, by cause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from sim.city.city import City
from sim.city.households import FORCED
from sim.city.tally import Tally
from sim.measures.census import Census


def displacement(city: City, census: Census, tally: Tally) -> Iterator[tuple[str, Callable[[], float]]]:
    """Households that moved this month from a forced cause, and those evicted."""
    cause = tally.moves["cause"]
    yield "displacement.moves", partial(float, np.isin(cause, FORCED).sum())
    for forced in FORCED:
        yield f"displacement.{forced.name.lower()}", partial(float, np.count_nonzero(cause == forced))
