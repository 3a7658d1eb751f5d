"""The rules that are in force: what the scenario named, as objects that can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.city.city import City
from sim.kernels.budget import Norms
from sim.kernels.means import NO_TIES, Credit, Demands
from sim.kernels.tastes import COEFFICIENTS
from sim.rules.allocation.eligibility import Eligibility
from sim.rules.allocation.reserves import Reserve
from sim.rules.contracts import (
    AdmissionRule,
    AllocationRule,
    AreaTerm,
    ArrearsRule,
    DemographyRule,
    EvictionRule,
    InvestmentRule,
    KernelTerm,
    PairTerm,
    PlacementRule,
    PreferenceTerm,
    PriceRule,
    RentRule,
    RescueRule,
    ScreeningRule,
    SearchRule,
    SupportRule,
    TaxRule,
    TenureTerm,
)
from sim.rules.proposals import Schedule


@dataclass(frozen=True)
class Policy:
    """The rules of one entry in the scenario's list of landlords."""

    id: str
    kind: str
    rent: RentRule | None
    price: PriceRule | None
    allocation: AllocationRule
    eligibility: Eligibility
    screening: ScreeningRule
    reserves: tuple[Reserve, ...]
    admission: tuple[AdmissionRule, ...] = ()


@dataclass(frozen=True)
class Ambition:
    """What households watch: see ``sim.kernels.watch.Watch``."""

    choosy: float
    top_rank: float
    rooms_slack: int
    shuns_new: float


@dataclass(frozen=True)
class Taste:
    """Numbers of the preferences section: scale of the shock, kept share, cost of moving, best of how many."""

    scale: float
    kept: float
    moving_cost: float
    founding_best_of: int


@dataclass(frozen=True)
class SortedTerms:
    """Terms of utility by what they look at, each a tuple per profile; a term may stand in several."""

    kernel: tuple[tuple[KernelTerm, ...], ...]
    area: tuple[tuple[AreaTerm, ...], ...]
    tenure: tuple[tuple[TenureTerm, ...], ...]
    foreign: tuple[tuple[PairTerm, ...], ...]

    @classmethod
    def of(cls, profiles: tuple[tuple[PreferenceTerm, ...], ...]) -> SortedTerms:
        """The terms of some profiles, sorted."""
        return cls(
            tuple(tuple(term for term in terms if isinstance(term, KernelTerm)) for terms in profiles),
            tuple(tuple(term for term in terms if isinstance(term, AreaTerm)) for terms in profiles),
            tuple(tuple(term for term in terms if isinstance(term, TenureTerm)) for terms in profiles),
            tuple(
                tuple(term for term in terms if isinstance(term, PairTerm) and not isinstance(term, KernelTerm))
                for terms in profiles
            ),
        )


@dataclass(frozen=True)
class Rulebook:
    """All rules of a month; those of investment with the ids of their blocks, in the order in which they are asked."""

    policies: tuple[Policy, ...]
    policy_of_tenure: tuple[int, ...]
    demography: tuple[DemographyRule, ...]
    search: tuple[SearchRule, ...]
    terms: tuple[tuple[PreferenceTerm, ...], ...]
    schedule: Schedule
    arrears: ArrearsRule | None
    eviction: EvictionRule | None
    credit: Credit
    taste: Taste
    ambition: Ambition
    n_seen: int
    n_applications: int
    keep_queue_time: float
    is_sequential: bool = False
    kept_time: float = 0.0
    investment: tuple[tuple[str, InvestmentRule], ...] = ()
    admission: tuple[AdmissionRule, ...] = ()
    support: tuple[tuple[str, SupportRule], ...] = ()
    placing: tuple[tuple[str, PlacementRule], ...] = ()
    rescue: tuple[str, RescueRule] | None = None
    tax: tuple[str, TaxRule] | None = None

    def norms(self) -> Norms:
        """Norms of living and the allowance, for kernels."""
        s = self.schedule
        return Norms(s.norm_adult, s.norm_second_adult, s.norm_child, s.share, s.rent_cap)

    def demands(self, month: int) -> Demands:
        """Who may apply in a month, by policy, for kernels."""
        asked = [policy.eligibility for policy in self.policies]
        return Demands(
            np.array([e.income_floor or 0.0 for e in asked]),
            np.array([np.inf if e.income_ceiling is None else e.income_ceiling for e in asked]),
            np.array([-np.inf if e.residual_income is None else e.residual_income for e in asked]),
            np.array([e.size_fit for e in asked], np.bool_),
            np.array([e.queue_member for e in asked], np.bool_),
            np.array([NO_TIES if e.local is None else month - e.local for e in asked], np.int64),
        )

    def weights(self) -> np.ndarray:
        """Coefficients that the choice kernel knows, float64, shape (n_profiles, n_coefficients)."""
        table = np.zeros((len(self.terms), len(COEFFICIENTS)))
        for profile, terms in enumerate(self._sorted.kernel):
            for term in terms:
                for name, number in term.coefficients().items():
                    table[profile, COEFFICIENTS.index(name)] += number
        return table

    def by_area(self, city: City) -> np.ndarray:
        """Worth of places, float32, shape (n_profiles * n_groups, n_areas)."""
        shape = (len(self.terms), len(city.groups), city.n_areas)
        table = np.zeros(shape)
        for profile, terms in enumerate(self._sorted.area):
            for term in terms:
                table[profile] += term.by_area(city)
        return table.reshape(-1, city.n_areas).astype(np.float32)

    def by_tenure(self, city: City) -> np.ndarray:
        """Worth of tenures in places, float32, shape (n_profiles, n_areas, n_tenures)."""
        table = np.zeros((len(self.terms), *city.books.price_level.shape))
        for profile, terms in enumerate(self._sorted.tenure):
            for term in terms:
                table[profile] += term.by_tenure(city)
        return table.astype(np.float32)

    def foreign_terms(self) -> tuple[tuple[PairTerm, ...], ...]:
        """Per profile, the pair terms that the choice kernel does not know."""
        return self._sorted.foreign

    @cached_property
    def _sorted(self) -> SortedTerms:
        """The terms by what they look at, found out once: to ask an object whether it keeps a protocol takes long."""
        return SortedTerms.of(self.terms)

    def all(self) -> Iterator[object]:
        """Every rule there is."""
        for policy in self.policies:
            yield from _present(policy.rent, policy.price, policy.allocation, policy.screening, *policy.admission)
        yield from _present(*self.demography, *self.search, self.arrears, self.eviction)
        yield from self.admission
        yield from (rule for _, rule in (*self.investment, *self.support, *self.placing))
        yield from (named[1] for named in (self.rescue, self.tax) if named is not None)
        for terms in self.terms:
            yield from terms


def _present(*rules: object) -> Iterator[object]:
    return (rule for rule in rules if rule is not None)
