"""``run``, ``show`` and ``list runs``: a record on disk, and what it says."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.engine.record import Record
from sim.experiment.paired import seeds


def folders(path):
    return sorted(one.parent for one in path.glob("results/**/record.json"))


def test_a_run_shows_its_measures_and_keeps_its_record(hemvist, small, tmp_path):
    said = hemvist("run", small)
    assert said.code == 0
    assert "A small town" in said.out
    assert "Without a home of their own" in said.out
    assert "One run shows one history" in said.out
    (folder,) = folders(tmp_path)
    assert f"Kept in results/{folder.name}" in said.err
    record = Record.load(folder)
    assert record.complete
    assert list(record.months) == [-2, -1, 0, 1, 2, 3]


def test_in_swedish_every_sentence_is_swedish(hemvist, small):
    said = hemvist("run", small, "--lang", "sv")
    assert "En liten ort" in said.out
    assert "Utan egen bostad" in said.out
    assert "Sparat i" in said.err
    assert not {"the", "with", "Next", "Kept"} & set((said.out + said.err).split())


def test_data_for_programs_is_one_document_and_nothing_else(hemvist, small):
    said = hemvist("run", small, "--json", "-q")
    found = json.loads(said.out)
    assert said.err == ""
    assert found["scenario"] == "small"
    assert set(found["measures"]["access.without_home"]) == {"founding", "burnt_in", "end", "chance"}
    assert Path(found["folder"]).is_dir()


def test_where_the_time_went_is_shown_phase_by_phase_when_asked(hemvist, small):
    asked, plain = hemvist("run", small, "--profile"), hemvist("run", small)
    shown = asked.out.partition("EVERY MONTH")[2]
    for words in ("Lives of households", "Applications", "Who gets which home", "Moves", "Measures"):
        assert words in shown
    for words in ("Starting, and reading the scenario", "Founding the town", "Saving the record"):
        assert words in asked.out.partition("ONCE")[2].partition("EVERY MONTH")[0]
    assert "Founding the town" not in plain.out
    assert asked.out.startswith(plain.out.rstrip())
    assert "Grundlägga orten" in hemvist("run", small, "--profile", "--lang", "sv").out


def test_where_the_time_went_is_data_too_and_every_phase_comes_once_a_month(hemvist, small):
    profile = json.loads(hemvist("run", small, "--profile", "--json", "-q").out)["profile"]
    assert {part: profile[part]["times"] for part in ("reading", "founding", "saving", "search", "measures")} == {
        "reading": 1, "founding": 1, "saving": 1, "search": 2 + 3, "measures": 2 + 3 + 1,
    }  # fmt: skip
    assert all(told["seconds"] >= 0.0 for told in profile.values())
    assert "profile" not in json.loads(hemvist("run", small, "--json", "-q").out)


def test_the_same_seed_gives_the_same_record_and_another_one_does_not(hemvist, small, tmp_path):
    hemvist("run", small, "-o", "a")
    hemvist("run", small, "-o", "b", "--seed", "1")
    hemvist("run", small, "-o", "c", "--seed", "2")
    a, b, c = (Record.load(next((tmp_path / name).iterdir())) for name in "abc")
    assert a == b
    assert not a.same_numbers(c)
    assert a.run_id != c.run_id


def test_changes_reach_the_run(hemvist, small, tmp_path):
    assert hemvist("run", small, "--months", "2", "--scale", "0.5", "--set", "listing.max_applications=1").code == 0
    record = Record.load(folders(tmp_path)[0])
    assert record.months[-1] == 2
    assert record.provenance["scale"] == 0.5
    assert record.provenance["resolved"]["listing"]["max_applications"] == 1


def test_a_shipped_name_and_standard_input_are_scenarios_too(process, environment, small):
    assert process("run", "two-towns", "--months", "1", "--set", "time.burn_in=0", "-q").code == 0
    piped = subprocess.run(
        [sys.executable, "-m", "sim", "check", "-"], input=small.read_bytes(), capture_output=True, check=False,
        env=environment,
    )  # fmt: skip
    assert (piped.returncode, piped.stdout) == (0, b"-: in order\n")


@pytest.mark.parametrize("verb", ["run", "check", "show"])
def test_faults_of_a_file_are_told_all_at_once_with_their_places(hemvist, small, tmp_path, verb):
    small.write_text(small.read_text().replace("burn_in: 2", "burn_in: -2, mnths: 3") + "searhc: {}\n")
    said = hemvist(verb, "small.yaml")
    assert said.code == 2
    lines = said.err.splitlines()
    assert len(lines) >= 3
    assert all(line.startswith("small.yaml:") for line in lines)
    assert "Did you mean" in said.err or "mean" in said.err
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["no-such"], "no-such"), (["no-such.yaml"], "no-such.yaml"), (["two-towns", "--rules", "no.py"], "no.py"),
     (["two-towns", "--set", "listing.nothing=1"], "nothing"), (["two-towns", "--set", "scale=many"], "scale")],
)  # fmt: skip
def test_what_cannot_be_found_or_used_is_named(hemvist, tmp_path, arguments, said):
    found = hemvist("run", *arguments)
    assert found.code == 2
    assert said in found.err
    assert "Traceback" not in found.err
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_takes_no_files_is_told_before_any_month_is_run(hemvist, small, tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    said = hemvist("run", small, "-o", "taken")
    assert said.code == 2
    assert "taken could not be written" in said.err
    assert (tmp_path / "taken").read_text() == "a file, not a folder"


FULL = """
import resource, sys
from sim.cli.group import answer
resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))
sys.exit(answer(sys.argv[1:]))
"""


def test_a_disk_that_takes_no_more_leaves_earlier_records_whole(hemvist, environment, small, tmp_path):
    hemvist("run", small)
    before = Record.load(folders(tmp_path)[0])
    done = subprocess.run(
        [sys.executable, "-B", "-c", FULL, "run", str(small), "--seed", "2", "-q"], cwd=tmp_path, capture_output=True,
        text=True, check=False, env=environment,
    )  # fmt: skip
    assert done.returncode == 2
    assert "larger than this system allows" in done.stderr
    assert [Record.load(one) for one in folders(tmp_path)] == [before]
    assert not list(tmp_path.glob("results/.*"))


def test_ctrl_c_keeps_the_finished_months_marked_incomplete(environment, tmp_path, small):
    small.write_text(small.read_text().replace("months: 3", "months: 12000"))
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "sim", "run", str(small), "-v"], cwd=tmp_path, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    assert "Running" in process.stderr.readline()
    time.sleep(4)  # some months, on a machine however slow the brake still counts as stopped before the end
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    (folder,) = folders(tmp_path)
    record = Record.load(folder)
    assert not record.complete
    assert len(record.months) > 0
    assert "marked incomplete" in said
    assert "Traceback" not in said


RULE = """
from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule


