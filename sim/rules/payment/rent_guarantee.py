"""Rent guarantees: the municipality stands surety, and private landlords waive their demands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.households import NOBODY
from sim.rules.payment.lots import by_lot


@rule("payment", "rent_guarantee")
@dataclass(frozen=True)
class RentGuarantee:
    """So many a year without a home are offered a vacant private rental whose rent they can carry, and take it.

    Neither the income floor nor screening holds for them. What a guarantee costs is booked when it is given: the
    chance that it is called upon, times the months of rent that are then paid.

    References
    ----------
    Municipal rent guarantees exist in Sweden since 2007 and are little used (recalled); Boverket has proposed more.
    """

    payer: ClassVar[str] = "municipality"
    amount: ClassVar[float] = 0.0
    months: ClassVar[int] = 0

    number: float = quantity(0.0, unit="household/year", low=0, high=1e5, source="assumed: none today")
    called_upon: float = quantity(0.2, unit="share", low=0, high=1, source="assumed")
    months_paid: float = quantity(6.0, unit="month", low=0, high=60, source="assumed: half a year's rent at most")

    def candidates(self, city: City, luck: Luck) -> np.ndarray:
        """Rows of the households that are offered one this month, int32."""
        here = city.households
        rows = np.flatnonzero(here.is_used & (here.dwelling == NOBODY)).astype(np.int32)
        return by_lot(city, rows, self.number, luck, Purpose.GUARANTEE)

    def suits(self, city: City, homes: np.ndarray) -> np.ndarray:
        """Which of some vacant private rentals they may be offered, bool."""
        return np.ones(len(homes), np.bool_)

    def at_once(self, rents: np.ndarray) -> float:
        """What the contracts cost on the day they are signed, SEK."""
        return float(self.called_upon * self.months_paid * rents.sum(dtype=np.float64))
