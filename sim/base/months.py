"""Months: integers since the founding inside, ``YYYY-MM`` for people."""

from __future__ import annotations

import re

from sim.base.errors import ScenarioError

_WRITTEN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def parse_month(text: str) -> int:
    """Calendar month as one integer, twelve times the year plus the month counted from 0.

    Examples
    --------
    >>> parse_month("2026-01") - parse_month("2025-11")
    2
    """
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise ScenarioError("month.written", found=text)
    return int(match[1]) * 12 + int(match[2]) - 1


def show_month(calendar: int) -> str:
    """``YYYY-MM`` of a calendar month.

    Examples
    --------
    >>> show_month(parse_month("2026-01") + 13)
    '2027-02'
    """
    return f"{calendar // 12:04d}-{calendar % 12 + 1:02d}"
