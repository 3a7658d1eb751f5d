"""Infill: what is built in an area is the tenure that it lacks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.dwellings import TENURES
from sim.rules.amounts import MONTHS, whole
from sim.rules.investment.lots import Lots
from sim.rules.places import homes_by_tenure, where
from sim.rules.works import NOTHING, Works


@rule("investment", "infill")
@dataclass(frozen=True)
class Infill(Lots):
    """New homes of the tenures that areas lack: the more are missing to the town's own mix, the more are built.

    A tenure is missing where its share of the area's homes is less than ``below`` times its share of the town's.
    """

    below: float = quantity(0.5, unit="share", low=0, high=1, source="assumed: half of the town's share")

    def propose(self, city: City, luck: Luck) -> Works:
        """Lots that are begun this month."""
        if self.homes <= 0:
            return NOTHING
        missing = self.missing(city)
        total = self.homes * city.scale / MONTHS
        expected = total * missing / max(float(missing.sum()), 1e-9) * bool(missing.any())
        n = whole(expected.ravel(), city.month, luck, Purpose.BUILDING, 2 * len(TENURES)).reshape(missing.shape)
        return self.begun(city, tuple((n[:, tenure], tenure, 0.0) for tenure in range(len(TENURES))), 0)

    def missing(self, city: City) -> np.ndarray:
        """Homes that each area lacks of each tenure, to have the town's mix, float64, shape (n_areas, n_tenures)."""
        homes = homes_by_tenure(city)
        wanted = homes.sum(axis=0) / max(int(homes.sum()), 1) * homes.sum(axis=1, keepdims=True)
        lacks = (homes < self.below * wanted) & where(city, self.areas)[:, None]
        return np.asarray(np.where(lacks, wanted - homes, 0.0))
