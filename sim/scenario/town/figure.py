"""One figure of a town: given in its table or filled in by a rule."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.scenario.tables import Table


@dataclass(frozen=True)
class Figure:
    """A figure of the town: its value, how well it is known, and the rule that filled it in ("" if it was given)."""

    value: float
    status: str
    source: str
    rule: str = ""


def given(table: Table, row: int, column: str) -> Figure | None:
    """A figure of the table with its status: its own, its row's, else verified with a source and recalled without."""
    value = table.numbers(column)[row]
    if math.isnan(value):
        return None
    source = table.texts(f"{column}_source")[row] or table.texts("source")[row]
    status = table.statuses(column)[row] or ("verified" if source not in ("", "assumed") else "recalled")
    return Figure(float(value), "assumed" if source == "assumed" else status, source)
