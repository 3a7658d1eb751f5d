"""The timeline: what is in force in each month, and what may not be written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_rules import TOYS, Build
from worlds import LATTICE, lattice, town, town_files

from sim.base.errors import ScenarioError
from sim.scenario import schedule
from sim.scenario.load import load
from sim.scenario.schema import Scenario

SAMPLE = "search.sample"
HAZARD = "search.rules.life_course.hazard"


def _with(*events: str) -> Scenario:
    return lattice("timeline:\n" + "".join(f"  - {{{event}}}\n" for event in events))


def _values(scenario: Scenario, path: str, months: range) -> list[object]:
    return [scenario.resolved_at(month).value(path) for month in months]


def _told(*events: str) -> list[tuple[str, int | None]]:
    with pytest.raises(ScenarioError) as caught:
        _with(*events)
    first = LATTICE.count("\n") + 2
    return [(f.key.removeprefix("scenario."), f.place.line and f.place.line - first) for f in caught.value.faults]


def test_a_plain_set_holds_from_its_month_on() -> None:
    scenario = _with("at: 2026-04, set: {search.sample: 9}")
    assert _values(scenario, SAMPLE, range(6)) == [5, 5, 5, 9, 9, 9]
    assert scenario.timeline_months() == (3,)


def test_nothing_changes_means_the_same_object() -> None:
    scenario = _with("month: 3, set: {search.sample: 9}")
    assert scenario.resolved_at(0) is scenario
    assert scenario.resolved_at(2) is scenario
    assert scenario.resolved_at(3) is scenario.resolved_at(59)
    assert scenario.resolved_at(-5) is scenario


def test_until_gives_back_what_stood_there() -> None:
    scenario = _with("month: 2, until: 2026-05, set: {search.sample: 9, listing.max_applications: 2}")
    assert _values(scenario, SAMPLE, range(6)) == [5, 5, 9, 9, 9, 5]
    assert _values(scenario, "listing.max_applications", range(6)) == [8, 8, 2, 2, 2, 8]
    assert scenario.timeline_months() == (2, 5)
    assert scenario.resolved_at(5).origin("listing.max_applications").path == "listing.max_applications"


def test_a_ramp_goes_there_evenly_and_arrives() -> None:
    scenario = _with("month: 1, ramp: 4 months, set: {search.rules.life_course.hazard: 5 %}")
    assert _values(scenario, HAZARD, range(6)) == pytest.approx([0.01, 0.02, 0.03, 0.04, 0.05, 0.05])


def test_a_ramp_of_a_whole_number_stays_whole() -> None:
    scenario = _with("month: 0, ramp: 4, set: {search.sample: 8}")
    assert _values(scenario, SAMPLE, range(4)) == [6, 6, 7, 8]


def test_a_ramp_that_ends_gives_back_at_once() -> None:
    scenario = _with("month: 0, ramp: 2, until: 3, set: {search.rules.life_course.hazard: 3 %}")
    assert _values(scenario, HAZARD, range(5)) == pytest.approx([0.02, 0.03, 0.03, 0.03, 0.01])


def test_add_and_scale_start_from_what_is_in_force() -> None:
    scenario = _with(
        "month: 1, set: {search.rules.life_course.hazard: 2 %}",
        "month: 2, add: {search.rules.life_course.hazard: 12 %/year}",
        "month: 3, scale: {search.rules.life_course.hazard: 50 %}",
    )
    assert _values(scenario, HAZARD, range(4)) == pytest.approx([0.01, 0.02, 0.03, 0.015])


def test_every_repeats_to_the_end_or_until() -> None:
    scenario = _with("month: 0, every: 12 months, add: {search.sample: 1}")
    assert _values(scenario, SAMPLE, range(0, 60, 12)) == [6, 7, 8, 9, 10]
    ended = _with("month: 0, every: 12 months, until: 30, add: {search.sample: 1}")
    assert _values(ended, SAMPLE, range(0, 60, 12)) == [6, 7, 8, 8, 8]


def test_a_whole_rule_is_changed_and_given_back(tmp_path: Path) -> None:
    event = "timeline: [{month: 2, until: 3, set: {landlords.municipal.rent: {rule: market, speed: 9 %}}}]\n"
    scenario = town(tmp_path, event)
    names = [scenario.resolved_at(month).value("landlords.municipal.rent.rule") for month in range(5)]
    assert names == ["utility_value", "utility_value", "market", "market", "utility_value"]
    assert scenario.resolved_at(2).value("landlords.municipal.rent.speed") == 0.09
    assert scenario.resolved_at(4).value("landlords.municipal.rent.location_weight") == 0.2
    assert scenario.resolved_at(2).tables is scenario.tables


def test_what_changed_is_told_with_old_and_new() -> None:
    scenario = _with("id: more, month: 2, set: {search.sample: 9}")
    (change,) = scenario.changes_at(2)
    assert (change.event, change.path, change.old, change.new) == ("more", SAMPLE, 5, 9)
    assert scenario.changes_at(3) == ()
    at_start = _with("month: 0, set: {search.sample: 9}")
    assert at_start.changes_at(0)[0].old == 5


def test_an_act_is_done_in_its_months_and_changes_no_value() -> None:
    scenario = _with("month: 3, every: 24, do: {act: build, homes: 40}")
    assert scenario.timeline_months() == (3, 27, 51)
    assert [act.make() for act in scenario.acts_at(27)] == [Build(homes=40)]
    assert scenario.acts_at(4) == ()
    assert scenario.resolved_at(27) is scenario


@pytest.mark.parametrize(
    ("events", "told"),
    [
        (("at: 2025-12, set: {search.sample: 9}",), [("event_before_start", 0)]),
        (("month: 3, until: 2, set: {search.sample: 9}",), [("event_until", 0)]),
        (("month: 3, at: 2026-05, set: {search.sample: 9}",), [("event_when", 0)]),
        (("set: {search.sample: 9}",), [("event_when", 0)]),
        (("month: 3",), [("event_empty", 0)]),
        (("month: 3, every: 2, set: {search.sample: 9}",), [("event_every_set", 0)]),
        (("month: 3, every: 2, ramp: 2, add: {search.sample: 9}",), [("event_ramp_or_every", 0)]),
        (("at: 2026-4, set: {search.sample: 9}",), [("written", 0)]),
        (("month: 3, until: soon, set: {search.sample: 9}",), [("written", 0)]),
        (("month: 3, set: {space.width: 9}",), [("not_timed", 0)]),
        (("month: 3, set: {search.sampel: 9}",), [("unknown_key_suggest", 0)]),
        (("month: 3, set: {search.sample: 0}",), [("out_of_bounds", 0)]),
        (("month: 3, set: {search.rules.moved.hazard: 0}",), [("item_unknown", 0)]),
        (("month: 3, add: {search.rules.forced.on: 1}",), [("event_not_a_number", 0)]),
        (("month: 3, ramp: 3, set: {search.rules.life_course.hazard: 3 km}",), [("unit_wrong", 0)]),
        (("month: 3, add: {search.sample: many}",), [("not_a_number", 0)]),
        (("month: 3, scale: {search.sample: -1}",), [("out_of_bounds", 0)]),
        (("month: 3, set: {search.sample: 9}", "month: 3, add: {search.sample: 1}"), [("event_conflict", 1)]),
        (("month: 3, until: 9, set: {search.sample: 9}", "month: 7, set: {search.sample: 1}"), [("event_conflict", 1)]),
        (
            ("month: 3, ramp: 9, set: {search.sample: 9}", "month: 7, set: {search: {sample: 1}}"),
            [("event_conflict", 1)],
        ),
        (("month: 3, do: {act: bild}",), [("rule.unknown_suggest", 0)]),
        (("month: 0, every: 1, scale: {search.rules.life_course.hazard: 3}",), [("out_of_bounds", 0)]),
    ],
)
def test_an_event_that_cannot_be_is_told_at_its_line(events: tuple[str, ...], told: list[tuple[str, int]]) -> None:
    found = [(key.removeprefix("month."), line) for key, line in _told(*events)]
    assert found == told


def test_events_on_one_path_in_different_months_are_allowed() -> None:
    scenario = _with("month: 3, until: 5, set: {search.sample: 9}", "month: 6, set: {search.sample: 2}")
    assert _values(scenario, SAMPLE, range(2, 8)) == [5, 9, 9, 9, 2, 2]


def test_a_timeline_stops_at_its_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "MOST_MOVES", 10)
    assert _told("month: 0, every: 1, add: {search.sample: 1}") == [("timeline_too_long", 0)]
    assert _told("month: 0, ramp: 11, set: {search.sample: 30}") == [("timeline_too_long", 0)]
    twice = ("month: 0, ramp: 6, set: {search.sample: 30}", "month: 0, ramp: 6, set: {listing.max_applications: 20}")
    assert _told(*twice)[0][0] == "timeline_too_long"


def test_an_arm_may_take_an_event_away() -> None:
    text = "timeline: [{id: more, month: 3, set: {search.sample: 9}}]\n"
    assert lattice(text, timeline__more__remove="true").timeline_months() == ()


def test_burn_in_goes_by_the_rules_at_the_root(tmp_path: Path) -> None:
    town_files(tmp_path)
    child = tmp_path / "child.yaml"
    child.write_text(
        "schema: hemvist-scenario/1\nid: child\nextends: town.yaml\nlisting: {max_applications: 2}\n"
        "landlords: [{id: municipal, rent: {rule: market}}]\npreferences: {moving_cost: 3}\n"
    )
    scenario = load(child, TOYS)
    before = scenario.at_burn_in()
    assert before.value("landlords.municipal.rent.rule") == "utility_value"
    assert scenario.value("landlords.municipal.rent.rule") == "market"
    assert (before.listing.max_applications, scenario.listing.max_applications) == (8, 2)
    assert before.preferences.moving_cost == 3.0
    assert scenario.resolved_at(-1) is before
    assert scenario.resolved_at(0) is scenario
    other = load(child, TOYS, overrides={"landlords.municipal.rent.speed": "9 %"})
    assert other.at_burn_in().resolved()["landlords"] == before.resolved()["landlords"]


def test_what_is_set_is_no_part_of_the_burn_in(tmp_path: Path) -> None:
    path = town_files(tmp_path)
    scenario = load(path, TOYS, overrides={"landlords.municipal.rent.location_weight": 1})
    assert scenario.at_burn_in().value("landlords.municipal.rent.location_weight") == 0.2
    assert load(path, TOYS).at_burn_in().listing == load(path, TOYS).listing


@given(first=st.integers(0, 20), ramp=st.integers(1, 12), held=st.integers(0, 20), goal=st.floats(0.0, 1.0))
def test_a_ramp_lies_between_its_ends_and_is_given_back(first: int, ramp: int, held: int, goal: float) -> None:
    last = first + ramp - 1 + held
    scenario = _with(f"month: {first}, ramp: {ramp}, until: {last}, set: {{{HAZARD}: {goal!r}}}")
    values = [float(str(value)) for value in _values(scenario, HAZARD, range(first, last + 1))]
    assert values[ramp - 1 :] == pytest.approx([goal] * (held + 1))
    assert values[:ramp] == sorted(values[:ramp], reverse=goal < 0.01)
    assert scenario.resolved_at(last + 1).value(HAZARD) == 0.01
