"""The twenty per cent rule: in some areas most homes are let only to those with an income from work."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import areas, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.rules.admission.assistance import limit, on_assistance
from sim.rules.places import WORDS, where
from sim.rules.proposals import Applications
from sim.rules.vacancies import vacancy_draw


@rule("admission", "work_income")
@dataclass(frozen=True)
class WorkIncome:
    """In the areas named, so many of the vacancies are open to those who live on assistance; the others are not.

    Which vacancies is drawn when a home falls vacant, so the share is one of vacancies: of lettings it is a ceiling.

    References
    ----------
    Poseidon, letting policy: at most 20 % of lettings in development areas to households on social assistance.
    """

    areas: str | tuple[str, ...] = areas("poor", of=WORDS, source="assumed: the poorest third")
    open_share: float = quantity(1.0, unit="share", low=0, high=1, source="assumed: at rest all are open to everybody")
    assistance_below: float = limit()

    @property
    def is_at_rest(self) -> bool:
        """Whether it turns nobody away."""
        return self.open_share >= 1.0

    def admits(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """Whether the home is open to each applicant, bool, shape (n_applications,)."""
        meant = where(city, self.areas)[city.dwellings.area[applications.dwelling]]
        closed = meant & (vacancy_draw(city, applications.dwelling, luck, Purpose.ADMISSION) >= self.open_share)
        return np.asarray(~(closed & on_assistance(city, applications.household, self.assistance_below)))
