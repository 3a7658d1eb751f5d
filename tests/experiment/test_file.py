"""Experiment files: everything that is wrong is told at once, with line and column; what is right becomes points."""

import json

import jsonschema
import pytest

from sim.base.errors import ScenarioError
from sim.base.language import has
from sim.experiment.file import find
from sim.experiment.file.json_schema import experiment_schema
from sim.experiment.file.load import load, load_text
from sim.experiment.file.windows import window_of
from sim.rules import built_in
from sim.scenario.reader import read_text

RULES = built_in()
GOOD = """\
schema: hemvist-experiment/1
id: some
title: {en: "Some", sv: "Något"}
arms:
  - {id: today, scenario: two-towns}
  - {id: few, scenario: two-towns, set: {listing.max_applications: 2}}
set: {time.months: 12}
design: {kind: grid, factors: [{path: search.sample, values: [5, 20]}]}
replications: {n: 3, root_seed: 7}
outputs: {measures: [access.without_home]}
"""


def study(text=GOOD, **changes):
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    return load_text(text, RULES)


def faults(text):
    with pytest.raises(ScenarioError) as caught:
        load_text(text, RULES)
    for fault in caught.value.faults:
        assert has(f"errors.{fault.key}", "en")
        assert has(f"errors.{fault.key}", "sv")
    return [(fault.key, fault.place.line, fault.values.get("meant")) for fault in caught.value.faults]


