"""What rules of investment propose for the stock: small frozen tables, a position per lot, home or household."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.rules.proposals import NO_ROWS


def _none(dtype: str) -> np.ndarray:
    return np.zeros(0, dtype)


@dataclass(frozen=True)
class Projects:
    """Homes whose building begins; see the columns of ``Sites``.

    Attributes
    ----------
    area, tenure : int16 and int8 arrays, shape (n,)
    homes : int32 array
    ready : int16 array
        Month in which they are ready.
    rooms : float32 array
    bound, bound_months : uint16 and int16 arrays
    for_return : bool array
    """

    area: np.ndarray = field(default_factory=lambda: _none("i2"))
    tenure: np.ndarray = field(default_factory=lambda: _none("i1"))
    homes: np.ndarray = field(default_factory=lambda: _none("i4"))
    ready: np.ndarray = field(default_factory=lambda: _none("i2"))
    rooms: np.ndarray = field(default_factory=lambda: _none("f4"))
    bound: np.ndarray = field(default_factory=lambda: _none("u2"))
    bound_months: np.ndarray = field(default_factory=lambda: _none("i2"))
    for_return: np.ndarray = field(default_factory=lambda: _none("?"))


@dataclass(frozen=True)
class Payment:
    """One party pays another an amount, SEK; for the parties see ``sim.city.ledger``."""

    payer: str
    payee: str
    amount: float


@dataclass(frozen=True)
class Works:
    """What is to be done with the stock this month; a field is empty where nothing is.

    Rules are asked one after the other, in the order of their names and ids, wherever they stand in a scenario; each
    sees the city that the one before left. What one rule proposes is applied in the order of these fields, and no home
    stands in more than one of them.

    Attributes
    ----------
    projects : Projects
    doomed, doomed_from : int32 and int16 arrays, shape (n_doomed,)
        Homes to be demolished, and the month from which that may happen.
    returning : int32 array
        Rows of the households in them that may return when homes are rebuilt.
    handed, to_tenure : int32 and int8 arrays, shape (n_handed,)
        Homes that get another tenure, and so another landlord; who lives there stays.
    sold, price : int32 and float32 arrays, shape (n_sold,)
        Rented homes that become cooperative and that the tenants buy, for so many SEK.
    kept : int32 array
        Rented homes of the same associations whose tenants stay as tenants; they become cooperative when vacated.
    renovated, goal, step : int32 and uint8 arrays, shape (n_renovated,)
        Homes that are renovated, by how many per cent the rent rises for it in all, and by how many in a year.
    leaving, leaving_until : int32 and int16 arrays, shape (n_leaving,)
        Rows of the households that have to look for another home because theirs is renovated, and up to when.
    uplift : float64 array, shape (n_areas,), or of no entries
        What has been added to the amenity of each area since the founding, from now on, in units of utility.
    payments : tuple of Payment
        What it costs the public, booked on the line that has the id of the rule's block.
    """

    projects: Projects = field(default_factory=Projects)
    doomed: np.ndarray = field(default_factory=lambda: NO_ROWS)
    doomed_from: np.ndarray = field(default_factory=lambda: _none("i2"))
    returning: np.ndarray = field(default_factory=lambda: NO_ROWS)
    handed: np.ndarray = field(default_factory=lambda: NO_ROWS)
    to_tenure: np.ndarray = field(default_factory=lambda: _none("i1"))
    sold: np.ndarray = field(default_factory=lambda: NO_ROWS)
    price: np.ndarray = field(default_factory=lambda: _none("f4"))
    kept: np.ndarray = field(default_factory=lambda: NO_ROWS)
    renovated: np.ndarray = field(default_factory=lambda: NO_ROWS)
    goal: np.ndarray = field(default_factory=lambda: _none("u1"))
    step: np.ndarray = field(default_factory=lambda: _none("u1"))
    leaving: np.ndarray = field(default_factory=lambda: NO_ROWS)
    leaving_until: np.ndarray = field(default_factory=lambda: _none("i2"))
    uplift: np.ndarray = field(default_factory=lambda: _none("f8"))
    payments: tuple[Payment, ...] = ()


NOTHING = Works()
"""What a rule at rest proposes."""
