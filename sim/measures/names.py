"""Names of measures: a base with dots and, behind an @, for whom: ``access.waiting_time@group=born_abroad``."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from sim.base.errors import MeasureError

BREAKDOWNS = (
    "scale", "group", "to", "income", "tenure", "age", "household", "ladder", "stay", "cohort", "cause", "payer",
    "lever", "people", "level",
)  # fmt: skip
"""By what a measure can be broken down, in the order in which a name has them.

``scale`` area (left out) or district; ``group`` of those counted and ``to`` of those they meet; ``income`` fifth, 1
(lowest) to 5; ``tenure``; ``age`` of the oldest adult; ``household`` type: families (with children), single_parent
(one of them), elderly (65 and older, without children); ``ladder`` step without an own contract; ``stay`` sitting or
new (moved in this month); ``cohort`` of a fixed date; ``cause`` of a search or a move; ``payer``; ``lever``;
``people`` nearest that are looked at; ``level`` from which an area counts, per cent.
"""

_BASE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_VALUE = re.compile(r"[\w-]+")


@dataclass(frozen=True)
class MeasureName:
    """A measure and for whom it is taken.

    Attributes
    ----------
    base : str
        Words with dots between, as in the catalogue.
    by : tuple of pairs of str
        Key and value of each breakdown, in the order of ``BREAKDOWNS``.
    """

    base: str
    by: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, base: str, **by: str | int) -> MeasureName:
        """The name with its breakdowns in their order.

        Raises
        ------
        MeasureError
            If a breakdown is not one of ``BREAKDOWNS``, or a word has signs that a name may not have.

        Examples
        --------
        >>> str(MeasureName.of("access.waiting_time", income=1, group="born_abroad"))
        'access.waiting_time@group=born_abroad,income=1'
        """
        pairs = [(key, str(value)) for key, value in by.items()]
        whole = base + ("@" if pairs else "") + ",".join(f"{key}={value}" for key, value in pairs)
        is_well_formed = _BASE.fullmatch(base) and all(_VALUE.fullmatch(value) for _, value in pairs)
        if not is_well_formed or not set(by) <= set(BREAKDOWNS):
            raise MeasureError("measure.name_written", name=whole)
        return cls(base, tuple(sorted(pairs, key=lambda pair: BREAKDOWNS.index(pair[0]))))

    @classmethod
    def parse(cls, text: str) -> MeasureName:
        """The name that a text writes; the order of its breakdowns does not matter.

        Raises
        ------
        MeasureError
            If the text is not written as a name, or has a breakdown twice.

        Examples
        --------
        >>> MeasureName.parse("access.vacancy@tenure=public_rental").by
        (('tenure', 'public_rental'),)
        """
        base, at, rest = text.partition("@")
        parts = [part.partition("=") for part in rest.split(",")] if at else []
        by = {key: value for key, equals, value in parts if equals}
        if len(by) < len(parts):
            raise MeasureError("measure.name_written", name=text)
        try:
            return cls.of(base, **by)
        except MeasureError:
            raise MeasureError("measure.name_written", name=text) from None

    def __str__(self) -> str:
        suffix = ",".join(f"{key}={value}" for key, value in self.by)
        return f"{self.base}@{suffix}" if suffix else self.base


@functools.cache
def named(base: str, **by: str | int) -> str:
    """A name as text; each is checked and put together once.

    Examples
    --------
    >>> named("access.vacancy", tenure="cooperative")
    'access.vacancy@tenure=cooperative'
    """
    return str(MeasureName.of(base, **by))
