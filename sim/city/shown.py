"""What households, landlords and dwellings say of themselves, each fact with its meaning and unit."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, cast

import numpy as np

from sim.city.city import City
from sim.city.dwellings import COOPERATIVE, TENURES, Dwellings
from sim.city.facts import Fact, Index, Shown, column_fact
from sim.city.households import NOBODY, Cause, Households, Need

CAUSES = (None, *(cause.name.lower() for cause in Cause if cause))
NEEDS = (None, *(need.name.lower() for need in Need if need))


def _household(name: str) -> Fact[Any]:
    return column_fact("households", name, Households.columns[name])


def _dwelling(name: str) -> Fact[Any]:
    return column_fact("dwellings", name, Dwellings.columns[name])


def _burden(city: City, index: Index) -> np.ndarray:
    income = np.asarray(city.households.income[index], np.float64)
    counts = (np.asarray(city.households.dwelling[index]) != NOBODY) & (income > 0)
    return np.where(counts, city.households.cost[index] / np.where(counts, income, 1.0), np.nan)


def _looks(city: City, index: Index) -> np.ndarray:
    here = city.households
    return cast(np.ndarray, (here.dwelling[index] == NOBODY) | (here.search_until[index] >= city.month))


def _where_money_counts(table: str, name: str) -> Callable[[City, Index], Any]:
    """Codes of a column, -1 for everybody in a world without tenures and landlords."""
    column = attrgetter(f"{table}.{name}")

    def read(city: City, index: Index) -> Any:
        codes = column(city)[index]
        return codes if city.has_money else np.full(np.shape(codes), -1, np.int8)

    return read


class HouseholdFacts(Shown):
    """What a household says."""

    __slots__ = ()

    group: Fact[str] = Fact(lambda c, i: c.households.group[i], lambda c: c.groups, meaning="group, by its id")
    profile: Fact[str] = Fact(
        lambda c, i: c.households.profile[i], lambda c: c.profiles, meaning="profile of preferences, by its id"
    )
    income: Fact[float] = _household("income")
    savings: Fact[float] = _household("savings")
    adults: Fact[int] = _household("adults")
    children: Fact[int] = _household("children")
    persons: Fact[int] = Fact(lambda c, i: c.households.persons(i), meaning="persons in the household")
    age: Fact[int] = Fact(lambda c, i: c.households.age_years(i, c.month), meaning="age of the oldest adult, years")
    has_home: Fact[bool] = Fact(
        lambda c, i: c.households.dwelling[i] != NOBODY, scalar=bool, meaning="whether it has a home"
    )
    area: Fact[str | None] = Fact(
        lambda c, i: c.households.area[i], lambda c: c.areas.names, meaning="name of the area it lives in, or None"
    )
    roots: Fact[str | None] = Fact(
        lambda c, i: c.households.roots[i], lambda c: c.areas.names, meaning="area where it last lived or arrived"
    )
    tenure: Fact[str | None] = Fact(
        _where_money_counts("households", "tenure"), lambda c: TENURES, meaning="tenure of its home, or None"
    )
    cost: Fact[float] = _household("cost")
    rent_burden: Fact[float] = Fact(
        _burden,
        scalar=float,
        meaning="monthly cost before allowance over income, a share; nan without a home or an income",
    )
    loan: Fact[float] = _household("loan")
    arrears: Fact[int] = _household("arrears")
    queue_time: Fact[int] = Fact(
        lambda c, i: c.households.waited(i, c.month), meaning="queue time, months; 0 for who is not registered"
    )
    is_registered: Fact[bool] = Fact(
        lambda c, i: c.households.is_registered(i), scalar=bool, meaning="whether it is in the queue"
    )
    is_searching: Fact[bool] = Fact(
        _looks, scalar=bool, meaning="whether it looks for a home; those without one always do"
    )
    cause: Fact[str | None] = Fact(
        lambda c, i: c.households.cause[i], lambda c: CAUSES, meaning="why it looks, or None"
    )
    need: Fact[str | None] = Fact(lambda c, i: c.households.need[i], lambda c: NEEDS, meaning="need class, or None")


class LandlordFacts(Shown):
    """What a landlord says."""

    __slots__ = ()

    name: Fact[str] = Fact(
        lambda c, i: np.arange(len(c.landlords))[i], lambda c: c.landlords.names, meaning="name of the landlord"
    )
    policy: Fact[str] = Fact(
        lambda c, i: c.landlords.policy[i], lambda c: c.landlords.policies, meaning="whose rules it follows, by the id"
    )
    kind: Fact[str] = Fact(
        lambda c, i: c.landlords.policy[i], lambda c: c.landlords.kinds, meaning="what kind of landlord it is"
    )


class DwellingFacts(Shown):
    """What a dwelling says."""

    __slots__ = ()

    area: Fact[str] = Fact(lambda c, i: c.dwellings.area[i], lambda c: c.areas.names, meaning="name of its area")
    municipality: Fact[str] = Fact(
        lambda c, i: c.dwellings.area[i], lambda c: c.areas.municipalities, meaning="municipality it stands in"
    )
    tenure: Fact[str | None] = Fact(
        _where_money_counts("dwellings", "tenure"), lambda c: TENURES, meaning="its tenure; None on a lattice"
    )
    policy: Fact[str | None] = Fact(
        _where_money_counts("dwellings", "policy"),
        lambda c: c.landlords.policies,
        meaning="whose rules apply, by the id; None on a lattice",
    )
    rooms: Fact[int] = _dwelling("rooms")
    m2: Fact[float] = _dwelling("m2")
    standard: Fact[float] = _dwelling("standard")
    built: Fact[int] = _dwelling("built")
    rent: Fact[float] = _dwelling("rent")
    price: Fact[float] = _dwelling("price")
    is_vacant: Fact[bool] = Fact(
        lambda c, i: c.dwellings.occupant[i] == NOBODY, scalar=bool, meaning="whether nobody lives there"
    )
    is_owned: Fact[bool] = Fact(
        lambda c, i: c.dwellings.tenure[i] >= COOPERATIVE, scalar=bool, meaning="whether it is bought and sold, not let"
    )
