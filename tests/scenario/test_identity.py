"""What a scenario is, apart from how it is written; and where its figures come from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from toy_rules import TOYS
from worlds import AREAS, LATTICE, lattice, town, town_files

from sim.scenario.load import load, load_text
from sim.scenario.schema import Scenario


def _sha(text: str) -> str:
    return load_text(text, TOYS).sha256()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: small", "id: other"),
        ('title: {en: "Small"}', 'title: {en: "Large", sv: "Stor"}'),
        ("{id: a, share: 0.5}", '{id: a, share: 50 %, label: {en: "Ones"}}'),
        ("hazard: 12 %/year", "hazard: {value: 0.01, source: assumed, note: hm}"),
        ("search:\n  sample: {value: 5, source: paper, status: verified}", "search:\n  sample: 5"),
        ("money: false", "pair: other\nstatus: calibrated\nmoney: false"),
        ("time: {start: 2026-01, months: 60}", "time: {months: 5 years, start: 2026-01}"),
        ("money: false", "listing: {max_applications: 8}\nmoney: false"),
        ('cite: "A paper"', 'cite: "Another"'),
    ],
)
def test_what_cannot_change_a_result_changes_no_hash(old: str, new: str) -> None:
    assert old in LATTICE
    assert _sha(LATTICE.replace(old, new)) == _sha(LATTICE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("width: 4", "width: 5"),
        ("months: 60", "months: 61"),
        ("hazard: 12 %/year", "hazard: 13 %/year"),
        ("on: false", "on: true"),
        ("points: [[0, 0]]", "points: [[0, 1]]"),
        ("{id: a, share: 0.5}, {id: b, share: 0.5}", "{id: b, share: 0.5}, {id: a, share: 0.5}"),
        ("money: false", "timeline: [{month: 3, set: {search.sample: 9}}]\nmoney: false"),
        ("money: false", "timeline: [{month: 3, do: {act: build}}]\nmoney: false"),
    ],
)
def test_what_can_change_a_result_changes_the_hash(old: str, new: str) -> None:
    assert old in LATTICE
    assert _sha(LATTICE.replace(old, new)) != _sha(LATTICE)


def test_the_content_of_a_table_counts_and_its_name_does_not(tmp_path: Path) -> None:
    before = town(tmp_path).sha256()
    (tmp_path / "renamed.csv").write_text(AREAS)
    path = tmp_path / "town.yaml"
    path.write_text(path.read_text().replace("areas.csv", "renamed.csv"))
    assert load(path, TOYS).sha256() == before
    (tmp_path / "renamed.csv").write_text(AREAS.replace("0.5", "0.25"))
    assert load(path, TOYS).sha256() != before


def test_two_ways_to_write_a_timeline_are_one_scenario() -> None:
    calendar = lattice("timeline: [{at: 2026-03, set: {search.sample: 9}}]\n")
    counted = lattice("timeline: [{id: x, label: {en: x}, month: 2, add: {search.sample: 4}}]\n")
    assert calendar.sha256() == counted.sha256()


def test_the_rules_of_a_burn_in_count_only_if_there_is_one(tmp_path: Path) -> None:
    town_files(tmp_path)
    child = tmp_path / "child.yaml"

    def written(months: int) -> Scenario:
        child.write_text(
            "schema: hemvist-scenario/1\nid: child\nextends: town.yaml\nlisting: {max_applications: 2}\n"
            f"time: {{burn_in: {months}}}\n"
        )
        return load(child, TOYS)

    assert written(12).resolved()["burn_in_rules"]["listing"]["max_applications"] == 8
    assert "burn_in_rules" not in written(0).resolved()


def test_the_one_text_of_a_scenario_is_json_with_sorted_keys() -> None:
    scenario = lattice()
    text = scenario.canonical_json()
    assert json.loads(text) == scenario.resolved()
    assert list(json.loads(text)) == sorted(scenario.resolved())
    assert ": " not in text.replace('": ', "")


def test_a_resolved_value_is_plain_and_in_house_units() -> None:
    data = lattice().resolved()
    assert data["search"]["rules"][0] == {"rule": "life_course", "hazard": 0.01, "by_age": [1.0, 0.5, 0.2]}
    assert data["preferences"]["profiles"][0]["terms"]["own_group"]["by_group"]["b"]["points"] == [[0.0, 0.0]]
    assert "label" not in data["population"]["groups"][0]


def test_every_figure_knows_its_value_unit_source_and_status() -> None:
    figures = {figure.path: figure for figure in lattice().figures()}
    sample = figures["search.sample"]
    assert (sample.value, sample.unit, sample.source, sample.status) == (5, "dwelling", "paper", "verified")
    taste = figures["preferences.taste_scale"]
    assert (taste.source, taste.status) == ("assumed", "assumed")
    hazard = figures["search.rules.life_course.hazard"]
    assert (hazard.value, hazard.source, hazard.status) == (0.01, None, None)
    assert hazard.place is not None
    assert hazard.place.line == 12
    default = figures["search.rules.life_course.by_age"]
    assert (default.value, default.place, default.status) == ((1.0, 0.5, 0.2), None, "assumed")
    assert figures["preferences.profiles.all.terms.own_group.by_group.b.points"].value == ((0.0, 0.0),)


def test_how_long_and_how_wide_are_no_figures() -> None:
    paths = {figure.path for figure in lattice().figures()}
    assert not {"time.months", "space.width", "population.fill", "population.groups.a.share", "scale"} & paths


def test_what_the_timeline_sets_is_a_figure_too() -> None:
    event = (
        "timeline: [{id: more, month: 3, set: {search.sample: {value: 9, source: paper}},"
        " add: {search.rooms_slack: 2}}]\n"
    )
    figures = {figure.path: figure for figure in lattice(event).figures()}
    assert figures["timeline.more.set.search.sample"].source == "paper"
    assert figures["timeline.more.add.search.rooms_slack"].source is None


def test_the_strict_check_names_every_written_figure_without_source_or_status() -> None:
    faults = lattice("timeline: [{id: more, month: 3, set: {search.sample: {value: 9, source: paper}}}]\n").unsourced()
    told = {(fault.place.path, fault.key.removeprefix("scenario.")) for fault in faults}
    assert ("search.rules.life_course.hazard", "source_missing") in told
    assert ("timeline.more.set.search.sample", "status_missing") in told
    assert all(fault.place.line for fault in faults)
    assert "preferences.taste_scale" not in {path for path, _ in told}
    assert "search.sample" not in {path for path, _ in told}
