"""Couples part, and singles become couples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import numbers, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.households import NEVER, NOBODY, Cause
from sim.rules.demography.persons import come_out_of, income_of, lasting_of_groups, lasting_of_one, of_adults, resized
from sim.rules.happening import by_age, happens
from sim.rules.proposals import Lives

BANDS = (30, 45, 65)
CHILDREN, REGISTERED, AGE, KEY, INCOME, SHARE = range(1, 7)
AGE_BAND = 5.0
"""Years within which singles look for their like in income (assumed)."""


@rule("demography", "couples")
@dataclass(frozen=True)
class Couples:
    """One of a couple that parts keeps the home; the other is a household that must find one.

    Two singles that become a couple live in the home of one of them: in the larger, if both have one. Like finds like
    in group, age and income. Who pairs and who parts keeps to the spread of incomes of its group: a couple is neither
    pulled to the middle for being the mean of two, nor do the two go on as if they had always earned the same.
    """

    parting: tuple[float, ...] = numbers(
        (0.06, 0.03, 0.015, 0.003), unit="share/year", low=0, high=1,
        source="separations of married and cohabiting couples in Sweden (recalled): under 30, 45, 65, older",
        status="estimate",
    )  # fmt: skip
    pairing: tuple[float, ...] = numbers(
        (0.13, 0.11, 0.04, 0.006), unit="share/year", low=0, high=1,
        source="assumed, for the share of singles at each age: under 30, 45, 65, older",
    )  # fmt: skip
    children_stay: float = quantity(0.8, unit="share", low=0, high=1, source="assumed: with who keeps the home")
    within_group: float = quantity(0.95, unit="share", low=0, high=1, source="assumed")
    alike: float = quantity(
        0.5, unit="1", low=0, high=1,
        source="assumed: correlation of partners' lasting incomes; that of their education is about as high (recalled)",
    )  # fmt: skip
    age_gap: float = quantity(3.0, unit="year", low=0, high=30, source="assumed: spread of the difference in age")
    passing: float = quantity(0.15, unit="1", low=0, high=1, source="assumed: as at the founding")
    registered: float = quantity(
        0.5, unit="share", low=0, high=1, source="assumed: of who leaves, since the same month"
    )

    def propose(self, city: City, luck: Luck) -> Lives:
        """Who parts and who pairs this month; nobody does both."""
        here, rows = city.households, city.due()
        adults = here.adults[rows]
        couples, singles = rows[adults == 2], rows[adults == 1]
        parting = couples[self._happens(city, luck, Purpose.SPLITTING, couples, self.parting)]
        willing = singles[self._happens(city, luck, Purpose.MERGING, singles, self.pairing)]
        guest, host = self._pairs(city, luck, willing)
        return self._together(city, luck, parting, guest, host)

    def _happens(
        self, city: City, luck: Luck, purpose: Purpose, rows: np.ndarray, chances: tuple[float, ...]
    ) -> np.ndarray:
        return happens(city, luck, purpose, rows, np.zeros(len(rows), np.uint8), by_age(chances, BANDS)[None])

    def _pairs(self, city: City, luck: Luck, mine: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Singles who pair, guest and host: neighbours in a row by group, age and income, with some chance."""
        here = city.households
        stream, ids = luck.stream(Purpose.MERGING, city.month), here.id[mine]
        key = np.where(stream.uniform(ids, KEY) < self.within_group, here.group[mine].astype(np.int64), -1)
        age = here.age_years(mine, city.month) + self.age_gap * stream.normal(ids, AGE)
        lasting = lasting_of_one(city, mine)
        income = np.sqrt(self.alike) * lasting
        income += np.sqrt(1.0 - self.alike) * lasting_of_groups(city)[1][here.group[mine]] * stream.normal(ids, INCOME)
        order = np.lexsort((ids, income, np.floor(age / AGE_BAND), key))
        mine, key = mine[order], key[order]
        first = _firsts_of_pairs(key)
        return _guest_and_host(city, mine[first], mine[first + 1])

    def _together(self, city: City, luck: Luck, parting: np.ndarray, guest: np.ndarray, host: np.ndarray) -> Lives:
        """One proposal: hosts earn as a couple, who parts is fewer, who leaves is new."""
        here = city.households
        stream, ids = luck.stream(Purpose.SPLITTING, city.month), here.id[parting]
        stay = stream.uniform(ids, CHILDREN) < self.children_stay
        children = here.children[parting].astype(np.int64)
        also = stream.uniform(ids, REGISTERED) < self.registered
        who_stays, who_leaves = self._shares(city, parting, stream.normal(ids, SHARE))
        leaver = come_out_of(
            city, parting, luck, Purpose.SPLITTING, number=1, group=here.group[parting],
            children=np.where(stay, 0, children),
            birth_month=here.birth_month[parting], of_one=who_leaves, passing=self.passing,
            queue_since=np.where(also, here.queue_since[parting], NEVER), cause=Cause.SEPARATED,
        )  # fmt: skip
        ones = np.ones(len(parting), np.int64)
        parted = resized(city, parting, ones, np.where(stay, children, 0), of_one=who_stays)
        earning, permanent, transitory, income = self._as_couples(city, guest, host)
        return Lives(
            resized=parted.resized, adults=parted.adults, children=parted.children,
            earning=np.concatenate([parted.earning, earning]),
            log_permanent=np.concatenate([parted.log_permanent, permanent]),
            log_transitory=np.concatenate([parted.log_transitory, transitory]),
            income=np.concatenate([parted.income, income]), guest=guest, host=host, newcomers=leaver,
            person_moves=len(parting),
        )  # fmt: skip

    def _as_couples(
        self, city: City, guest: np.ndarray, host: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """What hosts earn with their guests: each the mean of both, as far apart from other couples as singles are."""
        here = city.households
        adults = here.adults[guest].astype(np.int64) + here.adults[host]
        middle = lasting_of_groups(city)[0][here.group[host]]
        both = (lasting_of_one(city, guest) + lasting_of_one(city, host)) / 2
        permanent = middle + (both - middle) / self._likeness() + of_adults(adults)
        transitory = (here.log_transitory[guest].astype(np.float64) + here.log_transitory[host]) / 2
        age = np.maximum(here.age_years(guest, city.month), here.age_years(host, city.month))
        income = income_of(age, permanent, transitory)
        return host, permanent.astype(np.float32), transitory.astype(np.float32), income

    def _shares(self, city: City, parting: np.ndarray, drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Lasting part of who keeps the home and of who leaves: what each of them earns."""
        means, spreads = lasting_of_groups(city)
        group = city.households.group[parting]
        middle, like = means[group], self._likeness()
        both = middle + like * (lasting_of_one(city, parting) - middle)
        apart = np.sqrt(1.0 - like**2) * spreads[group] * drawn
        return both + apart, both - apart

    def _likeness(self) -> float:
        """Correlation of one of a couple with the couple."""
        return float(np.sqrt((1.0 + self.alike) / 2.0))


def _firsts_of_pairs(key: np.ndarray) -> np.ndarray:
    """Positions of the first of each two neighbours of one key, in an array ordered by key."""
    if len(key) == 0:
        return np.zeros(0, np.int64)
    begins = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
    place = np.arange(len(key)) - np.repeat(begins, np.diff(np.append(begins, len(key))))
    has_next = np.append(key[1:] == key[:-1], False)
    return np.flatnonzero((place % 2 == 0) & has_next)


def _guest_and_host(city: City, one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    here, stock = city.households, city.dwellings

    def room(rows: np.ndarray) -> np.ndarray:
        return np.where(here.dwelling[rows] == NOBODY, -1.0, stock.m2[np.maximum(here.dwelling[rows], 0)])

    swap = room(other) > room(one)
    host, guest = np.where(swap, other, one), np.where(swap, one, other)
    return guest.astype(np.int32), host.astype(np.int32)
