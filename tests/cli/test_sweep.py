"""The verbs of experiments: sweep, resume, status, export; what they say, what they write, how they end."""

import json
import re

import pytest

FILE = """\
schema: hemvist-experiment/1
id: tiny
title: {en: "A tiny one", sv: "Ett litet"}
set: {space.width: 8, space.height: 8, time.months: 3}
arms: [{id: one, scenario: schelling}]
design: {kind: grid, factors: [{path: preferences.profiles.all.terms.own_group.at, values: [0.3, 0.5]}]}
replications: {n: 3}
outputs: {measures: [theory.similarity]}
"""


@pytest.fixture
def tiny(tmp_path):
    """An experiment of six runs of a moment each."""
    file = tmp_path / "tiny.yaml"
    file.write_text(FILE)
    return file


def test_a_dry_run_tells_and_writes_nothing(hemvist, tiny, tmp_path):
    done = hemvist("sweep", tiny, "--dry-run")
    assert done.code == 0
    assert re.search(r"runs in all, each counted once +6\n", done.out)
    assert not (tmp_path / "results").exists()
    hemvist("sweep", tiny, "-j", 0, "--limit", 2)
    found = json.loads(hemvist("sweep", tiny, "-n", "--json").out)
    assert (found["planned"], found["there"], found["to_run"], found["from_earlier_runs"]) == (6, 2, 4, True)


def test_a_sweep_goes_on_and_says_what_is_left(hemvist, tiny):
    first = hemvist("sweep", tiny, "-j", 0, "--limit", 2)
    assert first.code == 0
    assert first.out == ""
    assert "4 runs are left. To go on: hemvist resume results/tiny" in first.err
    second = hemvist("resume", "results/tiny", "-j", 0)
    assert second.code == 0
    assert "4 runs made, 2 were there already, 0 set aside" in second.err
    assert json.loads(hemvist("resume", "results/tiny", "-j", 0, "--json", "-q").out)["made"] == 0


def test_replications_and_points_can_be_added(hemvist, tiny):
    hemvist("sweep", tiny, "-j", 0)
    more = hemvist("resume", "results/tiny", "-j", 0, "--add-replications", 2)
    assert "4 runs made, 6 were there already" in more.err
    refused = hemvist("resume", "results/tiny", "--add-points", 2)
    assert refused.code == 2
    assert "its points hang together" in refused.err


def test_the_status_shows_arms_and_strange_files(hemvist, tiny, tmp_path):
    hemvist("sweep", tiny, "-j", 0, "--limit", 2)
    (tmp_path / "results" / "tiny" / "final" / "mine.txt").write_text("x")
    done = hemvist("status", "results/tiny")
    assert done.code == 0
    assert "final/mine.txt does not belong here" in done.out
    assert "To go on" in done.err
    found = json.loads(hemvist("status", "results/tiny", "--json").out)
    assert (found["planned"], found["done"], found["left"]) == (6, 2, 4)
    assert "Schellings" in hemvist("--lang", "sv", "status", "results/tiny").out


def test_failures_are_shown_with_the_command_that_repeats_them(hemvist, tiny, tmp_path):
    from sim.experiment.store import Store

    hemvist("sweep", tiny, "-j", 0, "--limit", 5)
    store = Store(tmp_path / "results" / "tiny")
    left = next(run for run in store.design().column("run_id").to_pylist() if run not in store.survey().finished())
    store.fail(left, {"reason": "too_long", "arm": "one", "fault": "", "command": "hemvist run schelling --seed 1"})
    told = hemvist("sweep", tiny, "-j", 0)
    assert told.code == 3
    assert "hemvist resume results/tiny --only-failed" in told.err
    shown = hemvist("status", "results/tiny", "--failures").out
    assert "it took longer than it may" in shown
    assert "  hemvist run schelling --seed 1" in shown
    assert hemvist("resume", "results/tiny", "-j", 0, "--only-failed").code == 0


def test_a_store_of_another_experiment_or_nobodys_is_refused_with_its_own_code(hemvist, tiny, tmp_path):
    assert hemvist("status", tmp_path / "nowhere").code == 4
    hemvist("sweep", tiny, "-j", 0)
    (tmp_path / "results" / "tiny").rename(tmp_path / "results" / "other")
    tiny.write_text(FILE.replace("id: tiny", "id: other"))
    refused = hemvist("sweep", tiny, "-j", 0)
    assert refused.code == 4
    assert "holds the experiment 'tiny'" in refused.err


