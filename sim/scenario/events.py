"""Sections about change: the timeline, and the levers that somebody may pull."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import core_schema

from sim.base.errors import ScenarioError
from sim.base.months import parse_month
from sim.scenario.fields import Month, Name, Text, Word
from sim.scenario.quantities import Quantity
from sim.scenario.refusals import refuse, shown
from sim.scenario.rules import RuleBlock, RuleOf
from sim.scenario.section import Section

Months = Annotated[int | None, Quantity("month", 1, 12_000, whole=True, optional=True, is_design=True)]
LAST_MONTH = 12_000


class WhenMonth:
    """A month as ``YYYY-MM`` (kept as text) or as a number of months since the start."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        written = core_schema.no_info_plain_validator_function(self._check)
        number = core_schema.int_schema(ge=0, le=LAST_MONTH)
        text = core_schema.str_schema(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
        return core_schema.json_or_python_schema(core_schema.union_schema([number, text]), written)

    @staticmethod
    def _check(raw: Any) -> int | str:
        if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= LAST_MONTH:
            return raw
        try:
            parse_month(raw if isinstance(raw, str) else "")
        except ScenarioError:
            refuse("month.written", found=shown(raw))
        return str(raw)


class ActSection(Section):
    """The block of an act while it is checked."""

    act: str = ""


class Event(Section):
    """Something that changes at a month: paths that are set, added to or scaled, or an act that is done."""

    id: Name | None = None
    label: Text | None = None
    at: Month | None = None
    month: Annotated[int | None, Quantity("month", 0, LAST_MONTH, whole=True, optional=True, is_design=True)] = None
    until: Annotated[int | str, WhenMonth()] | None = None
    ramp: Months = None
    every: Months = None
    set: dict[str, Any] = Field(default_factory=dict)
    add: dict[str, Any] = Field(default_factory=dict)
    scale: dict[str, Any] = Field(default_factory=dict)
    do: Annotated[RuleBlock, RuleOf("act", key="act", base=ActSection)] | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Event:
        if (self.at is None) == (self.month is None):
            refuse("event_when")
        if not (self.set or self.add or self.scale or self.do is not None):
            refuse("event_empty")
        if self.ramp is not None and self.every is not None:
            refuse("event_ramp_or_every", at="every")
        if self.every is not None and self.set:
            refuse("event_every_set", at="every")
        return self


class Cost(Section):
    """What a lever costs the public: a line of the ledger, or an amount per something."""

    book: Name
    per: str | None = None
    amount: Annotated[float | None, Quantity("SEK", optional=True)] = None


class CostOrNone:
    """``none``, which must be written, or a cost."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        written = core_schema.with_info_plain_validator_function(self._check)
        return core_schema.json_or_python_schema(handler(source), written)

    @staticmethod
    def _check(raw: Any, info: Any) -> Cost | str:
        if raw != "none" and not isinstance(raw, dict):
            refuse("lever_cost", found=shown(raw))
        return "none" if raw == "none" else Cost.model_validate(raw, context=info.context)


LeverStatus = Literal[
    "in_use", "needs_decision_locally", "needs_new_law", "abroad", "theory", "contested", "unlawful"
]  # fmt: skip
Decides = Literal["municipality", "municipal_company", "private_landlord", "parties", "state"]


class LeverSection(Section):
    """A lever as it is written: a path, and how far it may be moved in which steps."""

    id: Name | None = None
    path: str
    min: Any
    max: Any
    step: Any
    unit: str | None = None
    source: str
    status: Annotated[LeverStatus, Word()]
    decides: Annotated[Decides, Word()] | None = None
    checked: str | None = None
    cost: Annotated[Cost | Literal["none"], CostOrNone()]
    label: Text
    help: Text

    @model_validator(mode="after")
    def _speaks_both(self) -> LeverSection:
        for name in ("label", "help"):
            if getattr(self, name).sv is None:
                refuse("lever_both_languages", at=name)
        return self


class Intervention(Section):
    """What was done somewhere, and what is known of it; what it changes stands in the other sections of its file."""

    silent: ClassVar[frozenset[str]] = frozenset(
        {"id", "title", "place", "years", "done", "known", "left_out", "standing", "source", "status"}
    )

    id: Name
    title: Text
    place: Text
    years: str
    done: Text
    known: Text
    left_out: Text
    standing: Annotated[LeverStatus, Word()]
    source: str
    status: Annotated[Literal["verified", "partly_verified", "recalled"], Word()]
