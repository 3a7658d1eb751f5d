"""The scenario appoints its rules: names become objects that can be asked, in the order in which they are written."""

from __future__ import annotations

from typing import cast

from sim.city.dwellings import TENURES
from sim.engine.rulebook import Ambition, Policy, Rulebook, Taste
from sim.kernels.means import Credit
from sim.rules.allocation.eligibility import Eligibility
from sim.rules.allocation.mixed import Mixed, Part
from sim.rules.allocation.reserves import Reserve
from sim.rules.contracts import (
    AdmissionRule,
    AllocationRule,
    AllowanceRule,
    ArrearsRule,
    EvictionRule,
    InvestmentRule,
    PlacementRule,
    RescueRule,
    ScreeningRule,
    SupportRule,
    TaxRule,
)
from sim.rules.proposals import Schedule
from sim.rules.screening.none import NoScreening
from sim.scenario.housing import Allocation, Landlord, Loans
from sim.scenario.rules import RuleBlock
from sim.scenario.schema import Scenario


def rulebook(scenario: Scenario) -> Rulebook:
    """The rules of a scenario of areas with money, in force as it is written."""
    ids = [landlord.id for landlord in scenario.landlords]
    lets: dict[str, int] = {tenure.id: ids.index(tenure.landlord) for tenure in scenario.tenures}
    payment = [block.make() for block in scenario.payment.rules]
    allowances = [rule.schedule() for rule in payment if isinstance(rule, AllowanceRule)]
    lines = tuple((block.id, rule) for block, rule in zip(scenario.payment.rules, payment, strict=True))
    taste = scenario.preferences
    loans = cast(Loans, scenario.loans)  # a town with money says what may be borrowed
    return Rulebook(
        policies=tuple(_policy(landlord) for landlord in scenario.landlords),
        policy_of_tenure=tuple(lets.get(tenure, -1) for tenure in TENURES),
        demography=tuple(block.make() for block in scenario.demography.rules),
        search=tuple(block.make() for block in scenario.search.rules),
        terms=tuple(tuple(term.make() for term in profile.terms.values()) for profile in taste.profiles),
        schedule=allowances[0] if allowances else Schedule(),
        arrears=next((rule for rule in payment if isinstance(rule, ArrearsRule)), None),
        eviction=next((rule for rule in payment if isinstance(rule, EvictionRule)), None),
        credit=Credit(
            loans.down_payment, loans.loan_to_income, loans.stress_rate, loans.user_cost, loans.rent_bid_share
        ),
        taste=Taste(taste.taste_scale, taste.taste_kept, taste.moving_cost, taste.founding_best_of),
        ambition=Ambition(
            scenario.search.choosy, scenario.search.top_rank, scenario.search.rooms_slack, scenario.search.shuns_new
        ),
        n_seen=scenario.search.sample,
        n_applications=scenario.listing.max_applications,
        keep_queue_time=scenario.listing.keep_queue_time,
        kept_time=scenario.listing.kept_time,
        is_sequential=scenario.tempo == "sequential",
        investment=_investment(scenario),
        admission=_admission(scenario.listing.admission),
        support=tuple(sorted(((line, rule) for line, rule in lines if isinstance(rule, SupportRule)), key=_line)),
        placing=tuple(sorted(((line, rule) for line, rule in lines if isinstance(rule, PlacementRule)), key=_line)),
        rescue=next(((line, rule) for line, rule in lines if isinstance(rule, RescueRule)), None),
        tax=next(((line, rule) for line, rule in lines if isinstance(rule, TaxRule)), None),
    )


def _line(named: tuple[str, object]) -> str:
    return named[0]


ORDER = ("demolition", "sale", "purchase", "dispersal", "conversion", "renovation", "building", "infill",
         "area_investment")  # fmt: skip
"""In which order rules of investment are asked, those from outside last: wherever a scenario writes them."""


def _investment(scenario: Scenario) -> tuple[tuple[str, InvestmentRule], ...]:
    blocks = scenario.investment.rules if scenario.investment is not None else ()
    places = {name: place for place, name in enumerate(ORDER)}
    in_order = sorted(blocks, key=lambda block: (places.get(block.name, len(ORDER)), block.name, block.id))
    return tuple((block.id, block.make()) for block in in_order)


def _policy(landlord: Landlord) -> Policy:
    asked = landlord.allocation.eligibility
    screening: ScreeningRule = landlord.screening.make() if landlord.screening else NoScreening()
    return Policy(
        id=landlord.id,
        kind=landlord.kind,
        rent=landlord.rent.make() if landlord.rent else None,
        price=landlord.price.make() if landlord.price else None,
        allocation=_order(landlord.allocation),
        eligibility=Eligibility(
            income_floor=asked.income_floor, income_ceiling=asked.income_ceiling,
            residual_income=asked.residual_income, size_fit=asked.size_fit, queue_member=asked.queue_member,
            local=asked.local,
        ),
        screening=screening,
        reserves=tuple(
            Reserve(r.id, r.of_class, r.share, r.newcomer_months) for r in landlord.allocation.reserves
        ),
        admission=_admission(landlord.allocation.admission),
    )  # fmt: skip


def _admission(blocks: tuple[RuleBlock, ...]) -> tuple[AdmissionRule, ...]:
    """The rules that turn somebody away; those at rest are not asked."""
    made: list[AdmissionRule] = [block.make() for block in blocks]
    return tuple(rule for rule in made if not rule.is_at_rest)


def _order(allocation: Allocation) -> AllocationRule:
    if not allocation.parts:
        order: AllocationRule = allocation.rule.make()
        return order
    parts = tuple(Part(part.id, part.share, part.rule.make()) for part in allocation.parts)
    return Mixed(parts, **allocation.rule.parameters)
