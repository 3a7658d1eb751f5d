"""Children leave home and become households of their own, which have no home yet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.base.parameters import by_group, numbers, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose, Stream
from sim.city.city import City
from sim.city.households import Cause
from sim.city.newcomers import Newcomers
from sim.rules.demography.persons import (
    come_out_of,
    lasting_of_one,
    lasting_of_templates,
    registered_at_eighteen,
    resized,
)
from sim.rules.happening import by_age, happens
from sim.rules.proposals import Lives

BANDS = (40, 45, 50, 55, 60, 65)
AGE, REGISTERED, TRAIT, GROUP = 1, 2, 3, 4
FIRST_GROUP = 0
MOST = 8


@rule("demography", "forming")
@dataclass(frozen=True)
class Forming:
    """At most one child of a household leaves in a year; how likely, the age of the parents tells.

    Ages of children are not kept: who leaves is drawn an age. Its lasting income is in part that of its parents, in
    part that of a household drawn from the founding of its group. Third adults (grown children at home) leave too.
    Where groups are countries of birth, children born here belong to the first group of the scenario:
    ``keeps_group`` is the share of children who belong to their parents' group.
    """

    leaving: tuple[float, ...] = numbers(
        (0.0, 0.0, 0.03, 0.09, 0.20, 0.30, 0.45), unit="share/year", low=0, high=1,
        source="assumed, for a mean age at leaving of 21-22 (Eurostat, recalled): parents under 40, 45, ... 65, older",
    )  # fmt: skip
    grown: float = quantity(0.18, unit="share/year", low=0, high=1, source="assumed")
    youngest: float = quantity(18.5, unit="year", low=16, high=30, source="assumed")
    years: float = quantity(6.5, unit="year", low=0, high=20, source="assumed: leaves up to so many years later")
    like_parents: float = quantity(0.4, unit="1", low=0, high=1, source="assumed")
    passing: float = quantity(0.15, unit="1", low=0, high=1, source="assumed: as at the founding")
    keeps_group: dict[str, float] = by_group(  # noqa: RUF009
        unit="share", low=0, high=1, source="assumed: who is not named hands its group on to all its children"
    )
    registered: float = quantity(0.85, unit="share", low=0, high=1, source="assumed: of the young, at eighteen")

    def propose(self, city: City, luck: Luck) -> Lives:
        """Who leaves home this month."""
        here, rows = city.households, city.due()
        rows = rows[(here.children[rows] > 0) | (here.adults[rows] > 2)]
        kind = np.where(here.adults[rows] > 2, 0, np.minimum(here.children[rows], MOST))
        parents = rows[happens(city, luck, Purpose.FORMING, rows, kind, self._chances)]
        third = here.adults[parents] > 2
        adults = here.adults[parents].astype(np.int64) - third
        children = here.children[parents].astype(np.int64) - ~third
        return resized(
            city, parents, adults, children, newcomers=self._young(city, parents, luck), person_moves=len(parents)
        )

    @cached_property
    def _chances(self) -> np.ndarray:
        """Chance that somebody leaves: in row 0 a third adult, in row n one of n children, by age of the parents."""
        one = by_age(self.leaving, BANDS)
        grown = np.full_like(one, self.grown)
        return np.stack([grown, *(1.0 - (1.0 - one) ** n for n in range(1, MOST + 1))])

    def _young(self, city: City, parents: np.ndarray, luck: Luck) -> Newcomers:
        here = city.households
        stream, ids = luck.stream(Purpose.FORMING, city.month), here.id[parents]
        age = 12.0 * (self.youngest + self.years * stream.uniform(ids, AGE))
        birth_month = city.month - age.astype(np.int64)
        group = self._group(city, parents, stream)
        return come_out_of(
            city, parents, luck, Purpose.FORMING, number=0, group=group, children=np.zeros(len(parents), np.int64),
            birth_month=birth_month, of_one=self._of_one(city, parents, group, stream), passing=self.passing,
            queue_since=registered_at_eighteen(city, birth_month, stream.uniform(ids, REGISTERED) < self.registered),
            cause=Cause.NO_HOME,
        )  # fmt: skip

    def _group(self, city: City, parents: np.ndarray, stream: Stream) -> np.ndarray:
        here = city.households
        keeps = np.array([self.keeps_group.get(group, 1.0) for group in city.groups])[here.group[parents]]
        is_same = stream.uniform(here.id[parents], GROUP) < keeps
        return np.where(is_same, here.group[parents], FIRST_GROUP).astype(np.uint8)

    def _of_one(self, city: City, parents: np.ndarray, groups: np.ndarray, stream: Stream) -> np.ndarray:
        """Lasting income: like one parent's, and like that of any adult of the group, with the group's spread."""
        here, table = city.households, city.templates
        known = lasting_of_templates(city)
        found = np.zeros(len(parents))
        drawn = stream.uniform(here.id[parents], TRAIT)
        share, other = self.like_parents, np.sqrt(1.0 - self.like_parents**2)
        for group in range(len(city.groups)):
            mine = np.flatnonzero(groups == group)
            pool = known[table.group == group] if (table.group == group).any() else known
            any_one = pool[(drawn[mine] * len(pool)).astype(np.int64)]
            middle = pool.mean()
            theirs = lasting_of_one(city, parents[mine])
            found[mine] = middle + share * (theirs - middle) + other * (any_one - middle)
        return found
