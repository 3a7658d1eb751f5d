"""New homes: so many a year of one tenure, in some areas, ready after some years, all or a part at a lower rent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import choice, integer, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.dwellings import COOPERATIVE, PRIVATE_RENTAL, TENURES
from sim.rules.amounts import whole
from sim.rules.investment.lots import Lots
from sim.rules.places import where
from sim.rules.works import NOTHING, Works

MONTHS = 12


@rule("investment", "building")
@dataclass(frozen=True)
class Building(Lots):
    """New homes, in proportion to the homes that stand in the areas meant.

    A developer that demands a profit builds only where homes sell for more than they cost by so much; for rentals the
    rents of new building are capitalised. ``inclusionary_share`` of the homes are rentals at ``inclusionary_rent``.
    """

    tenure: str = choice("public_rental", of=TENURES, source="assumed")
    rent_tier: float | None = quantity(
        None, unit="SEK/m2/month", low=10, high=1_000, source="assumed: none; rents follow the landlord's rule"
    )
    inclusionary_share: float = quantity(0.0, unit="share", low=0, high=1, source="assumed: none today")
    inclusionary_rent: float = quantity(
        117.0, unit="SEK/m2/month", low=10, high=1_000, status="verified",
        source="Frihamnen, Gothenburg: 1,400 SEK per m2 and year in a quarter of the rentals",
    )  # fmt: skip
    rent_years: int = integer(
        15, unit="year", low=1, high=100, source="Frihamnen, Gothenburg: 15 years", status="verified"
    )
    cost_per_m2: float = quantity(50_000.0, unit="SEK/m2", low=0, high=500_000, source="assumed")
    profit_demanded: float | None = quantity(
        None, unit="share", low=-0.5, high=2, source="assumed: none; the homes are built in any case"
    )

    def propose(self, city: City, luck: Luck) -> Works:
        """Lots that are begun this month."""
        if self.homes <= 0:
            return NOTHING
        tenure = TENURES.index(self.tenure)
        weight = city.books.places * (where(city, self.areas) & self._pays(city, tenure))
        total = self.homes * city.scale / MONTHS
        expected = total * weight / max(int(weight.sum()), 1) * (weight.sum() > 0)
        low = expected * self.inclusionary_share
        ordinary = whole(expected - low, city.month, luck, Purpose.BUILDING, tenure)
        cheap = whole(low, city.month, luck, Purpose.BUILDING, len(TENURES) + tenure)
        low_tenure = tenure if tenure < COOPERATIVE else PRIVATE_RENTAL
        return self.begun(
            city,
            ((ordinary, tenure, self.rent_tier or 0.0), (cheap, low_tenure, self.inclusionary_rent)),
            MONTHS * self.rent_years,
        )

    def _pays(self, city: City, tenure: int) -> np.ndarray:
        """Areas in which a developer gets what it demands, bool, shape (n_areas,)."""
        if self.profit_demanded is None:
            return np.ones(city.n_areas, np.bool_)
        return self.worth(city, tenure, self.rent_tier) >= (1.0 + self.profit_demanded) * self.cost_per_m2
