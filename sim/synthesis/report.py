"""What the founding has to say for itself: how well the margins are met, what was left out, what is assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

from sim.base.language import say, written
from sim.city.city import City
from sim.city.households import NOBODY
from sim.scenario.quantities import STATUSES
from sim.scenario.schema import Scenario
from sim.scenario.table_forms import FORMS
from sim.synthesis.fitting import Fit
from sim.synthesis.margins import Margin, Miss, miss_of
from sim.synthesis.mixing import is_mixed
from sim.synthesis.plan import Plan

LEFT_OUT = "homes_special_left_out"

ASSUMED = (
    "persons_as_households", "rooms_and_m2", "age_and_standard", "landlords", "who_has_which_home", "adults",
    "stays", "queue", "savings_and_loans", "without_home", "newcomers",
)  # fmt: skip
"""What the founding takes for granted, in words ``founding.assumed``."""

Report = dict[str, object]


def report_of(scenario: Scenario, plan: Plan, fit: Fit, whole: np.ndarray, city: City) -> Report:
    """The report of a founding to margins, as plain data; its sentences are keys of ``founding.said`` with values.

    Parameters
    ----------
    scenario : Scenario
    plan : Plan
    fit : Fit
    whole : int64 array, shape (n_blocks, n_cells)
        Whole households by cell.
    city : City
    """
    founded = () if is_mixed(scenario.founding) else founded_misses(plan, whole)
    known = figure_counts(scenario)
    left_out, n_silent = left_out_of(scenario)
    sentences = [
        *_sizes(city), _told("fit", worst(fit.misses), margins=len(fit.misses)),
        _told("founded", worst(founded)) if founded else {"key": "founding.said.mixed", "values": {}},
        {"key": "founding.said.figures", "values": {"n": shown(sum(known.values())), **_all(known)}},
    ]  # fmt: skip
    if left_out or n_silent:
        values = {"homes": shown(left_out), "areas": n_silent}
        sentences.append({"key": f"founding.said.left_out{'_at_least' if n_silent else ''}", "values": values})
    return {
        **_numbers(city), "rounds": fit.rounds, "fit": [asdict(miss) for miss in fit.misses],
        "founded": [asdict(miss) for miss in founded], "figures": dict(known), "left_out": left_out,
        "left_out_unknown_in": n_silent, "sentences": sentences,
        "assumed": [f"founding.assumed.{name}" for name in ASSUMED],
    }  # fmt: skip


def bare_report(city: City) -> Report:
    """The report of a founding without money: nothing to meet, nothing assumed."""
    return {**_numbers(city), "sentences": _sizes(city), "assumed": []}


def sentences(report: Report, language: str = "en") -> list[str]:
    """What a reader sees of a report, a sentence each, assumptions last."""
    told = [say(str(said["key"]), language, **written(said["values"], language)) for said in _list(report, "sentences")]
    return [*told, *(say(str(key), language) for key in _list(report, "assumed"))]


def _list(report: Report, name: str) -> list[dict[str, dict[str, object]]]:
    found = report[name]
    return found if isinstance(found, list) else []


def founded_misses(plan: Plan, whole: np.ndarray) -> tuple[Miss, ...]:
    """How far whole households are from each margin, at the plan's scale."""
    table = whole.reshape(plan.people.frame.shape).astype(np.float64)
    factor = table.sum() / max(float(plan.stock.homes.sum()), 1.0)
    scaled = [
        margin if margin.of else Margin(margin.name, margin.axes, margin.target * factor, slack=margin.slack)
        for margin in plan.people.margins
    ]
    return tuple(miss_of(plan.people.frame, table, margin) for margin in scaled)


def worst(misses: Sequence[Miss]) -> Miss:
    """The largest of several misses."""
    return max(misses, key=lambda miss: miss.largest)


def figure_counts(scenario: Scenario) -> Counter[str]:
    """Figures of the founding by how well they are known: in its tables, and in its sections of the scenario."""
    found: Counter[str] = Counter()
    for section, table in scenario.tables.items():
        for column in FORMS[section].columns:
            if column.number is not None and column.name in table.columns:
                cells = zip(table.texts(column.name), table.statuses(column.name), strict=True)
                found.update(status or "assumed" for cell, status in cells if cell)
    written = [f for f in scenario.figures() if f.path.split(".")[0] in ("space", "stock", "population")]
    found.update(figure.status or "assumed" for figure in written)
    return found


def left_out_of(scenario: Scenario) -> tuple[int, int]:
    """Special homes that are left out, as far as the table says, and in how many areas it does not."""
    table = scenario.tables.get("space")
    if table is None or LEFT_OUT not in table.columns:
        return 0, 0
    homes = table.numbers(LEFT_OUT)
    return int(np.nansum(homes)), int(np.isnan(homes).sum())


def shown(number: float) -> str:
    """A whole number as both languages write it, thousands apart."""
    return f"{number:,.0f}".replace(",", " ")


def _all(known: Counter[str]) -> dict[str, object]:
    return {status: shown(known[status]) for status in STATUSES}


def _numbers(city: City) -> dict[str, object]:
    housed = int((city.households.dwelling[city.households.is_used] != NOBODY).sum())
    homes, households = city.dwellings.n_used, city.households.n_used
    return {"homes": homes, "vacant": homes - housed, "households": households, "without_home": households - housed}


def _sizes(city: City) -> list[dict[str, object]]:
    values: dict[str, object] = {key: shown(float(str(number))) for key, number in _numbers(city).items()}
    return [{"key": "founding.said.size", "values": {**values, "scale": f"{city.scale:g}"}}]


def _told(key: str, miss: Miss, **more: object) -> dict[str, object]:
    values = {
        "margin": miss.margin, "where": miss.where, "wanted": f"{miss.wanted:.6g}", "got": f"{miss.got:.6g}",
        "percent": f"{100 * miss.largest:.2f}", **more,
    }  # fmt: skip
    return {"key": f"founding.said.{key}", "values": values}
