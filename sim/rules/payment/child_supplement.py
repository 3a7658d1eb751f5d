"""A supplement for children: so much for each, less for those who earn more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.base.parameters import integer, quantity
from sim.base.registry import rule
from sim.city.city import City

BY_LAW = "the special part of the housing allowance for families with children, in outline"


@rule("payment", "child_supplement")
@dataclass(frozen=True)
class ChildSupplement:
    """An amount for each child up to a number of them, less a part of the own income above a limit."""

    payer: ClassVar[str] = "state"

    per_child: float = quantity(0.0, unit="SEK/month", low=0, high=20_000, source="assumed: none beside the allowance")
    income_limit: float = quantity(12_500.0, unit="SEK/month", low=0, high=1e6, source=BY_LAW, status="recalled")
    taper: float = quantity(0.2, unit="share", low=0, high=1, source=BY_LAW, status="recalled")
    most_children: int = integer(3, unit="person", low=1, high=20, source=BY_LAW, status="recalled")

    def pays(self, city: City) -> np.ndarray:
        """What each row is paid, SEK per month, float32, shape (n_rows,)."""
        here = city.households
        if self.per_child <= 0:
            return np.zeros(len(here), np.float32)
        full = self.per_child * np.minimum(here.children, self.most_children)
        less = self.taper * np.maximum(here.income - here.support - self.income_limit, 0.0)
        return np.where(here.is_used, np.maximum(full - less, 0.0), 0.0).astype(np.float32)
