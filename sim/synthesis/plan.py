"""What the founding must be told, in plain arrays: the places, the homes, who owns them, the people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sim.city.areas import Areas
from sim.city.dwellings import TENURES
from sim.city.geography import Geography
from sim.synthesis.margins import Frame, Margin

AGES = ("18-29", "30-44", "45-64", "65+")
"""Bands of age of the oldest adult, years."""

SIZES = ("1", "2", "3", "4", "5", "6", "7+")
PERSONS = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.3])
"""Persons of each size; seven and more are 7.3 on average (assumed)."""

TENTHS = tuple(str(k + 1) for k in range(10))
"""Tenths of income per consumption unit in the whole town, the lowest first."""

AXES = ("area", "tenure", "group", "size", "age", "income")


@dataclass(frozen=True)
class StockPlan:
    """The homes of every area and tenure.

    Attributes
    ----------
    homes : float64 array, shape (n_areas, n_tenures)
        Occupied homes of the town.
    rooms : float64 array, shape (n_areas, n_tenures)
        Mean rooms besides the kitchen.
    rent_per_m2 : float64 array, shape (n_areas, n_tenures)
        Mean rent, or fee of an owned home, SEK per m2 and month.
    price_per_m2 : float64 array, shape (n_areas, n_tenures)
        Price of an owned home, SEK per m2; 0 for rentals.
    built : float64 array, shape (n_areas, 2)
        First and last year of the period in which most of the area was built.
    vacancy : float64 array, shape (n_tenures,)
        Vacant homes as a share of all homes.
    """

    homes: np.ndarray
    rooms: np.ndarray
    rent_per_m2: np.ndarray
    price_per_m2: np.ndarray
    built: np.ndarray
    vacancy: np.ndarray


@dataclass(frozen=True)
class Company:
    """One landlord.

    Attributes
    ----------
    name : str
    policy : int
        Its entry in the scenario's list of landlords.
    share : float
        Its share of the homes of that entry; only proportions count.
    areas : tuple of int
        The areas it keeps to; all of them if empty.
    """

    name: str
    policy: int
    share: float
    areas: tuple[int, ...] = ()


@dataclass(frozen=True)
class OwnerPlan:
    """Who lets or sells.

    Attributes
    ----------
    policies, kinds : tuple of str
        Ids and kinds of the scenario's list of landlords.
    by_tenure : tuple of int
        Which entry of that list has the homes of each tenure.
    companies : tuple of Company
        Every landlord, at least one for each entry that has homes.
    """

    policies: tuple[str, ...]
    kinds: tuple[str, ...]
    by_tenure: tuple[int, ...]
    companies: tuple[Company, ...]


@dataclass(frozen=True)
class IncomePlan:
    """How incomes per consumption unit are spread.

    Attributes
    ----------
    mean : float
        Mean disposable income, SEK per month.
    spread : float
        Standard deviation of its logarithm in the whole town.
    passing : float
        Standard deviation of the passing part of its logarithm.
    """

    mean: float
    spread: float
    passing: float


@dataclass(frozen=True)
class QueuePlan:
    """The housing queue: registered households per home; share of those let a home who keep their queue time."""

    registered: float
    keeps: float


@dataclass(frozen=True)
class PoolPlan:
    """Households without a home: how many per home, and of which groups, shape (n_groups,)."""

    share: float
    by_group: np.ndarray


@dataclass(frozen=True)
class PeoplePlan:
    """The households: the axes of their table, what is known of it, and what is drawn afterwards.

    Attributes
    ----------
    frame : Frame
        Axes area, tenure, group, size, age, income.
    pattern : float64 array, shape of the frame
        Odds that the fit keeps where the margins are silent.
    margins : tuple of Margin
        The first is the homes by area and tenure.
    """

    frame: Frame
    pattern: np.ndarray
    margins: tuple[Margin, ...]
    incomes: IncomePlan
    queue: QueuePlan
    pool: PoolPlan


@dataclass(frozen=True)
class Plan:
    """Everything that the founding must be told.

    Attributes
    ----------
    start : int
        Calendar month of month 0.
    burn_in : int
        Months from the founding to month 0.
    scale : float
        Households here per household of the town.
    profiles : tuple of str
        Ids of the preference profiles.
    profile_shares : float64 array, shape (n_profiles,)
        Share of the households that have each.
    user_cost : float
        Yearly cost of an owned home besides its fee, as a share of its price.
    """

    start: int
    burn_in: int
    scale: float
    areas: Areas
    geography: Geography
    stock: StockPlan
    owners: OwnerPlan
    people: PeoplePlan
    profiles: tuple[str, ...]
    profile_shares: np.ndarray
    user_cost: float

    @property
    def founded_at(self) -> int:
        """Month of the founding, 0 or negative."""
        return -self.burn_in

    @property
    def groups(self) -> tuple[str, ...]:
        """Ids of the groups."""
        return self.people.frame.labels["group"]

    @property
    def n_blocks(self) -> int:
        """Areas times tenures; block ``area * n_tenures + tenure``."""
        return len(self.areas) * len(TENURES)


class Shared(Protocol):
    """Anything that may have a share of the households."""

    @property
    def share(self) -> float | None:
        """0 to 1, or None: as much as the others."""


def profile_shares(profiles: Sequence[Shared]) -> np.ndarray:
    """Share of the households that have each profile, float64, shape (n_profiles,)."""
    weights = np.array([1.0 if profile.share is None else profile.share for profile in profiles])
    return np.asarray(weights / weights.sum())
