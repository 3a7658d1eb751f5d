"""Values of a scenario with their units, in words of a language."""

from __future__ import annotations

from sim.base.language import has, say
from sim.report.numbers import number

IN_PER_CENT = ("share", "share/year", "share/month")


def factor(unit: str) -> float:
    """What a value is multiplied by before it is shown: shares are shown in per cent."""
    return 100.0 if unit in IN_PER_CENT else 1.0


def key(unit: str) -> str:
    """The words of a unit.

    Examples
    --------
    >>> key("SEK/m2/month")
    'view.units.SEK_per_m2_per_month'
    """
    return f"view.units.{unit.replace('/', '_per_').replace(' ', '_')}"


def with_unit(value: float, unit: str, decimals: int, language: str) -> str:
    """A value in the house unit, as it is read; an unknown unit (of a rule from outside) is shown as it is written.

    Parameters
    ----------
    value : float
    unit : str
    decimals : int
        Of what is shown.
    language : str

    Examples
    --------
    >>> with_unit(0.03, "share", 1, "sv")
    '3,0 %'
    """
    text = number(value * factor(unit), decimals, language)
    return say(key(unit), language, number=text) if has(key(unit), language) else f"{text} {unit}".strip()
