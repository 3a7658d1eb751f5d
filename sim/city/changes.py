"""THE ROOM THAT WRITES, with ``alterations``, ``purses``, ``rounds``: who moves, enters, earns; it keeps the books."""

from __future__ import annotations

import numpy as np

from sim.base.columns import has_twice
from sim.base.errors import CityError
from sim.base.streams import Purpose
from sim.city.city import City, Constants
from sim.city.dwellings import COOPERATIVE
from sim.city.households import NEVER, NOBODY, Cause
from sim.city.ledger import Entry
from sim.city.newcomers import COPIED, Newcomers


def enter(city: City, newcomers: Newcomers) -> np.ndarray:
    """Give newcomers rows; they have no home yet. Returns the rows, int32."""
    here = city.households
    rows = here.take(len(newcomers.id))
    if len(rows) == 0:
        return rows
    for name in COPIED:
        getattr(here, name)[rows] = getattr(newcomers, name)
    here.own_month[rows] = own_months(city, newcomers.id)
    here.since[rows] = city.month
    here.without_since[rows] = city.month
    here.moved_in[rows] = NEVER
    return rows


def own_months(city: City, ids: np.ndarray) -> np.ndarray:
    """Month of the year, 0 to 11, in which the life of each household moves: by its id alone, uint8."""
    return city.luck.stream(Purpose.OWN_MONTH, 0).below(ids, 12).astype(np.uint8)


def leave(city: City, rows: np.ndarray) -> None:
    """Households end or leave the city; their homes become vacant."""
    if len(rows) == 0:
        return
    vacate(city, rows[city.households.dwelling[rows] != NOBODY])
    city.households.give_back(rows)


def vacate(city: City, rows: np.ndarray) -> None:
    """Households give up their homes and stand without one; an owned home is sold to the bank at its value.

    Raises
    ------
    CityError
        If somebody has no home to give up, or is named twice.
    """
    here, stock = city.households, city.dwellings
    homes = here.dwelling[rows]
    if len(rows) == 0:
        return
    _each_once(city, rows, "left_no_home")
    if (homes == NOBODY).any():
        raise CityError("city.left_no_home", month=city.month)
    _count(city, rows, -1)
    _sell(city, rows, homes)
    stock.occupant[homes] = NOBODY
    stock.vacant_since[homes] = city.month
    here.roots[rows] = here.area[rows]
    here.dwelling[rows] = here.area[rows] = here.tenure[rows] = NOBODY
    here.cost[rows] = here.arrears[rows] = 0
    here.moved_in[rows] = NEVER
    here.without_since[rows] = city.month


def move(
    city: City, rows: np.ndarray, homes: np.ndarray, costs: np.ndarray, paid: np.ndarray, interest: float = 0.0
) -> None:
    """Households move into vacant homes, out of the ones they had.

    Parameters
    ----------
    rows, homes : int32 arrays, shape (n,)
        Household and dwelling, each at most once.
    costs : float32 array, shape (n,)
        Rent or fee of the new home, SEK per month.
    paid : float32 array, shape (n,)
        Price paid for an owned home, SEK, 0 for a rental; savings go into it first, the rest is a loan.
    interest : float
        Monthly cost of a loan, share of it.

    Raises
    ------
    CityError
        If a home is not vacant, or is given twice, or a household moves twice.
    """
    here, stock = city.households, city.dwellings
    _each_once(city, rows, "moved_twice")
    if (stock.occupant[homes] != NOBODY).any() or has_twice(homes):
        raise CityError("city.moved_into_lived_in", month=city.month)
    vacate(city, rows[here.dwelling[rows] != NOBODY])
    stock.occupant[homes] = rows
    stock.vacant_since[homes] = NEVER
    here.dwelling[rows], here.area[rows], here.tenure[rows] = homes, stock.area[homes], stock.tenure[homes]
    here.roots[rows] = stock.area[homes]
    here.cost[rows] = costs
    here.moved_in[rows] = city.month
    here.without_since[rows] = NEVER
    here.search_until[rows] = -NEVER
    here.cause[rows] = Cause.NONE
    _buy(city, rows, homes, paid, interest)
    _count(city, rows, +1)


def join(city: City, guests: np.ndarray, hosts: np.ndarray) -> None:
    """Guests give up their homes and become part of their hosts' households, with income and savings.

    Raises
    ------
    CityError
        If a household is in two of these pairs, or is its own guest.
    """
    here = city.households
    if len(guests) == 0:
        return
    _each_once(city, np.concatenate([guests, hosts]), "joined_twice")
    vacate(city, guests[here.dwelling[guests] != NOBODY])
    for name in ("adults", "children", "income", "support", "savings"):
        column = getattr(here, name)
        column[hosts] += column[guests]
    here.log_permanent[hosts] = (here.log_permanent[hosts] + here.log_permanent[guests]) / 2
    here.birth_month[hosts] = np.minimum(here.birth_month[hosts], here.birth_month[guests])
    here.queue_since[hosts] = np.minimum(here.queue_since[hosts], here.queue_since[guests])
    here.give_back(guests)


def resize(city: City, rows: np.ndarray, adults: np.ndarray, children: np.ndarray) -> None:
    """Households have another number of adults and children."""
    if len(rows) == 0:
        return
    city.households.adults[rows] = adults
    city.households.children[rows] = children


