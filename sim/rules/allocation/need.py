"""Need: the most pressing class first, then who has waited longest, then by lot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.base.registry import rule
from sim.base.streams import Luck
from sim.city.city import City
from sim.rules.proposals import Applications

CLASS_STEP = 2.0**16
"""More than any queue time in months, so that a class is never outwaited."""


@rule("allocation", "need")
@dataclass(frozen=True)
class ByNeed:
    """Need class (priority, without a home, crowded, none), then queue time in months, which a letting uses up."""

    is_priced: ClassVar[bool] = False
    chooses_freely: ClassVar[bool] = False
    by_queue_time: ClassVar[bool] = True

    def rank(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """Class and queue time in one number, float64, shape (n_applications,)."""
        rows = applications.household
        return np.asarray(CLASS_STEP * city.households.need[rows] + city.households.waited(rows, city.month))
