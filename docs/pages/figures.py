"""The page of Gothenburg's figures: what the scenario says, where it comes from and how well it is known."""

from __future__ import annotations

from collections import Counter

import numpy as np

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

CONSTANTS = """## Area constants

What the model does not explain about each area, in units of utility (the scale of the taste is 1).
They were fitted so that the city of the tables stays as it is:
`hemvist calibrate constants gothenburg`. Large ones show where the model knows little.
"""


def page() -> str:
    """The whole page."""
    scenario = sim.load("gothenburg")
    return "\n".join([HEAD, _counts(scenario), _sources(scenario), _constants(scenario), _figures(scenario)])


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


def _constants(scenario: Scenario) -> str:
    """How large the constants of areas are, by what they are of."""
    of_areas = scenario.tables.get("constants")
    if of_areas is None:
        return ""
    of, values = np.array(of_areas.texts("of")), of_areas.numbers("value")
    rows = [
        (code(name), int((of == name).sum()), *(f"{number:.2f}" for number in _spread(values[of == name])))
        for name in dict.fromkeys(of.tolist())
    ]
    return f"{CONSTANTS}\n{table(('of', 'constants', 'lowest', 'mean', 'highest'), rows)}"


def _spread(values: np.ndarray) -> tuple[float, float, float]:
    return float(values.min()), float(values.mean()), float(values.max())


def _figures(scenario: Scenario) -> str:
    rows = [_row(figure) for figure in scenario.figures()]
    return "## Figures\n\n" + table(("path", "value", "unit", "status", "source", "written"), rows)


def _row(figure: Figure) -> tuple[str, ...]:
    written = "here" if figure.place is not None else "default"
    return (
        code(figure.path), number(figure.value), figure.unit, figure.status or "-", figure.source or "-",
        written + (f": {figure.note}" if figure.note else ""),
    )  # fmt: skip
