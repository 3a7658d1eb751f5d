"""Who may apply for a home."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.city.city import City
from sim.rules.proposals import Applications, Schedule

MOST_PERSONS = (3, 4, 6, 8, 10)
"""Most persons in 1 to 5 rooms (the letting policy of the municipal companies of Gothenburg); no limit above."""


@dataclass(frozen=True)
class Eligibility:
    """Demands of a landlord; None: nothing is asked. The choice kernel asks the same before anybody applies.

    What a scenario may say of them, and within which bounds, stands in ``sim.scenario.housing.Eligibility``.

    Attributes
    ----------
    income_floor, income_ceiling
        Lowest income in times the rent, highest in SEK per month.
    residual_income
        Least that must be left after the rent and the norm of living, SEK per month.
    size_fit, queue_member
        Whether the household must fit the rooms; whether it must be in the queue.
    local
        Lives or last lived in the area, and has been a household of the city for so many months.
    """

    income_floor: float | None = None
    income_ceiling: float | None = None
    residual_income: float | None = None
    size_fit: bool = False
    queue_member: bool = False
    local: int | None = None

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
