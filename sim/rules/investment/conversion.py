"""Conversion: the tenants of an estate vote, and where enough of them would buy it becomes cooperative."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import areas, choice, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.dwellings import PUBLIC_RENTAL, RENTALS, TENURES
from sim.city.households import NOBODY
from sim.rules.amounts import MONTHS, drawn, estates_in_turn, whole
from sim.rules.investment.lots import YIELD
from sim.rules.places import WORDS, flat_prices, let_values, where
from sim.rules.works import NOTHING, Payment, Works

ROUNDING = 1e-9
"""A threshold of two thirds is met by two votes of three."""


@rule("investment", "conversion")
@dataclass(frozen=True)
class Conversion:
    """Each year the tenants of a share of the estates are asked; who can pay votes yes, and buys if enough do.

    Who cannot or will not buy stays as a tenant of the association; when the home is vacated, it is sold. A rate of 0
    is a stop.

    References
    ----------
    Bostadsrättslag (1991:614) 9 kap. 19 §: two thirds of the tenants of the let homes.
    """

    rate: float = quantity(0.0, unit="share/year", low=0, high=1, source="assumed: nobody is asked")
    tenure: str = choice("private_rental", of=tuple(TENURES[tenure] for tenure in RENTALS), source="assumed")
    areas: str | tuple[str, ...] = areas("all", of=WORDS, source="assumed")
    threshold: float = quantity(
        2 / 3, unit="share", low=0, high=1, source="Bostadsrättslag (1991:614) 9 kap. 19 §", status="recalled"
    )
    discount: float = quantity(
        0.3, unit="share", low=0, high=0.9, source="20 to 40 % in the conversions of the 2000s", status="recalled"
    )
    own_share: float = quantity(0.1, unit="share", low=0, high=1, source="assumed: saved money asked of who buys")
    most_income: float = quantity(6.0, unit="year of income", low=0, high=100, source="assumed: largest loan")
    gain_demanded: float | None = quantity(
        None, unit="share", low=-1, high=10, source="assumed: none; the landlord sells where tenants want to buy"
    )

    def propose(self, city: City, luck: Luck) -> Works:
        """Homes of the estates that convert this month."""
        if self.rate <= 0:
            return NOTHING
        tenure = TENURES.index(self.tenure)
        rows, estate = estates_in_turn(city, tenure, where(city, self.areas))
        estates = np.unique(estate)
        n = whole(np.array([self.rate * len(estates)]), city.month, luck, Purpose.CONVERSION, tenure)[0]
        asked = np.isin(estate, drawn(estates, int(n), city.month, luck, Purpose.CONVERSION))
        return self._voted(city, rows[asked], estate[asked], tenure)

    def _voted(self, city: City, rows: np.ndarray, estate: np.ndarray, tenure: int) -> Works:
        """What comes of the votes in some estates."""
        price = self.prices(city, rows)
        yes, is_let = self.would_buy(city, rows, price), city.dwellings.occupant[rows] != NOBODY
        _, which = np.unique(estate, return_inverse=True)
        votes, homes = np.bincount(which, yes), np.bincount(which, is_let)
        passes = (votes > 0) & (votes >= self.threshold * homes - ROUNDING)
        passes &= self._landlord_agrees(city, rows, price, which)
        converts = passes[which]
        sold = converts & yes
        paid = float(price[converts].sum())
        return Works(
            sold=rows[sold], price=price[sold].astype(np.float32), kept=rows[converts & ~yes],
            payments=self._payments(city, rows[converts], paid, tenure),
        )  # fmt: skip

    def prices(self, city: City, rows: np.ndarray) -> np.ndarray:
        """What tenants pay for homes, SEK, float64: the price of a cooperative home there, less the discount."""
        stock = city.dwellings
        return np.asarray((1.0 - self.discount) * flat_prices(city)[stock.area[rows]] * stock.m2[rows])

    def would_buy(self, city: City, rows: np.ndarray, price: np.ndarray) -> np.ndarray:
        """Whether the tenant of each home has the money, and can carry the loan, bool."""
        here, occupant = city.households, city.dwellings.occupant[rows]
        savings, income = here.savings[occupant].astype(np.float64), here.income[occupant].astype(np.float64)
        has_own = savings >= self.own_share * price
        carries = price - np.minimum(savings, price) <= self.most_income * MONTHS * income
        return np.asarray((occupant != NOBODY) & (price > 0) & has_own & carries)

    def _landlord_agrees(self, city: City, rows: np.ndarray, price: np.ndarray, which: np.ndarray) -> np.ndarray:
        """Whether the landlord of each estate gets what it demands above the worth of the rents."""
        if self.gain_demanded is None or not len(rows):
            return np.ones(int(which.max(initial=-1)) + 1, np.bool_)
        rents = np.bincount(which, city.dwellings.rent[rows])
        return np.asarray(np.bincount(which, price) >= (1.0 + self.gain_demanded) * MONTHS * rents / YIELD)

    def _payments(self, city: City, rows: np.ndarray, paid: float, tenure: int) -> tuple[Payment, ...]:
        """Tenants and their association pay the landlord; the public gives up what its homes were worth."""
        if paid <= 0:
            return ()
        if tenure != PUBLIC_RENTAL:
            return (Payment("household", "landlord", paid),)
        value = float(let_values(city, rows).sum())
        return Payment("household", "municipality", paid), Payment("municipality", "property", value)
