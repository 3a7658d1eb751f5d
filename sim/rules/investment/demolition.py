"""Demolition: estates are torn down after a time of notice and others are built, to which some may return."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.base.parameters import choice, integer, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.dwellings import COOPERATIVE, PUBLIC_RENTAL, RENTALS, TENURES
from sim.city.households import NOBODY
from sim.city.landlords import estate_size
from sim.rules.amounts import MONTHS, drawn, estates_in_turn, whole
from sim.rules.investment.lots import Lots
from sim.rules.places import where
from sim.rules.works import NOTHING, Payment, Projects, Works

RETURNING = 1
"""Which number of the demolition stream says who wants to return."""


@rule("investment", "demolition")
@dataclass(frozen=True)
class Demolition(Lots):
    """Whole estates of rentals are torn down, so many homes a year; nobody is put out on the street for it.

    Tenants look for another home; who has found none when the time of notice is over is offered a rental, and the home
    stands until then. ``rebuilt`` homes are built for each, a share of them public, the others cooperative. A share of
    the tenants has the right to return to the rentals among them, and is asked before anybody else.
    """

    tenure: str = choice("public_rental", of=tuple(TENURES[tenure] for tenure in RENTALS), source="assumed")
    notice: int = integer(12, unit="month", low=1, high=120, source="assumed")
    rebuilt: float = quantity(1.0, unit="1", low=0, high=5, source="assumed: home for home")
    rebuilt_public: float = quantity(0.5, unit="share", low=0, high=1, source="assumed: half public, half cooperative")
    returns: float = quantity(
        0.3, unit="share", low=0, high=1, source="assumed: about 6 % came back to Gardsten, few could or wished to"
    )
    cost_per_home: float = quantity(300_000.0, unit="SEK/home", low=0, high=1e7, source="assumed")

    def propose(self, city: City, luck: Luck) -> Works:
        """Estates that are given notice this month, and what will be built there."""
        if self.homes <= 0:
            return NOTHING
        tenure = TENURES.index(self.tenure)
        rows, estate = estates_in_turn(city, tenure, where(city, self.areas))
        wanted = self.homes * city.scale / MONTHS / estate_size(city.scale)
        n = whole(np.array([wanted]), city.month, luck, Purpose.DEMOLITION, tenure)[0]
        chosen = drawn(np.unique(estate), int(n), city.month, luck, Purpose.DEMOLITION)
        rows = rows[np.isin(estate, chosen)]
        if not len(rows):
            return NOTHING
        again = self.rebuilding(city, rows, luck)
        return Works(
            projects=again, doomed=rows, doomed_from=np.full(len(rows), city.month + self.notice, np.int16),
            returning=self.returning(city, rows, luck), payments=(*self._payments(rows, tenure), *self.support(again)),
        )  # fmt: skip

    def rebuilding(self, city: City, rows: np.ndarray, luck: Luck) -> Projects:
        """What is built in place of some homes; ready ``lead_time`` months after they can be gone."""
        again = self.rebuilt * np.bincount(city.dwellings.area[rows], minlength=city.n_areas)
        shares = (self.rebuilt_public, 1.0 - self.rebuilt_public)
        public, rest = (
            whole(again * share, city.month, luck, Purpose.DEMOLITION, len(TENURES) + number)
            for number, share in enumerate(shares)
        )
        later = Lots(lead_time=self.notice + self.lead_time, rooms=self.rooms)
        projects = later.begun(city, ((public, PUBLIC_RENTAL, 0.0), (rest, COOPERATIVE, 0.0)), 0).projects
        return replace(projects, for_return=np.ones(len(projects.area), np.bool_))

    def returning(self, city: City, homes: np.ndarray, luck: Luck) -> np.ndarray:
        """Tenants who will want to return, int32 rows."""
        rows = city.dwellings.occupant[homes]
        rows = rows[rows != NOBODY]
        draw = luck.stream(Purpose.DEMOLITION, city.month).uniform(city.households.id[rows], RETURNING)
        return np.asarray(rows[draw < self.returns], np.int32)

    def _payments(self, rows: np.ndarray, tenure: int) -> tuple[Payment, ...]:
        """Builders are paid for the work, by the municipality where the homes are public."""
        if tenure != PUBLIC_RENTAL or self.cost_per_home <= 0:
            return ()
        return (Payment("municipality", "landlord", self.cost_per_home * len(rows)),)
