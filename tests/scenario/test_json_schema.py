"""JSON Schema for editors: accepts what ships, and refuses what has the wrong shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from toy_rules import TOYS
from worlds import LATTICE, TOWN

from sim.rules import built_in
from sim.scenario.find import shipped_folder
from sim.scenario.json_schema import scenario_schema
from sim.scenario.reader import read_file, read_text

BAD = Path(__file__).parents[1] / "bad"
SHIPPED = sorted(shipped_folder().glob("*.yaml"))
SCHEMA_ERRORS = (
    "lever_words", "missing_keys", "other_version", "out_of_bounds", "quantities", "rule_parameters", "sequential",
    "unknown_key", "unknown_rule", "unknown_section", "without_money", "wrong_types",
)  # fmt: skip


@pytest.fixture(scope="module")
def real() -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(scenario_schema(built_in()))


@pytest.fixture(scope="module")
def toys() -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(scenario_schema(TOYS))


def _data(text: str) -> Any:
    return json.loads(json.dumps(read_text(text, "x.yaml").node.plain()))


def test_it_is_a_schema_of_draft_7_that_refers_to_nothing_outside(real: jsonschema.Draft7Validator) -> None:
    jsonschema.Draft7Validator.check_schema(real.schema)
    text = json.dumps(real.schema)
    assert "prefixItems" not in text
    assert "$defs" not in text
    names = set(real.schema["definitions"])
    referred = {ref.removeprefix("#/definitions/") for ref in _refs(real.schema)}
    assert referred <= names


def _refs(schema: Any) -> set[str]:
    if isinstance(schema, dict):
        own = {schema["$ref"]} if isinstance(schema.get("$ref"), str) else set()
        return own.union(*(_refs(value) for value in schema.values()))
    return set().union(*(_refs(item) for item in schema)) if isinstance(schema, list) else set()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_it_accepts_what_ships(real: jsonschema.Draft7Validator, path: Path) -> None:
    data = json.loads(json.dumps(read_file(path).node.plain()))
    assert [error.message[:200] for error in real.iter_errors(data)] == []


@pytest.mark.parametrize("name", SCHEMA_ERRORS)
def test_it_refuses_bad_files_of_the_wrong_shape(real: jsonschema.Draft7Validator, name: str) -> None:
    data = json.loads(json.dumps(read_file(BAD / f"{name}.yaml").node.plain()))
    assert not real.is_valid(data)


@pytest.mark.parametrize("text", [LATTICE, TOWN], ids=["lattice", "town"])
def test_it_accepts_the_small_scenarios_of_the_tests(toys: jsonschema.Draft7Validator, text: str) -> None:
    assert [error.message[:200] for error in toys.iter_errors(_data(text))] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hazard: 12 %/year", "hazrd: 12 %/year"),
        ("hazard: 12 %/year", "hazard: often"),
        ("hazard: 12 %/year", "by_age: [1, 2]"),
        ("[[0, -1], [0.5, 0]]", "[[0, -1, 2]]"),
        ("{b: {points: [[0, 0]]}}", "{b: {point: 3}}"),
        ("rule: forced", "rule: forcd"),
        ("kind: lattice", "kind: circle"),
        ("sample: {value: 5", "sample: {valu: 5"),
        ("own_group: {", "own_grup: {"),
        ("time: {start: 2026-01", "time: {start: 2026-1"),
        ("width: 4, ", ""),
        ("id: small\n", ""),
    ],
)
def test_it_refuses_what_the_loader_refuses(toys: jsonschema.Draft7Validator, old: str, new: str) -> None:
    assert old in LATTICE
    assert not toys.is_valid(_data(LATTICE.replace(old, new)))


def test_a_file_that_builds_on_another_may_leave_out_what_that_one_says(toys: jsonschema.Draft7Validator) -> None:
    part = (
        "{schema: hemvist-scenario/1, id: x, extends: town, landlords: [{id: municipal, rent: {location_weight: 1}}]}"
    )
    assert toys.is_valid(_data(part))
    assert toys.is_valid(_data(part.replace("{location_weight: 1}", "{remove: true}")))
    assert not toys.is_valid(_data(part.replace("extends: town, ", "")))
    assert not toys.is_valid(_data(part.replace("location_weight", "location_wight")))


def test_units_and_what_may_change_with_time_stand_in_it(toys: jsonschema.Draft7Validator) -> None:
    definitions = toys.schema["definitions"]
    assert definitions["Loans"]["properties"]["stress_rate"]["x-unit"] == "share/year"
    assert definitions["Scenario"]["properties"]["loans"]["x-timed"] is True
    assert "x-timed" not in definitions["Scenario"]["properties"]["space"]
    assert definitions["rent.market.RuleSection"]["properties"]["rule"] == {"const": "market"}
