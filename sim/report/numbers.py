"""Numbers as a reader of a language writes them, with their unit."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.base.language import say

DASH = "–"
_MINUS = "\N{MINUS SIGN}"
_NARROW = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Style:
    """How a unit is shown.

    Attributes
    ----------
    factor : float
        What a value is multiplied by before it is shown: shares are shown in per cent.
    decimals, gap_decimals : int
        Digits after the decimal sign, of a value and of a difference.
    words, gap_words : str
        Keys of ``report.units`` for a value and for a difference; empty where the number stands alone.
    more : str
        Key of ``report.more``: what one calls a larger value (higher, longer, more).
    """

    factor: float = 1.0
    decimals: int = 3
    gap_decimals: int = 3
    words: str = ""
    gap_words: str = ""
    more: str = "higher"


STYLES = {
    "index": Style(),
    "nats": Style(),
    "points": Style(decimals=1, gap_decimals=1, gap_words="points"),
    "share": Style(100.0, 1, 1, "per_cent", "percentage_points"),
    "months": Style(1.0, 1, 1, "months", "months", "longer"),
    "households": Style(1.0, 1, 1, "households", "households", "more"),
    "homes": Style(1.0, 1, 1, "homes", "homes", "more"),
    "moves": Style(1.0, 2, 2, "moves", "moves", "more"),
    "number": Style(1.0, 1, 1),
    "years": Style(1.0, 1, 1),
    "times": Style(1.0, 2, 2),
    "persons": Style(1.0, 2, 2),
    "per_year": Style(1.0, 3, 3, "per_year", "per_year"),
    "SEK": Style(1.0, 0, 0, "SEK", "SEK"),
    "SEK_per_month": Style(1.0, 0, 0, "SEK_per_month", "SEK_per_month"),
    "kSEK_per_month": Style(0.001, 0, 0, "kSEK_per_month", "kSEK_per_month"),
}


def style(unit: str) -> Style:
    """How a unit of the catalogue is shown; an unknown one like an index."""
    return STYLES.get(unit, Style())


def number(value: float, decimals: int, language: str, *, sign: bool = False) -> str:
    """A number in the writing of a language; a dash where it is undefined.

    Examples
    --------
    >>> number(-1234.5, 1, "sv")
    '−1\\xa0234,5'
    >>> number(0.034, 3, "en", sign=True)
    '+0.034'
    """
    if math.isnan(value):
        return DASH
    text = f"{abs(round(value, decimals)):,.{decimals}f}"
    mark = _MINUS if round(value, decimals) < 0 else "+" if sign and round(value, decimals) > 0 else ""
    if language == "sv":
        text = text.replace(",", _NARROW).replace(".", ",")
    return mark + text


def shown(value: float, unit: str, language: str) -> str:
    """A value with its unit in words.

    Examples
    --------
    >>> shown(0.123, "share", "en")
    '12.3 %'
    """
    how = style(unit)
    return _with_words(number(value * how.factor, how.decimals, language), how.words, language)


def shown_gap(value: float, unit: str, language: str, *, sign: bool = False) -> str:
    """A difference with its unit in words: of shares, in percentage points."""
    how = style(unit)
    return _with_words(number(value * how.factor, how.gap_decimals, language, sign=sign), how.gap_words, language)


def level(value: float, unit: str, language: str) -> str:
    """A value in the scale in which its unit is shown, without words: for columns."""
    how = style(unit)
    return number(value * how.factor, how.decimals, language)


def bare(value: float, unit: str, language: str, *, sign: bool = False) -> str:
    """A difference in the scale in which its unit is shown, without words: for columns and intervals."""
    how = style(unit)
    return number(value * how.factor, how.gap_decimals, language, sign=sign)


def _with_words(text: str, words: str, language: str) -> str:
    return say(f"report.units.{words}", language, number=text) if words and text != DASH else text
