"""Windows as people write them: ``last 24``, ``year 10``, ``all``."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic_core import core_schema

from sim.experiment.differences import YEAR, Window
from sim.scenario.refusals import refuse, shown

_WRITTEN = re.compile(r"(last|year) ([1-9][0-9]{0,4})|all")


class _Written:
    """A text that means a window."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        written = core_schema.no_info_plain_validator_function(self._check)
        return core_schema.json_or_python_schema(core_schema.str_schema(pattern=f"^({_WRITTEN.pattern})$"), written)

    @staticmethod
    def _check(raw: Any) -> str:
        if not isinstance(raw, str) or not _WRITTEN.fullmatch(raw):
            refuse("experiment.window_written", found=shown(raw))
        return raw


WrittenWindow = Annotated[str, _Written()]


def is_window(text: str) -> bool:
    """Whether a text means a window."""
    return _WRITTEN.fullmatch(text) is not None


def window_of(text: str, months: int) -> Window:
    """The window that a text means in a run of so many months; it never begins before the first month.

    Examples
    --------
    >>> window_of("last 24", 120)
    Window(kind='last', number=24, first=97, last=120)
    >>> window_of("year 2", 120).first, window_of("all", 9).number
    (13, 9)
    """
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise ValueError(text)
    if match[1] == "year":
        year = int(match[2])
        return Window("year", year, YEAR * year - YEAR + 1, YEAR * year)
    span = min(months, int(match[2])) if match[1] else months
    return Window("last", span, months - span + 1, months)
