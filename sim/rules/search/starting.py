"""What every rule of search says in the end: who begins, why, and for how long."""

from __future__ import annotations

import numpy as np

from sim.city.city import City
from sim.city.households import Cause
from sim.rules.proposals import Starts


def begun(city: City, rows: np.ndarray, cause: Cause, duration: int) -> Starts:
    """All these rows begin to look this month, and look for ``duration`` months."""
    n = len(rows)
    until = np.full(n, city.month + duration - 1, np.int16)
    return Starts(rows.astype(np.int32), np.full(n, cause, np.uint8), until)
