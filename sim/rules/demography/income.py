"""Incomes move once a year: along the profile of age, around a lasting part, by chance that fades."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.rules.contracts import Lives
from sim.rules.demography.persons import income_of


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
        shock = luck.stream(Purpose.INCOME, city.month).normal(here.id[rows])
        new = self.passing * np.sqrt(1.0 - self.persistence**2)
        transitory = self.persistence * here.log_transitory[rows] + new * shock
        permanent = here.log_permanent[rows]
        income = income_of(here.age_years(rows, city.month), permanent, transitory)
        return Lives(earning=rows, log_permanent=permanent, log_transitory=transitory.astype(np.float32), income=income)
