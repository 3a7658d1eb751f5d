"""``hemvist calibrate constants``."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from sim.cli.group import group

TERM = "preferences.profiles.all.terms.constants.weight=1"


def test_constants_are_written_as_a_table(tmp_path: Path) -> None:
    file = tmp_path / "constants.csv"
    arguments = ["calibrate", "constants", "two-towns", "-n", "1", "--months", "24", "-j", "0", "--set", TERM]
    done = CliRunner().invoke(group("en"), [*arguments, "-o", str(file)])
    assert done.exit_code == 0, done.output
    assert file.read_text().splitlines()[0] == "area,of,value,spread,status,source"
    assert "sit at their bound" in done.stderr


def test_without_a_file_the_table_goes_to_standard_output() -> None:
    arguments = ["calibrate", "constants", "two-towns", "-n", "1", "--months", "24", "-j", "0", "--set", TERM]
    done = CliRunner().invoke(group("sv"), arguments)
    assert done.exit_code == 0
    assert done.stdout.startswith("area,of,value")


def test_a_scenario_without_the_term_is_refused_and_nothing_written(tmp_path: Path) -> None:
    file = tmp_path / "constants.csv"
    done = CliRunner().invoke(group("en"), ["calibrate", "constants", "two-towns", "-n", "1", "-o", str(file)])
    assert done.exit_code != 0
    assert not file.exists()
