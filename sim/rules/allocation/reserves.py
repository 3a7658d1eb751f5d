"""What is set aside: a share of lettings for a class of applicants."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.households import NOBODY, Need
from sim.rules.proposals import Applications
from sim.rules.vacancies import by_share, vacancy_draw

OTHERS_LATER = 2.0**32
"""More than any rank: nobody outside the class comes before one of it."""


@dataclass(frozen=True)
class Reserve:
    """A share of a landlord's lettings where members of a class come first, and others only if no member applies.

    What a scenario may say of it, and within which bounds, stands in ``sim.scenario.housing.Reserve``.

    Attributes
    ----------
    of_class
        ``priority``, ``no_home``, ``need``, ``newcomers``, ``local``, or ``tenants``: who rents from the same kind of
        landlord already (internal transfer).
    share
        Of the lettings, 0 to 1.
    newcomer_months
        How long one counts as a newcomer, months.
    """

    id: str
    of_class: str
    share: float
    newcomer_months: int

    def is_member(self, city: City, applications: Applications) -> np.ndarray:
        """Whether each applicant belongs to the class, bool, shape (n_applications,)."""
        here, rows = city.households, applications.household
        if self.of_class == "local":
            return np.asarray(here.roots[rows] == city.dwellings.area[applications.dwelling])
        if self.of_class == "tenants":
            stock, home = city.dwellings, here.dwelling[rows]
            return np.asarray((home != NOBODY) & (stock.policy[home] == stock.policy[applications.dwelling]))
        if self.of_class == "newcomers":
            recent = city.month - here.since[rows].astype(np.int64) < self.newcomer_months
            return np.asarray(recent & (here.roots[rows] == NOBODY))
        least = {"priority": Need.PRIORITY, "no_home": Need.NO_HOME, "need": Need.CROWDED}[self.of_class]
        return np.asarray(here.need[rows] >= least)


def reserved_for(reserves: tuple[Reserve, ...], city: City, dwellings: np.ndarray, luck: Luck) -> np.ndarray:
    """Which reserve each vacancy belongs to, as drawn when it fell vacant; -1 for none; int64, shape (n_dwellings,)."""
    shares = [reserve.share for reserve in reserves]
    number = by_share(shares, vacancy_draw(city, dwellings, luck, Purpose.RESERVE))
    return np.where(number < len(reserves), number, -1)


def set_aside(
    reserves: tuple[Reserve, ...], of_class: str, city: City, dwellings: np.ndarray, luck: Luck
) -> np.ndarray:
    """Whether each vacancy is set aside for a class, bool, shape (n_dwellings,)."""
    theirs = [number for number, reserve in enumerate(reserves) if reserve.of_class == of_class and reserve.share > 0]
    if not theirs:
        return np.zeros(len(dwellings), np.bool_)
    return np.isin(reserved_for(reserves, city, dwellings, luck), theirs)


def set_back(reserves: tuple[Reserve, ...], city: City, applications: Applications, luck: Luck) -> np.ndarray:
    """What to take off each rank so that members of a reserve come first, float64, shape (n_applications,)."""
    behind = np.zeros(len(applications))
    if not any(reserve.share > 0 for reserve in reserves):
        return behind
    number = reserved_for(reserves, city, applications.dwelling, luck)
    for k, reserve in enumerate(reserves):
        mine = np.flatnonzero(number == k)
        behind[mine] = np.where(reserve.is_member(city, applications.only(mine)), 0.0, OTHERS_LATER)
    return behind
