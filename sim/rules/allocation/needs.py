"""How pressing the need of a household for a home is: the classes that need and reserves go by."""

from __future__ import annotations

import numpy as np

from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.households import NOBODY, Cause, Need
from sim.rules.rooms import rooms_missing

PRIORITY_SHARE = 0.09
"""Share of those without a home who have grounds of their own for priority (assumed: the city counts 2,359 homeless
households in 2022, about a tenth of those without a home here)."""
ANOTHER_DRAW = 1
LOST_HOME = (Cause.EVICTED, Cause.SEPARATED, Cause.DEMOLISHED)


def need_classes(city: City, rows: np.ndarray, luck: Luck) -> np.ndarray:
    """Need class of households as they live now, uint8, shape (n_rows,).

    Crowded by the norm; without a home; priority: without a home, and with children after losing one, or on grounds
    of its own, drawn once for each household.
    """
    here = city.households
    housed = here.dwelling[rows] != NOBODY
    classes = np.where(housed, Need.NONE, Need.NO_HOME).astype(np.uint8)
    mine = np.flatnonzero(housed)
    crowded = rooms_missing(city, rows[mine], here.dwelling[rows[mine]]) > 0
    classes[mine[crowded]] = Need.CROWDED
    lost = np.isin(here.cause[rows], LOST_HOME) & (here.children[rows] > 0)
    grounds = luck.stream(Purpose.RESERVE, 0).uniform(here.id[rows], ANOTHER_DRAW) < PRIORITY_SHARE
    classes[~housed & (lost | grounds)] = Need.PRIORITY
    return classes
