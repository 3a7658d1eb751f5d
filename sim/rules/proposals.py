"""What rules propose and are told: small frozen tables, one position per household, dwelling or application."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

import numpy as np

from sim.base.columns import locked
from sim.city.newcomers import Newcomers

NO_ROWS = np.zeros(0, np.int32)


@functools.cache
def _none(dtype: str) -> np.ndarray:
    return locked(np.zeros(0, dtype))


@dataclass(frozen=True)
class Lives:
    """What happens in the lives of households this month; a field is empty where nothing does.

    Rules of demography are asked one after the other, in the scenario's order, each on the city that the one before
    left. What one rule proposes is applied in this order: joins, sizes, incomes, savings, registrations, newcomers,
    leavers; so a host's income after a join may be stated, and no row that leaves stands in another field.

    Attributes
    ----------
    resized, adults, children : int32 and uint8 arrays, shape (n_resized,)
        Rows, and how many adults and children they are from now on.
    earning, log_permanent, log_transitory, income : int32 and float32 arrays, shape (n_earning,)
        Rows, and what they earn from now on (SEK per month).
    saving, savings, loan : int32 and float32 arrays, shape (n_saving,)
        Rows, what they can pay down and what they owe on their homes from now on (SEK).
    registered, queue_since : int32 and int16 arrays, shape (n_registered,)
        Rows, and since when they are in the queue from now on (``NEVER``: they left it).
    guest, host : int32 arrays, shape (n_joins,)
        Households that become one: the guest gives up its home (if it has one) and joins the host.
    newcomers : Newcomers or None
    person_moves : int
        Moves of persons that are no move of a household (a child that leaves, one of a couple).
    left, left_by : int32 and uint8 arrays, shape (n_left,)
        Households that end or leave the city, and how: ``DIED``, ``LEFT_CITY`` or ``GAVE_UP``.
    """

    resized: np.ndarray = field(default_factory=lambda: _none("i4"))
    adults: np.ndarray = field(default_factory=lambda: _none("u1"))
    children: np.ndarray = field(default_factory=lambda: _none("u1"))
    earning: np.ndarray = field(default_factory=lambda: _none("i4"))
    log_permanent: np.ndarray = field(default_factory=lambda: _none("f4"))
    log_transitory: np.ndarray = field(default_factory=lambda: _none("f4"))
    income: np.ndarray = field(default_factory=lambda: _none("f4"))
    saving: np.ndarray = field(default_factory=lambda: _none("i4"))
    savings: np.ndarray = field(default_factory=lambda: _none("f4"))
    loan: np.ndarray = field(default_factory=lambda: _none("f4"))
    registered: np.ndarray = field(default_factory=lambda: _none("i4"))
    queue_since: np.ndarray = field(default_factory=lambda: _none("i2"))
    guest: np.ndarray = field(default_factory=lambda: _none("i4"))
    host: np.ndarray = field(default_factory=lambda: _none("i4"))
    newcomers: Newcomers | None = None
    person_moves: int = 0
    left: np.ndarray = field(default_factory=lambda: _none("i4"))
    left_by: np.ndarray = field(default_factory=lambda: _none("u1"))


DIED, LEFT_CITY, GAVE_UP = range(3)


@dataclass(frozen=True)
class Starts:
    """Households that begin to look for a home.

    Attributes
    ----------
    rows, cause, until : int32, uint8 and int16 arrays, shape (n,)
        Who, why (see ``Cause``), and the last month of looking.
    """

    rows: np.ndarray = field(default_factory=lambda: _none("i4"))
    cause: np.ndarray = field(default_factory=lambda: _none("u1"))
    until: np.ndarray = field(default_factory=lambda: _none("i2"))


@dataclass(frozen=True)
class Applications:
    """Who applied to what, one position per application.

    Attributes
    ----------
    household, dwelling : int32 arrays, shape (n,)
        Rows.
    cost : float32 array, shape (n,)
        Monthly cost of the dwelling at its asking rent or price, SEK per month, before allowance.
    """

    household: np.ndarray
    dwelling: np.ndarray
    cost: np.ndarray

    def __len__(self) -> int:
        return len(self.household)

    def only(self, positions: np.ndarray) -> Applications:
        """Some of the applications."""
        return Applications(self.household[positions], self.dwelling[positions], self.cost[positions])


@dataclass(frozen=True)
class Sales:
    """Owned homes that were on offer this month.

    Attributes
    ----------
    dwelling : int32 array, shape (n,)
        Rows.
    asked, paid : float32 arrays, shape (n,)
        SEK; ``paid`` is 0 where nobody bought.
    """

    dwelling: np.ndarray
    asked: np.ndarray
    paid: np.ndarray


@dataclass(frozen=True)
class Lettings:
    """Rentals of one landlord policy that were on offer this month.

    Attributes
    ----------
    dwelling : int32 array, shape (n,)
        Rows.
    rent : float32 array, shape (n,)
        Asking rent, SEK per month.
    income : float32 array, shape (n,)
        Income of the household that took it, SEK per month; 0 where nobody did.
    """

    dwelling: np.ndarray
    rent: np.ndarray
    income: np.ndarray


@dataclass(frozen=True)
class Schedule:
    """Norms and allowance as numbers that a kernel can use.

    Attributes
    ----------
    norm_adult, norm_second_adult, norm_child : float
        Cost of living besides the home, SEK per month: one adult, each further adult, each child.
    share, rent_cap : float
        The allowance pays at most this share of the monthly cost, counted up to the cap (SEK per month).
    """

    norm_adult: float = 0.0
    norm_second_adult: float = 0.0
    norm_child: float = 0.0
    share: float = 0.0
    rent_cap: float = 0.0

    def norm(self, adults: np.ndarray, children: np.ndarray) -> np.ndarray:
        """Norm of living of households, SEK per month, float64."""
        further = self.norm_second_adult * (adults.astype(np.float64) - 1.0)
        return np.asarray(self.norm_adult + further + self.norm_child * children)
