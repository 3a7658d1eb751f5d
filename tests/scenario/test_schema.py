"""A scenario that was read: typed, frozen, in house units, with places and defaults."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from pydantic import ValidationError
from toy_rules import TOYS, ByGroupScreening, OwnGroup, Queue, Shape, UtilityValue
from worlds import LATTICE, TOWN, lattice, town, town_files

from sim.base.errors import ScenarioError
from sim.base.months import parse_month
from sim.scenario.load import load, load_text


def _faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(ScenarioError) as caught:
        load_text(text, TOYS)
    return [(fault.key.removeprefix("scenario."), fault.place.path) for fault in caught.value.faults]


def test_values_are_typed_and_in_house_units(tmp_path: Path) -> None:
    scenario = town(tmp_path)
    assert scenario.time.start == parse_month("2026-01")
    assert (scenario.tempo, scenario.money, scenario.scale) == ("monthly", True, 1.0)
    municipal = scenario.landlords[0]
    assert [company.share for company in municipal.companies] == [0.25, 0.75]
    assert municipal.companies[1].areas == ("east",)
    assert municipal.allocation.eligibility.income_floor == 2.2
    assert municipal.allocation.reserves[0].of_class == "priority"
    assert scenario.loans is not None
    assert scenario.loans.down_payment == 0.15
    assert scenario.title.say("sv") == "Stad"
    assert lattice().title.say("sv") == "Small"


def test_a_rule_block_holds_its_class_and_all_parameters(tmp_path: Path) -> None:
    rent = town(tmp_path).landlords[0].rent
    assert rent is not None
    assert (rent.kind, rent.name, rent.cls) == ("rent", "utility_value", UtilityValue)
    assert rent.parameters == {"location_weight": 0.2, "yearly_index": 0.0, "presumption": None}
    assert rent.make() == UtilityValue(location_weight=0.2)


def test_a_mix_has_parts_with_rules_of_their_own(tmp_path: Path) -> None:
    allocation = town(tmp_path).landlords[0].allocation
    assert [(part.id, part.share, part.rule.name) for part in allocation.parts] == [
        ("exchange", 0.4, "queue"),
        ("own", 0.6, "first_acceptable"),
    ]
    assert allocation.parts[0].rule.make() == Queue(internal=0.2)


def test_values_by_group_are_numbers_or_blocks(tmp_path: Path) -> None:
    screening = town(tmp_path).landlords[0].screening
    assert screening is not None
    assert screening.make() == ByGroupScreening(accept={"a": 1.0, "b": 0.8})
    made = lattice().preferences.profiles[0].terms["own_group"].make()
    assert made == OwnGroup(points=((0.0, -1.0), (0.5, 0.0)), weight=2.0, by_group={"b": Shape(points=((0.0, 0.0),))})


def test_a_scenario_cannot_be_changed() -> None:
    scenario = lattice()
    with pytest.raises(ValidationError):
        scenario.scale = 2.0  # type: ignore[misc]


def test_a_scenario_crosses_a_process_border(tmp_path: Path) -> None:
    scenario = town(tmp_path, "timeline: [{id: later, month: 3, set: {loans.down_payment: 10 %}}]\n")
    back = pickle.loads(pickle.dumps(scenario))
    assert back.resolved() == scenario.resolved()
    assert back.resolved_at(3).loans.down_payment == 0.1
    assert back.tables["stock"].numbers("homes").tolist() == [100.0, 50.0]
    assert back.figures() == scenario.figures()


def test_a_value_is_found_by_its_path_defaults_included(tmp_path: Path) -> None:
    scenario = town(tmp_path)
    assert scenario.value("landlords.municipal.rent.location_weight") == 0.2
    assert scenario.value("landlords.municipal.rent.rule") == "utility_value"
    assert scenario.value("landlords.municipal.allocation.parts.exchange.internal") == 0.2
    assert scenario.value("landlords.municipal.allocation.reserves.first.share") == 0.1
    assert scenario.value("search.rules.life_course.hazard") == 0.012
    assert scenario.value("listing.max_applications") == 8
    assert lattice().value("preferences.profiles.all.terms.own_group.by_group.b.points") == ((0.0, 0.0),)
    with pytest.raises(KeyError):
        scenario.value("landlords.municipal.rent.speed")


def test_a_value_knows_where_it_was_written(tmp_path: Path) -> None:
    scenario = town(tmp_path)
    written = scenario.origin("landlords.municipal.rent.location_weight")
    assert (Path(str(written.file)).name, written.line, written.column) == ("town.yaml", 14, 50)
    default = scenario.origin("landlords.municipal.rent.yearly_index")
    assert default.line == 14
    assert default.column == 11


def test_two_rules_of_one_name_need_ids() -> None:
    twice = LATTICE.replace("{rule: forced, on: false}", "{rule: life_course, id: second, hazard: 1 %}")
    rules = load_text(twice, TOYS).search.rules
    assert [(rule.id, rule.name) for rule in rules] == [("life_course", "life_course"), ("second", "life_course")]
    assert _faults(LATTICE.replace("rule: forced, on: false", "rule: life_course")) == [("doubled_id", "search.rules")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{rule: forced, on: false}", "{rule: forced, on: 1}", ("not_true_or_false", "search.rules.forced.on")),
        ("{rule: forced, on: false}", "forced", ("not_a_map", "search.rules.1")),
        ("hazard: 12 %/year", "by_age: [1, 2]", ("list_length", "search.rules.life_course.by_age")),
        ("hazard: 12 %/year", "by_age: 1", ("not_a_list", "search.rules.life_course.by_age")),
        ("hazard: 12 %/year", "by_age: [1, 2, 9]", ("out_of_bounds", "search.rules.life_course.by_age.2")),
        ("[[0, -1], [0.5, 0]]", "[[0, -1], [0, 0]]", ("points_not_rising", "*.own_group.points.1.0")),
        ("[[0, -1], [0.5, 0]]", "[[0, -1, 3]]", ("not_points", "*.own_group.points.0")),
        ("[[0, -1], [0.5, 0]]", "[]", ("not_points", "*.own_group.points")),
        ("[[0, -1], [0.5, 0]]", "[[0, -11]]", ("out_of_bounds", "*.own_group.points.0.1")),
        ("{b: {points: [[0, 0]]}}", "{c: {points: [[0, 0]]}}", ("groups_unknown", "*.own_group.by_group.c")),
        ("{b: {points: [[0, 0]]}}", "{b: {point: [[0, 0]]}}", ("unknown_key_suggest", "*.own_group.by_group.b.point")),
        ("{b: {points: [[0, 0]]}}", "{b: {shape: threshold}}", ("missing_key", "*.own_group.by_group.b.shape")),
        ("weight: 2", "shape: threshold", ("missing_key", "*.own_group.shape")),
        ("weight: 2", "alone: no_one", ("not_one_of", "*.own_group.alone")),
        ("terms:", "terms: {}\n      trems:", ("unknown_key_suggest", "preferences.profiles.all.trems")),
        ("id: small", "id: Small Town", ("not_an_id", "id")),
        ("kind: lattice", "kind: latice", ("not_one_of_suggest", "space.kind")),
        ("population: {fill: 0.75, groups", "population: {groups", None),
        ("share: 0.5}, {id: b, share: 0.5}", "count: 4}, {id: b, count: 5}", ("fill_with_counts", "population.fill")),
        ("share: 0.5}, {id: b, share: 0.5}", "x: 4}, {id: b}", ("unknown_key", "population.groups.a.x")),
        ("share: 0.5}, {id: b, share: 0.5}", "}, {id: b}", ("groups_without_size", "population.groups")),
        ("money: false", "money: true", ("lattice_without_money", "space.kind")),
        ("{kind: lattice, width: 4, height: 3}", "lattice", ("not_a_map", "space")),
        ("terms:", "terms: none\n      trems:", ("not_a_map", "preferences.profiles.all.terms")),
        ("money: false", "money: false\ntime.stop: 3", ("unknown_key_suggest", "time.stop")),
        ("months: 60", "months: 60, stop: all_satisfied", ("other_tempo", "time.stop")),
    ],
)
def test_what_is_wrong_is_told_at_its_path(old: str, new: str, told: tuple[str, str] | None) -> None:
    assert old in LATTICE
    text = LATTICE.replace(old, new)
    if told is None:
        assert load_text(text, TOYS).population.fill is None
        return
    path = told[1].replace("*", "preferences.profiles.all.terms")
    assert (told[0], path) in _faults(text)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("landlord: municipal}", "landlord: 3}", ("not_text", "tenures.public_rental.landlord")),
        ("rule: queue, internal: 20 %", "rule: mixed", ("mixed_in_mixed", "*.allocation.parts.exchange.rule")),
        ("companies:", "number: 3\n    companies:", ("companies_or_number", "*.number")),
        ("share: 0.75", "share: 0.5", ("shares_sum", "*.companies")),
        ("share: 10 %", "share: 101 %", ("out_of_bounds", "*.allocation.reserves.first.share")),
        ("{id: first, class: priority, share: 10 %}", "{id: x, class: priority, share: 60 %}, {id: y, class: no_home, "
         "share: 60 %}", ("shares_sum_most", "*.allocation.reserves")),
        ("{rule: utility_value, location_weight: 0.2}", "{location_weight: 0.2}", ("rule_missing", "*.rent")),
        ("{rule: utility_value, location_weight: 0.2}", "{rule: [market]}", ("rule.unknown", "*.rent.rule")),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_landlord_is_told(tmp_path: Path, old: str, new: str, told: tuple[str, str]) -> None:
    path = town_files(tmp_path)
    assert old in TOWN
    path.write_text(TOWN.replace(old, new))
    with pytest.raises(ScenarioError) as caught:
        load(path, TOYS)
    found = [(fault.key.removeprefix("scenario."), fault.place.path) for fault in caught.value.faults]
    assert (told[0], told[1].replace("*", "landlords.municipal")) in found


def test_a_source_may_stand_beside_a_curve_and_a_row() -> None:
    text = LATTICE.replace("[[0, -1], [0.5, 0]]", "{value: [[0, 1]], source: paper, status: verified}")
    text = text.replace("hazard: 12 %/year", "by_age: {value: [1, 1, 1], source: assumed}")
    scenario = load_text(text, TOYS)
    assert scenario.value("preferences.profiles.all.terms.own_group.points") == ((0.0, 1.0),)
    assert scenario.value("search.rules.life_course.by_age") == (1.0, 1.0, 1.0)
    wrong = text.replace("source: paper, status: verified}, by", "source: papr}, by")
    assert ("source_unknown_suggest", "preferences.profiles.all.terms.own_group.points.source") in _faults(wrong)
    assert ("quantity_without_value", "search.rules.life_course.by_age") in _faults(
        text.replace("value: [1, 1, 1], ", "")
    )
    assert ("unknown_key", "search.rules.life_course.by_age.unit") in _faults(
        text.replace("1], source", "1], unit: x, source")
    )


def test_inline_areas_have_no_money_and_a_neighbourhood_needs_positions() -> None:
    inline = "space: {kind: areas, areas: [{id: one, homes: 4}, {id: two, homes: 4, lat: 57.7, lon: 12}]}"
    text = LATTICE.replace("space: {kind: lattice, width: 4, height: 3}", inline)
    space = load_text(text, TOYS).space
    assert space.kind == "areas"
    assert [area.homes for area in space.areas] == [4, 4]
    near = text.replace("areas: [{id: one", "neighbourhood: {half_distance: 1 km, reach: 1}, areas: [{id: one")
    assert _faults(near) == [("areas_without_position", "space.neighbourhood")]
    both = text.replace("areas: [{id: one", "table: x.csv, areas: [{id: one")
    assert _faults(both) == [("areas_from_one", "space")]
