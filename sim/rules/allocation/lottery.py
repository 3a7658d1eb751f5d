"""The lottery: everybody who may have the home has the same chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.base.parameters import choice
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.rules.lots import lots_of, lots_of_pairs
from sim.rules.proposals import Applications


@rule("allocation", "lottery")
@dataclass(frozen=True)
class Lottery:
    """A lot for every application, or one lot per household and month that counts for all homes.

    References
    ----------
    Arnosti, N. & Shi, P. (2020). Design of lotteries and wait-lists for affordable housing allocation. Management
    Science 66: a common lottery matches better, separate ones are like a waiting list.
    """

    is_priced: ClassVar[bool] = False
    chooses_freely: ClassVar[bool] = False

    lots: str = choice("separate", of=("separate", "common"), source="assumed")

    def rank(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """A lot, 0 to 1, float64, shape (n_applications,)."""
        ids = city.households.id[applications.household]
        if self.lots == "common":
            return lots_of(luck, Purpose.ORDER, city.month, ids)
        return lots_of_pairs(luck, Purpose.ORDER, city.month, ids, applications.dwelling)
