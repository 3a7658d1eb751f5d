"""What single values of a scenario may be, beside quantities: words, ids, references, months, texts, files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NoReturn, cast, get_args

from pydantic_core import core_schema

from sim.base.errors import ScenarioError
from sim.base.months import parse_month
from sim.base.registry import nearest
from sim.scenario.quantities import Quantity
from sim.scenario.refusals import refuse, refuse_word, shown
from sim.scenario.section import Context, Section

Tenure = Literal["public_rental", "private_rental", "cooperative", "owner_occupied"]
TENURES: tuple[Tenure, ...] = get_args(Tenure)
_ID = re.compile(r"[a-z][a-z0-9_]*")


class Word:
    """One of the words of a ``Literal``; the error suggests the nearest."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        known = get_args(source)

        def check(raw: Any) -> Any:
            return raw if isinstance(raw, str) and raw in known else self.refused(raw, known)

        written = core_schema.no_info_plain_validator_function(check)
        return core_schema.json_or_python_schema(handler(source), written)

    @staticmethod
    def refused(raw: Any, known: tuple[str, ...]) -> NoReturn:
        """Say which words there are."""
        refuse_word(raw, known)


class Format(Word):
    """The format that a file is written in: the one that this version reads."""

    @staticmethod
    def refused(raw: Any, known: tuple[str, ...]) -> NoReturn:
        """Say which format can be read."""
        refuse("format_unknown", found=shown(raw), known=known[0])


class Id:
    """A name in snake_case."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        written = core_schema.no_info_plain_validator_function(self.check)
        return core_schema.json_or_python_schema(core_schema.str_schema(pattern=rf"^{_ID.pattern}$"), written)

    @staticmethod
    def check(raw: Any) -> str:
        """The name.

        Raises
        ------
        PydanticCustomError
            If it is not written in snake_case.
        """
        if not isinstance(raw, str) or not _ID.fullmatch(raw):
            refuse("not_an_id", found=shown(raw))
        return raw


@dataclass(frozen=True)
class Reference:
    """The id of an item of another list of the file."""

    to: Literal["groups", "landlords"]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        written = core_schema.with_info_plain_validator_function(self._check)
        return core_schema.json_or_python_schema(core_schema.str_schema(), written)

    def _check(self, raw: Any, info: Any) -> str:
        known: tuple[str, ...] | None = getattr(cast(Context, info.context), self.to)
        if not isinstance(raw, str):
            refuse("not_text", found=shown(raw))
        if known is not None and raw not in known:
            refuse_reference(raw, self.to, known)
        return raw


def refuse_reference(raw: Any, to: str, known: tuple[str, ...], at: str = "", at_key: bool = False) -> NoReturn:
    """An id that the other list does not hold."""
    meant = nearest(raw, known) if isinstance(raw, str) else None
    key = f"{to}_unknown_suggest" if meant else f"{to}_unknown"
    refuse(key, at=at, at_key=at_key, found=shown(raw), meant=meant, known=", ".join(known))


class CalendarMonth:
    """``YYYY-MM``, kept as twelve times the year plus the month counted from 0."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        written = core_schema.no_info_plain_validator_function(self.check)
        pattern = core_schema.str_schema(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
        return core_schema.json_or_python_schema(pattern, written)

    @staticmethod
    def check(raw: Any) -> int:
        """The month as one integer.

        Raises
        ------
        PydanticCustomError
            If it is not written as a month.
        """
        try:
            return parse_month(raw if isinstance(raw, str) else "")
        except ScenarioError:
            refuse("month.written", found=shown(raw))


class Text(Section):
    """A text for readers, in English and in Swedish."""

    en: str
    sv: str | None = None

    def say(self, language: str) -> str:
        """The text in a language; in English where the other is missing."""
        return self.sv if language == "sv" and self.sv is not None else self.en


class TableName(Section):
    """A table beside the scenario, pinned to a content if ``sha256`` is given."""

    file: str
    sha256: str | None = None


class NamedTable:
    """The name of a table, alone or with the hash of its content."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        written = core_schema.no_info_plain_validator_function(self._check)
        either = core_schema.union_schema([core_schema.str_schema(), handler(TableName)])
        return core_schema.json_or_python_schema(either, written)

    @staticmethod
    def _check(raw: Any) -> TableName:
        if isinstance(raw, str):
            return TableName(file=raw)
        return TableName.model_validate(raw)


Name = Annotated[str, Id()]
Share = Annotated[float, Quantity("share", 0.0, 1.0)]
Amount = Annotated[int, Quantity("", 0, whole=True)]
Month = Annotated[int, CalendarMonth()]
Table = Annotated[TableName, NamedTable()]


def check_sum(shares: tuple[float, ...], at: str, most: float = 1.0, exact: bool = True) -> None:
    """Whether shares sum to one (or to no more than that, if not ``exact``), but for rounding.

    Raises
    ------
    PydanticCustomError
        If they do not; the sum is told.
    """
    total = sum(shares)
    if abs(total - most) > 1e-6 if exact else total > most + 1e-6:
        refuse("shares_sum" if exact else "shares_sum_most", at=at, found=f"{total:.6g}", wanted=f"{most:g}")
