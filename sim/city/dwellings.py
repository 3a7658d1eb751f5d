"""Dwellings: the stock, a row per home."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from sim.base.columns import Table, column
from sim.city.households import NEVER, NOBODY

TENURES = ("public_rental", "private_rental", "cooperative", "owner_occupied")
PUBLIC_RENTAL, PRIVATE_RENTAL, COOPERATIVE, OWNER_OCCUPIED = range(4)
RENTALS = (PUBLIC_RENTAL, PRIVATE_RENTAL)
OWNED = (COOPERATIVE, OWNER_OCCUPIED)


class Fate(IntEnum):
    """What has been decided about a home and has not happened yet. Fixed numbers."""

    NONE = 0
    DEMOLITION = 1
    SALE = 2


class Dwellings(Table):
    """The dwellings of a city; the row is the name: new homes get new rows, and none is recycled."""

    area: np.ndarray = column("i2", meaning="area it stands in")
    tenure: np.ndarray = column("i1", meaning="position in TENURES")
    landlord: np.ndarray = column("i2", meaning="row of who lets or sells it")
    policy: np.ndarray = column("u1", meaning="position in the scenario's list of landlords: whose rules apply")
    rooms: np.ndarray = column("u1", meaning="rooms besides the kitchen")
    m2: np.ndarray = column("f4", unit="m2", meaning="floor area")
    standard: np.ndarray = column("f4", unit="share", meaning="standard, 0 to 1")
    built: np.ndarray = column("i2", unit="month", meaning="when it was built; before the founding negative")
    rent: np.ndarray = column("f4", unit="SEK/month", meaning="sitting rent, asking rent while vacant; owned: the fee")
    tax: np.ndarray = column("f4", unit="SEK/month", meaning="property tax, a part of the fee")
    price: np.ndarray = column("f4", unit="SEK", meaning="asking price, or last paid; 0 for rentals")
    occupant: np.ndarray = column("i4", meaning="row of the household, -1 vacant", empty=NOBODY)
    vacant_since: np.ndarray = column("i2", unit="month", meaning="vacant since; NEVER: lived in", empty=NEVER)
    link: np.ndarray = column("i2", unit="moves", meaning="links of the vacancy chain that ended here, while vacant")

    lift: np.ndarray = column("u1", unit="per cent", meaning="what renovation has added to its rent so far")
    lift_goal: np.ndarray = column("u1", unit="per cent", meaning="what it will have added once it is phased in")
    lift_step: np.ndarray = column("u1", unit="per cent", meaning="by how much that rises in a year")
    renovated: np.ndarray = column("i2", unit="month", meaning="when it was last renovated; NEVER: not", empty=NEVER)
    bound: np.ndarray = column("u2", unit="SEK/m2/month", meaning="highest rent that may be asked; 0: no such limit")
    bound_until: np.ndarray = column("i2", unit="month", meaning="last month of that limit")
    fate: np.ndarray = column("u1", meaning="what has been decided about it, see Fate")
    fate_month: np.ndarray = column("i2", unit="month", meaning="when that may happen at the earliest", empty=NEVER)

    def is_vacant(self) -> np.ndarray:
        """Whether each dwelling is vacant, shape (n_rows,)."""
        return np.asarray(self.is_used & (self.occupant == NOBODY))

    def is_settled(self, rows: np.ndarray) -> np.ndarray:
        """Whether nothing has been decided about each that is still to happen."""
        return np.asarray(self.fate[rows] == Fate.NONE)

    def is_owned(self, rows: np.ndarray) -> np.ndarray:
        """Whether each is bought and sold, not let."""
        return np.asarray(self.tenure[rows] >= COOPERATIVE)
