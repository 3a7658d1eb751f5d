"""What is written of the stock: homes are built, taken down, handed over, sold to tenants, renovated, bound to a rent.

With ``changes`` the only room that writes; it keeps the books meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.errors import CityError
from sim.city import changes
from sim.city.city import City
from sim.city.dwellings import OWNED, RENTALS, Fate
from sim.city.households import NOBODY

PER_CENT = 100.0
EMPTY = 1e-9
"""Floor area of nothing, m2, so that nothing is divided by 0."""


@dataclass(frozen=True)
class NewHomes:
    """Homes that come to be, from one position to the next in every field; see the columns of ``Dwellings``."""

    area: np.ndarray
    tenure: np.ndarray
    policy: np.ndarray
    landlord: np.ndarray
    rooms: np.ndarray
    m2: np.ndarray
    standard: np.ndarray
    rent: np.ndarray
    bound: np.ndarray
    bound_until: np.ndarray


def count_stock(city: City) -> None:
    """From now on homes are counted by area, tenure and landlord."""
    if city.stock_counts is None:
        city.stock_counts = city.counted_stock()


def _count(city: City, homes: np.ndarray, sign: int) -> None:
    if city.stock_counts is not None:
        some = city.counted_stock(homes)
        city.stock_counts.by_tenure[:] += sign * some.by_tenure
        city.stock_counts.by_landlord[:] += sign * some.by_landlord


def build(city: City, homes: NewHomes) -> np.ndarray:
    """Give new homes rows, behind all that there ever were; they stand vacant. Returns the rows, int32."""
    stock = city.dwellings
    rows = stock.take(len(homes.area))
    for name in NewHomes.__dataclass_fields__:
        getattr(stock, name)[rows] = getattr(homes, name)
    stock.built[rows] = stock.vacant_since[rows] = city.month
    city.books.places += np.bincount(stock.area[rows], minlength=city.n_areas)
    _count(city, rows, +1)
    return rows


def take_down(city: City, homes: np.ndarray) -> None:
    """Vacant homes are demolished; their rows are never used again.

    Raises
    ------
    CityError
        If somebody lives in one of them.
    """
    stock = city.dwellings
    if (stock.occupant[homes] != NOBODY).any():
        raise CityError("city.demolished_lived_in", month=city.month)
    _count(city, homes, -1)
    city.books.places -= np.bincount(stock.area[homes], minlength=city.n_areas)
    stock.retire(homes)


def hand_over(city: City, homes: np.ndarray, tenure: np.ndarray, policy: np.ndarray, landlord: np.ndarray) -> None:
    """Homes have another tenure, and who lets or sells them is another; who lives there stays.

    Raises
    ------
    CityError
        If a home that somebody owns was to become a rental.
    """
    stock = city.dwellings
    lived_in = stock.occupant[homes] != NOBODY
    if (lived_in & stock.is_owned(homes) & np.isin(tenure, RENTALS)).any():
        raise CityError("city.owner_made_tenant", month=city.month)
    _count(city, homes, -1)
    stock.tenure[homes], stock.policy[homes], stock.landlord[homes] = tenure, policy, landlord
    _count(city, homes, +1)
    city.households.tenure[stock.occupant[homes[lived_in]]] = stock.tenure[homes[lived_in]]


def sell_to_tenants(city: City, homes: np.ndarray, prices: np.ndarray, fees: np.ndarray, interest: float) -> None:
    """Tenants buy the homes that they live in: savings go into them first, the rest is a loan.

    Parameters
    ----------
    homes : int32 array, shape (n,)
        Homes that have become cooperative and are lived in.
    prices : float32 array, shape (n,)
        SEK.
    fees : float32 array, shape (n,)
        SEK per month.
    interest : float
        Monthly cost of a loan, share of it.
    """
    here, stock = city.households, city.dwellings
    buyers = stock.occupant[homes]
    own_money = np.minimum(here.savings[buyers], prices)
    here.savings[buyers] -= own_money
    here.loan[buyers] = prices - own_money
    here.cost[buyers] = fees + interest * here.loan[buyers]
    stock.rent[homes], stock.price[homes] = fees, prices
    _drop_limits(city, homes)


def set_fees(city: City, homes: np.ndarray, fees: np.ndarray) -> None:
    """Vacant homes that have become cooperative have a fee instead of a rent, SEK per month."""
    city.dwellings.rent[homes] = fees
    _drop_limits(city, homes)


def _drop_limits(city: City, homes: np.ndarray) -> None:
    """What limits a rent says nothing about a home that is sold."""
    stock = city.dwellings
    stock.bound[homes] = stock.lift[homes] = stock.lift_goal[homes] = 0


def open_markets(city: City, areas: np.ndarray, tenures: np.ndarray) -> None:
    """Owned homes come to areas; where none of their tenure was ever sold, the first cost what they do nearby."""
    for tenure in OWNED:
        new = np.unique(areas[tenures == tenure])
        new = new[city.books.price_level[new, tenure] <= 0]
        if len(new):
            city.books.price_level[new, tenure] = owned_levels(city, tenure)[new]


def decide(city: City, homes: np.ndarray, fate: Fate, month: np.ndarray | int) -> None:
    """Something is decided about homes that happens in a month at the earliest."""
    city.dwellings.fate[homes], city.dwellings.fate_month[homes] = fate, month


def grant_return(city: City, rows: np.ndarray, areas: np.ndarray) -> None:
    """Households may return to an area when homes are rebuilt there, or may no longer (-1)."""
    city.households.right_to[rows] = areas


def renovate(city: City, homes: np.ndarray, goal: np.ndarray, step: np.ndarray) -> None:
    """Homes are renovated: their rents rise by ``step`` per cent now and in each year until it is ``goal`` in all."""
    stock = city.dwellings
    stock.renovated[homes], stock.lift_goal[homes], stock.lift_step[homes] = city.month, goal, step
    lift(city, homes, np.minimum(step, goal))


def lift(city: City, homes: np.ndarray, percent: np.ndarray) -> None:
    """So much of the rise after a renovation is in force; who lives there pays it from now on."""
    stock = city.dwellings
    before, after = PER_CENT + stock.lift[homes], PER_CENT + percent
    stock.lift[homes] = percent
    changes.set_rents(city, homes, (stock.rent[homes] * (after / before)).astype(np.float32))


def add_amenity(city: City, uplift: np.ndarray) -> None:
    """So much has been added to the amenity of each area since the founding, in units of utility."""
    city.books.uplift = uplift


def begin(city: City, **columns: np.ndarray) -> None:
    """Building begins; see the columns of ``Sites``."""
    rows = city.sites.take(len(columns["area"]))
    for name, values in columns.items():
        getattr(city.sites, name)[rows] = values


def postpone(city: City, sites: np.ndarray) -> None:
    """Sites are ready a month later than they would have been."""
    city.sites.ready[sites] += 1


def finish(city: City, sites: np.ndarray) -> None:
    """Sites are done with."""
    city.sites.give_back(sites)


def owned_levels(city: City, tenure: int) -> np.ndarray:
    """What homes of an owned tenure cost in every area, SEK per m2, float64, shape (n_areas,).

    Where none were ever sold: the level of the nearest area in which some were, or 0 if there is none.
    """
    level = city.books.price_level[:, tenure].copy()
    known, unknown = np.flatnonzero(level > 0), np.flatnonzero(level <= 0)
    if len(known) and len(unknown):
        nearest = known[np.argmin(city.geography.km[np.ix_(unknown, known)], axis=1)]
        level[unknown] = level[nearest]
    return np.asarray(level)


def mean_rents(city: City) -> np.ndarray:
    """Mean rent or fee of homes by area and tenure, SEK per m2 and month, float64, shape (n_areas, n_tenures).

    The mean of the city where an area has none of a tenure, 0 where the city has none.
    """
    stock, shape = city.dwellings, city.books.price_level.shape
    cell = stock.area.astype(np.int64) * shape[1] + stock.tenure  # rows that no home has are empty: they add nothing
    paid, m2 = (np.bincount(cell, of, city.books.price_level.size).reshape(shape) for of in (stock.rent, stock.m2))
    everywhere = paid.sum(axis=0) / np.maximum(m2.sum(axis=0), EMPTY)
    return np.asarray(np.where(m2 > 0, paid / np.maximum(m2, EMPTY), everywhere))


def leave_exchange(city: City, away: np.ndarray) -> None:
    """Landlords let nothing, or let again, through the exchange: bool, shape (n_landlords,)."""
    city.away = away