def test_a_good_file_becomes_arms_points_and_scenarios():
    found = study()
    assert [arm.id for arm in found.arms] == ["today", "few"]
    assert found.points == ({"search.sample": 5}, {"search.sample": 20})
    assert found.months == 12
    assert found.scenario(1, 0).value("listing.max_applications") == 2
    assert found.scenario(1, 0).value("search.sample") == 5
    assert found.scenario(0, 1).value("listing.max_applications") == 8


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: some\n", "id: some\nidd: 3\n", [("scenario.unknown_key_suggest", 3, "id")]),
        ("kind: grid", "kind: gird", [("scenario.not_one_of_suggest", 8, "grid")]),
        ("scenario: two-towns}", "scenario: two-twons}", [("scenario.name_unknown_suggest", 5, "two-towns")]),
        ("max_applications: 2", "max_aplications: 2", [("scenario.unknown_key_suggest", 6, "max_applications")]),
        ("max_applications: 2", "max_applications: many", [("scenario.not_a_number", 6, None)]),
        ("time.months: 12", "time.mnths: 12", [("scenario.unknown_key_suggest", 7, "months")]),
        ("search.sample,", "search.sampel,", [("scenario.path_unknown_suggest", 8, "sample")]),
        ("values: [5, 20]", "min: 5", [("experiment.no_range", 8, None)]),
        ("values: [5, 20]", "min: 20, max: 5", [("scenario.lever_empty", 8, None)]),
        ("values: [5, 20]", "min: 0, max: 5, scale: log",
         [("scenario.out_of_bounds", 8, None), ("experiment.log_of_nothing", 8, None)]),
        ("values: [5, 20]", "min: -5, max: 5", [("scenario.out_of_bounds", 8, None)]),
        ("path: search.sample, values: [5, 20]", "path: landlords.private.allocation.rule, min: 0, max: 1",
         [("experiment.factor_not_a_number", 8, None)]),
        ("path: search.sample, values: [5, 20]", "lever: rent_cap", [("experiment.no_such_lever", 8, None)]),
        ("[{path: search.sample, values: [5, 20]}]",
         "[{path: search.sample, values: [5]}, {path: search.sample, values: [6]}]",
         [("experiment.factor_twice", 8, None)]),
        ("kind: grid,", "kind: grid, points: 3,", [("experiment.key_of_other_design", 8, None)]),
        ("kind: grid, factors: [{path: search.sample, values: [5, 20]}]", "kind: sobol, points: 8",
         [("experiment.design_needs", 8, None)]),
        ("n: 3,", "", [("experiment.n_or_stop", 9, None)]),
        ("without_home", "without_hom", [("measure.name_unknown_suggest", 10, "access.without_home")]),
        ("set: {time.months: 12}", "analyse: {measures: [access.waiting_time]}",
         [("experiment.measure_not_kept", 7, None)]),
        ("set: {time.months: 12}", "analyse: {window: lasst 3}", [("experiment.window_written", 7, None)]),
        ("values: [5, 20]}]", "values: [5, 20]}], constraints: [\"search.sample > 30\"]",
         [("experiment.no_points", 8, None)]),
        ("values: [5, 20]}]", "values: [5, 20]}], constraints: [\"search.sample ~ 30\"]",
         [("experiment.constraint_written", 8, None)]),
        ("id: few", "id: today", [("scenario.doubled_id", 6, None)]),
        ("replications:", "replications: {n: 2}\nreplications:", [("scenario.duplicate_key", 10, None)]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_it_stands(old, new, expected):
    assert old in GOOD
    assert faults(GOOD.replace(old, new)) == expected


def test_faults_of_several_arms_and_of_measures_are_told_together():
    text = GOOD.replace("two-towns}", "two-twons}").replace("max_applications: 2", "max_aplications: 2")
    assert len(faults(text.replace("without_home", "without_hom"))) == 3


def test_values_with_units_arrive_in_house_units():
    path = "landlords.private.rent.yearly_index"
    found = study(design=("path: search.sample, values: [5, 20]", f"path: {path}, min: 0 %, max: 2 %, steps: 3"))
    assert [point[path] for point in found.points] == [0.0, 0.01, 0.02]


def test_words_can_be_varied_too():
    path = "landlords.private.screening.rule"
    found = study(design=("search.sample, values: [5, 20]", f"{path}, values: [none]"))
    assert found.scenario(0, 0).value(path) == "none"


def test_constraints_refuse_points_and_the_number_is_known():
    found = study(design=("values: [5, 20]}]", "values: [5, 20, 30]}], constraints: [\"search.sample >= 20\"]"))
    assert [point["search.sample"] for point in found.points] == [20, 30]
    assert found.n_drawn == 3


def test_every_lever_that_is_awake_in_all_arms_can_be_asked_for_at_once():
    text = GOOD.replace("two-towns", "gothenburg").replace("gothenburg, set", "gothenburg-right, set")
    text = text.replace("kind: grid, factors: [{path: search.sample, values: [5, 20]}]",
                        'kind: morris, trajectories: 2, factors: [{lever: "*"}]')  # fmt: skip
    found = study(text)
    awake = [{lever.path for lever in arm.scenario.levers if not lever.is_asleep} for arm in found.arms]
    assert {factor.path for factor in found.factors} == awake[0] & awake[1]
    assert len(found.points) == 2 * (len(found.factors) + 1)
    assert all(factor.name("sv") != factor.path for factor in found.factors)


def test_a_point_that_an_arm_cannot_run_is_named():
    path = "landlords.private.rent.rule"
    found = study(design=("path: search.sample, values: [5, 20]", f"path: {path}, values: [market, markt]"))
    with pytest.raises(ScenarioError, match=rf"few cannot be run with {path}=markt"):
        found.scenario(1, 1)


def test_windows_stand_where_they_say():
    last, year, whole = window_of("last 24", 120), window_of("year 3", 120), window_of("all", 120)
    assert (last.first, last.last) == (97, 120)
    assert (year.first, year.last) == (25, 36)
    assert (whole.first, whole.last) == (1, 120)
    assert window_of("last 24", 6).first == 1


@pytest.mark.parametrize("name", find.shipped_names())
def test_an_experiment_that_ships_is_in_order_and_speaks_both_languages(name):
    found = load(name, RULES)
    assert found.id == name.replace("-", "_")
    for text in (found.section.title, found.section.question):
        assert text is not None
        assert text.sv is not None
    assert (find.shipped_folder() / f"{name}.md").is_file()


def test_the_schema_for_editors_accepts_what_loads_and_refuses_what_does_not():
    validator = jsonschema.Draft7Validator(experiment_schema(RULES))
    jsonschema.Draft7Validator.check_schema(validator.schema)
    data = json.loads(json.dumps(read_text(GOOD, "x").node.plain()))
    assert validator.is_valid(data)
    for name in find.shipped_names():
        shipped = read_text((find.shipped_folder() / f"{name}.yaml").read_text(encoding="utf-8"), name).node.plain()
        assert [error.message for error in validator.iter_errors(json.loads(json.dumps(shipped)))] == []
    for old, new in (("kind: grid", "kind: gird"), ("id: some\n", ""), ("n: 3", "n: few"), ("arms:", "arm:")):
        assert not validator.is_valid(json.loads(json.dumps(read_text(GOOD.replace(old, new), "x").node.plain())))
