"""Mobility vouchers: poor tenants get help with the rent, but only in areas where few are poor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.base.parameters import integer, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.households import NEVER, NOBODY
from sim.rules.payment.lots import by_lot, lowest_incomes

MTO = "Moving to Opportunity (United States, 1994-): areas with at most 10 % in poverty"


@rule("payment", "mobility_voucher")
@dataclass(frozen=True)
class MobilityVoucher:
    """So many a year are offered a vacant private rental that suits them in an area where few are poor, and take it.

    The voucher counts as income as long as the household lives in such an area, for some years. An area is open where
    the share of its households with incomes among the lowest fifth of the town is at most a limit.

    References
    ----------
    Chetty, R., Hendren, N. & Katz, L. F. (2016). The effects of exposure to better neighborhoods on children. AER
    106(4): children who moved before thirteen gained later (recalled).
    """

    payer: ClassVar[str] = "state"

    number: float = quantity(0.0, unit="household/year", low=0, high=1e5, source="assumed: none today")
    amount: float = quantity(3_000.0, unit="SEK/month", low=0, high=50_000, source="assumed")
    most_poor: float = quantity(0.1, unit="share", low=0, high=1, source=MTO, status="recalled")
    years: int = integer(5, unit="year", low=1, high=50, source="assumed: how long a voucher is paid")
    lowest: float = quantity(0.2, unit="share", low=0, high=1, source="assumed: the lowest fifth")

    @property
    def months(self) -> int:
        """How long it is paid after the move."""
        return 12 * self.years

    def pays(self, city: City) -> np.ndarray:
        """What each row is paid, SEK per month, float32, shape (n_rows,)."""
        here = city.households
        paid = np.zeros(len(here), np.float32)
        rows = np.flatnonzero(here.voucher_until >= city.month)
        rows = rows[here.is_used[rows] & (here.area[rows] != NOBODY)]
        if len(rows):
            paid[rows[self.is_open(city)[here.area[rows]]]] = self.amount
        return paid

    def is_open(self, city: City) -> np.ndarray:
        """Whether few are poor in each area, bool, shape (n_areas,)."""
        here = city.households
        rows = here.rows()
        rows = rows[here.area[rows] != NOBODY]
        poor = lowest_incomes(city, rows, self.lowest)
        n, n_poor = (np.bincount(here.area[some], minlength=city.n_areas) for some in (rows, rows[poor]))
        return np.asarray(n_poor <= self.most_poor * n)

    def candidates(self, city: City, luck: Luck) -> np.ndarray:
        """Rows of the households that are offered one this month, int32: tenants and those without a home."""
        if self.number <= 0:
            return np.zeros(0, np.int32)
        here = city.households
        rows = here.rows()
        rows = rows[lowest_incomes(city, rows, self.lowest)]
        has_none = here.voucher_until[rows] == -NEVER
        lives_there = (here.area[rows] != NOBODY) & self.is_open(city)[here.area[rows]]
        rows = rows[has_none & (here.tenure[rows] <= 1) & ~lives_there]
        return by_lot(city, rows, self.number, luck, Purpose.VOUCHER)

    def suits(self, city: City, homes: np.ndarray) -> np.ndarray:
        """Which of some vacant private rentals they may be offered, bool."""
        return np.asarray(self.is_open(city)[city.dwellings.area[homes]])

    def at_once(self, rents: np.ndarray) -> float:
        """What the contracts cost on the day they are signed, SEK."""
        return 0.0
