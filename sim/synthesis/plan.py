"""What the founding must be told, in plain arrays: the places, the homes, who owns them, the people."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.city.areas import Areas
from sim.city.geography import Geography
from sim.synthesis.margins import Frame, Margin

AGE_BANDS = ((18, 30), (30, 45), (45, 65), (65, 95))
SIZES = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.3)  # seven and more: 7.3 on average, assumed
N_CLASSES = 10


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
        Mean price of an owned home, SEK per m2; 0 for rentals.
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
    """One landlord: its name, its entry in the scenario's list, its share there, the areas it keeps to (all if none)."""

    name: str
    policy: int
    share: float
    areas: tuple[int, ...] = ()


@dataclass(frozen=True)
class OwnerPlan:
    """Who lets or sells the homes of each tenure.

    Attributes
    ----------
    policies, kinds : tuple of str
        Ids and kinds of the scenario's list of landlords.
    by_tenure : tuple of int
        Which entry of that list has the homes of each tenure.
    companies : tuple of Company
        Every landlord.
    """

    policies: tuple[str, ...]
    kinds: tuple[str, ...]
    by_tenure: tuple[int, ...]
    companies: tuple[Company, ...]


@dataclass(frozen=True)
class IncomePlan:
    """How incomes are spread.

    Attributes
    ----------
    mean : float
        Mean disposable income per consumption unit, SEK per month.
    spread : float
        Standard deviation of log income per consumption unit among the households of one area.
    passing : float
        Standard deviation of its passing part.
    """

    mean: float = 26_000.0
    spread: float = 0.42
    passing: float = 0.15


@dataclass(frozen=True)
class QueuePlan:
    """The housing queue at the founding.

    Attributes
    ----------
    registered : float
        Registered households per home.
    keeps : float
        Share of those let a home through the queue who keep their queue time.
    """

    registered: float = 0.62
    keeps: float = 0.5


@dataclass(frozen=True)
class PeoplePlan:
    """The households: the axes of their table, what is known of it, and what is drawn afterwards."""

    frame: Frame
    pattern: np.ndarray
    margins: tuple[Margin, ...]
    groups: tuple[str, ...]
    income_spread: float
    incomes: IncomePlan = field(default_factory=IncomePlan)
    queue: QueuePlan = field(default_factory=QueuePlan)
    without_home: float = 0.09
    without_home_by_group: tuple[float, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Everything that the founding must be told."""

    start: int
    burn_in: int
    scale: float
    areas: Areas
    geography: Geography
    stock: StockPlan
    owners: OwnerPlan
    people: PeoplePlan
    profiles: tuple[str, ...] = ("all",)
    user_cost: float = 0.032
