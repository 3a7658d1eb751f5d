"""Sale: public homes are sold to private landlords; the tenants stay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import areas, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.dwellings import PRIVATE_RENTAL, PUBLIC_RENTAL
from sim.rules.amounts import drawn, in_turn, whole
from sim.rules.investment.purchase import sold
from sim.rules.places import WORDS, let_values, where
from sim.rules.works import NOTHING, Works


@rule("investment", "sale")
@dataclass(frozen=True)
class Sale:
    """A share of the public homes is sold each year, at their worth less a discount."""

    rate: float = quantity(0.0, unit="share/year", low=0, high=1, source="assumed: nothing is sold")
    areas: str | tuple[str, ...] = areas("all", of=WORDS, source="assumed")
    discount: float = quantity(0.0, unit="share", low=0, high=0.9, source="assumed: none")

    def propose(self, city: City, luck: Luck) -> Works:
        """Homes that are sold this month."""
        if self.rate <= 0:
            return NOTHING
        rows = in_turn(city, PUBLIC_RENTAL, where(city, self.areas))
        n = whole(np.array([self.rate * len(rows)]), city.month, luck, Purpose.PURCHASE, 1)[0]
        rows = drawn(rows, int(n), city.month, luck, Purpose.PURCHASE)
        return Works(
            handed=rows, to_tenure=np.full(len(rows), PRIVATE_RENTAL, np.int8),
            payments=sold(float(let_values(city, rows).sum()), self.discount),
        )  # fmt: skip
