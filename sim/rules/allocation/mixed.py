"""Several orders side by side: each vacancy is let by one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.base.errors import ScenarioError
from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.rules.contracts import AllocationRule
from sim.rules.proposals import Applications
from sim.rules.vacancies import by_share, vacancy_draw

ROUNDING = 1e-9


@dataclass(frozen=True)
class Part:
    """One of the orders: its id, the share of vacancies that go through it, its rule."""

    id: str
    share: float
    rule: AllocationRule


@rule("allocation", "mixed")
@dataclass(frozen=True)
class Mixed:
    """Which part a vacancy belongs to is drawn once, when the home falls vacant.

    The first part may be an exchange that landlords leave when its rule leaves them no choice, ``leaves`` of them a
    year, and come back to when it does, ``returns`` a year; what those who are away would have let by it goes by the
    last part. That they leave is known (private landlords left the exchange of Gothenburg when queue time alone came
    to decide, 2019), how many is not.

    Raises
    ------
    ScenarioError
        If the shares do not sum to 1, or a part sells to the highest bid.
    """

    is_priced: ClassVar[bool] = False
    chooses_freely: ClassVar[bool] = True

    parts: tuple[Part, ...] = ()
    leaves: float = quantity(0.0, unit="share/year", low=0, high=1, source="assumed: at rest nobody leaves")
    returns: float = quantity(0.0, unit="share/year", low=0, high=1, source="assumed: at rest nobody comes back")

    def __post_init__(self) -> None:
        total = sum(part.share for part in self.parts)
        if self.parts and abs(total - 1.0) > ROUNDING:
            raise ScenarioError("rules.parts_do_not_sum", found=round(total, 6))
        for part in self.parts:
            if part.rule.is_priced:
                raise ScenarioError("rules.part_is_priced", part=part.id)

    def channel(self, city: City, dwellings: np.ndarray, luck: Luck) -> np.ndarray:
        """Which part each vacant dwelling is let by, int64, shape (n_dwellings,)."""
        shares = [part.share for part in self.parts[:-1]]
        channel = by_share(shares, vacancy_draw(city, dwellings, luck, Purpose.CHANNEL))
        if city.away is not None:
            channel[(channel == 0) & city.away[city.dwellings.landlord[dwellings]]] = len(self.parts) - 1
        return channel

    def rank(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """The rank that the part of each dwelling gives, float64, shape (n_applications,)."""
        found = np.zeros(len(applications))
        part_of = self.channel(city, applications.dwelling, luck)
        for number, part in enumerate(self.parts):
            mine = np.flatnonzero(part_of == number)
            found[mine] = part.rule.rank(city, applications.only(mine), luck)
        return found
