"""Levers: ranges in house units, within bounds, asleep where the rule is another."""

from __future__ import annotations

from pathlib import Path

import pytest
from toy_rules import TOYS
from worlds import town, town_files

from sim.base.errors import ScenarioError
from sim.scenario.levers import Lever
from sim.scenario.load import load

WORDS = "source: assumed, status: contested, cost: none, label: {en: a, sv: b}, help: {en: c, sv: d}"


def _lever(folder: Path, text: str) -> Lever:
    (lever,) = town(folder, f"levers: [{{{text}, {WORDS}}}]\n").levers
    return lever


def test_a_lever_is_read_in_house_units(tmp_path: Path) -> None:
    lever = _lever(tmp_path, "path: landlords.municipal.rent.location_weight, min: 0 %, max: 50 %, step: 5 %")
    assert (lever.low, lever.high, lever.step, lever.unit) == (0.0, 0.5, 0.05, "share")
    assert (lever.id, lever.is_asleep, lever.cost) == ("landlords.municipal.rent.location_weight", False, "none")
    assert lever.label.say("sv") == "b"


def test_the_unit_of_a_lever_holds_for_its_whole_range(tmp_path: Path) -> None:
    lever = _lever(
        tmp_path, "id: wait, path: landlords.municipal.rent.presumption, min: 0, max: 20, step: 5, unit: year"
    )
    assert (lever.id, lever.low, lever.high, lever.step, lever.unit) == ("wait", 0.0, 240.0, 60.0, "month")


def test_a_lever_sleeps_where_only_another_rule_has_its_path(tmp_path: Path) -> None:
    lever = _lever(tmp_path, "path: landlords.municipal.rent.speed, min: 0, max: 10 %, step: 1 %")
    assert lever.is_asleep
    assert lever.high == 0.1
    text = f"levers: [{{path: landlords.municipal.rent.speed, min: 0, max: 10 %, step: 1 %, {WORDS}}}]\n"
    awake = load(town_files(tmp_path, text), TOYS, overrides={"landlords.municipal.rent.rule": "market"})
    assert not awake.levers[0].is_asleep


@pytest.mark.parametrize(
    ("path", "replaced"),
    [
        ("landlords.municipal.screening.accept.b", {"landlords.municipal.screening.rule": "none"}),
        ("landlords.municipal.allocation.internal", {"landlords.municipal.allocation.rule": "first_acceptable"}),
        ("landlords.municipal.allocation.parts.own.share", {"landlords.municipal.allocation.rule": "queue"}),
        ("landlords.municipal.allocation.parts.exchange.internal", {"landlords.municipal.allocation.rule": "queue"}),
        ("landlords.municipal.allocation.reserves.first.share", {"landlords.municipal.allocation.rule": "queue"}),
        ("landlords.sellers.screening.accept.a", {}),
        ("preferences.profiles.all.terms.own_group.weight", {}),
        ("preferences.profiles.all.terms.own_group.by_group.a.at", {}),
        ("search.rules.forced.until", {}),
    ],
)
def test_a_lever_sleeps_where_a_rule_deeper_down_is_another(
    tmp_path: Path, path: str, replaced: dict[str, str]
) -> None:
    text = f"levers: [{{path: {path}, min: 0, max: 1, step: 1, {WORDS}}}]\n"
    (lever,) = load(town_files(tmp_path, text), TOYS, overrides=replaced).levers
    assert lever.is_asleep
    assert (lever.low, lever.high) == (0.0, 1.0)


@pytest.mark.parametrize(
    "path",
    [
        "landlords.municipal.allocation.reserves.frist.share",
        "landlords.municipal.allocation.parts.own.internl",
        "landlords.municipal.screening.accept.nobody",
        "landlords.sellers.screening.accept.a.b",
        "landlords.sellers.screening.accept",
        "preferences.profiles.all.terms.own_gruop.weight",
        "preferences.profiles.all.terms.own_group.by_group.a",
        "search.rules.nothing.until",
        "search.rules.forced",
    ],
)
def test_a_slip_of_the_pen_deeper_down_is_told_and_does_not_sleep(tmp_path: Path, path: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        _lever(tmp_path, f"path: {path}, min: 0, max: 1, step: 1")
    assert [fault.place.path for fault in caught.value.faults] == ["levers.0.path"]


def test_a_lever_on_what_is_switched_off_is_awake(tmp_path: Path) -> None:
    lever = _lever(tmp_path, "path: landlords.municipal.allocation.eligibility.income_ceiling, min: 0, max: 9, step: 3")
    assert not lever.is_asleep


def test_a_cost_may_be_a_line_of_the_ledger(tmp_path: Path) -> None:
    text = WORDS.replace("cost: none", "cost: {book: allowance, per: household, amount: 1 tkr}")
    lever = town(tmp_path, f"levers: [{{path: loans.down_payment, min: 0, max: 1, step: 0.5, {text}}}]\n").levers[0]
    assert not isinstance(lever.cost, str)
    assert (lever.cost.book, lever.cost.amount) == ("allowance", 1000.0)


@pytest.mark.parametrize(
    ("text", "key", "path"),
    [
        ("path: loans.down_paymnt, min: 0, max: 1, step: 1", "path_unknown_suggest", "levers.0.path"),
        ("path: zzz, min: 0, max: 1, step: 1", "path_unknown", "levers.0.path"),
        ("path: landlords.municipal.rent.weight.x, min: 0, max: 1, step: 1", "path_unknown", "levers.0.path"),
        ("path: landlords.municipal.rent.rule, min: 0, max: 1, step: 1", "lever_not_a_number", "levers.0.path"),
        ("path: loans, min: 0, max: 1, step: 1", "lever_not_a_number", "levers.0.path"),
        ("path: loans.down_payment, min: 0, max: 2, step: 1", "out_of_bounds", "levers.0.max"),
        ("path: loans.down_payment, min: -1, max: 1, step: 1", "out_of_bounds", "levers.0.min"),
        ("path: loans.down_payment, min: 0.5, max: 0.5, step: 1", "lever_empty", "levers.0.max"),
        ("path: loans.down_payment, min: 0, max: 1, step: 0.3", "lever_step", "levers.0.step"),
        ("path: loans.down_payment, min: 0, max: 1, step: 0", "lever_step", "levers.0.step"),
        ("path: loans.down_payment, min: 0, max: 1 km, step: 1", "unit_wrong", "levers.0.max"),
        ("path: loans.down_payment, min: 0, max: 1, step: 1, unit: km", "unit_wrong", "levers.0.unit"),
        ("path: loans.down_payment, min: 0, max: all, step: 1", "not_a_number", "levers.0.max"),
    ],
)
def test_a_lever_that_cannot_be_is_told(tmp_path: Path, text: str, key: str, path: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        _lever(tmp_path, text)
    (fault,) = caught.value.faults
    assert (fault.key, fault.place.path) == (f"scenario.{key}", path)
    assert fault.place.line


def test_levers_are_no_part_of_what_a_scenario_is(tmp_path: Path) -> None:
    without = town(tmp_path).sha256()
    assert (
        town(tmp_path, f"levers: [{{path: loans.down_payment, min: 0, max: 1, step: 1, {WORDS}}}]\n").sha256()
        == without
    )
