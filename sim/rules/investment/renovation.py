"""Renovation: old rentals are renovated to one of three levels, rents rise for it, and some tenants leave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import areas, choice, integer, numbers, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.dwellings import RENTALS, TENURES
from sim.city.households import NEVER, NOBODY
from sim.city.incomes import consumption_units
from sim.rules.amounts import MONTHS, drawn, in_turn, whole
from sim.rules.places import WORDS, where
from sim.rules.works import NOTHING, Works

LEVELS = ("mini", "midi", "maxi")
PER_CENT, MOST = 100.0, 255
LEAVING = 1
"""Which number of the renovation stream says who leaves."""


@rule("investment", "renovation")
@dataclass(frozen=True)
class Renovation:
    """A share of the rentals that are due is renovated each year; the rise is capped and comes in even yearly steps.

    A landlord that demands a yield renovates only where the rise brings so much a year of what it costs. What tenants
    do is a slider, since the evidence conflicts: a share of them looks for another home because of it, those with
    lower incomes more often or less.

    References
    ----------
    Boverket (2014:34). Flyttmönster till följd av omfattande renoveringar: low incomes move more.
    Borg, I. (2024), 11,000 properties renovated 1995-2019: disadvantaged households move less.
    """

    rate: float = quantity(0.0, unit="share/year", low=0, high=1, source="assumed: nothing is renovated")
    tenure: str = choice("public_rental", of=tuple(TENURES[tenure] for tenure in RENTALS), source="assumed")
    areas: str | tuple[str, ...] = areas("all", of=WORDS, source="assumed")
    level: str = choice("midi", of=LEVELS, source="assumed")
    rise: tuple[float, ...] = numbers(
        (0.10, 0.25, 0.45), unit="share", low=0, high=2, status="recalled",
        source="levels used by Swedish public landlords; the mean rise of all renovations was 0.37",
    )  # fmt: skip
    cap: float | None = quantity(None, unit="share", low=0, high=2, source="assumed: none today")
    phase_in: int = integer(
        3, unit="year", low=1, high=20, source="stepped rents: three to five years", status="recalled"
    )
    age: float = quantity(45.0, unit="year", low=0, high=200, source="assumed: a home is due after so many years")
    leaves: float = quantity(
        0.1, unit="share", low=0, high=1, status="recalled",
        source="0.05 to 0.15 more than else; 0.25 moved around a renovation (Boverket 2014:34), a quarter for it",
    )  # fmt: skip
    lower_incomes: float = quantity(
        1.0, unit="1", low=0, high=5, source="assumed: as often as others, since studies disagree"
    )
    cost_per_m2: tuple[float, ...] = numbers((3_000.0, 9_000.0, 15_000.0), unit="SEK/m2", low=0, source="assumed")
    yield_demanded: float | None = quantity(
        None, unit="share/year", low=0, high=0.5, source="assumed: none; homes are renovated as they grow old"
    )
    duration: int = integer(12, unit="month", low=1, high=120, source="assumed: how long who has to leave looks")

    def propose(self, city: City, luck: Luck) -> Works:
        """Homes that are renovated this month, and who leaves for it."""
        if self.rate <= 0:
            return NOTHING
        rows = self.due(city)
        n = whole(np.array([self.rate * len(rows)]), city.month, luck, Purpose.RENOVATION, self._number)[0]
        rows = drawn(rows, int(n), city.month, luck, Purpose.RENOVATION)
        goal = np.full(len(rows), min(round(PER_CENT * self.full_rise()), MOST), np.uint8)
        step = np.ceil(goal / self.phase_in).astype(np.uint8)
        leaving = self.leavers(city, rows, luck)
        until = np.full(len(leaving), city.month + self.duration, np.int16)
        return Works(renovated=rows, goal=goal, step=step, leaving=leaving, leaving_until=until)

    def full_rise(self) -> float:
        """Rise of the rent in all, a share of it."""
        rise = self.rise[LEVELS.index(self.level)]
        return rise if self.cap is None else min(rise, self.cap)

    def due(self, city: City) -> np.ndarray:
        """Homes whose turn it is, old enough, and worth renovating to their landlord, int32."""
        stock = city.dwellings
        rows = in_turn(city, TENURES.index(self.tenure), where(city, self.areas))
        last = np.where(stock.renovated[rows] == NEVER, stock.built[rows], stock.renovated[rows]).astype(np.int64)
        rows = rows[city.month - last >= MONTHS * self.age]
        if self.yield_demanded is None:
            return np.asarray(rows)
        gain = MONTHS * self.full_rise() * stock.rent[rows] / stock.m2[rows]
        return np.asarray(rows[gain >= self.yield_demanded * self.cost_per_m2[LEVELS.index(self.level)]])

    def leavers(self, city: City, homes: np.ndarray, luck: Luck) -> np.ndarray:
        """Households that look for another home because theirs is renovated, int32."""
        here = city.households
        rows = city.dwellings.occupant[homes]
        rows = rows[rows != NOBODY]
        own = np.log(here.income[rows] / consumption_units(here.adults[rows], here.children[rows]))
        is_lower = own < city.books.log_income.mean()
        chance = self.leaves * np.where(is_lower, self.lower_incomes, 1.0)
        draw = luck.stream(Purpose.RENOVATION, city.month).uniform(here.id[rows], LEAVING)
        return np.asarray(rows[draw < chance], np.int32)

    @property
    def _number(self) -> int:
        return TENURES.index(self.tenure)
