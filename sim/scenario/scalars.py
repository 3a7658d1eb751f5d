"""What an unquoted word in a file means: a number, true, false, null, or text; dates stay text."""

from __future__ import annotations

import math
import re

from sim.scenario.nodes import Scalar

_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_OTHER_TRUTHS = frozenset(["yes", "no", "on", "off"])
_TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULLS = frozenset(["", "~", "null", "Null", "NULL"])


def number_of(text: str) -> int | float | None:
    """The number that a text writes in digits, None where it writes none; never nan, infinite where it is too large.

    Examples
    --------
    >>> number_of("010"), number_of("1e3"), number_of("12:30")
    (10, 1000.0, None)
    """
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else None


def scalar_of(text: str) -> tuple[Scalar, str | None]:
    """Value of an unquoted word, and the key of the error where it may not be written.

    Examples
    --------
    >>> scalar_of("yes")
    ('yes', 'true_or_false')
    >>> scalar_of("2026-01")
    ('2026-01', None)
    """
    if text in _NULLS:
        return None, None
    if text in _TRUTHS:
        return _TRUTHS[text], None
    if text.lower() in _OTHER_TRUTHS:
        return text, "true_or_false"
    number = number_of(text)
    if _NOT_FINITE.fullmatch(text) or (number is not None and not math.isfinite(number)):
        return text, "not_finite"
    return (text if number is None else number), None
