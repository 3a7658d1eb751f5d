"""Mechanisms that sort households, and what a scenario is like without each.

All start from a town where households were spread over homes by lot: what segregation there is at the end has emerged.
A mechanism is switched off by changing the scenario, never the code, so a town without it is an ordinary scenario.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.scenario.schema import Scenario

Tree = dict[str, Any]

PRICED = ("bidding", "posted")
RANKED = ("queue", "need")
LOT = "lottery"


@dataclass(frozen=True)
class Mechanism:
    """A name, and what switching it off does to a scenario written as plain data."""

    name: str
    off: Callable[[Tree], None]


def _own_group(tree: Tree) -> None:
    """Nobody minds which group the neighbours belong to."""
    for profile in tree["preferences"]["profiles"]:
        if "own_group" in profile["terms"]:
            profile["terms"]["own_group"]["weight"] = 0.0


def _income_gap(tree: Tree) -> None:
    """Groups have the same incomes."""
    tree["founding"]["group_incomes"] = "equal"


def _prices(tree: Tree) -> None:
    """A home costs the same everywhere, and nobody gets one by paying more."""
    tree["founding"]["prices"] = "even"
    for landlord in tree["landlords"]:
        if landlord["price"] is not None:
            landlord["price"]["speed"] = 0.0
        if landlord["rent"] is not None:
            landlord["rent"] = {**_regulated(landlord["rent"]), "location_weight": 0.0}
        _replace_rules(landlord["allocation"], PRICED)


def _regulated(rent: Tree) -> Tree:
    return rent if rent["rule"] == "utility_value" else {"rule": "utility_value"}


def _screening(tree: Tree) -> None:
    """No landlord demands an income or turns a group away."""
    for landlord in tree["landlords"]:
        screening = landlord["screening"]
        if screening is not None and screening["rule"] == "by_group":
            screening["accept"] = dict.fromkeys(screening["accept"], 1.0)
        elif screening is not None:
            landlord["screening"] = {"rule": "none"}
        for demand in ("income_floor", "residual_income"):
            landlord["allocation"]["eligibility"][demand] = None


def _uneven_tenure(tree: Tree) -> None:
    """Every area has the same mix of tenures."""
    tree["founding"]["tenures"] = "even"


def _queue(tree: Tree) -> None:
    """Where waiting or need decide today, the lot does."""
    for landlord in tree["landlords"]:
        _replace_rules(landlord["allocation"], RANKED)


def _constants(tree: Tree) -> None:
    """Areas have nothing that the model does not explain."""
    for profile in tree["preferences"]["profiles"]:
        if "constants" in profile["terms"]:
            profile["terms"]["constants"]["weight"] = 0.0


def _replace_rules(allocation: Tree, names: Iterable[str]) -> None:
    """Let the lot decide where one of these rules does, in the block itself and in the parts of a mix."""
    if allocation["rule"] in names:
        kept = {key: allocation[key] for key in ("eligibility", "reserves", "admission")}
        allocation.clear()
        allocation.update({"rule": LOT, "parts": [], **kept})
    allocation["parts"] = [
        {"id": part["id"], "share": part["share"], "rule": LOT} if part["rule"] in names else part
        for part in allocation["parts"]
    ]


MECHANISMS = (
    Mechanism("own_group", _own_group),
    Mechanism("income_gap", _income_gap),
    Mechanism("prices", _prices),
    Mechanism("screening", _screening),
    Mechanism("uneven_tenure", _uneven_tenure),
    Mechanism("queue", _queue),
    Mechanism("constants", _constants),
)
"""In the order in which they are shown."""


def present(scenario: Scenario) -> tuple[Mechanism, ...]:
    """The mechanisms that a scenario has: those whose absence changes it."""
    whole = _mixed(scenario)
    return tuple(one for one in MECHANISMS if _without(whole, [one]) != whole)


def changes(scenario: Scenario, off: Iterable[Mechanism], months: int) -> Mapping[str, object]:
    """What to set in a scenario so that it starts mixed, at once, and lacks some mechanisms; values by path."""
    before = scenario.resolved()
    after = _without(_mixed(scenario), off)
    found: dict[str, object] = {"time.months": months, "time.burn_in": 0, "founding": after["founding"]}
    for place, landlord in enumerate(after["landlords"]):
        for key in ("rent", "price", "allocation", "screening"):
            if landlord[key] != before["landlords"][place][key]:
                found[f"landlords.{landlord['id']}.{key}"] = _written(landlord[key])
    for place, profile in enumerate(after["preferences"]["profiles"]):
        for term, values in profile["terms"].items():
            if values["weight"] != before["preferences"]["profiles"][place]["terms"][term]["weight"]:
                found[f"preferences.profiles.{profile['id']}.terms.{term}.weight"] = values["weight"]
    return found


def _mixed(scenario: Scenario) -> Tree:
    tree = copy.deepcopy(scenario.resolved())
    tree["founding"] = {**(tree["founding"] or {}), "households": "by_lot"}
    return tree


def _without(tree: Tree, off: Iterable[Mechanism]) -> Tree:
    changed = copy.deepcopy(tree)
    for mechanism in off:
        mechanism.off(changed)
    return changed


def _written(block: Tree) -> Tree:
    """A block as YAML would have it: what is not there is left out."""
    return {key: _written(value) if isinstance(value, dict) else value
            for key, value in block.items() if value is not None and value != []}  # fmt: skip