def earn(city: City, rows: np.ndarray, permanent: np.ndarray, transitory: np.ndarray, income: np.ndarray) -> None:
    """Households have another income of their own, SEK per month, with its lasting and passing part in logs."""
    if len(rows) == 0:
        return
    here = city.households
    here.log_permanent[rows], here.log_transitory[rows], here.income[rows] = (
        permanent, transitory, income + here.support[rows],
    )  # fmt: skip


def save(city: City, rows: np.ndarray, savings: np.ndarray, loan: np.ndarray, interest: float = 0.0) -> None:
    """Households have put money aside or used it up, and paid off a part of their loan, SEK.

    What an owned home costs a month follows: its fee, and ``interest`` (a month, share) on what is still owed.
    """
    if len(rows) == 0:
        return
    here = city.households
    here.savings[rows], here.loan[rows] = savings, loan
    owners = rows[here.tenure[rows] >= COOPERATIVE]
    here.cost[owners] = city.dwellings.rent[here.dwelling[owners]] + np.float32(interest) * here.loan[owners]


def register(city: City, rows: np.ndarray, since: np.ndarray) -> None:
    """Households are in the queue since a month, or out of it (``NEVER``)."""
    city.households.queue_since[rows] = since


def look(city: City, rows: np.ndarray, cause: np.ndarray, until: np.ndarray) -> None:
    """Households begin to look for a home."""
    city.households.cause[rows] = cause
    city.households.search_until[rows] = until


def need(city: City, rows: np.ndarray, classes: np.ndarray) -> None:
    """Households belong to another need class, see ``Need``."""
    city.households.need[rows] = classes


def owe(city: City, months: np.ndarray) -> None:
    """Months of cost owed, for every row."""
    city.households.arrears[:] = months


def evict(city: City, rows: np.ndarray) -> None:
    """Households lose their homes for arrears."""
    vacate(city, rows)
    city.households.cause[rows] = Cause.EVICTED


def set_rents(city: City, rows: np.ndarray, rents: np.ndarray) -> None:
    """Dwellings have another rent, SEK per month; who lives there pays it."""
    stock = city.dwellings
    stock.rent[rows] = rents
    lived_in = rows[stock.occupant[rows] != NOBODY]
    city.households.cost[stock.occupant[lived_in]] = stock.rent[lived_in]


def set_prices(city: City, rows: np.ndarray, prices: np.ndarray) -> None:
    """Vacant owned dwellings are asked another price for, SEK."""
    city.dwellings.price[rows] = prices


def set_levels(city: City, price_level: np.ndarray | None = None, rent_level: np.ndarray | None = None) -> None:
    """The levels of prices (SEK per m2) or of free rents (multiple of the regulated one) are others."""
    if price_level is not None:
        city.books.price_level = price_level
    if rent_level is not None:
        city.books.rent_level = rent_level


def link(city: City, homes: np.ndarray, links: np.ndarray) -> None:
    """Vacant dwellings end a vacancy chain of so many moves."""
    city.dwellings.link[homes] = links


def book(city: City, line: str, amount: float, payer: str = "state", payee: str = "household") -> None:
    """One party pays another an amount, SEK, on a line of the ledger."""
    city.ledger.add(Entry(line, payer, payee), amount)


def census(city: City, log_income: np.ndarray) -> None:
    """Mean log income per consumption unit of each area, as the month's census found it."""
    city.books.log_income = log_income


def explain(city: City, by_tenure: np.ndarray, by_group: np.ndarray) -> None:
    """The constants of places are others: what the model does not explain, in units of utility."""
    city.constants = Constants(by_tenure, by_group)


def turn_month(city: City) -> None:
    """The next month begins."""
    city.month += 1
    city.ledger.turn()


def value(city: City, homes: np.ndarray) -> np.ndarray:
    """What owned dwellings are worth at today's level, SEK, float32; 0 for rentals."""
    stock = city.dwellings
    level = city.books.price_level[stock.area[homes], stock.tenure[homes]]
    worth: np.ndarray = level * stock.m2[homes]
    return worth.astype(np.float32)


def _each_once(city: City, rows: np.ndarray, fault: str) -> None:
    """Refuse rows that are empty or named twice."""
    if not city.households.is_used[rows].all() or has_twice(rows):
        raise CityError(f"city.{fault}", month=city.month)


def _count(city: City, rows: np.ndarray, sign: int) -> None:
    here = city.households
    cell = here.area[rows].astype(np.int64) * len(city.groups) + here.group[rows]
    count = city.books.count
    count += sign * np.bincount(cell, minlength=count.size).reshape(count.shape)


def _sell(city: City, rows: np.ndarray, homes: np.ndarray) -> None:
    here = city.households
    owners = here.tenure[rows] >= COOPERATIVE
    sellers, sold = rows[owners], homes[owners]
    here.savings[sellers] += np.maximum(value(city, sold) - here.loan[sellers], 0)
    here.loan[sellers] = 0


def _buy(city: City, rows: np.ndarray, homes: np.ndarray, paid: np.ndarray, interest: float) -> None:
    here = city.households
    bought = paid > 0
    buyers, prices = rows[bought], paid[bought]
    own_money = np.minimum(here.savings[buyers], prices)
    here.savings[buyers] -= own_money
    here.loan[buyers] = prices - own_money
    here.cost[buyers] += interest * here.loan[buyers]
    city.dwellings.price[homes[bought]] = prices
