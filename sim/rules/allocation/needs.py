"""How pressing the need of a household for a home is: the classes that need and reserves go by."""

from __future__ import annotations

import numpy as np

from sim.base.streams import Luck, Purpose, key_of
from sim.city.city import City
from sim.city.households import Cause
from sim.kernels.lives import needs

PRIORITY_SHARE = 0.09
"""Share of those without a home who have grounds of their own for priority (assumed: the city counts 2,359 homeless
households in 2022, about a tenth of those without a home here)."""
ANOTHER_DRAW = 1
LOST_HOME = (Cause.EVICTED, Cause.SEPARATED, Cause.DEMOLISHED)


def need_classes(city: City, rows: np.ndarray, luck: Luck) -> np.ndarray:
    """Need class of households as they live now, see ``Need``, uint8, shape (n_rows,).

    Crowded by the norm; without a home; priority: without a home, and with children after losing one, or on grounds
    of its own, drawn once for each household.
    """
    here, classes = city.households, np.empty(len(rows), np.uint8)
    needs(
        rows, here.id, here.adults, here.children, here.dwelling, here.cause, city.dwellings.rooms,
        np.isin(np.array(Cause), LOST_HOME), np.uint64(key_of(luck.seed, Purpose.RESERVE, 0)), ANOTHER_DRAW,
        PRIORITY_SHARE, classes,
    )  # fmt: skip
    return classes
