"""A quantity: a number, ``1.2 %``, ``1.5 km``, or a map of value, unit, source, status, note and range."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from pydantic_core import core_schema

from sim.base.registry import nearest
from sim.scenario.refusals import figure, refuse, refuse_unknown, refuse_word, shown
from sim.scenario.scalars import number_of
from sim.scenario.units import convertible, factor, is_share, per_cent_of

STATUSES = ("verified", "derived", "recalled", "estimate", "assumed")
QUANTITY = "x-quantity"
KEYS = ("value", "unit", "source", "status", "note", "range")
ROW_KEYS = ("value", "source", "status", "note")
_WRITTEN = re.compile(r"([-+]?[0-9.][0-9.]*(?:[eE][-+]?[0-9]+)?)\s*(\S.*)?")
_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+\D*")
_LONGEST = 100


@dataclass(frozen=True)
class Quantity:
    """What a number in a scenario may be: the annotation of a field.

    Attributes
    ----------
    unit
        House unit of the result; "" for a bare number.
    low, high
        Bounds in the house unit, both allowed; ``above`` is a lower bound that is not allowed itself.
    whole
        Whether it must be a whole number.
    words
        Words that may stand in place of the number.
    optional
        Whether ``null`` is a value: what the number rules is then switched off.
    is_design
        Whether it is a choice of who made the scenario (how long, how wide), which needs no source.
    source, status
        Of the default.
    """

    unit: str = ""
    low: float | None = None
    high: float | None = None
    above: float | None = None
    whole: bool = False
    words: tuple[str, ...] = ()
    optional: bool = False
    is_design: bool = False
    source: str = "assumed"
    status: str = "assumed"

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self._checked)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return self.json_schema()

    def _checked(self, raw: Any, info: Any) -> float | int | str | None:
        if isinstance(raw, dict) and info.context is not None and isinstance(raw.get("source"), str):
            check_source(raw["source"], info.context.sources)
        return self.check(raw)

    def check(self, raw: Any) -> float | int | str | None:
        """The value in the house unit.

        Raises
        ------
        PydanticCustomError
            If it is no number, converts from no known unit, or lies outside the bounds.
        """
        if (raw is None and self.optional) or (isinstance(raw, str) and raw in self.words):
            return raw
        if not isinstance(raw, dict):
            return self._bounded(self._number(raw, None, ""))
        return self._from_map(raw)

    def _from_map(self, raw: dict[str, Any]) -> float | int | str | None:
        for key in raw:
            if key not in KEYS:
                refuse_unknown(key, KEYS)
        if "value" not in raw:
            refuse("quantity_without_value", known=", ".join(KEYS))
        _check_texts(raw)
        if raw["value"] is None or (isinstance(raw["value"], str) and raw["value"] in self.words):
            return self.check(raw["value"])
        value = self._bounded(self._number(raw["value"], raw.get("unit"), "value"), "value")
        if raw.get("range") is not None:
            self._check_range(raw["range"], raw.get("unit"), value)
        return value

    def _check_range(self, raw: Any, unit: Any, value: float | int) -> None:
        if not isinstance(raw, tuple) or len(raw) != 2:
            refuse("range_of_two", at="range", found=shown(raw))
        low, high = (self._bounded(self._number(end, unit, "range"), "range") for end in raw)
        if not low <= value <= high:
            refuse("value_outside_range", at="range", value=figure(value), low=figure(low), high=figure(high))

    def converted(self, raw: Any) -> float:
        """The value in the house unit with no look at bounds: for a rise or fall, or the range of a lever."""
        if isinstance(raw, dict):
            return self._number(raw.get("value"), raw.get("unit"), "value")
        return self._number(raw, None, "")

    def _number(self, raw: Any, unit: Any, at: str) -> float:
        written = None
        if isinstance(raw, str):
            raw, written = self._split(raw, at)
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            self._no_number(raw, at)
        if not math.isfinite(raw):
            refuse("not_finite", at=at, found=shown(raw))
        return self._in_house_unit(raw, written, unit, at)

    def _no_number(self, found: Any, at: str) -> NoReturn:
        refuse("not_a_number" if self.unit else "not_a_bare_number", at=at, found=shown(found), unit=self.unit)

    def _no_conversion(self, found: str, at: str) -> NoReturn:
        known = ", ".join(convertible(self.unit))
        refuse("unit_wrong" if self.unit else "unit_none", at=at, found=found, unit=self.unit, known=known)

    def _split(self, text: str, at: str) -> tuple[int | float, str | None]:
        """Number and unit of a text such as ``1.5 km``."""
        if len(text) > _LONGEST:
            self._no_number(text, at)
        if _COMMA.fullmatch(text):
            refuse("decimal_comma", at=at, found=text, right=text.replace(",", "."))
        match = _WRITTEN.fullmatch(text.strip())
        number = number_of(match[1]) if match else None
        if match is None or number is None:
            if self.words:
                refuse_word(text, self.words, at=at)
            self._no_number(text, at)
        if match[2] is None:
            refuse("quoted_number", at=at, found=text)
        return number, match[2]

    def _in_house_unit(self, number: int | float, written: str | None, stated: Any, at: str) -> float:
        """Convert, where a unit stands beside the number, in a field of its own, or both (``2 %`` of share/year)."""
        unit = stated or written or self.unit
        if "%" in (written, unit):
            if not is_share(self.unit):
                self._no_conversion("%", at)
            unit = per_cent_of(self.unit if stated in (None, "%") else stated)
        elif stated and written and factor(written, stated) != 1:
            refuse("unit_twice", at=at, found=written, unit=stated)
        ratio = factor(unit, self.unit)
        if ratio is None:
            self._no_conversion(stated or unit, "unit" if stated else at)
        return number * ratio.numerator / ratio.denominator if ratio != 1 else number

    def _bounded(self, value: float, at: str = "") -> float | int:
        if self.whole and value != int(value):
            refuse("not_whole", at=at, found=figure(value))
        if self.is_outside(value):
            refuse("out_of_bounds", at=at, found=figure(value), bounds=self.bounds())
        return int(value) if self.whole else float(value)

    def is_outside(self, value: float) -> bool:
        """Whether a number in the house unit breaks the bounds."""
        too_low = self.low is not None and value < self.low
        too_low |= self.above is not None and value <= self.above
        return too_low or (self.high is not None and value > self.high)

    def bounds(self) -> str:
        """The bounds as a reader sees them, ``0 ... 1 share`` or ``> 0 km``."""
        if self.above is not None:
            text = f"> {figure(self.above)}" + (f", <= {figure(self.high)}" if self.high is not None else "")
        elif self.low is not None and self.high is not None:
            text = f"{figure(self.low)} ... {figure(self.high)}"
        else:
            text = f">= {figure(self.low)}" if self.low is not None else f"<= {figure(self.high or 0.0)}"
        return f"{text} {self.unit}".rstrip()

    def json_schema(self) -> dict[str, Any]:
        """The same for an editor, as JSON Schema."""
        number: dict[str, Any] = {"type": "integer" if self.whole else "number"}
        for name, bound in (("minimum", self.low), ("maximum", self.high), ("exclusiveMinimum", self.above)):
            if bound is not None:
                number[name] = bound
        text = {"type": "string", "pattern": r"^\s*[-+]?[0-9.]+([eE][-+]?[0-9]+)?\s*\S.*$"}
        words: list[dict[str, Any]] = [{"enum": list(self.words)}] if self.words else []
        words += [{"type": "null"}] if self.optional else []
        return {"anyOf": [number, text, *words, {QUANTITY: True}], "x-unit": self.unit}


def check_source(source: str, known: tuple[str, ...] | None) -> None:
    """Whether a source is one of those that the file lists, or says that the figure is assumed."""
    if source != "assumed" and known is not None and source not in known:
        meant = nearest(source, (*known, "assumed"))
        key = "source_unknown_suggest" if meant else "source_unknown"
        refuse(key, at="source", found=source, meant=meant, known=", ".join((*known, "assumed")))


def row_of(raw: Any, context: Any) -> Any:
    """The list itself where a row of numbers is written as a map of value, source, status and note."""
    if not isinstance(raw, dict):
        return raw
    for key in raw:
        if key not in ROW_KEYS:
            refuse_unknown(key, ROW_KEYS)
    if "value" not in raw:
        refuse("quantity_without_value", known=", ".join(ROW_KEYS))
    _check_texts(raw)
    if context is not None and raw.get("source") is not None:
        check_source(raw["source"], context.sources)
    return raw["value"]


def row_schema(row: dict[str, Any]) -> dict[str, Any]:
    """Both forms of a row, as JSON Schema."""
    texts: dict[str, Any] = {
        "source": {"type": "string"},
        "status": {"enum": list(STATUSES)},
        "note": {"type": "string"},
    }
    properties = {"value": row, **texts}
    wrapped = {"type": "object", "additionalProperties": False, "required": ["value"], "properties": properties}
    return {"anyOf": [row, wrapped]}


def quantity_schema() -> dict[str, Any]:
    """The map form of a quantity, as JSON Schema."""
    plain = {"type": ["number", "string"]}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["value"],
        "properties": {
            "value": plain,
            "unit": {"type": "string"},
            "source": {"type": "string"},
            "status": {"enum": list(STATUSES)},
            "note": {"type": "string"},
            "range": {"type": "array", "items": plain, "minItems": 2, "maxItems": 2},
        },
    }


def _check_texts(raw: dict[str, Any]) -> None:
    for key in ("unit", "source", "status", "note"):
        if raw.get(key) is not None and not isinstance(raw[key], str):
            refuse("not_text", at=key, found=shown(raw[key]))
    if raw.get("status") is not None and raw["status"] not in STATUSES:
        refuse_word(raw["status"], STATUSES, at="status")
