"""``list``, ``show``, ``new``, ``check``, ``schema`` and ``doctor``: looking, beginning, and being told."""

import json
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest
import yaml

from sim.base.language import LANGUAGES, has
from sim.cli import doctor
from sim.cli.list import SHELVES
from sim.scenario.find import shipped_folder, shipped_names


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("what", ["scenarios", "measures", "parameters", "rules", "levers"])
def test_every_shelf_can_be_listed_for_people_and_for_programs(hemvist, what, language):
    of = ["--of", "two-towns"]
    said = hemvist("list", what, *of, "--lang", language)
    entries = json.loads(hemvist("list", what, *of, "--json", "--lang", language).out)
    assert said.code == 0
    assert bool(entries) == bool(said.out)
    assert len(said.out.splitlines()) == (len(entries) + 2 if entries else 0)


@pytest.mark.parametrize("what", SHELVES)
def test_every_heading_of_a_list_is_a_word_in_both_languages(hemvist, what):
    hemvist("run", "schelling", "--months", "1", "--quiet")
    entry = json.loads(hemvist("list", what, "--json").out)[0]
    assert [(key, one) for key in entry for one in LANGUAGES if not has(f"cli.list.columns.{key}", one)] == []


def test_every_shipped_scenario_is_listed(hemvist):
    assert {entry["name"] for entry in json.loads(hemvist("list", "--json").out)} == set(shipped_names())


def test_a_filter_wants_all_its_words(hemvist):
    found = json.loads(hemvist("list", "measures", "--filter", "WAITING months", "--json").out)
    assert found
    assert all("waiting" in entry["name"] for entry in found)
    assert "Nothing found: measures" in hemvist("list", "measures", "--filter", "no such thing").err


def test_a_scenario_with_faults_is_listed_as_such(hemvist, monkeypatch, tmp_path):
    (tmp_path / "bad.yaml").write_text("schema: hemvist-scenario/1\n")
    monkeypatch.setattr("sim.scenario.find.shipped_folder", lambda package=None: tmp_path)
    assert "see hemvist check" in hemvist("list").out


@pytest.mark.parametrize("view", [[], ["--resolved"], ["--origin"], ["--timeline"], ["--phases"], ["--cite"]])
def test_every_view_of_a_scenario_can_be_read_by_people_and_programs(hemvist, view):
    said = hemvist("show", "two-towns", *view)
    assert said.code == 0
    assert said.out
    assert json.loads(hemvist("show", "two-towns", *view, "--json").out) is not None


def test_what_is_resolved_is_yaml_with_the_changes_in_it(hemvist):
    shown = yaml.safe_load(hemvist("show", "two-towns", "--resolved", "--months", "7").out)
    assert shown["time"]["months"] == 7


def test_an_origin_names_file_line_source_and_status(hemvist):
    shown = hemvist("show", "two-towns", "--origin").out
    assert "two-towns.yaml:" in shown
    assert "[assumed, assumed]" in shown
    assert "default" in shown


def test_a_timeline_tells_month_path_and_values(hemvist, small):
    small.write_text(small.read_text() + "timeline: [{id: fewer, at: 2026-03, set: {listing.max_applications: 2}}]\n")
    shown = hemvist("show", small, "--timeline").out
    assert shown.startswith("2026-03  listing.max_applications: ")
    assert "-> 2  (fewer)" in shown
    (entry,) = json.loads(hemvist("show", small, "--timeline", "--json").out)
    assert entry["new"] == 2


def test_a_rule_that_gives_way_to_another_is_told_parameter_by_parameter(hemvist, small):
    event = "{id: raffle, at: 2026-03, set: {landlords.municipal.allocation: {rule: lottery, lots: common}}}"
    small.write_text(small.read_text() + f"timeline: [{event}]\n")
    shown = hemvist("show", small, "--timeline").out.splitlines()
    path = "2026-03  landlords.municipal.allocation"
    assert f"{path}.rule: queue -> lottery  (raffle)" in shown
    assert f"{path}.lots: - -> common  (raffle)" in shown
    assert f"{path}.eligibility.queue_member: true -> false  (raffle)" in shown
    entries = json.loads(hemvist("show", small, "--timeline", "--json").out)
    assert len(entries) == len(shown)
    assert {"month": 2, "path": f"{path[9:]}.lots", "old": None, "new": "common", "event": "raffle"} in entries


