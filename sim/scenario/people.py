"""Sections about households: how they search, what they prefer, how their lives go, how they pay."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from pydantic_core import core_schema

from sim.scenario.fields import Name, Share, Text, Word, check_sum
from sim.scenario.quantities import Quantity
from sim.scenario.refusals import refuse, shown
from sim.scenario.rules import TERMS, ListedRule, RuleBlock, RuleOf
from sim.scenario.section import Section, checked_by_key

MOST_SEEN = 255
"""Homes that a seeker sees in a month at most: more than anybody looks through (assumed)."""


class Search(Section):
    """Who looks for a home, and what a seeker sees.

    ``rules`` and the next four belong to the monthly tempo; ``who``, ``judged``, ``accept`` and ``move``
    to the sequential one. A share ``choosy`` of the households watches better areas only, each from a rank of its own
    up to ``top_rank``; a home may have ``rooms_slack`` rooms too few to be looked at; a share ``shuns_new`` does not
    look at new homes, which cost more.
    """

    sample: Annotated[int, Quantity("dwelling", 1, MOST_SEEN, whole=True)] = 1
    rules: tuple[Annotated[RuleBlock, RuleOf("search", base=ListedRule)], ...] = ()
    choosy: Share = 0.0
    top_rank: Share = 1.0
    rooms_slack: Annotated[int, Quantity("room", 0, 20, whole=True)] = 1
    shuns_new: Share = 0.0
    who: Annotated[Literal["dissatisfied", "all"], Word()] = "dissatisfied"
    judged: Annotated[Literal["once_a_round", "at_turn"], Word()] = "once_a_round"
    accept: Annotated[Literal["any", "best", "logit"], Word()] = "best"
    move: Annotated[Literal["one", "swap"], Word()] = "one"


class TermsOf(RuleOf):
    """The named terms of a utility: each key is a rule of preference."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self._terms)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return {TERMS: self.kind}

    def _terms(self, raw: Any, info: Any) -> dict[str, RuleBlock]:
        if not isinstance(raw, dict):
            refuse("not_a_map", found=shown(raw))
        return checked_by_key(raw, lambda name, block: self.check(block, info.context, name))


class Profile(Section):
    """A set of preferences; utility is the sum of its terms."""

    id: Name
    label: Text | None = None
    share: Annotated[float | None, Quantity("share", 0.0, 1.0, optional=True)] = None
    terms: Annotated[dict[str, RuleBlock], TermsOf("preference", base=Section)] = Field(default_factory=dict)


class Preferences(Section):
    """What households like, and how strongly chance has a part in it."""

    taste_scale: Annotated[float, Quantity("utility", 0.0, 100.0)] = 0.0
    taste_kept: Share = 0.0
    moving_cost: Annotated[float, Quantity("utility", 0.0, 1_000.0)] = 0.0
    founding_best_of: Annotated[int, Quantity("dwelling", 1, 1_000, whole=True)] = 1
    profiles: tuple[Profile, ...]

    @model_validator(mode="after")
    def _profiles_share(self) -> Preferences:
        if not self.profiles:
            refuse("no_profiles", at="profiles")
        if len(self.profiles) > 1:
            check_sum(tuple(profile.share or 0.0 for profile in self.profiles), at="profiles")
        return self


class Demography(Section):
    """How households come, change and go."""

    rules: tuple[Annotated[RuleBlock, RuleOf("demography", base=ListedRule)], ...] = ()


class Payment(Section):
    """How rent and allowance are paid, and what follows where they are not."""

    rules: tuple[Annotated[RuleBlock, RuleOf("payment", base=ListedRule)], ...] = ()


class Investment(Section):
    """What landlords, developers and the municipality do with the stock: build, take down, sell, buy, renovate."""

    rules: tuple[Annotated[RuleBlock, RuleOf("investment", base=ListedRule)], ...] = ()
