"""A residence requirement: homes are open to those who have been a household of the town for so long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import integer
from sim.base.registry import rule
from sim.base.streams import Luck
from sim.city.city import City
from sim.city.households import NOBODY
from sim.rules.proposals import Applications


@rule("admission", "residence")
@dataclass(frozen=True)
class Residence:
    """Time counts from the month in which a household came to be one of the town; with a home or without.

    Who has no home but came out of one in the town, a child that leaves its parents or one of a couple that parts, has
    lived here and need not wait. (So has a newcomer that found a home and lost it within the time, which is rare.)

    References
    ----------
    Vienna asks for two years at one address before a household may register for municipal housing.
    """

    months: int = integer(0, unit="month", low=0, high=240, source="assumed: at rest nothing is asked")

    @property
    def is_at_rest(self) -> bool:
        """Whether it turns nobody away."""
        return self.months <= 0

    def admits(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """Whether each applicant has been here long enough, bool, shape (n_applications,)."""
        here, rows = city.households, applications.household
        has_stayed = city.month - here.since[rows].astype(np.int64) >= self.months
        return np.asarray(has_stayed | ((here.dwelling[rows] == NOBODY) & (here.roots[rows] != NOBODY)))
