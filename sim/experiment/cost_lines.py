"""Lines of public cost in arms that are compared: what an arm has no lever for costs it nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from sim.engine.history import is_cost
from sim.engine.record import Record


def same_lines(records: tuple[Record, ...]) -> tuple[Record, ...]:
    """The same records, each with every line of public cost that one of them has; 0 where it had none."""
    lines = cost_lines(name for record in records for name in record.series)
    return tuple(_with(record, [line for line in lines if line not in record.series]) for record in records)


def cost_lines(names: Iterable[str]) -> tuple[str, ...]:
    """Those of some series that are lines of public cost, each once, in the order of the alphabet."""
    return tuple(sorted({name for name in names if is_cost(name)}))


def _with(record: Record, lines: list[str]) -> Record:
    if not lines:
        return record
    nothing = {line: np.zeros(len(record.months)) for line in lines}
    units = dict.fromkeys(lines, "SEK_per_month")
    told = {**record.provenance, "measures": {**record.provenance.get("measures", {}), **units}}
    return replace(record, series={**record.series, **nothing}, provenance=told)