def test_a_month_in_which_a_ramp_does_not_move_a_whole_number_is_no_change(hemvist, small):
    event = "{id: slowly, at: 2026-01, until: 2026-12, ramp: 6 months, set: {listing.max_applications: 9}}"
    small.write_text(small.read_text() + f"timeline: [{event}]\n")
    changes = json.loads(hemvist("show", small, "--months", "12", "--timeline", "--json").out)
    assert [(entry["month"], entry["old"], entry["new"]) for entry in changes] == [(3, 8, 9), (12, 9, 8)]


def test_rules_of_the_burn_in_that_are_the_same_in_both_are_no_difference(hemvist):
    shown = hemvist("show", "gothenburg", "--diff", "gothenburg-market").out
    assert "+ landlords.municipal.rent.rule: market" in shown
    assert "burn_in" not in shown
    assert "parts: []" not in shown


def test_rules_of_the_burn_in_that_differ_are_shown(hemvist, small, tmp_path):
    small.write_text(small.read_text() + "listing: {max_applications: 3}\n")
    shutil.copytree(shipped_folder() / "two-towns", tmp_path / "two-towns")
    root = (shipped_folder() / "two-towns.yaml").read_text()
    (tmp_path / "root.yaml").write_text(root.replace("max_applications: {value: 8", "max_applications: {value: 3"))
    shown = hemvist("show", "small.yaml", "--diff", "root.yaml").out.splitlines()
    assert shown[-2:] == [
        "- burn_in_rules.listing.max_applications: 8", "+ burn_in_rules.listing.max_applications: 3",
    ]  # fmt: skip
    assert "- listing.max_applications: 3" not in shown


def test_two_scenarios_differ_where_they_differ(hemvist, small, other):
    shown = hemvist("show", small, "--diff", other).out.splitlines()
    assert "+ listing.max_applications: 1" in shown
    assert json.loads(hemvist("show", small, "--diff", other, "--json").out)["listing.max_applications"][1] == 1
    assert "No difference" in hemvist("show", small, "--diff", small).out


@pytest.mark.parametrize("language", ["en", "sv"])
def test_a_new_scenario_is_in_order_and_says_how_to_go_on(hemvist, tmp_path, language):
    made = hemvist("new", "scenario", "my_town", "--lang", language)
    assert made.code == 0
    assert "my_town.yaml" in made.err
    text = (tmp_path / "my_town.yaml").read_text()
    assert ("everything" in text) == (language == "en")
    assert hemvist("check", "my_town.yaml").code == 0
    assert hemvist("run", "my_town.yaml", "--months", "1", "--set", "time.burn_in=0", "-q").code == 0


def test_a_new_scenario_may_be_built_upon_a_file_in_another_folder(hemvist, small, tmp_path):
    (tmp_path / "mine").mkdir()
    assert hemvist("new", "scenario", "mine/second.yaml", "--from", "small.yaml").code == 0
    assert "extends: ../small.yaml" in (tmp_path / "mine" / "second.yaml").read_text()


@pytest.mark.parametrize("language", ["en", "sv"])
def test_a_new_project_is_a_folder_in_which_everything_is_in_order(hemvist, tmp_path, monkeypatch, language):
    made = hemvist("new", "project", "my-study", "--from", "schelling", "--lang", language)
    assert made.code == 0
    assert "cd my-study" in made.err
    assert [path.name for path in tmp_path.iterdir()] == ["my-study"]
    monkeypatch.chdir(tmp_path / "my-study")
    assert hemvist("check", "my-study.yaml", "my-study-experiment.yaml").code == 0
    schema = json.loads(Path(".schema/scenario-1.json").read_text())
    jsonschema.validate(yaml.safe_load(Path("my-study.yaml").read_text()), schema)
    readme = Path("README.md").read_text()
    assert readme.startswith("# My study\n")
    for line in readme.partition("```\n")[2].partition("```")[0].splitlines():
        words = line.split()
        assert (words[0], Path(words[-1]).is_file() or words[-1] == "--dry-run") == ("hemvist", True)
    assert hemvist("run", "my-study.yaml", "--months", "1", "-q").code == 0


