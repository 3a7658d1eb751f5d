"""The first acceptable applicant: whoever happens to come first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.rules.lots import lots_of_pairs
from sim.rules.proposals import Applications


@rule("allocation", "first_acceptable")
@dataclass(frozen=True)
class FirstAcceptable:
    """The landlord chooses: the first to come among those it accepts (eligible, and not screened out)."""

    is_priced: ClassVar[bool] = False
    chooses_freely: ClassVar[bool] = True

    def rank(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """Order of arrival by lot, 0 to 1, the first highest, float64, shape (n_applications,)."""
        ids = city.households.id[applications.household]
        return lots_of_pairs(luck, Purpose.POSTED, city.month, ids, applications.dwelling)
