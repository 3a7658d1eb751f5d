"""Units: a fixed table of what converts into what; a rate per year is twelve times the rate per month.

A unit is written as ``SEK/m2/year``: what stands first, then what divides it. Two units convert if they measure the
same thing, so that ``1.2 %`` a year becomes ``0.001`` a month, and never SEK into months. Rates are divided evenly
over the year (they are not compounded).
"""

from __future__ import annotations

import functools
from fractions import Fraction
from itertools import product

_ATOMS: dict[str, tuple[str, Fraction]] = {
    "share": ("", Fraction(1)),
    "%": ("", Fraction(1, 100)),
    "1": ("", Fraction(1)),
    "month": ("time", Fraction(1)),
    "year": ("time", Fraction(12)),
    "minute": ("travel time", Fraction(1)),
    "hour": ("travel time", Fraction(60)),
    "km": ("distance", Fraction(1)),
    "m": ("distance", Fraction(1, 1000)),
    "m2": ("floor area", Fraction(1)),
    "SEK": ("money", Fraction(1)),
    "kSEK": ("money", Fraction(1000)),
    "MSEK": ("money", Fraction(1_000_000)),
}
_OTHER_NAMES = {
    "months": "month", "years": "year", "minutes": "minute", "min": "minute", "hours": "hour", "h": "hour",
    "kr": "SEK", "tkr": "kSEK", "mkr": "MSEK", "m²": "m2", "kvm": "m2", "shares": "share",
}  # fmt: skip


def atoms(unit: str) -> tuple[str, ...]:
    """The parts of a unit, other names replaced by the house's own; empty for a bare number.

    Examples
    --------
    >>> atoms("kr/m2/years")
    ('SEK', 'm2', 'year')
    """
    parts = [part.strip() for part in unit.split("/")] if unit else []
    return tuple(_OTHER_NAMES.get(part, part) for part in parts)


def _measured(unit: str) -> tuple[str, tuple[str, ...], Fraction]:
    """What a unit measures (above and below the stroke), and how large it is."""
    known = [_ATOMS.get(part, (part, Fraction(1))) for part in atoms(unit)]
    if not known:
        return "", (), Fraction(1)
    size = known[0][1]
    for _, below in known[1:]:
        size /= below
    return known[0][0], tuple(sorted(name for name, _ in known[1:])), size


@functools.lru_cache(1024)
def factor(found: str, wanted: str) -> Fraction | None:
    """What a number in one unit is multiplied by to stand in the other; None if they do not convert.

    Examples
    --------
    >>> factor("SEK/year", "SEK/month"), factor("%/year", "share/month"), factor("km", "month")
    (Fraction(1, 12), Fraction(1, 1200), None)
    """
    here, there = _measured(found), _measured(wanted)
    return here[2] / there[2] if here[:2] == there[:2] else None


def is_share(unit: str) -> bool:
    """Whether a per cent sign means something: a share, or a share per month or year."""
    return bool(unit) and _measured(unit)[0] == ""


def per_cent_of(unit: str) -> str:
    """The unit that a bare per cent sign means in a field: ``%/month`` where the field is ``share/month``."""
    return "/".join(("%", *atoms(unit)[1:]))


def convertible(unit: str) -> tuple[str, ...]:
    """Every unit that converts into this one, itself first.

    Examples
    --------
    >>> convertible("share/month")
    ('share/month', 'share/year', '%/month', '%/year')
    """
    choices = [_alike(part) for part in atoms(unit)]
    return tuple("/".join(parts) for parts in product(*choices)) if choices else ()


def _alike(part: str) -> tuple[str, ...]:
    kind = _ATOMS.get(part, (part, Fraction(1)))[0]
    return (part, *(name for name, (other, _) in _ATOMS.items() if other == kind and name not in (part, "1")))