def test_a_project_is_never_written_over_and_holds_all_that_it_builds_upon(hemvist, small, tmp_path):
    (tmp_path / "taken").mkdir()
    said = hemvist("new", "project", "taken", "--force")
    assert (said.code, list((tmp_path / "taken").iterdir())) == (2, [])
    assert "never written over" in said.err
    assert "is a file" in hemvist("new", "project", "mine", "--from", "small.yaml").err
    assert "cannot be the name" in hemvist("new", "project", "Mine").err
    assert not (tmp_path / "mine").exists()


def test_nothing_is_written_over_unless_asked(hemvist, small, tmp_path):
    before = small.read_text()
    assert "exists already" in hemvist("new", "scenario", "small").err
    assert small.read_text() == before
    assert hemvist("new", "scenario", "small", "--force").code == 0
    assert small.read_text() != before
    missing = hemvist("new", "scenario", "third", "--from", "no-such")
    assert missing.code == 2
    assert not (tmp_path / "third.yaml").exists()


def test_check_names_what_is_in_order_and_what_is_not(hemvist, small, other):
    other.write_text(other.read_text() + "nonsense: 1\n")
    found = hemvist("check", small, other)
    assert found.code == 2
    assert "small.yaml: in order" in found.out
    assert "other.yaml:" in found.err
    (fault,) = json.loads(hemvist("check", small, other, "--json").out)
    assert (fault["line"], fault["path"]) == (len(other.read_text().splitlines()), "nonsense")


SLIPS = """\
schema: hemvist-scenario/1
id: slips
extends: two-towns
lisitng: {max_applications: 3}
landlords:
  - id: municipal
    allocation: {rule: "quee"}
search: {smaple: 4, rules: [{rule: life_corse}], rooms_slack: -1}
"""


def test_what_is_misspelt_is_put_right_in_a_difference_that_patch_understands(hemvist, tmp_path):
    file = tmp_path / "slips.yaml"
    file.write_text(SLIPS)
    said = hemvist("check", "slips.yaml", "--fix")
    assert said.code == 2
    assert "lisitng" in said.err
    assert file.read_text() == SLIPS
    mended = subprocess.run(["patch", "-p0", "-o", "-"], input=said.out, capture_output=True, text=True, cwd=tmp_path)
    assert mended.stdout == (
        SLIPS.replace("lisitng", "listing").replace("quee", "queue").replace("smaple", "sample")
        .replace("life_corse", "life_course")
    )  # fmt: skip
    file.write_text(mended.stdout)
    (fault,) = json.loads(hemvist("check", "slips.yaml", "--json").out)
    assert fault["path"] == "search.rooms_slack"


def test_there_is_nothing_to_mend_where_no_word_is_misspelt(hemvist, small):
    assert hemvist("check", small, "--fix").out == f"{small}: in order\n"


PAIRED = "schema: hemvist-scenario/1\nid: {}\nextends: two-towns\npair: {}\n"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("listing: {max_applications: 2}\ntimeline: [{month: 3, set: {listing.max_applications: 4}}]\n", None),
        ("title: {en: Another, sv: En annan}\n", None),
        ("preferences: {taste_scale: 2}\n", "preferences.taste_scale"),
        ("population: {without_home: {share: 0.5}}\n", "population.without_home.share"),
    ],
)
def test_members_of_a_pair_may_differ_in_rules_timeline_and_texts_and_in_nothing_else(hemvist, tmp_path, more, said):
    (tmp_path / "one.yaml").write_text(PAIRED.format("one", "other_one"))
    (tmp_path / "other-one.yaml").write_text(PAIRED.format("other_one", "one") + more)
    found = hemvist("check", "one.yaml")
    assert found.code == 0
    assert found.out == "one.yaml: in order\n"
    if said is None:
        assert found.err == ""
    else:
        assert "Beware: one.yaml:4:7 (pair): the pair other_one differs" in found.err
        assert said in found.err
        (warning,) = json.loads(hemvist("check", "one.yaml", "--json").out)
        assert (warning["is_warning"], warning["key"]) == (True, "scenario.pair_differs")


