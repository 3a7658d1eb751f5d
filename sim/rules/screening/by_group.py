"""Discrimination: applicants of a group are dropped unseen with a stated probability; what the law does about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import by_group, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.rules.lots import lots_of_pairs
from sim.rules.proposals import Applications
from sim.rules.vacancies import vacancy_draw


@rule("screening", "by_group")
@dataclass(frozen=True)
class ByGroup:
    """The landlord goes on with so many of a group's applicants, drawn once for each household and dwelling.

    Enforcement closes a share of the gap to equal treatment, whatever it costs to do so: how much testing and how high
    a penalty that takes, nobody has measured. Where applicants are anonymous nobody is dropped.

    References
    ----------
    Ahmed, A. & Hammarstedt, M. (2008). Discrimination in the rental housing market. Journal of Urban Economics 64:
    ratio of positive replies about 0.55 (size recalled).
    """

    accept: dict[str, float] = by_group(  # noqa: RUF009
        unit="share", low=0, high=1, source="assumed: who is not named is never dropped"
    )
    enforcement: float = quantity(0.0, unit="share", low=0, high=1, source="assumed: at rest as landlords are")
    anonymous: float = quantity(0.0, unit="share", low=0, high=1, source="assumed: at rest names are seen")

    def passes(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """True where the application goes on, shape (n_applications,)."""
        chance = np.array([self.accept.get(group, 1.0) for group in city.groups])
        chance += self.enforcement * (1.0 - chance)
        accepted = chance[city.households.group[applications.household]]
        if self.anonymous > 0.0:
            unseen = vacancy_draw(city, applications.dwelling, luck, Purpose.ANONYMOUS) < self.anonymous
            accepted = np.where(unseen, 1.0, accepted)
        passes = np.ones(len(applications), np.bool_)
        at_risk = np.flatnonzero(accepted < 1.0)
        ids = city.households.id[applications.household[at_risk]]
        draw = lots_of_pairs(luck, Purpose.SCREENING, 0, ids, applications.dwelling[at_risk])
        passes[at_risk] = draw < accepted[at_risk]
        return passes
