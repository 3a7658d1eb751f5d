"""A section of a scenario: a frozen pydantic model that checks strictly and says what keys it knows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import InitErrorDetails, PydanticCustomError

from sim.base.registry import Registry
from sim.scenario.quantities import Quantity
from sim.scenario.refusals import refuse_unknown


@dataclass(frozen=True)
class Context:
    """What the check of one value has to know of the rest of the file: the ids that others may name.

    They are None where their list cannot be read; then nothing is said about who names them.
    """

    registry: Registry
    money: bool = True
    groups: tuple[str, ...] | None = None
    landlords: tuple[str, ...] | None = None
    sources: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Entry:
    """A value in a section, with what is allowed there if it is a number (or holds numbers)."""

    value: Any
    quantity: Quantity | None = None


class Block(ABC):
    """Anything with named values: a section, a rule block, an allocation.

    A class to inherit, since a walk asks of every value whether it is one: a protocol takes thirty times as long.
    """

    @abstractmethod
    def entries(self) -> Mapping[str, Entry]:
        """Values by the key that YAML writes."""


class Section(BaseModel, Block):
    """A map with fixed keys.

    Attributes
    ----------
    silent
        Keys that never affect results, and so are no part of a run's identity.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)
    silent: ClassVar[frozenset[str]] = frozenset({"label"})

    @model_validator(mode="wrap")
    @classmethod
    def _name_unknown_keys(cls, raw: Any, handler: Callable[[Any], Self]) -> Self:
        try:
            return handler(raw)
        except ValidationError as error:
            details = list(_told(error, tuple(cls.keys())))
            raise ValidationError.from_exception_data(cls.__name__, details) from None

    @classmethod
    def keys(cls) -> dict[str, str]:
        """Names of the attributes by the key that YAML writes."""
        return {field.alias or name: name for name, field in cls.model_fields.items()}

    def entries(self) -> dict[str, Entry]:
        """Values by the key that YAML writes."""
        fields = type(self).model_fields
        return {key: Entry(getattr(self, name), quantity_of(fields[name])) for key, name in self.keys().items()}


def _told(error: ValidationError, known: tuple[str, ...]) -> Iterator[InitErrorDetails]:
    """The same errors, an unknown key of this section replaced by one that suggests what was meant."""
    for found in details_of(error):
        if found["type"] == "extra_forbidden" and len(found["loc"]) == 1:
            found["type"] = _unknown(str(found["loc"][0]), known)
        yield found


def details_of(error: ValidationError, under: tuple[str | int, ...] = ()) -> Iterator[InitErrorDetails]:
    """The errors of a check, to be raised again as part of a larger one, ``under`` the path that leads to them."""
    for found in error.errors(include_url=False):
        kind: str | PydanticCustomError = found["type"]
        context = found.get("ctx", {})
        if "." in str(kind):
            kind = PydanticCustomError(found["type"], found["msg"], context)
        yield InitErrorDetails(type=kind, loc=(*under, *found["loc"]), input=found["input"], ctx=context)


Key = TypeVar("Key", bound=str | int)


def checked_by_key(raw: dict[Key, Any], check: Callable[[Key, Any], Any]) -> dict[Key, Any]:
    """Each value of a map checked with its key, all errors raised together."""
    values: dict[Key, Any] = {}
    details: list[InitErrorDetails] = []
    for key, value in raw.items():
        try:
            values[key] = check(key, value)
        except ValidationError as error:
            details.extend(details_of(error, (key,)))
        except PydanticCustomError as error:
            details.append(InitErrorDetails(type=error, loc=(key,), input=value))
    if details:
        raise ValidationError.from_exception_data("map", details)
    return values


def _unknown(key: str, known: tuple[str, ...]) -> PydanticCustomError:
    try:
        refuse_unknown(key, known, at="")
    except PydanticCustomError as error:
        return error


def quantity_of(field: FieldInfo) -> Quantity | None:
    """What numbers a field may hold, itself or inside its map or list."""
    found = [item for item in field.metadata if isinstance(item, Quantity)]
    return found[0] if found else _quantity_inside(field.annotation)


def _quantity_inside(annotation: Any) -> Quantity | None:
    for part in get_args(annotation):
        if isinstance(part, Quantity):
            return part
        if (found := _quantity_inside(part)) is not None:
            return found
    return None