def test_a_pair_that_settles_in_under_other_rules_starts_from_other_homes(hemvist, tmp_path):
    shutil.copytree(shipped_folder() / "two-towns", tmp_path / "two-towns")
    root = (shipped_folder() / "two-towns.yaml").read_text().replace("id: two_towns\n", "id: one\npair: other_one\n")
    (tmp_path / "one.yaml").write_text(root.replace("max_applications: {value: 8", "max_applications: {value: 3"))
    (tmp_path / "other-one.yaml").write_text(PAIRED.format("other_one", "one") + "listing: {max_applications: 3}\n")
    found = hemvist("check", "one.yaml")
    assert "settles in under other rules (burn_in_rules.listing.max_applications)" in found.err


def test_a_pair_of_which_one_is_missing_or_faulty(hemvist, tmp_path):
    (tmp_path / "one.yaml").write_text(PAIRED.format("one", "other_one"))
    assert "Put other-one.yaml beside this file" in hemvist("check", "one.yaml").err
    (tmp_path / "other-one.yaml").write_text(PAIRED.format("something_else", "one"))
    assert "Put other-one.yaml beside this file" in hemvist("check", "one.yaml").err
    (tmp_path / "other-one.yaml").write_text("nonsense: 1\n")
    assert hemvist("check", "one.yaml").err == ""


def test_the_pairs_that_ship_are_pairs(hemvist):
    for name in shipped_names():
        assert hemvist("check", name).err == ""


def test_strict_also_wants_sources(hemvist, small):
    small.write_text(small.read_text() + "listing: {max_applications: 3}\n")
    assert hemvist("check", small).code == 0
    assert hemvist("check", small, "--strict").code == 2


def test_the_schema_accepts_what_ships_and_can_be_installed(hemvist, tmp_path):
    schema = json.loads(hemvist("schema").out)
    jsonschema.Draft7Validator.check_schema(schema)
    assert hemvist("schema", "--install").code == 0
    assert json.loads((tmp_path / ".schema" / "scenario-1.json").read_text()) == schema
    assert hemvist("schema", "-o", "deep/here.json", "-q").err == ""
    assert (tmp_path / "deep" / "here.json").exists()


def test_the_doctor_finds_this_machine_ready(hemvist, tmp_path):
    said = hemvist("doctor")
    assert said.code == 0
    assert "This machine is ready." in said.out
    assert all(entry["ok"] for entry in json.loads(hemvist("doctor", "--json").out))
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_tells_what_is_missing_and_how_to_mend_it(hemvist, monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "NEEDED", {"no-such-package": "no_such_package"})
    monkeypatch.setattr(doctor, "OLDEST", (99, 0))
    monkeypatch.setattr(doctor, "ENOUGH_GIB", 1e9)
    monkeypatch.setattr("sim.cli.finding.shipped", lambda: ())
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/proc/nothing")
    found = hemvist("doctor", "-o", "/proc/nothing")
    assert found.code == 1
    for words in ("too old", "no-such-package is missing", "GiB of memory: use", "free on the disk: make room",
                  "No scenarios", "cannot be kept", "cannot be written"):  # fmt: skip
        assert words in found.out
    assert "things to mend" in found.out


def test_a_machine_that_does_not_tell_its_memory_is_not_ill(hemvist, monkeypatch):
    monkeypatch.setattr(doctor.os, "sysconf", lambda name: (_ for _ in ()).throw(ValueError), raising=False)
    assert "memory" not in hemvist("doctor").out
