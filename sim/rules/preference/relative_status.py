"""The dislike of areas poorer than oneself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.city.city import City
from sim.rules.sources import ROUGH


@rule("preference", "relative_status")
@dataclass(frozen=True)
class RelativeStatus:
    """How far the mean log income of the area lies below one's own, and how far above.

    Incomes are per consumption unit: a large household is no richer for having more earners to feed more people.

    The taste that holds sorting by income where rents are regulated.
    """

    needs_money: ClassVar[bool] = True

    weight: float = quantity(3.0, unit="utility", low=0, high=20, source=ROUGH)
    above: float = quantity(
        0.0, unit="utility", low=0, high=20,
        source="assumed: an area above one's means costs nothing; where it does, it stands for dearer daily life, "
        "friends and kin, and what one hears of",
    )  # fmt: skip

    def by_pair(self, city: City, households: np.ndarray, dwellings: np.ndarray) -> np.ndarray:
        """Utility of each dwelling to the household beside it, float64, shape (n_pairs,)."""
        own = np.log(np.maximum(city.households.income_per_unit(households).astype(np.float64), 1.0))
        area = city.books.log_income[city.dwellings.area[dwellings]]
        return np.asarray(-self.weight * np.maximum(own - area, 0.0) - self.above * np.maximum(area - own, 0.0))

    def coefficients(self) -> dict[str, float]:
        """What the choice kernel needs."""
        return {"relative_status": self.weight, "above_means": self.above}
