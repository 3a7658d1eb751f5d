"""Room to live in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.city.city import City
from sim.rules.rooms import rooms_missing
from sim.rules.sources import ROUGH


@rule("preference", "space")
@dataclass(frozen=True)
class Space:
    """Logarithm of floor area over the root of persons, and a dislike of each room missing by the crowding norm.

    References
    ----------
    Boverket (2016:28). Trångboddheten i storstadsregionerna: crowding, norm 2.
    """

    weight: float = quantity(1.0, unit="utility", low=0, high=20, source=ROUGH)
    crowding: float = quantity(0.8, unit="utility/room", low=0, high=20, source=ROUGH)

    def by_pair(self, city: City, households: np.ndarray, dwellings: np.ndarray) -> np.ndarray:
        """Utility of each dwelling to the household beside it, float64, shape (n_pairs,)."""
        here, stock = city.households, city.dwellings
        size = np.log(stock.m2[dwellings].astype(np.float64)) - 0.5 * np.log(here.persons(households))
        return np.asarray(self.weight * size - self.crowding * rooms_missing(city, households, dwellings))

    def coefficients(self) -> dict[str, float]:
        """What the choice kernel needs."""
        return {"space": self.weight, "crowding": self.crowding}
