"""What each kind of rule may read and must return: a rule proposes, the engine disposes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Protocol, runtime_checkable

import numpy as np

from sim.base.streams import Luck
from sim.city.city import City

NO_ROWS = np.zeros(0, np.int32)


def _none(dtype: str) -> np.ndarray:
    return np.zeros(0, dtype)


@dataclass(frozen=True)
class Newcomers:
    """Households that come to be this month, from one position to the next in every field.

    Attributes
    ----------
    id : int64 array
        Never used before: ``streams.child_id`` of a parent and the month, or of the month and a number.
    parent : int32 array
        Row of the household they come out of, -1 for arrivals.
    group, profile, adults, children : uint8 arrays
    birth_month : int16 array
        Birth of the oldest adult, months since the start.
    income : float32 array
        SEK per month, disposable.
    log_permanent, log_transitory, savings : float32 arrays
    queue_since : int16 array
        Month of registration, ``NEVER`` for none.
    roots : int16 array
        Area they come from, -1 none.
    cause : uint8 array
        Why they look, see ``Cause``.
    """

    id: np.ndarray
    parent: np.ndarray
    group: np.ndarray
    profile: np.ndarray
    adults: np.ndarray
    children: np.ndarray
    birth_month: np.ndarray
    income: np.ndarray
    log_permanent: np.ndarray
    log_transitory: np.ndarray
    savings: np.ndarray
    queue_since: np.ndarray
    roots: np.ndarray
    cause: np.ndarray


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


@runtime_checkable
class DemographyRule(Protocol):
    """How households come, change and go."""

    def propose(self, city: City, luck: Luck) -> Lives: ...


@runtime_checkable
class SearchRule(Protocol):
    """Who begins to look for a home this month, and why.

    Who looks already goes on with the cause it has; where two rules name one household in one month, the rule that
    stands first in the scenario is heard. Those without a home always look and need no rule.
    """

    def propose(self, city: City, luck: Luck) -> Starts: ...


@runtime_checkable
class RentRule(Protocol):
    """What a landlord charges."""

    month_of_change: int

    def asking(self, city: City, rows: np.ndarray, luck: Luck) -> np.ndarray:
        """Rents of vacant dwellings this month, SEK per month, float32, shape (n_rows,)."""

    def sitting(self, city: City, rows: np.ndarray, luck: Luck) -> np.ndarray:
        """Rents of those who live there, asked once a year in ``month_of_change``; same shape and unit."""


@runtime_checkable
class RentLevelRule(Protocol):
    """A rent rule that moves a level: without it a rent rule knows only what stands in the city's columns."""

    def level(self, city: City, lettings: Lettings) -> np.ndarray:
        """Rents as a multiple of the utility value after this month's lettings, float64, shape (n_areas, n_tenures).

        Asked every month, after the moves. The engine keeps the columns of the tenures whose landlords follow this
        rule in ``books.rent_level``, where next month's ``asking`` finds them.
        """


@runtime_checkable
class PriceRule(Protocol):
    """What owned homes cost."""

    def asking(self, city: City, rows: np.ndarray, luck: Luck) -> np.ndarray:
        """Asking prices of vacant owned dwellings, SEK, float32, shape (n_rows,)."""

    def level(self, city: City, sales: Sales) -> np.ndarray:
        """Prices of ordinary homes after this month's sales, SEK per m2, float64, shape (n_areas, n_tenures)."""


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


@runtime_checkable
class AllowanceRule(Protocol):
    """Public support towards the monthly cost of a home."""

    def schedule(self) -> Schedule: ...


@runtime_checkable
class ArrearsRule(Protocol):
    """Who falls behind with the rent, and who catches up."""

    def owed(self, city: City, left_over: np.ndarray) -> np.ndarray:
        """Months owed from now on, uint8, shape (n_rows,).

        ``left_over`` is, per row, what income leaves after the home and the living norm, SEK per month.
        """


@runtime_checkable
class EvictionRule(Protocol):
    """Who loses a home for arrears."""

    def propose(self, city: City, luck: Luck) -> np.ndarray:
        """Rows of the households that are evicted this month, int32."""


@runtime_checkable
class PreferenceTerm(Protocol):
    """One named term of the utility of a home; ``weight`` is in it already.

    A term that looks at the place alone says so by ``by_area``, at place and tenure by ``by_tenure`` (one that has
    both is worth their sum); one that needs household and home has ``by_pair``. A pair term of this house also has
    ``coefficients``, so that the choice kernel can compute it; one from outside is asked pair by pair.
    Places are judged with everybody in them, so that one's own household counts in one's own area: a slip of
    one over the households around, which matters on a lattice only, where the engine leaves it out itself.
    """

    weight: float


@runtime_checkable
class AreaTerm(Protocol):
    """The worth of a place."""

    def by_area(self, city: City) -> np.ndarray:
        """Utility of living in each area, float64, shape (n_groups, n_areas)."""


@runtime_checkable
class TenureTerm(Protocol):
    """The worth of a tenure in a place."""

    def by_tenure(self, city: City) -> np.ndarray:
        """Utility of each tenure in each area, float64, shape (n_areas, n_tenures)."""


@runtime_checkable
class PairTerm(Protocol):
    """The worth of a home to a household."""

    def by_pair(self, city: City, households: np.ndarray, dwellings: np.ndarray) -> np.ndarray:
        """Utility of each dwelling to the household beside it, float64, shape (n_pairs,)."""


@runtime_checkable
class KernelTerm(Protocol):
    """A pair term that the choice kernel computes itself, from these coefficients."""

    def coefficients(self) -> dict[str, float]:
        """Names of ``kernels.choice.COEFFICIENTS`` with their values."""


@runtime_checkable
class AllocationRule(Protocol):
    """In what order applicants to a dwelling come.

    Class attributes: ``is_priced``: the winner pays what it bids, in competition, and ``rank`` is not asked;
    ``chooses_freely``: the landlord picks, so its screening applies. One that goes by queue time may say so by
    ``by_queue_time = True``: who gets a home by it loses that time.
    """

    is_priced: ClassVar[bool]
    chooses_freely: ClassVar[bool]

    def rank(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """Higher comes first, float64, shape (n_applications,); equal ranks are settled by lot."""


@runtime_checkable
class ChannelRule(Protocol):
    """An order that is one of several, by the vacancy."""

    def channel(self, city: City, dwellings: np.ndarray, luck: Luck) -> np.ndarray:
        """Which of ``parts`` each vacant dwelling is let by, int64, shape (n_dwellings,)."""


@runtime_checkable
class ScreeningRule(Protocol):
    """Whom a landlord that chooses freely drops before ranking."""

    def passes(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """True where the application goes on, shape (n_applications,)."""