def test_an_interval_that_stays_too_wide_has_its_own_code(hemvist, tiny):
    stop = "{stop: {measure: theory.similarity, on: mean, half_width: 0.000001, max: 10}}"
    tiny.write_text(FILE.replace("{n: 3}", stop))
    done = hemvist("sweep", tiny, "-j", 0)
    assert done.code == 5
    assert "still wider than was asked for" in done.err


def test_very_many_runs_are_not_begun_unasked(hemvist, tiny, tmp_path):
    done = hemvist("sweep", tiny, "--max-runs", 5)
    assert done.code == 2
    assert "6 runs are more than 5" in done.err
    assert not (tmp_path / "results").exists()
    assert hemvist("sweep", tiny, "-j", 0, "--max-runs", 5, "--yes").code == 0


def test_a_measure_that_no_run_records_is_told(hemvist, tiny):
    tiny.write_text(FILE.replace("[theory.similarity]", "[theory.similarity, access.vacancy]"))
    assert "access.vacancy is not recorded in these runs" in hemvist("sweep", tiny, "-j", 0).err


def test_results_are_exported(hemvist, tiny, tmp_path):
    hemvist("sweep", tiny, "-j", 0)
    paths = hemvist("export", "results/tiny").out.split()
    assert [path.rpartition("/")[2] for path in paths] == ["design.csv", "series.csv", "final.csv"]
    assert len((tmp_path / paths[2]).read_text().splitlines()) == 7
    crate = hemvist("export", "results/tiny", "--format", "ro_crate").out.strip()
    graph = json.loads((tmp_path / crate).read_text())["@graph"]
    parts = {part["@id"] for part in graph[1]["hasPart"]}
    assert {"manifest.json", "experiment.yaml"} <= parts
    assert all((tmp_path / "results" / "tiny" / part).is_file() for part in parts)


def test_an_experiment_is_checked_listed_begun_and_has_a_schema(hemvist, tiny, tmp_path):
    assert "6 runs (arms: 1, points: 2, replications: 3)" in hemvist("check", tiny).out
    assert "schelling-threshold" in hemvist("list", "experiments").out
    assert hemvist("new", "experiment", "mine", "--from", "schelling").code == 0
    assert hemvist("new", "experiment", "towns").code == 0
    assert hemvist("check", "towns.yaml", "mine.yaml").code == 0
    hemvist("schema", "experiment", "--install")
    assert json.loads((tmp_path / ".schema" / "experiment-1.json").read_text())["title"] == "hemvist-experiment/1"
    tiny.write_text(FILE.replace("kind: grid", "kind: gird"))
    wrong = hemvist("check", tiny)
    assert wrong.code == 2
    assert "tiny.yaml:6:16 (design.kind): 'gird' is not one of" in wrong.err


def test_an_experiment_speaks_swedish(hemvist, tiny):
    done = hemvist("--lang", "sv", "sweep", tiny, "-j", 0)
    assert "6 körningar gjorda" in done.err
    assert "körningar totalt" in hemvist("--lang", "sv", "sweep", tiny, "-n").out


def test_what_was_found_is_shown_written_drawn_and_reported(hemvist, tiny, tmp_path):
    hemvist("sweep", tiny, "-j", 0)
    assert "30.0 %" in hemvist("analyse", "results/tiny").out
    rows = json.loads(hemvist("analyse", "results/tiny", "--method", "summary", "--json").out)
    assert {"measure", "mean", "low", "high", "n"} <= set(rows[0])
    assert hemvist("analyse", "results/tiny", "-o", "found.csv").code == 0
    assert (tmp_path / "found.csv").read_text().startswith("measure,arm,factor,value,points,n,mean,low,high\n")
    drawn = hemvist("plot", "results/tiny", "response", "--format", "svg").out.split()
    assert [(tmp_path / path).read_text()[:5] for path in drawn] == ["<?xml"]
    path = tmp_path / hemvist("report", "results/tiny").out.strip()
    assert "<svg" in path.read_text()


def test_an_analysis_that_does_not_fit_says_which_does(hemvist, tiny):
    hemvist("sweep", tiny, "-j", 0, "--limit", 4)
    assert "2 of the planned runs are missing" in hemvist("analyse", "results/tiny").err
    for arguments, said in (
        (("--method", "pairs"), "no pairs"), (("--method", "morris"), "needs 'morris'"),
        (("--measure", "theory.moves"), "is not kept"), (("--window", "then"), "is not a window"),
    ):  # fmt: skip
        refused = hemvist("analyse", "results/tiny", *arguments)
        assert refused.code in (2, 4)
        assert said in refused.err
