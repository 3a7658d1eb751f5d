"""Bidding: the home goes to whoever pays most, at about the price the next one would have paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.base.registry import rule
from sim.base.streams import Luck
from sim.city.city import City
from sim.rules.proposals import Applications


@rule("allocation", "bidding")
@dataclass(frozen=True)
class Bidding:
    """The matching raises prices while it goes on and asks for no rank."""

    is_priced: ClassVar[bool] = True
    chooses_freely: ClassVar[bool] = False

    def rank(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """The same for all, float64, shape (n_applications,)."""
        return np.zeros(len(applications))
