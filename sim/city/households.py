"""Households: who live and pay together, a row each."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from sim.base.columns import Table, column
from sim.city.incomes import per_unit
from sim.kernels.lives import rows_due

NOBODY = -1
NEVER = 32767
ADULT_MONTHS = 18 * 12


class Cause(IntEnum):
    """Why a household looks for a home. Fixed numbers."""

    NONE = 0
    LIFE_COURSE = 1
    DISCONTENT = 2
    NO_HOME = 3
    EVICTED = 4
    PRICED_OUT = 5
    SEPARATED = 6
    DEMOLISHED = 7
    RENOVATED = 8


FORCED = (Cause.EVICTED, Cause.PRICED_OUT, Cause.SEPARATED, Cause.DEMOLISHED, Cause.RENOVATED)


class Need(IntEnum):
    """Need class: the higher, the more pressing. Fixed numbers."""

    NONE = 0
    CROWDED = 1
    NO_HOME = 2
    PRIORITY = 3


class Households(Table):
    """The households of a city. Months count from the founding; months before it are negative."""

    id: np.ndarray = column("i8", meaning="persistent name, never reused", empty=-1)
    group: np.ndarray = column("u1", meaning="position in the scenario's list of groups")
    profile: np.ndarray = column("u1", meaning="position in the scenario's list of preference profiles")
    own_month: np.ndarray = column("u1", meaning="month of the year, 0 to 11, in which its life and income move")
    birth_month: np.ndarray = column("i2", unit="month", meaning="birth of the oldest adult")
    adults: np.ndarray = column("u1", unit="persons", meaning="adults in the household")
    children: np.ndarray = column("u1", unit="persons", meaning="children in the household")
    need: np.ndarray = column("u1", meaning="need class, see Need")
    income: np.ndarray = column("f4", unit="SEK/month", meaning="disposable income")
    support: np.ndarray = column("f4", unit="SEK/month", meaning="public cash in that income, paid by rules of payment")
    log_permanent: np.ndarray = column("f4", meaning="lasting part of log income, around its profile")
    log_transitory: np.ndarray = column("f4", meaning="passing part of log income")
    savings: np.ndarray = column("f4", unit="SEK", meaning="what can be paid down at once")
    dwelling: np.ndarray = column("i4", meaning="row of its home, -1 without a home", empty=NOBODY)
    area: np.ndarray = column("i2", meaning="area of its home, -1 without a home", empty=NOBODY)
    tenure: np.ndarray = column("i1", meaning="tenure of its home, -1 without a home", empty=NOBODY)
    roots: np.ndarray = column("i2", meaning="area where it last lived or arrived, -1 none", empty=NOBODY)
    cost: np.ndarray = column("f4", unit="SEK/month", meaning="monthly cost of its home before allowance")
    loan: np.ndarray = column("f4", unit="SEK", meaning="debt on its home")
    moved_in: np.ndarray = column("i2", unit="month", meaning="when it moved in", empty=NEVER)
    queue_since: np.ndarray = column("i2", unit="month", meaning="in the queue since; NEVER: not in it", empty=NEVER)
    search_until: np.ndarray = column("i2", unit="month", meaning="looks for a home up to this month", empty=-NEVER)
    cause: np.ndarray = column("u1", meaning="why it looks, see Cause")
    since: np.ndarray = column("i2", unit="month", meaning="when it came to be a household of the city")
    without_since: np.ndarray = column("i2", unit="month", meaning="without a home since; NEVER: has one", empty=NEVER)
    arrears: np.ndarray = column("u1", unit="month", meaning="months of cost owed")
    voucher_until: np.ndarray = column("i2", unit="month", meaning="mobility voucher up to this month", empty=-NEVER)
    right_to: np.ndarray = column("i2", meaning="area to whose rebuilt homes it may return, -1 none", empty=NOBODY)

    def due(self, own_month: int) -> np.ndarray:
        """Rows that exist and have this own month, 0 to 11, in order, int32: it is the same for life."""
        known = self.known.setdefault("due", {})
        if own_month not in known:
            n_at_most = np.count_nonzero(self.own_month == own_month)
            found = np.empty(n_at_most + 1, np.int32)
            known[own_month] = found[: rows_due(self.is_used, self.own_month, own_month, found)]
        return np.array(known[own_month])

    def persons(self, rows: np.ndarray) -> np.ndarray:
        """Persons in each household, int64."""
        persons: np.ndarray = self.adults[rows].astype(np.int64) + self.children[rows]
        return persons

    def income_per_unit(self, rows: np.ndarray) -> np.ndarray:
        """Income per consumption unit, SEK per month, float32: by which households are ranked and areas compared."""
        return per_unit(self.income[rows], self.adults[rows], self.children[rows])

    def age_years(self, rows: np.ndarray, month: int) -> np.ndarray:
        """Age of the oldest adult in whole years, int64."""
        years: np.ndarray = (month - self.birth_month[rows].astype(np.int64)) // 12
        return years

    def waited(self, rows: np.ndarray, month: int) -> np.ndarray:
        """Queue time in months, 0 for who is not registered, int64."""
        since = self.queue_since[rows].astype(np.int64)
        return np.where(since == NEVER, 0, month - since)

    def is_registered(self, rows: np.ndarray) -> np.ndarray:
        """Whether each household is in the queue."""
        return np.asarray(self.queue_since[rows] != NEVER)
