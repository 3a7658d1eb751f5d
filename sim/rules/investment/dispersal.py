"""Dispersal: the municipality sells homes where it has many and buys as many where it has few; the tenants stay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.dwellings import PRIVATE_RENTAL, PUBLIC_RENTAL
from sim.rules.amounts import MONTHS, drawn, in_turn, whole
from sim.rules.investment.purchase import bought, sold
from sim.rules.places import let_values, where
from sim.rules.works import NOTHING, Works


@rule("investment", "dispersal")
@dataclass(frozen=True)
class Dispersal:
    """So many public homes a year change places with private rentals: the public stock stays as large, but spreads."""

    homes: float = quantity(0.0, unit="home/year", low=0, high=1e6, source="assumed: none")
    premium: float = quantity(0.2, unit="share", low=0, high=2, source="assumed: who wants to buy pays more")

    def propose(self, city: City, luck: Luck) -> Works:
        """Homes that are sold and bought this month, as many of each."""
        if self.homes <= 0:
            return NOTHING
        wanted = np.array([self.homes * city.scale / MONTHS])
        n = int(whole(wanted, city.month, luck, Purpose.PURCHASE, 2)[0])
        many = in_turn(city, PUBLIC_RENTAL, where(city, "most_public"))
        few = in_turn(city, PRIVATE_RENTAL, where(city, "fewest_public"))
        n = min(n, len(many), len(few))
        off, on = (drawn(rows, n, city.month, luck, Purpose.PURCHASE) for rows in (many, few))
        to = np.repeat(np.array([PRIVATE_RENTAL, PUBLIC_RENTAL], np.int8), n)
        values = (float(let_values(city, rows).sum()) for rows in (off, on))
        return Works(
            handed=np.concatenate([off, on]), to_tenure=to,
            payments=(*sold(next(values), 0.0), *bought(next(values), self.premium)),
        )  # fmt: skip
