"""Incomes move once a year: along the profile of age, around a lasting part, by chance that fades."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose, key_of
from sim.city.city import City
from sim.city.incomes import log_profile
from sim.kernels.lives import moved_incomes
from sim.rules.happening import AGES
from sim.rules.proposals import Lives


@rule("demography", "income")
@dataclass(frozen=True)
class Income:
    """Log income is a profile by age, a lasting part that stays, and a passing part that fades (AR(1)).

    Differences by group and by number of earners are in the lasting part. Money is in prices of the start year and
    incomes have no general growth.
    """

    persistence: float = quantity(0.7, unit="1", low=0, high=1, source="assumed: of the passing part, over a year")
    passing: float = quantity(0.15, unit="1", low=0, high=1, source="assumed: standard deviation, as at the founding")

    def propose(self, city: City, luck: Luck) -> Lives:
        """New incomes of the households whose own month it is."""
        here, rows = city.households, city.due()
        transitory, income = np.empty(len(rows), np.float32), np.empty(len(rows), np.float32)
        key = np.uint64(key_of(luck.seed, int(Purpose.INCOME), city.month))
        fresh = float(self.passing * np.sqrt(1.0 - self.persistence**2))
        moved_incomes(
            rows, here.id, here.birth_month, city.month, here.log_permanent, here.log_transitory, key,
            float(self.persistence), fresh, log_profile(AGES), transitory, income,
        )  # fmt: skip
        return Lives(earning=rows, log_permanent=here.log_permanent[rows], log_transitory=transitory, income=income)
