"""Rule blocks, ``{rule: NAME, parameter: ...}``: what a rule class declares is what its block in YAML may say.

``RuleOf(kind)`` is the annotation of a field that holds such a block. A rule that has to check several parameters
together raises ``ScenarioError(key, parameter="name", ...)`` from ``__post_init__``; it becomes a fault at the place
of that parameter. A rule class with ``needs_money = True`` may not stand in a scenario without money.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, cast

from pydantic import Field, create_model
from pydantic_core import core_schema

from sim.base.errors import ScenarioError
from sim.base.parameters import Parameter, declared
from sim.base.registry import Registry
from sim.scenario.fields import Id, Word, refuse_reference
from sim.scenario.places import AreaChoice
from sim.scenario.quantities import Quantity, row_of, row_schema
from sim.scenario.refusals import refuse, shown
from sim.scenario.section import Block, Context, Entry, Section, checked_by_key

RULE = "x-rule"
TERMS = "x-terms"
"""Where a JSON Schema names the rules of a kind, until ``json_schema.py`` writes them out."""


@dataclass(frozen=True)
class RuleBlock(Block):
    """A rule and its parameters, in house units, defaults filled in.

    Attributes
    ----------
    id
        Its name in a list; the name of the rule, unless another is written.
    kind, name, cls
        Shelf, name and class of the rule.
    parameters
        By the names that the class declares.
    """

    id: str
    kind: str
    name: str
    cls: type
    parameters: dict[str, Any] = field(default_factory=dict)

    def make(self) -> Any:
        """The rule itself."""
        return self.cls(**self.parameters)

    def entries(self) -> dict[str, Entry]:
        """Values by the key that YAML writes."""
        declarations = {spec.name: spec for spec in declared(self.cls)}
        values = {name: Entry(value, quantity_for(declarations[name])) for name, value in self.parameters.items()}
        return {"rule": Entry(self.name), **values}


@dataclass(frozen=True)
class Inner(Block):
    """Parameters that stand for one group inside a rule, seen as a block."""

    of: Any

    def entries(self) -> dict[str, Entry]:
        """Values by the key that YAML writes."""
        cls: type = type(self.of)
        return {spec.name: Entry(getattr(self.of, spec.name), quantity_for(spec)) for spec in declared(cls)}


@dataclass(frozen=True)
class Points:
    """A curve through (share, worth): shares rise from 0 to 1."""

    worth: Quantity
    optional: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        pair = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
        curve: dict[str, Any] = {"type": "array", "items": pair, "minItems": 1}
        return {"anyOf": [row_schema(curve), {"type": "null"}]} if self.optional else row_schema(curve)

    def _check(self, written: Any, info: Any) -> tuple[tuple[float, float], ...] | None:
        raw = row_of(written, info.context)
        if raw is None and self.optional:
            return None
        if not isinstance(raw, tuple) or not raw:
            refuse("not_points", found=shown(raw))
        for number, pair in enumerate(raw):
            if not isinstance(pair, tuple) or len(pair) != 2 or not all(_is_number(part) for part in pair):
                refuse("not_points", at=str(number), found=shown(pair))
        return self._rising([(float(share), float(worth)) for share, worth in raw])

    def _rising(self, pairs: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
        for number, (share, worth) in enumerate(pairs):
            if not 0.0 <= share <= 1.0 or (number and share <= pairs[number - 1][0]):
                refuse("points_not_rising", at=f"{number}.0", found=f"{share:g}")
            if self.worth.is_outside(worth):
                refuse("out_of_bounds", at=f"{number}.1", found=f"{worth:g}", bounds=self.worth.bounds())
        return tuple(pairs)


def _is_number(raw: Any) -> bool:
    return isinstance(raw, int | float) and not isinstance(raw, bool)


@dataclass(frozen=True)
class Row:
    """As many numbers as the default has."""

    number: Quantity
    length: int

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        items = self.number.json_schema()
        return row_schema({"type": "array", "items": items, "minItems": self.length, "maxItems": self.length})

    def _check(self, written: Any, info: Any) -> tuple[float, ...]:
        raw = row_of(written, info.context)
        if not isinstance(raw, tuple):
            refuse("not_a_list", found=shown(raw))
        if len(raw) != self.length:
            refuse("list_length", n_wanted=self.length, n_found=len(raw))
        found = checked_by_key(dict(enumerate(raw)), lambda number, value: self.number.check(value))
        return tuple(found.values())


@dataclass(frozen=True)
class ByGroup:
    """A number, or a block of parameters, for some of the groups of the scenario."""

    block: type | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_wrap_validator_function(self._check, handler(source))

    def _check(self, raw: Any, handler: Any, info: Any) -> Any:
        known = cast(Context, info.context).groups
        for name in raw if isinstance(raw, dict) and known is not None else ():
            if known is not None and name not in known:
                refuse_reference(name, "groups", known, at=str(name), at_key=True)
        found = handler(raw)
        block = self.block
        return found if block is None else checked_by_key(found, lambda _, model: _made(block, model))


class RuleSection(Section):
    """A rule block while it is checked: the model of each rule adds its parameters."""

    rule: str = ""


class ListedRule(RuleSection):
    """A rule block in a list, where two of one rule need names of their own."""

    id: Annotated[str, Id()] | None = None


@dataclass(frozen=True)
class RuleOf:
    """A block that names a rule of one kind; ``key`` is what YAML calls the name."""

    kind: str
    key: str = "rule"
    base: type[Section] = RuleSection

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(lambda raw, info: self.check(raw, info.context))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return {RULE: self.kind, "key": self.key, "base": self.base}

    def check(self, raw: Any, context: Context, name: str | None = None) -> RuleBlock:
        """The block, its rule found and its parameters checked; ``name`` where a key above names the rule."""
        model, cls = self.checked(raw, context, name)
        own_id = getattr(model, "id", None)
        return self.block(model, cls, own_id or str(cast(Any, cls).name))

    def checked(self, raw: Any, context: Context, name: str | None = None) -> tuple[Section, type]:
        """The checked section of a block, and the class of its rule."""
        if not isinstance(raw, dict):
            refuse("not_a_map", found=shown(raw))
        cls = self._class(raw, context.registry, name)
        if not context.money and getattr(cls, "needs_money", False):
            refuse(
                "rule_needs_money",
                at=self.key if name is None else "",
                at_key=name is not None,
                name=cast(Any, cls).name,
            )
        return rule_model(cls, self.base).model_validate(raw, context=context), cls

    def block(self, model: Section, cls: type, own_id: str) -> RuleBlock:
        """The rule block of a checked section."""
        parameters = parameters_of(cls, model)
        _try(cls, parameters)
        return RuleBlock(own_id, self.kind, str(cast(Any, cls).name), cls, parameters)

    def _class(self, raw: dict[str, Any], registry: Registry, name: str | None) -> type:
        found = raw.get(self.key) if name is None else name
        if found is None:
            refuse("rule_missing", key=self.key, kind=self.kind, known=", ".join(registry.names(self.kind)))
        try:
            return registry.find(self.kind, found if isinstance(found, str) else shown(found))
        except ScenarioError as error:
            refuse(error.key, at=self.key if name is None else "", at_key=name is not None, **error.values)


def _try(cls: type, parameters: dict[str, Any]) -> Any:
    """Make the rule once, so that what it demands of its parameters together is checked with the file."""
    try:
        return cls(**parameters)
    except ScenarioError as error:
        refuse(error.key, at=str(error.values.get("parameter", "")), **error.values)


def _made(block: type, model: Section) -> Any:
    return _try(block, parameters_of(block, model))


def parameters_of(cls: type, model: Section) -> dict[str, Any]:
    """What a checked section says about each parameter that a class declares."""
    return {spec.name: getattr(model, f"p_{spec.name}") for spec in declared(cls)}


@functools.cache
def rule_model(cls: type, base: type[Section]) -> type[Section]:
    """The pydantic model of one rule: ``base`` and a field for each parameter."""
    fields: dict[str, Any] = {}
    for spec in declared(cls):
        fields[f"p_{spec.name}"] = (_annotation(spec), Field(default=spec.default, alias=spec.name))
    return create_model(cls.__name__, __base__=base, **fields)


def quantity_for(spec: Parameter) -> Quantity | None:
    """What numbers a parameter may hold."""
    if spec.kind in ("choice", "flag", "areas") or spec.block is not None:
        return None
    whole, words = spec.kind == "integer", spec.of if spec.kind == "number" else ()
    return Quantity(
        spec.unit, spec.low, spec.high, whole=whole, words=words, optional=spec.optional,
        source=spec.source, status=spec.status,
    )  # fmt: skip


def _annotation(spec: Parameter) -> Any:
    number = quantity_for(spec)
    if spec.kind == "choice":
        words: Any = Annotated[cast(Any, Literal)[spec.of], Word()]
        return words | None if spec.optional else words
    if spec.kind == "flag":
        return bool
    if spec.kind == "areas":
        return Annotated[Any, AreaChoice(spec.of)]
    if spec.kind == "numbers":
        return Annotated[tuple[float, ...], Row(cast(Quantity, number), len(spec.default))]
    if spec.kind == "points":
        return Annotated[Any, Points(cast(Quantity, number), spec.optional)]
    if spec.kind == "by_group":
        inner = Annotated[float, number] if spec.block is None else rule_model(spec.block, Section)
        return Annotated[dict[str, inner], ByGroup(spec.block)]  # type: ignore[valid-type]
    return Annotated[float, number]
