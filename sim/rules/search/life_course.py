"""Looking for a home because life moves on: by age and tenure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import integer, numbers, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.households import NOBODY, Cause
from sim.rules.happening import by_age, chance, happens
from sim.rules.proposals import Starts
from sim.rules.search.starting import begun

BANDS = (30, 45, 65)


@rule("search", "life_course")
@dataclass(frozen=True)
class LifeCourse:
    """Young households look often, old ones seldom, owners of houses least; each is asked in its own month."""

    hazard: tuple[float, ...] = numbers(
        (0.38, 0.20, 0.09, 0.05), unit="1/year", low=0, high=5,
        source="assumed; held in a first rough model: under 30, 45, 65, older",
    )  # fmt: skip
    factor: float = quantity(1.1, unit="1", low=0, high=10, source="assumed: 1.0-1.2 gives the turnover of contracts")
    by_tenure: tuple[float, ...] = numbers(
        (1.0, 1.0, 0.75, 0.42), unit="1", low=0, high=5,
        source="assumed: public and private rentals, cooperatives, houses; from yearly turnover",
    )  # fmt: skip
    duration: int = integer(12, unit="month", low=1, high=120, source="assumed")

    def propose(self, city: City, luck: Luck) -> Starts:
        """Housed households whose own month it is, each with its yearly chance."""
        here, rows = city.households, city.due()
        rows = rows[here.dwelling[rows] != NOBODY]
        rates = np.outer(self.by_tenure, self.factor * by_age(self.hazard, BANDS))
        place = happens(city, luck, Purpose.SEARCH, rows, here.tenure[rows], chance(rates))
        return begun(city, rows[place], Cause.LIFE_COURSE, self.duration)
