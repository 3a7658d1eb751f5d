"""Purchase: the municipality buys private rentals, within a budget; the tenants stay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import areas, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.dwellings import PRIVATE_RENTAL, PUBLIC_RENTAL
from sim.rules.amounts import MONTHS, drawn, in_turn, whole
from sim.rules.places import WORDS, let_values, where
from sim.rules.works import NOTHING, Payment, Works


@rule("investment", "purchase")
@dataclass(frozen=True)
class Purchase:
    """As many private rentals as the budget of the town pays for, at their worth and ``premium`` more.

    The public keeps what the homes are worth, so that its cost is the premium; the budget is what is paid.
    """

    budget: float = quantity(0.0, unit="SEK/year", low=0, high=1e11, source="assumed: nothing is bought")
    areas: str | tuple[str, ...] = areas("fewest_public", of=WORDS, source="assumed")
    premium: float = quantity(0.2, unit="share", low=0, high=2, source="assumed: who wants to buy pays more")

    def propose(self, city: City, luck: Luck) -> Works:
        """Homes that are bought this month."""
        rows = in_turn(city, PRIVATE_RENTAL, where(city, self.areas)) if self.budget > 0 else np.zeros(0, np.int32)
        value = let_values(city, rows)
        if not value.any():
            return NOTHING
        price = (1.0 + self.premium) * float(value.mean())
        wanted = self.budget * city.scale / MONTHS / price
        n = whole(np.array([wanted]), city.month, luck, Purpose.PURCHASE)[0]
        rows = drawn(rows, int(n), city.month, luck, Purpose.PURCHASE)
        return Works(
            handed=rows, to_tenure=np.full(len(rows), PUBLIC_RENTAL, np.int8),
            payments=bought(float(let_values(city, rows).sum()), self.premium),
        )  # fmt: skip


def bought(value: float, premium: float) -> tuple[Payment, ...]:
    """The municipality pays the landlord, and has what the homes are worth."""
    paid = Payment("municipality", "landlord", (1.0 + premium) * value)
    return (paid, Payment("property", "municipality", value)) if value > 0 else ()


def sold(value: float, discount: float) -> tuple[Payment, ...]:
    """A landlord pays the municipality, which gives up what the homes are worth."""
    paid = Payment("landlord", "municipality", (1.0 - discount) * value)
    return (paid, Payment("municipality", "property", value)) if value > 0 else ()
