"""The page of the towns that ship as a table: what is known of each, with its data report."""

from __future__ import annotations

from shipped_towns import names

import sim
from pages.markdown import code, number, table
from sim.scenario.town.make import REPORT, TABLE
from sim.synthesis.report import figure_counts

HEAD = f"""# Towns

Towns of western Sweden, each made of one table (`scenarios/NAME/{TABLE}`) by what `hemvist new town` does. **Below the
municipality nothing is known here**: four areas (centre, apartment blocks, houses, countryside) are invented so that
they sum to the municipality, whose homes, shares, incomes and prices are themselves mostly recalled. So such a town
says what a rule does to *a town of that size and mix of homes*, and nothing about its real areas. Gothenburg is not
around them: who comes and who leaves is a stream, as in the Gothenburg scenario. Put better figures in the table, or
make [your own](../how-to/your-own-town.md).

```text
hemvist compare lerum lerum+market lerum+right
hemvist view trollhattan
```

"""


def page() -> str:
    """All of them."""
    head = ("name", "town", "areas", "homes", "verified, derived", "recalled, estimated", "assumed", "calibrated", "")
    return HEAD + table(head, [_row(name) for name in names()])


def _row(name: str) -> tuple[str, ...]:
    town = sim.load(name)
    known, homes = figure_counts(town), town.tables["stock"].numbers("homes").sum()
    counts = (known["verified"] + known["derived"], known["recalled"] + known["estimate"], known["assumed"])
    report = f"[data report](../../scenarios/{name}/{REPORT})"
    calibrated = "yes" if "constants" in town.tables else "no"
    areas = str(len(town.tables["space"]))
    return (code(name), town.title.say("sv"), areas, number(homes), *map(str, counts), calibrated, report)
