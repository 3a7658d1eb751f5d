"""What happened in a month: counted while the phases pass, read by the measures, gone when the next one begins."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

LETTING_COLUMNS = {
    "household": "i8", "dwelling": "i4", "area": "i2", "tenure": "i1", "policy": "u1", "by_queue": "?", "waited": "i2",
    "group": "u1", "income": "f4", "per_unit": "f4", "cause": "u1", "cost": "f4", "from_area": "i2",
    "from_tenure": "i1", "was_without": "?",
}  # fmt: skip


@dataclass
class Tally:
    """Events of one month.

    Attributes
    ----------
    moves : dict of arrays, one position per household that moved in; see ``LETTING_COLUMNS``
        ``waited`` in months, ``cost``, ``income`` and ``per_unit`` (income per consumption unit) in SEK per month;
        rentals and owned homes alike.
    chains : int64 array
        Length in moves of each vacancy chain that ended.
    counts : Counter
        Numbers of events by name: ``entered``, ``died``, ``left_city``, ``gave_up``, ``evicted``, ``person_moves``,
        ``seekers``, ``listings``, ``applications``, ``vacated``, ``looks.<cause>``; ``left_forced``, who left the city
        after a search not chosen; ``turned_away``, who left it without ever having had a home in it; of the stock
        ``homes_begun``, ``homes_built``, ``homes_doomed``, ``homes_demolished``, ``homes_renovated``,
        ``homes_sold_to_tenants``, ``homes_handed_over``; ``returned``, who moved back to what was rebuilt.
    """

    moves: dict[str, np.ndarray] = field(
        default_factory=lambda: {name: np.zeros(0, dtype) for name, dtype in LETTING_COLUMNS.items()}
    )
    chains: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    counts: Counter[str] = field(default_factory=Counter)
    allowance: float = 0.0
