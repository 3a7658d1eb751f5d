"""A residence requirement: homes are open to those who have been a household of the town for so long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import integer
from sim.base.registry import rule
from sim.base.streams import Luck
from sim.city.city import City
from sim.rules.proposals import Applications


@rule("admission", "residence")
@dataclass(frozen=True)
class Residence:
    """Time counts from the month in which a household came to be one of the town; with a home or without.

    A child that leaves home or a couple that parts begins anew: a simplification that is hard on the young.

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
        return np.asarray(city.month - city.households.since[applications.household].astype(np.int64) >= self.months)
