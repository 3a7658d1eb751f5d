"""Under which heading each measure is shown."""

from __future__ import annotations

from collections.abc import Collection

from sim.experiment.headlines import chosen
from sim.measures.names import MeasureName

SECTION_OF = {
    "segregation": "segregation", "access": "access", "affordability": "cost", "displacement": "moves",
    "theory": "theory",
}  # fmt: skip


def sections_of(recorded: Collection[str], asked: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """The measures to show, by section: those asked for, else the headline ones; of either what is recorded."""
    if not asked:
        return chosen(recorded)
    found: dict[str, tuple[str, ...]] = {}
    for text in asked:
        name = str(MeasureName.parse(text))
        if name in recorded:
            section = SECTION_OF.get(name.partition(".")[0], "segregation")
            found[section] = (*found.get(section, ()), name)
    return found
