"""Sections about homes and who lets or sells them: tenures, landlords, allocation, loans, listing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, cast

from pydantic import Field, model_validator
from pydantic_core import core_schema

from sim.scenario.fields import Name, Reference, Share, Tenure, Text, Word, check_sum
from sim.scenario.quantities import Quantity
from sim.scenario.refusals import refuse
from sim.scenario.rules import ListedRule, RuleBlock, RuleOf, RuleSection
from sim.scenario.section import Block, Context, Entry, Section

LandlordKind = Literal["municipal_company", "private_company", "cooperative_sellers", "owner_occupiers", "developer"]
MIXED = "mixed"
Admission = Annotated[RuleBlock, RuleOf("admission", base=ListedRule)]
OWNING_KINDS = ("cooperative_sellers", "owner_occupiers")


class TenureOf(Section):
    """Whose rules hold for the homes of a tenure."""

    id: Annotated[Tenure, Word()]
    landlord: Annotated[str, Reference("landlords")]


class Company(Section):
    """A landlord by name, with its share of the homes of its kind, and the areas it keeps to (all if none)."""

    name: str
    share: Share
    areas: tuple[str, ...] = ()


class Eligibility(Section):
    """Who may apply: income as a multiple of the rent, income in money, size, membership, ties."""

    income_floor: Annotated[float | None, Quantity("times_rent", 0.0, 20.0, optional=True)] = None
    income_ceiling: Annotated[float | None, Quantity("SEK/month", 0.0, optional=True)] = None
    residual_income: Annotated[float | None, Quantity("SEK/month", optional=True)] = None
    size_fit: bool = False
    queue_member: bool = False
    local: Annotated[int | None, Quantity("month", 0, 1_200, whole=True, optional=True)] = None


class Reserve(Section):
    """A share of the lettings set aside for a class of applicants."""

    id: Name
    of_class: Annotated[Literal["priority", "no_home", "need", "newcomers", "local", "tenants"], Word()] = Field(
        alias="class"
    )
    share: Share
    newcomer_months: Annotated[int, Quantity("month", 1, 240, whole=True)] = 36


@dataclass(frozen=True)
class Part(Block):
    """A share of the lettings that goes by a rule of its own."""

    id: str
    share: float
    rule: RuleBlock

    def entries(self) -> dict[str, Entry]:
        """Values by the key that YAML writes."""
        return {"id": Entry(self.id), "share": Entry(self.share, Quantity("share", 0.0, 1.0)), **self.rule.entries()}


@dataclass(frozen=True)
class Allocation(Block):
    """Who gets which home: a rule, who may apply, what is set aside; and for ``mixed`` the rules it mixes."""

    rule: RuleBlock
    eligibility: Eligibility
    reserves: tuple[Reserve, ...] = ()
    parts: tuple[Part, ...] = ()
    admission: tuple[RuleBlock, ...] = ()

    def entries(self) -> dict[str, Entry]:
        """Values by the key that YAML writes."""
        common = {"eligibility": Entry(self.eligibility), "reserves": Entry(self.reserves)}
        return {
            **self.rule.entries(), **common, "parts": Entry(self.parts), "admission": Entry(self.admission),
        }  # fmt: skip


class PartSection(RuleSection):
    """A part of a mix while it is checked."""

    id: Name
    share: Share


class AllocationSection(RuleSection):
    """An allocation block while it is checked."""

    eligibility: Eligibility = Eligibility()
    reserves: tuple[Reserve, ...] = ()
    admission: tuple[Admission, ...] = ()

    @model_validator(mode="after")
    def _reserves_fit(self) -> AllocationSection:
        check_sum(tuple(reserve.share for reserve in self.reserves), at="reserves", exact=False)
        return self


@dataclass(frozen=True)
class _PartOf(RuleOf):
    """A part of a mixed allocation: any rule but another mix."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self._part)

    def _part(self, raw: Any, info: Any) -> Part:
        if isinstance(raw, dict) and raw.get("rule") == MIXED:
            refuse("mixed_in_mixed", at="rule")
        model, cls = self.checked(raw, info.context)
        section = cast(PartSection, model)
        return Part(section.id, section.share, self.block(model, cls, section.id))


class MixedSection(AllocationSection):
    """The block of a mix while it is checked."""

    parts: tuple[Annotated[Part, _PartOf("allocation", base=PartSection)], ...]

    @model_validator(mode="after")
    def _parts_fit(self) -> MixedSection:
        check_sum(tuple(part.share for part in self.parts), at="parts")
        return self


@dataclass(frozen=True)
class _AllocationOf(RuleOf):
    """An allocation block: the keys that all rules share, beside the rule's own."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self._allocation)

    def _allocation(self, raw: Any, info: Any) -> Allocation:
        is_mixed = isinstance(raw, dict) and raw.get("rule") == MIXED
        rules = RuleOf(self.kind, base=MixedSection if is_mixed else AllocationSection)
        model, cls = rules.checked(raw, cast(Context, info.context))
        section = cast(AllocationSection, model)
        rule = rules.block(model, cls, str(cast(Any, cls).name))
        parts = getattr(section, "parts", ())
        return Allocation(rule, section.eligibility, section.reserves, parts, section.admission)


class Landlord(Section):
    """Who lets or sells, and by which rules; several companies may share them."""

    id: Name
    kind: Annotated[LandlordKind, Word()]
    label: Text | None = None
    companies: tuple[Company, ...] = ()
    number: Annotated[int | None, Quantity("landlord", 1, 10_000, whole=True, optional=True)] = None
    rent: Annotated[RuleBlock, RuleOf("rent")] | None = None
    price: Annotated[RuleBlock, RuleOf("price")] | None = None
    allocation: Annotated[Allocation, _AllocationOf("allocation", base=AllocationSection)]
    screening: Annotated[RuleBlock, RuleOf("screening")] | None = None

    @model_validator(mode="after")
    def _has_its_rules(self) -> Landlord:
        sells = self.kind in OWNING_KINDS
        if sells and (self.rent is not None or self.price is None):
            refuse("landlord_sells", at="rent" if self.rent is not None else "", kind=self.kind)
        if not sells and (self.price is not None or self.rent is None):
            refuse("landlord_lets", at="price" if self.price is not None else "", kind=self.kind)
        return self

    @model_validator(mode="after")
    def _is_one_or_many(self) -> Landlord:
        if self.companies and self.number is not None:
            refuse("companies_or_number", at="number")
        if self.companies:
            check_sum(tuple(company.share for company in self.companies), at="companies")
        return self


class Loans(Section):
    """What may be borrowed on a home, what owning one costs, and how much of the income a bid for a rent may take."""

    down_payment: Share
    loan_to_income: Annotated[float, Quantity("year of income", 0.0, 100.0)]
    stress_rate: Annotated[float, Quantity("share/year", 0.0, 1.0)]
    user_cost: Annotated[float, Quantity("share/year", 0.0, 1.0)]
    rent_bid_share: Share = 0.45


class Listing(Section):
    """How vacant homes are offered."""

    max_applications: Annotated[int, Quantity("application", 1, 1_000, whole=True)] = 8
    keep_queue_time: Share = 0.5
    kept_time: Share = 0.0
    admission: tuple[Admission, ...] = ()
