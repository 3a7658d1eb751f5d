"""A fixed cohort: everybody present at the start, followed household by household, wherever life takes them.

Averages over those who are housed, or who rent, look better when the poor have left them. A cohort has no such door.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.city.city import City
from sim.city.households import FORCED, NOBODY
from sim.city.incomes import per_unit
from sim.kernels.budget import net_costs, rooms_short
from sim.measures.census import Census

AGES = (30, 65)
"""Ends of the age groups of the oldest adult, years: under 30, 30 to 64, 65 and older."""


@dataclass(frozen=True)
class Lives:
    """How the cohort fares in one month; arrays of shape (n,), in the order of its ids.

    Attributes
    ----------
    is_here : bool array
        Whether it is still a household of the city.
    is_housed : bool array
        Whether it has a home of its own.
    income : float32 array
        SEK per month; NaN where it is not here.
    cost : float32 array
        Monthly cost of the home after allowance, SEK; NaN without a home.
    rooms_short : int16 array
        Rooms missing by the crowding norm; -1 without a home.
    amenity : float32 array
        What its area is worth to everybody; NaN without a home.
    months_without : int32 array
        Months since the start without a home of its own.
    was_forced : bool array
        Whether it has had to look for another home since the start.
    """

    is_here: np.ndarray
    is_housed: np.ndarray
    income: np.ndarray
    cost: np.ndarray
    rooms_short: np.ndarray
    amenity: np.ndarray
    months_without: np.ndarray
    was_forced: np.ndarray


@dataclass(frozen=True)
class Cohort:
    """Who was there at the start, and what has happened to them since.

    Attributes
    ----------
    ids : int64 array, shape (n,)
        Persistent names, ascending.
    group : uint8 array, shape (n,)
    fifth : int8 array, shape (n,)
        Fifth of income per consumption unit at the start, 0 to 4.
    tenure : int8 array, shape (n,)
        Tenure at the start, -1 without a home.
    age : int8 array, shape (n,)
        Age group at the start: 0, 1, 2; see ``AGES``.
    months_without, was_forced
        As in ``Lives``, up to now.
    looks : dict of int to Lives
        How they fared, by month.
    """

    ids: np.ndarray
    group: np.ndarray
    fifth: np.ndarray
    tenure: np.ndarray
    age: np.ndarray
    months_without: np.ndarray
    was_forced: np.ndarray
    looks: dict[int, Lives] = field(default_factory=dict)

    @classmethod
    def of(cls, city: City, census: Census) -> Cohort:
        """Everybody who is in the city now."""
        here = city.households
        rows = here.rows()
        rows = rows[np.argsort(here.id[rows], kind="stable")]
        n, income = len(rows), per_unit(here.income[rows], here.adults[rows], here.children[rows])
        age = np.searchsorted(AGES, here.age_years(rows, city.month), side="right")
        return cls(
            here.id[rows].copy(), here.group[rows].copy(), census.fifth_of(income).astype(np.int8),
            here.tenure[rows].copy(), age.astype(np.int8), np.zeros(n, np.int32), np.zeros(n, np.bool_),
        )  # fmt: skip

    def note(self, city: City) -> None:
        """Remember who has no home of its own in the month that has ended, and who was forced to look."""
        here = city.households
        without = np.flatnonzero(here.is_used & (here.dwelling == NOBODY))
        self.months_without[self._places(here.id[without])] += 1
        forced = np.flatnonzero(here.is_used & np.isin(here.cause, FORCED))
        self.was_forced[self._places(here.id[forced])] = True

    def _places(self, ids: np.ndarray) -> np.ndarray:
        """Positions of those of some ids that belong to the cohort."""
        at = np.minimum(np.searchsorted(self.ids, ids), max(len(self.ids) - 1, 0))
        return np.asarray(at[self.ids[at] == ids]) if len(self.ids) else np.zeros(0, np.int64)

    def look(self, city: City, census: Census) -> None:
        """Remember how everybody fares in the month that has ended."""
        here, n = city.households, len(self.ids)
        rows = here.rows()
        at = np.searchsorted(self.ids, here.id[rows])
        mine = (at < n) & (self.ids[np.minimum(at, n - 1)] == here.id[rows])
        rows, at = rows[mine], at[mine]
        housed = here.dwelling[rows] != NOBODY
        home_rows, home_at = np.ascontiguousarray(rows[housed], np.int32), at[housed]
        is_here, is_housed = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
        is_here[at], is_housed[home_at] = True, True
        self.looks[city.month] = Lives(
            is_here, is_housed, _filled(n, at, here.income[rows]), _filled(n, home_at, _net(city, census, home_rows)),
            _short(n, home_at, city, home_rows), _filled(n, home_at, city.areas.amenity[here.area[home_rows]]),
            self.months_without.copy(), self.was_forced.copy(),
        )  # fmt: skip


def _filled(n: int, at: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The values at their places, NaN elsewhere."""
    found = np.full(n, np.nan, np.float32)
    found[at] = values
    return found


def _net(city: City, census: Census, rows: np.ndarray) -> np.ndarray:
    here, found = city.households, np.empty(len(rows), np.float32)
    net_costs(rows, here.cost, here.income, here.adults, here.children, census.norms, found)
    return found


def _short(n: int, at: np.ndarray, city: City, rows: np.ndarray) -> np.ndarray:
    here, found = city.households, np.empty(len(rows), np.int16)
    rooms_short(rows, here.adults, here.children, here.dwelling, city.dwellings.rooms, found)
    whole = np.full(n, -1, np.int16)
    whole[at] = found
    return whole
