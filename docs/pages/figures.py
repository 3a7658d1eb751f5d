"""The page of Gothenburg's figures: what the scenario says, where it comes from and how well it is known."""

from __future__ import annotations

from collections import Counter

import sim
from pages.markdown import code, number, table
from sim.scenario.figures import Figure
from sim.scenario.quantities import STATUSES
from sim.scenario.schema import Scenario
from sim.synthesis.report import figure_counts

HEAD = """# Figures of the Gothenburg scenario

Every number in `scenarios/gothenburg.yaml`, and every default that it relies on, with its source and status. The
tables beside it (homes, persons, prices, margins) have their own statuses, explained in
[scenarios/gothenburg/README.md](../../scenarios/gothenburg/README.md). `hemvist list parameters --of gothenburg` shows
the same; `hemvist show gothenburg --origin` adds the line in which each is written.

"""


def page() -> str:
    """The whole page."""
    scenario = sim.load("gothenburg")
    return "\n".join([HEAD, _counts(scenario), _sources(scenario), _figures(scenario)])


def _counts(scenario: Scenario) -> str:
    own = Counter(figure.status or "assumed" for figure in scenario.figures())
    founding = figure_counts(scenario)
    rows = [(status, own[status], founding[status]) for status in STATUSES]
    total = ("together", sum(own.values()), sum(founding.values()))
    head = ("status", "figures of the scenario", "figures of the founding, tables included")
    return "## How well they are known\n\n" + table(head, [*rows, total])


def _sources(scenario: Scenario) -> str:
    rows = [(code(one.id), one.kind, one.cite, one.accessed or one.doi or "") for one in scenario.sources]
    return "## Sources\n\n" + table(("id", "kind", "source", "accessed, or DOI"), rows)


def _figures(scenario: Scenario) -> str:
    rows = [_row(figure) for figure in scenario.figures()]
    return "## Figures\n\n" + table(("path", "value", "unit", "status", "source", "written"), rows)


def _row(figure: Figure) -> tuple[str, ...]:
    written = "here" if figure.place is not None else "default"
    return (
        code(figure.path), number(figure.value), figure.unit, figure.status or "-", figure.source or "-",
        written + (f": {figure.note}" if figure.note else ""),
    )  # fmt: skip
