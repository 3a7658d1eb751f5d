"""City: everything that is true in one month, and the invariants that must hold."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.base.columns import locked
from sim.base.errors import CityError
from sim.base.streams import Luck
from sim.city.areas import Areas
from sim.city.dwellings import TENURES, Dwellings
from sim.city.geography import Geography
from sim.city.households import NEVER, NOBODY, Households
from sim.city.landlords import Landlords
from sim.city.ledger import Ledger
from sim.city.sites import Sites


@dataclass
class Books:
    """Sums kept up to date as the city changes.

    Attributes
    ----------
    count : int64 array, shape (n_areas, n_groups)
        Households that live in each area, by group.
    places : int64 array, shape (n_areas,)
        Dwellings in each area, lived in or not.
    log_income : float64 array, shape (n_areas,)
        Mean log income per consumption unit of those who live in each area, as of the last census; the city's mean
        where nobody does.
    price_level : float64 array, shape (n_areas, n_tenures)
        What an owned home of ordinary standard costs, SEK per m2; 0 for rentals and where money has no part.
    founding_price : float64 array, shape (n_areas, n_tenures)
        The same at the founding.
    rent_level : float64 array, shape (n_areas, n_tenures)
        Free asking rent as a multiple of the regulated one, 1 at the founding.
    uplift : float64 array, shape (n_areas,)
        What has been added to the amenity of each area since the founding, in units of utility.
    """

    count: np.ndarray
    places: np.ndarray
    log_income: np.ndarray
    price_level: np.ndarray
    founding_price: np.ndarray
    rent_level: np.ndarray
    uplift: np.ndarray


@dataclass(frozen=True)
class Constants:
    """What the model does not explain about a place, in units of utility.

    Attributes
    ----------
    by_tenure : float64 array, shape (n_areas, n_tenures)
    by_group : float64 array, shape (n_areas, n_groups)
    """

    by_tenure: np.ndarray
    by_group: np.ndarray


@dataclass(frozen=True)
class ArrivalTable:
    """The households of the founding, as a table to draw newcomers from; one position per template.

    Attributes
    ----------
    group, adults, children : uint8 arrays, shape (n,)
    age : int16 array, shape (n,)
        Age of the oldest adult, years.
    log_permanent : float32 array, shape (n,)
        Lasting part of log income around its profile.
    savings : float32 array, shape (n,)
        SEK.
    """

    group: np.ndarray
    adults: np.ndarray
    children: np.ndarray
    age: np.ndarray
    log_permanent: np.ndarray
    savings: np.ndarray


@dataclass(frozen=True)
class StockCounts:
    """Homes, lived in or not, kept up to date once somebody has asked.

    Attributes
    ----------
    by_tenure : int64 array, shape (n_areas, n_tenures)
    by_landlord : int64 array, shape (n_areas, n_landlords)
    """

    by_tenure: np.ndarray
    by_landlord: np.ndarray

    @classmethod
    def of(cls, stock: Dwellings, n_areas: int, n_landlords: int, rows: np.ndarray) -> StockCounts:
        """Some homes, counted."""
        area = stock.area[rows].astype(np.int64)
        tables = [
            np.bincount(area * n + column[rows], minlength=n_areas * n).reshape(n_areas, n)
            for n, column in ((len(TENURES), stock.tenure), (n_landlords, stock.landlord))
        ]
        return cls(*tables)


@dataclass
class City:
    """All tables of a city and the month they stand at.

    Attributes
    ----------
    month : int
        Months since the start of the scenario; negative during burn-in.
    start : int
        Calendar month (twelve times the year plus the month) of month 0.
    scale : float
        Households here per household in the town.
    groups, profiles : tuple of str
        Ids in the order in which the columns count them.
    ledger : Ledger
        What municipality and state pay, and to whom.
    sites : Sites
        What is being built.
    founded_homes : int
        Homes at the founding: the town that newcomers come to, however much is built later.
    stock_counts : StockCounts or None
        Homes by area, tenure and landlord; None as long as no rule of investment has asked.
    away : bool array, shape (n_landlords,), or None
        Landlords that have left the exchange; None as long as nobody has been asked.
    """

    month: int
    start: int
    scale: float
    groups: tuple[str, ...]
    profiles: tuple[str, ...]
    areas: Areas
    geography: Geography
    dwellings: Dwellings
    households: Households
    landlords: Landlords
    books: Books
    constants: Constants
    templates: ArrivalTable
    luck: Luck
    has_money: bool = True
    founded_at: int = 0
    ledger: Ledger = field(default_factory=Ledger)
    sites: Sites = field(default_factory=lambda: Sites(0))
    founded_homes: int = 0
    stock_counts: StockCounts | None = None
    away: np.ndarray | None = None

    @property
    def month_of_year(self) -> int:
        """1 to 12."""
        return (self.start + self.month) % 12 + 1

    @property
    def n_areas(self) -> int:
        return len(self.areas)

    def counted_stock(self, rows: np.ndarray | None = None) -> StockCounts:
        """Homes by area, tenure and landlord, counted anew: all, or some."""
        rows = np.flatnonzero(self.dwellings.is_used) if rows is None else rows
        return StockCounts.of(self.dwellings, self.n_areas, len(self.landlords), rows)

    def due(self) -> np.ndarray:
        """Rows of the households whose own month of the year this is, in order, int32."""
        return self.households.due(self.month_of_year - 1)

    def readonly(self) -> City:
        """The same city, seen by somebody who may not write."""
        seen = object.__new__(City)
        vars(seen).update(vars(self))
        seen.dwellings, seen.households = self.dwellings.readonly(), self.households.readonly()
        seen.books = Books(*(locked(array) for array in vars(self.books).values()))
        seen.ledger, seen.sites = self.ledger.copy(), self.sites.readonly()
        return seen

    def check(self) -> None:
        """Compare the books with a recount.

        Raises
        ------
        CityError
            If a household has two homes, a home two households, or a sum is wrong: our fault, always.
        """
        _check_homes(self)
        _check_counts(self)

    def recount(self) -> np.ndarray:
        """Households by area and group counted anew, int64, shape (n_areas, n_groups)."""
        here = self.households
        housed = np.flatnonzero(here.is_used & (here.dwelling != NOBODY))
        cell = here.area[housed].astype(np.int64) * len(self.groups) + here.group[housed]
        return np.bincount(cell, minlength=self.n_areas * len(self.groups)).reshape(self.n_areas, -1)


def _check_homes(city: City) -> None:
    here, stock = city.households, city.dwellings
    housed = np.flatnonzero(here.is_used & (here.dwelling != NOBODY))
    homes = here.dwelling[housed]
    lived_in = np.flatnonzero(stock.is_used & (stock.occupant != NOBODY))
    if len(np.unique(homes)) != len(homes):
        raise CityError("city.two_in_one_home", homes=len(homes) - len(np.unique(homes)))
    if len(lived_in) != len(homes) or not (stock.occupant[homes] == housed).all():
        raise CityError("city.home_and_household_disagree", month=city.month)
    if not (here.area[housed] == stock.area[homes]).all() or not (here.tenure[housed] == stock.tenure[homes]).all():
        raise CityError("city.address_wrong", month=city.month)
    if (stock.vacant_since[lived_in] != NEVER).any():
        raise CityError("city.vacant_but_lived_in", month=city.month)


def _check_counts(city: City) -> None:
    if not (city.recount() == city.books.count).all():
        raise CityError("city.count_wrong", month=city.month)
    places = np.bincount(city.dwellings.area[city.dwellings.is_used], minlength=city.n_areas)
    if not (places == city.books.places).all():
        raise CityError("city.places_wrong", month=city.month)
    if city.stock_counts is not None:
        kept, found = city.stock_counts, city.counted_stock()
        if (kept.by_tenure != found.by_tenure).any() or (kept.by_landlord != found.by_landlord).any():
            raise CityError("city.places_wrong", month=city.month)


def opened_books(city_areas: Areas, dwellings: Dwellings, n_groups: int) -> Books:
    """Books of a stock in which nobody lives yet."""
    n = len(city_areas)
    places = np.bincount(dwellings.area[dwellings.is_used], minlength=n)
    zeros = np.zeros((n, len(TENURES)))
    return Books(
        np.zeros((n, n_groups), np.int64), places, np.zeros(n), zeros, zeros.copy(), np.ones_like(zeros), np.zeros(n)
    )
