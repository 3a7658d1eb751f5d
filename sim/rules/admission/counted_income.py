"""What counts as income: some landlords do not count social assistance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.rules.admission.assistance import limit, on_assistance
from sim.rules.lots import lots_of
from sim.rules.proposals import Applications


@rule("admission", "counted_income")
@dataclass(frozen=True)
class CountedIncome:
    """A landlord either counts social assistance as income or turns away those who live on it; each does so for good.

    References
    ----------
    Boverket (2017:30). Hyresvardars krav pa blivande hyresgaster: what counts as income varies by company.
    """

    assistance_counts: float = quantity(
        1.0, unit="share", low=0, high=1, source="assumed: at rest every landlord counts it"
    )
    assistance_below: float = limit()

    @property
    def is_at_rest(self) -> bool:
        """Whether it turns nobody away."""
        return self.assistance_counts >= 1.0

    def admits(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """Whether the landlord's demand lets each applicant apply, bool, shape (n_applications,)."""
        landlord = city.dwellings.landlord[applications.dwelling].astype(np.int64)
        strict = lots_of(luck, Purpose.LANDLORD, 0, landlord, COUNTS) >= self.assistance_counts
        return np.asarray(~(strict & on_assistance(city, applications.household, self.assistance_below)))


COUNTS = 1
"""Which number of the landlords' stream says what they count."""
