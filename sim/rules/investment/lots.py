"""What all rules that build have in common: how many homes, where, how large, how soon, and what the public pays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import areas, choice, integer, quantity
from sim.city.city import City
from sim.city.dwellings import COOPERATIVE, OWNER_OCCUPIED
from sim.rules.places import WORDS, flat_prices
from sim.rules.works import NOTHING, Payment, Projects, Works

NEW_RENT, YIELD = 200.0, 0.04
"""Rent of new building, SEK per m2 and month (2,400 a year: estimate for Gothenburg 2024), and the yearly yield at
which a landlord values it (assumed)."""

M2_OF_FLATS, M2_OF_HOUSES = (15.0, 21.0), (35.0, 18.5)
"""m2 besides the rooms and m2 per room, as at the founding (assumed)."""


@dataclass(frozen=True)
class Lots:
    """Parameters shared by the rules that build; ``homes`` are those of the town, whatever the scale of a run."""

    homes: float = quantity(0.0, unit="home/year", low=0, high=1e6, source="assumed: nothing is built")
    areas: str | tuple[str, ...] = areas("all", of=WORDS, source="assumed")
    lead_time: int = integer(24, unit="month", low=0, high=240, source="assumed: from decision to the first tenant")
    rooms: float = quantity(2.5, unit="room", low=1, high=6, source="assumed: as in the homes that there are")
    subsidy_per_m2: float = quantity(0.0, unit="SEK/m2", low=0, high=100_000, source="assumed: no support")
    paid_by: str = choice("state", of=("state", "municipality"), source="assumed")

    def begun(self, city: City, parts: tuple[tuple[np.ndarray, int, float], ...], bound_months: int) -> Works:
        """Lots that are begun this month, with the support for them.

        Parameters
        ----------
        city : City
        parts : tuple of (int64 array of shape (n_areas,), int, float)
            Homes by area, their tenure, and the highest rent that may be asked, SEK per m2 and month (0: none).
        bound_months : int
            How long that limit holds.
        """
        found = [(area, tenure, n[area], bound) for n, tenure, bound in parts for area in np.flatnonzero(n)]
        if not found:
            return NOTHING
        area, tenure, homes, bound = (np.array(column) for column in zip(*found, strict=True))
        n = len(area)
        projects = Projects(
            area.astype(np.int16), tenure.astype(np.int8), homes.astype(np.int32),
            np.full(n, city.month + self.lead_time, np.int16), np.full(n, self.rooms, np.float32),
            np.round(bound).astype(np.uint16), np.where(bound > 0, bound_months, 0).astype(np.int16),
            np.zeros(n, np.bool_),
        )  # fmt: skip
        return Works(projects=projects, payments=self.support(projects))

    def support(self, projects: Projects) -> tuple[Payment, ...]:
        """What the public adds to some projects; booked when they are begun."""
        least, per_room = np.where((projects.tenure == OWNER_OCCUPIED)[:, None], M2_OF_HOUSES, M2_OF_FLATS).T
        m2 = float((projects.homes * (least + per_room * projects.rooms)).sum())
        return (Payment(self.paid_by, "landlord", self.subsidy_per_m2 * m2),) if self.subsidy_per_m2 > 0 else ()

    def worth(self, city: City, tenure: int, rent: float | None = None) -> np.ndarray:
        """What new homes of a tenure bring in every area, SEK per m2, float64, shape (n_areas,)."""
        if tenure < COOPERATIVE:
            return np.full(city.n_areas, 12.0 * (rent or NEW_RENT) / YIELD)
        level = city.books.price_level[:, tenure]
        return np.where(level > 0, level, flat_prices(city))
