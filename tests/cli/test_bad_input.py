"""Whatever is wrong with a file: told with file, line and column, all at once; exit code 2; nothing written."""

import re
import shutil
from pathlib import Path

import pytest

from sim.scenario.find import shipped_folder

BAD = Path(__file__).parents[1] / "bad"
FILES = sorted(path.name for path in BAD.glob("*.yaml"))
WHERE = re.compile(r"^[\w/.-]*\.(yaml|csv)(:\d+:\d+)?( \([\w.\[\]<>{}-]+\))?: .")


def n_expected(name):
    lines = (BAD / "expected.txt").read_text(encoding="utf-8").splitlines()
    return sum(line.startswith(f"{name} ") for line in lines)


@pytest.mark.parametrize("verb", ["run", "check"])
@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_refused_with_every_fault_in_its_place(hemvist, tmp_path, name, verb):
    said = hemvist(verb, BAD / name)
    assert said.code == 2
    assert said.out == ""
    lines = said.err.splitlines()
    assert len(lines) == n_expected(name)
    assert all(WHERE.match(line) for line in lines), lines
    assert sum(f"{name}:" in line or ".csv:" in line for line in lines) >= len(lines) - 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("verb", ["run", "check", "show", "compare"])
def test_no_verb_takes_a_bad_file(hemvist, tmp_path, verb):
    others = ["two-towns"] if verb == "compare" else []
    said = hemvist(verb, BAD / "unknown_key.yaml", *others)
    assert said.code == 2
    assert "Did you mean" in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_too_large_is_not_read_to_its_end(hemvist, tmp_path):
    file = tmp_path / "large.yaml"
    file.write_text("schema: hemvist-scenario/1\n" + "# a long story\n" * 80_000)
    said = hemvist("run", "large.yaml")
    assert said.code == 2
    assert "large.yaml: the file is larger than 1024 KiB" in said.err
    assert list(tmp_path.iterdir()) == [file]


def test_more_than_twenty_faults_are_counted_and_not_told(hemvist, tmp_path):
    lines = [f"key_{number}: 1" for number in range(25)]
    whole = ["schema: hemvist-scenario/1", "extends: two-towns", "id: many", *lines]
    (tmp_path / "many.yaml").write_text("\n".join(whole))
    said = hemvist("check", "many.yaml")
    assert said.code == 2
    assert len(said.err.splitlines()) == 21
    assert said.err.splitlines()[-1] == "... and 5 more."


def test_contradictory_figures_are_refused_with_names_and_numbers(hemvist, tmp_path):
    shutil.copytree(shipped_folder() / "two-towns", tmp_path / "two-towns")
    shutil.copy(shipped_folder() / "two-towns.yaml", tmp_path / "mine.yaml")
    table = tmp_path / "two-towns" / "margins.csv"
    text = table.read_text()
    for old, new in (("gardens,,a,,,,0.9", "gardens,,a,,,,0.0"), ("gardens,,b,,,,0.1", "gardens,,b,,,,1.0"),
                     ("centre,,a,,,,0.85", "centre,,a,,,,0.65")):  # fmt: skip
        assert old in text
        text = text.replace(old, new)
    table.write_text(text)
    before = sorted(tmp_path.rglob("*"))
    said = hemvist("run", "mine.yaml")
    assert said.code == 2
    assert "origin" in said.err
    assert re.search(r"centre.*\d", said.err)
    assert sorted(tmp_path.rglob("*")) == before
