"""The queue: who has waited longest comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.base.registry import rule
from sim.base.streams import Luck
from sim.city.city import City
from sim.rules.proposals import Applications


@rule("allocation", "queue")
@dataclass(frozen=True)
class Queue:
    """Queue time in months; who is not registered has waited no time."""

    is_priced: ClassVar[bool] = False
    chooses_freely: ClassVar[bool] = False
    by_queue_time: ClassVar[bool] = True

    def rank(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """Months waited, float64, shape (n_applications,)."""
        return city.households.waited(applications.household, city.month).astype(np.float64)
