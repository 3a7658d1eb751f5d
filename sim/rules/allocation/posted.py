"""Posted rents with the landlord's choice: the best payer, or the first who will do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.rules.allocation.first_acceptable import FirstAcceptable
from sim.rules.proposals import Applications
from sim.rules.vacancies import vacancy_draw


@rule("allocation", "posted")
@dataclass(frozen=True)
class Posted:
    """At the posted rent the landlord takes the highest ratio of income to rent; for some homes, who comes first."""

    is_priced: ClassVar[bool] = False
    chooses_freely: ClassVar[bool] = True

    first_share: float = quantity(0.5, unit="share", low=0, high=1, source="assumed: half of the vacancies")

    def rank(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """Income in times the rent, or order of arrival, float64, shape (n_applications,)."""
        income = city.households.income[applications.household].astype(np.float64)
        ratio = income / np.maximum(applications.cost, 1.0)
        is_first = vacancy_draw(city, applications.dwelling, luck, Purpose.POSTED) < self.first_share
        return np.where(is_first, FirstAcceptable().rank(city, applications, luck), ratio)
