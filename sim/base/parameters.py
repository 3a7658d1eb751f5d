"""A parameter, declared once: value, unit, bounds and source; YAML, sliders, sweeps and docs all read it."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from typing import Any, Literal, cast

Status = Literal["verified", "derived", "recalled", "estimate", "assumed"]
Kind = Literal["number", "integer", "choice", "flag", "numbers", "points", "by_group", "areas"]


@dataclass(frozen=True)
class Parameter:
    """What a parameter may be, and why it has its default.

    Attributes
    ----------
    name, kind, default
        Its key in YAML; the type of its value; the value when nothing is written.
    unit
        In house units: ``share``, ``share/year``, ``SEK/month``, ``month``, ``m2``, ``km``, ``utility`` ...
    low, high
        Bounds of a number, both allowed; None where there is none.
    of
        The words a choice may be; of a number, or of areas, words that may stand in its place.
    optional
        Whether ``null`` is a value (the parameter is then switched off).
    block
        Of ``by_group``: the frozen dataclass that stands for each group; None for a number each.
    source, status
        Where the default comes from, or ``assumed``; how well it is known.
    """

    name: str
    kind: Kind
    default: Any
    unit: str = ""
    low: float | None = None
    high: float | None = None
    of: tuple[str, ...] = ()
    optional: bool = False
    source: str = "assumed"
    status: Status = "assumed"
    block: type | None = None


def quantity(
    default: float | str | None,
    *,
    unit: str,
    low: float | None = None,
    high: float | None = None,
    words: tuple[str, ...] = (),
    source: str,
    status: Status = "assumed",
) -> Any:
    """A number with unit and bounds, or one of ``words`` in its place; a default of None makes it optional."""
    spec = Parameter(
        "", "number", default, unit, low, high, of=words, optional=default is None, source=source, status=status
    )
    return dataclasses.field(default=default, metadata={"parameter": spec})


def integer(
    default: int | None,
    *,
    unit: str,
    low: int | None = None,
    high: int | None = None,
    source: str,
    status: Status = "assumed",
) -> Any:
    """A whole number with unit and bounds; a default of None makes it optional."""
    spec = Parameter(
        "", "integer", default, unit, low, high, optional=default is None, source=source, status=status
    )
    return dataclasses.field(default=default, metadata={"parameter": spec})


def choice(default: str | None, *, of: tuple[str, ...], source: str, status: Status = "assumed") -> Any:
    """One word of several; a default of None makes it optional."""
    spec = Parameter("", "choice", default, of=of, optional=default is None, source=source, status=status)
    return dataclasses.field(default=default, metadata={"parameter": spec})


def flag(default: bool, *, source: str, status: Status = "assumed") -> Any:
    """True or false."""
    spec = Parameter("", "flag", default, source=source, status=status)
    return dataclasses.field(default=default, metadata={"parameter": spec})


def numbers(
    default: tuple[float, ...],
    *,
    unit: str,
    low: float | None = None,
    high: float | None = None,
    source: str,
    status: Status = "assumed",
) -> Any:
    """A fixed-length list of numbers of one unit, for example one per age band."""
    spec = Parameter("", "numbers", default, unit, low, high, source=source, status=status)
    return dataclasses.field(default=default, metadata={"parameter": spec})


def points(
    default: tuple[tuple[float, float], ...] | None,
    *,
    unit: str,
    low: float | None = None,
    high: float | None = None,
    source: str,
    status: Status = "assumed",
) -> Any:
    """A curve of straight lines through (share, worth): shares rise from 0 to 1, worths have the unit and bounds."""
    spec = Parameter(
        "", "points", default, unit, low, high, optional=default is None, source=source, status=status
    )
    return dataclasses.field(default=default, metadata={"parameter": spec})


def by_group(
    *,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    of: type | None = None,
    source: str,
    status: Status = "assumed",
) -> Any:
    """A number, or a block of parameters declared by the dataclass ``of``, for some of the groups; none by default."""
    spec = Parameter("", "by_group", {}, unit, low, high, source=source, status=status, block=of)
    return dataclasses.field(default_factory=dict, metadata={"parameter": spec})


def areas(default: str, *, of: tuple[str, ...], source: str, status: Status = "assumed") -> Any:
    """Some areas of the town: one of several words, or a list of their ids."""
    spec = Parameter("", "areas", default, of=of, source=source, status=status)
    return dataclasses.field(default=default, metadata={"parameter": spec})


@functools.cache
def declared(cls: type) -> tuple[Parameter, ...]:
    """The parameters of a rule, in the order in which it declares them."""
    found = []
    for field in dataclasses.fields(cls):
        spec = cast("Parameter | None", field.metadata.get("parameter"))
        if spec is not None:
            found.append(dataclasses.replace(spec, name=field.name))
    return tuple(found)
