"""What each kind of rule may read and must return: a rule proposes, the engine disposes."""

from __future__ import annotations

from typing import ClassVar, Protocol, runtime_checkable

import numpy as np

from sim.base.streams import Luck
from sim.city.city import City
from sim.rules.proposals import Applications, Lettings, Lives, Sales, Schedule, Starts
from sim.rules.works import Works


@runtime_checkable
class DemographyRule(Protocol):
    """How households come, change and go."""

    def propose(self, city: City, luck: Luck) -> Lives: ...


@runtime_checkable
class InvestmentRule(Protocol):
    """What landlords, developers and the municipality do with the stock: build, take down, sell, buy, renovate."""

    def propose(self, city: City, luck: Luck) -> Works: ...


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
class SupportRule(Protocol):
    """Public cash for households, counted as income from then on; ``payer`` is a public party of the ledger."""

    payer: ClassVar[str]

    def pays(self, city: City) -> np.ndarray:
        """What each row is paid, SEK per month, float32, shape (n_rows,); own income is ``income - support``."""


@runtime_checkable
class PlacementRule(Protocol):
    """Who is offered a vacant private rental outside any queue, with public help.

    ``amount`` is what each is paid a month once it lives there, ``months`` for how long it may be.
    """

    payer: ClassVar[str]

    @property
    def amount(self) -> float: ...

    @property
    def months(self) -> int: ...

    def candidates(self, city: City, luck: Luck) -> np.ndarray:
        """Rows of the households that are offered one this month, int32."""

    def suits(self, city: City, homes: np.ndarray) -> np.ndarray:
        """Which of some vacant private rentals they may be offered, bool, shape (n_homes,)."""

    def at_once(self, rents: np.ndarray) -> float:
        """What contracts at these rents cost on the day they are signed, SEK."""


@runtime_checkable
class RescueRule(Protocol):
    """Who stays although an eviction was decided, because what is owed is paid."""

    def rescued(self, city: City, rows: np.ndarray, luck: Luck) -> np.ndarray:
        """Which of the households that are to be evicted stay, bool, shape (n_rows,)."""


@runtime_checkable
class TaxRule(Protocol):
    """What owners pay for what they own."""

    def assessed(self, city: City, rows: np.ndarray) -> np.ndarray:
        """What the tax on some dwellings is from now on, SEK per month, float32, shape (n_rows,)."""


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
        """Names of ``kernels.tastes.COEFFICIENTS`` with their values."""


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
class AdmissionRule(Protocol):
    """To whom a home is closed, by a rule that seekers know: they do not apply. Several together: all must admit."""

    @property
    def is_at_rest(self) -> bool:
        """Whether it turns nobody away, so that it need not be asked."""

    def admits(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """True where the applicant may apply to the home beside it, shape (n_applications,)."""


@runtime_checkable
class ScreeningRule(Protocol):
    """Whom a landlord that chooses freely drops before ranking."""

    def passes(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """True where the application goes on, shape (n_applications,)."""