@rule("rent", "doubled")
@dataclass(frozen=True)
class Doubled:
    times: float = quantity(2.0, unit="share", low=1.0, high=9.0, source="assumed")
    month_of_change: int = 1

    def asking(self, city, rows, luck):
        return (city.dwellings.rent[rows] * self.times).astype(np.float32)

    def sitting(self, city, rows, luck):
        return city.dwellings.rent[rows]
"""


def test_a_rule_from_a_file_is_obeyed_and_changes_the_name_of_the_run(hemvist, small, tmp_path):
    (tmp_path / "mine.py").write_text(RULE)
    small.write_text(small.read_text() + "landlords: [{id: private, rent: {rule: doubled, times: 1.5}}]\n")
    first = hemvist("run", small, "--rules", "mine.py", "--json", "-q")
    assert first.code == 0, first.err
    found = json.loads(first.out)
    assert any("Doubled" in name for name in found["outside"])
    assert hemvist("check", small).code == 2
    assert "doubled" in hemvist("list", "rules", "--rules", "mine.py").out


def test_a_replication_is_the_pair_of_that_number_in_a_comparison(hemvist, small, tmp_path):
    said = hemvist("run", small, "--seed", "5", "--replication", "2", "--json", "-q")
    assert json.loads(said.out)["seed"] == seeds(5, 8)[2]
    hemvist("run", small, "--seed", str(seeds(5, 8)[2]), "-o", "plain", "-q")
    (one,), (two,) = folders(tmp_path), list((tmp_path / "plain").iterdir())
    assert Record.load(one) == Record.load(two)


def test_the_measures_that_are_asked_for_are_shown_alone(hemvist, small):
    asked = "access.without_home@income=1,group=born_abroad,segregation.dissimilarity.origin"
    said = hemvist("run", small, "--measures", asked)
    assert "lowest income fifth" not in said.out  # no such breakdown is recorded by both at once
    assert "access.without_home@group=born_abroad,income=1 is not recorded" in said.err
    assert "Dissimilarity" in said.out
    assert "Without a home" not in said.out
    found = json.loads(hemvist("run", small, "--measures", "access.vacancy", "--json", "-q").out)
    assert set(found["measures"]) == {"access.vacancy"}


def test_a_measure_that_nobody_knows_is_refused_before_any_month(hemvist, small, tmp_path):
    said = hemvist("run", small, "--measures", "access.without_hme")
    assert said.code == 2
    assert "Did you mean 'access.without_home'" in said.err
    assert not (tmp_path / "results").exists()


def test_the_debugger_opens_where_a_rule_of_ones_own_fails(hemvist, small, tmp_path, monkeypatch):
    (tmp_path / "mine.py").write_text(RULE.replace("* self.times).", "* self.tmes)."))
    small.write_text(small.read_text() + "landlords: [{id: private, rent: {rule: doubled}}]\n")
    opened = []
    monkeypatch.setattr("pdb.post_mortem", opened.append)
    assert hemvist("run", small, "--rules", "mine.py", "-q").code == 1
    assert opened == []
    said = hemvist("run", small, "--rules", "mine.py", "-q", "--pdb")
    assert said.code == 1
    assert "tmes" in said.err
    deepest = opened[0]
    while deepest.tb_next is not None:
        deepest = deepest.tb_next
    assert deepest.tb_frame.f_code.co_filename.endswith("mine.py")


def test_faults_of_a_file_open_no_debugger(hemvist, small, monkeypatch):
    monkeypatch.setattr("pdb.post_mortem", lambda place: pytest.fail("opened"))
    assert hemvist("run", small, "--set", "no.such=1", "--pdb").code == 2


def test_a_run_is_shown_again_by_folder_name_and_hash(hemvist, small, tmp_path):
    hemvist("run", small)
    (folder,) = folders(tmp_path)
    for name in (f"results/{folder.name}", folder.name, folder.name.rpartition("-")[2]):
        said = hemvist("show", name)
        assert said.code == 0
        assert "Without a home of their own" in said.out
    assert json.loads(hemvist("show", folder.name, "--json").out)["scenario"] == "small"
    (folder / "foreign.parquet").write_text("x")
    assert "foreign.parquet" in hemvist("show", folder.name).err
    (folder / "series.parquet").write_text("cut")
    broken = hemvist("show", folder.name)
    assert broken.code == 2
    assert "cut short" in broken.err


def test_runs_are_listed_and_broken_ones_named(hemvist, small, tmp_path):
    assert "Nothing found: runs" in hemvist("list", "runs").err
    hemvist("run", small)
    hemvist("run", small, "--seed", "2")
    one, two = folders(tmp_path)
    (two / "series.parquet").write_text("cut")
    listed = hemvist("list", "runs")
    assert one.name in listed.out
    assert "whole" in listed.out
    assert "cut short" in listed.out
    assert [entry["months"] for entry in json.loads(hemvist("list", "runs", "--json").out)].count(3) == 1
