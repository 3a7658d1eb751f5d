"""The taste for neighbours of one's own group, or for a mix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import by_group, choice, quantity
from sim.base.registry import rule
from sim.city.city import City
from sim.rules.preference.around import around
from sim.rules.preference.shapes import Taste


@rule("preference", "own_group")
@dataclass(frozen=True)
class OwnGroup(Taste):
    """A curve over the share of one's own group in the neighbourhood; each group may have its own curve.

    The share counts households over the occupied homes around, or over all places around. ``alone`` says what a
    neighbourhood without anybody is worth: as much as the best, as the worst, or a number (before the weight).

    References
    ----------
    Schelling, T. C. (1971). Dynamic models of segregation. Journal of Mathematical Sociology 1, 143-186.
    """

    weight: float = quantity(
        1.5, unit="utility", low=0, high=20,
        source="assumed; where area constants are fitted, from about 2.5 an area can tip (first rough model)",
    )  # fmt: skip
    over: str = choice("occupied", of=("occupied", "places"), source="assumed")
    alone: float | str = quantity(
        "satisfied", unit="utility", low=-100, high=100, words=("satisfied", "dissatisfied"), source="assumed"
    )
    by_group: dict[str, Taste] = by_group(of=Taste, source="assumed: every group has the same curve")  # noqa: RUF009

    def by_area(self, city: City) -> np.ndarray:
        """Utility of each area to each group, float64, shape (n_groups, n_areas)."""
        own = around(city.geography, city.books.count)
        occupied = own.sum(axis=1)
        total = around(city.geography, city.books.places) if self.over == "places" else occupied
        share = np.minimum(own / np.where(total > 0, total, 1.0)[:, None], 1.0)
        return self.weight * np.stack([self._worth(g, share[:, i], occupied) for i, g in enumerate(city.groups)])

    def _worth(self, group: str, share: np.ndarray, occupied: np.ndarray) -> np.ndarray:
        taste = self.by_group.get(group, self)
        alone = {"satisfied": taste.best(), "dissatisfied": taste.worst()}.get(str(self.alone), self.alone)
        return np.where(occupied > 0, taste.worth(share), float(alone))
