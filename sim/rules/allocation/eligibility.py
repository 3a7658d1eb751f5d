"""Who may apply for a home."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import flag, integer, quantity
from sim.base.registry import rule
from sim.city.city import City
from sim.rules.proposals import Applications, Schedule

MOST_PERSONS = (3, 4, 6, 8, 10)
"""Most persons in 1 to 5 rooms (the letting policy of the municipal companies of Gothenburg); no limit above."""


@rule("eligibility", "demands")
@dataclass(frozen=True)
class Eligibility:
    """Demands of a landlord; null switches one off. The choice kernel asks the same before anybody applies.

    ``local``: lives or last lived in the area, and has been a household of the city for so many months.
    """

    income_floor: float | None = quantity(None, unit="times_rent", low=0, high=10, source="assumed: no floor")
    income_ceiling: float | None = quantity(None, unit="SEK/month", low=0, high=1e6, source="assumed: no ceiling")
    residual_income: float | None = quantity(
        None, unit="SEK/month", low=-1e5, high=1e5, source="assumed: nothing asked beyond the norm of living"
    )
    size_fit: bool = flag(False, source="assumed")
    queue_member: bool = flag(False, source="assumed")
    local: int | None = integer(None, unit="month", low=0, high=1200, source="assumed: no ties asked")

    def may_apply(self, city: City, applications: Applications, schedule: Schedule, net_cost: np.ndarray) -> np.ndarray:
        """Whether each applicant meets the demands of the dwelling beside it.

        Parameters
        ----------
        city : City
        applications : Applications
        schedule : Schedule
            Norms of living, for residual income.
        net_cost : array, shape (n_applications,)
            Monthly cost after allowance, SEK per month.

        Returns
        -------
        bool array, shape (n_applications,)
        """
        here, rows = city.households, applications.household
        income, cost = here.income[rows].astype(np.float64), applications.cost.astype(np.float64)
        may = np.ones(len(applications), np.bool_)
        if self.income_floor is not None:
            may &= income >= self.income_floor * cost
        if self.income_ceiling is not None:
            may &= income <= self.income_ceiling
        if self.residual_income is not None:
            may &= income - net_cost - schedule.norm(here.adults[rows], here.children[rows]) >= self.residual_income
        if self.size_fit:
            may &= fits(here.persons(rows), city.dwellings.rooms[applications.dwelling])
        if self.queue_member:
            may &= here.is_registered(rows)
        if self.local is not None:
            may &= here.roots[rows] == city.dwellings.area[applications.dwelling]
            may &= city.month - here.since[rows].astype(np.int64) >= self.local
        return may


def fits(persons: np.ndarray, rooms: np.ndarray) -> np.ndarray:
    """Whether so many persons may live in so many rooms."""
    limit = np.array([MOST_PERSONS[0], *MOST_PERSONS, 255])
    return np.asarray(persons <= limit[np.minimum(rooms, 6)])
