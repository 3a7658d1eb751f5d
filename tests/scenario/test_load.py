"""Loading with ``--set``, and what a text may do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from toy_rules import TOYS
from worlds import LATTICE, lattice, town_files

from sim.base.errors import Fault, ScenarioError
from sim.scenario.load import load, load_text

TERMS = "preferences.profiles.all.terms"


def _faults(overrides: dict[str, Any], text: str = LATTICE) -> list[Fault]:
    with pytest.raises(ScenarioError) as caught:
        load_text(text, TOYS, overrides=overrides)
    return list(caught.value.faults)


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("space.width", "7", 7),
        ("search.rules.life_course.hazard", "1 %", 0.01),
        ("search.rules.forced.on", "true", True),
        (f"{TERMS}.own_group.points", "[[0, 1]]", ((0.0, 1.0),)),
        (f"{TERMS}.own_group.alone", "dissatisfied", "dissatisfied"),
        ("population.groups.a.label", "{en: Ones}", None),
        ("listing.max_applications", "3", 3),
        ("time.stop", "", None),
        ("scale", 0.5, 0.5),
        ("space.torus", True, True),
        ("search.sample", {"value": 3}, 3),
    ],
)
def test_a_value_that_is_set_is_read_as_in_the_file(path: str, text: Any, value: Any) -> None:
    scenario = load_text(LATTICE, TOYS, overrides={path: text})
    if value is not None:
        assert scenario.value(path) == value
    assert scenario.origin(path).file == "--set" or value is None


@pytest.mark.parametrize(
    ("path", "text", "key"),
    [
        ("space.widht", "7", "unknown_key_suggest"),
        ("space.width", "wide", "not_a_number"),
        ("space.width", "0", "out_of_bounds"),
        ("search.rules.life_curse.hazard", "1 %", "item_unknown_suggest"),
        ("search.rules.x.hazard", "1 %", "item_unknown"),
        ("search.rules.forced.on", "yes", "true_or_false"),
        ("search.rules.life_course.hazard", "[1", "syntax"),
        ("", "1", "set_path"),
        ("a..b", "1", "set_path"),
        ("population.groups.a.share", "0.6", "shares_sum"),
        ("scale", float("nan"), "not_finite"),
    ],
)
def test_a_value_that_cannot_be_set_is_told_at_set(path: str, text: Any, key: str) -> None:
    (fault,) = _faults({path: text})
    assert fault.key == f"scenario.{key}"
    assert (fault.place.file, fault.place.line) == ("--set", None)
    assert fault.text().startswith("--set")


def test_faults_of_the_file_and_of_set_are_told_together() -> None:
    faults = _faults({"space.width": "wide"}, LATTICE.replace("height: 3", "height: 0"))
    assert [(fault.place.file, fault.place.path) for fault in faults] == [
        ("scenario", "space.height"),
        ("--set", "space.width"),
    ] or [(fault.place.file, fault.place.path) for fault in faults] == [
        ("--set", "space.width"),
        ("scenario", "space.height"),
    ]


def test_another_rule_takes_the_parameters_of_the_old_one_away(tmp_path: Path) -> None:
    path = town_files(tmp_path)
    scenario = load(path, TOYS, overrides={"landlords.municipal.rent.rule": "market"})
    assert scenario.value("landlords.municipal.rent.speed") == 0.02
    kept = {"landlords.municipal.allocation.parts.exchange.rule": "first_acceptable"}
    assert load(path, TOYS, overrides=kept).value("landlords.municipal.allocation.parts.exchange.share") == 0.4


def test_an_item_is_removed_by_set() -> None:
    scenario = load_text(LATTICE, TOYS, overrides={"search.rules.forced.remove": "true"})
    assert [rule.name for rule in scenario.search.rules] == ["life_course"]


def test_a_later_set_may_build_on_an_earlier_one(tmp_path: Path) -> None:
    overrides = {"landlords.municipal.rent.rule": "market", "landlords.municipal.rent.speed": "4 %"}
    assert load(town_files(tmp_path), TOYS, overrides=overrides).value("landlords.municipal.rent.speed") == 0.04


def test_a_text_is_capped_and_named() -> None:
    with pytest.raises(ScenarioError) as caught:
        load_text(LATTICE, TOYS, name="the editor", max_bytes=100)
    assert caught.value.faults[0].place.file == "the editor"
    with pytest.raises(ScenarioError) as caught:
        load_text(LATTICE.replace("width", "wdth"), TOYS, name="the editor")
    assert {fault.place.file for fault in caught.value.faults} == {"the editor"}


def test_a_text_reads_no_tables_of_its_own(tmp_path: Path) -> None:
    text = town_files(tmp_path).read_text(encoding="utf-8").replace("areas.csv", str(tmp_path / "areas.csv"))
    with pytest.raises(ScenarioError) as caught:
        load_text(text, TOYS)
    assert {fault.key for fault in caught.value.faults} == {"scenario.outside_project"}


def test_what_the_registry_does_not_hold_is_unknown() -> None:
    with pytest.raises(ScenarioError) as caught:
        load_text(LATTICE.replace("rule: forced", "rule: forcd"), TOYS)
    assert caught.value.key == "rule.unknown_suggest"
    assert caught.value.values["meant"] == "forced"


def test_at_most_twenty_faults_are_shown_and_the_rest_counted() -> None:
    extra = "".join(f"key_{number}: 1\n" for number in range(30))
    with pytest.raises(ScenarioError) as caught:
        lattice(extra)
    assert len(caught.value.faults) == 30
    shown = caught.value.text("en").splitlines()
    assert len(shown) == 21
    assert shown[-1] == "... and 10 more."
