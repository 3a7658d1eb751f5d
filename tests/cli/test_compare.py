"""``compare``: sentences with intervals, a table, a figure, and everything on disk."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from sim.engine.record import Record


@pytest.fixture
def found(hemvist, small, other):
    """A comparison of two small towns over two pairs."""
    return hemvist("compare", small, other, "-n", "2", "-j", "0")


def kept(path):
    (folder,) = (one.parent for one in path.glob("results/*/comparison.json"))
    return folder


def test_a_comparison_speaks_in_sentences_with_intervals_and_keeps_everything(found, tmp_path):
    assert found.code == 0
    assert "“A other town” compared with “A small town”" in found.out
    assert "95 % interval" in found.out
    assert "2 of 2 pairs of runs" in found.out
    assert "not a forecast" in found.out
    assert "Who is not counted" in found.out
    assert "Who gains and who loses with “A other town”" in found.out
    assert "less than five years" in found.out
    assert "Drift under “A small town”" in found.out
    assert "by chance alone" in found.out
    folder = kept(tmp_path)
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == [
        "comparison.json", "figure-en.png", "figure-en.svg", "incidence.parquet",
    ]  # fmt: skip
    records = [Record.load(path.parent) for path in folder.glob("*/record.json")]
    assert sorted(record.scenario for record in records) == ["other", "other", "small", "small"]
    assert all(record.complete for record in records)
    assert folder.name in found.err
    told_where_it_comes_from(folder)


def told_where_it_comes_from(folder):
    told = json.loads((folder / "comparison.json").read_text())
    assert told["schema"] == "hemvist-comparison/1"
    assert told["arms"] == ["small", "other"]
    assert len(told["seeds"]) == 2
    assert {name for names in told["runs"] for name in names} == {
        path.parent.name for path in folder.glob("*/record.json")
    }
    assert told["versions"]["hemvist"]
    (one,) = (each for each in told["differences"] if each["measure"] == "access.without_home")
    assert one["at"][0]["pairs"] == 2
    assert one["at"][0]["low"] <= one["at"][0]["mean"] <= one["at"][0]["high"]


def test_in_swedish_it_is_swedish(hemvist, small, other, tmp_path):
    said = hemvist("compare", small, other, "-n", "2", "-j", "0", "--lang", "sv")
    assert "95 % intervall" in said.out
    assert "ingen prognos" in said.out
    assert "Vilka som inte räknas" in said.out
    assert (kept(tmp_path) / "figure-sv.png").exists()
    assert not {"the", "with", "compared", "Kept", "pairs"} & set((said.out + said.err).replace(",", " ").split())


@pytest.fixture
def no_figure(monkeypatch):
    """Spare the seconds that drawing takes where nobody looks."""
    monkeypatch.setattr("sim.report.figures.save", lambda found, folder, language: [folder / "none.png"])


@pytest.mark.usefixtures("no_figure")
def test_data_for_programs_is_one_document_and_the_same_for_any_number_of_workers(hemvist, small, other):
    asked = ("compare", small, other, "-n", "2", "--json", "-q", "--measure", "access.vacancy")
    here, there = hemvist(*asked, "-j", "0"), hemvist(*asked, "-j", "2", "-o", "elsewhere")
    assert (here.code, here.err) == (0, "")
    told = json.loads(here.out)
    assert [one["measure"] for one in told["differences"]] == ["access.vacancy"]
    assert told["pairs"] == 2
    assert json.loads(there.out)["differences"] == told["differences"]


@pytest.mark.usefixtures("no_figure")
def test_a_measure_that_is_not_recorded_is_told_and_the_usual_ones_shown(hemvist, small, other):
    said = hemvist("compare", small, other, "-n", "2", "-j", "0", "--measure", "access.vacancy@tenure=cooperative",
                   "--measure", "segregation.spatial_proximity.origin@group=a")  # fmt: skip
    assert said.code == 0
    assert "spatial_proximity" in said.err
    assert "Empty homes, cooperative" in said.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["{small}"], "at least two scenarios"), (["{small}", "{small}"], "both called 'small'"),
     (["{small}", "{other}", "--measure", "access.nothing"], "access.nothing"),
     (["{small}", "schelling"], "differs"), (["{small}", "no-such"], "no-such")],
)  # fmt: skip
def test_what_cannot_be_compared_is_told_and_nothing_is_written(hemvist, small, other, tmp_path, arguments, said):
    found = hemvist("compare", *(text.format(small=small, other=other) for text in arguments))
    assert found.code == 2
    assert said in found.err
    assert not (tmp_path / "results").exists()


def test_faults_of_all_files_are_told_together(hemvist, small, other):
    for file in (small, other):
        file.write_text(file.read_text() + "nonsense: 1\n")
    found = hemvist("compare", small, other)
    assert found.code == 2
    assert "small.yaml" in found.err
    assert "other.yaml" in found.err


@pytest.mark.usefixtures("no_figure")
def test_a_pair_that_breaks_is_told_and_the_rest_compared(hemvist, small, other, monkeypatch):
    from sim.experiment import play as played
    from sim.experiment.paired import seeds

    whole = played.play

    def sometimes(scenarios, seed, tick, **others):
        if seed == seeds(1, 1)[0]:
            raise ZeroDivisionError("this seed only")
        return whole(scenarios, seed, tick, **others)

    monkeypatch.setattr(played, "play", sometimes)
    found = hemvist("compare", small, other, "-n", "3", "-j", "0", "-v")
    assert found.code == 3
    assert "1 of 3 pairs could not be finished" in found.out
    assert "this seed only" in found.err


def test_ctrl_c_leaves_whole_records_or_records_marked_incomplete(environment, tmp_path, small, other):
    for file in (small, other):
        file.write_text(file.read_text().replace("months: 3", "months: 12000"))
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "sim", "compare", str(small), str(other), "-n", "2"], cwd=tmp_path,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True,
    )  # fmt: skip
    assert "Comparing" in process.stderr.readline()
    time.sleep(6)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=90)
    assert process.returncode == 130
    assert "Traceback" not in said
    records = [Record.load(path.parent) for path in tmp_path.glob("results/*/*/record.json")]
    assert not any(record.complete for record in records)
    assert not list(tmp_path.glob("results/**/*.partial"))
