"""Cash: so much a month to the households with the lowest incomes, wherever they live."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.city.city import City
from sim.rules.payment.lots import lowest_incomes


@rule("payment", "cash_transfer")
@dataclass(frozen=True)
class CashTransfer:
    """The same amount for each household whose own income, per consumption unit, is among the lowest share."""

    payer: ClassVar[str] = "state"

    amount: float = quantity(0.0, unit="SEK/month", low=0, high=50_000, source="assumed: none today")
    lowest: float = quantity(0.2, unit="share", low=0, high=1, source="assumed: the lowest fifth")

    def pays(self, city: City) -> np.ndarray:
        """What each row is paid, SEK per month, float32, shape (n_rows,)."""
        here = city.households
        paid = np.zeros(len(here), np.float32)
        rows = here.rows()
        if self.amount > 0:
            paid[rows[lowest_incomes(city, rows, self.lowest)]] = self.amount
        return paid
