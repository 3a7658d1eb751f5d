"""``hemvist explain``."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from sim.cli.group import group

SHORT = ["explain", "two-towns", "-n", "2", "--months", "2", "-j", "0"]


def test_a_town_is_explained_in_words_rows_and_files(tmp_path: Path) -> None:
    done = CliRunner().invoke(group("sv"), [*SHORT, "-o", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "Vad som sorterar hushållen" in done.stdout
    assert "+ Priser" in done.stdout
    (folder,) = tmp_path.iterdir()
    assert {path.name for path in folder.iterdir()} == {"explanation.json", "figure-sv.png", "figure-sv.svg"}


def test_programs_get_one_document_with_every_level(tmp_path: Path) -> None:
    arguments = [*SHORT, "-o", str(tmp_path), "--json", "-q", "--measure", "segregation.isolation.income@group=1"]
    done = CliRunner().invoke(group("en"), arguments)
    assert done.exit_code == 0, done.output
    data = json.loads(done.stdout)
    assert data["seeds"] == 2
    assert list(data["measures"]) == ["segregation.isolation.income@group=1"]
    for shares in (one["shares"] for one in data["measures"].values()):
        assert [share["mechanism"] for share in shares] == data["mechanisms"]


def test_a_town_without_money_is_refused_before_anything_is_run(tmp_path: Path) -> None:
    done = CliRunner().invoke(group("en"), ["explain", "schelling", "-o", str(tmp_path)])
    assert done.exit_code != 0
    assert "no mechanism to switch off" in str(done.exception)
    assert not list(tmp_path.iterdir())


def test_an_unknown_measure_is_refused(tmp_path: Path) -> None:
    arguments = [*SHORT, "-o", str(tmp_path), "--measure", "segregation.dissimilarty.origin"]
    done = CliRunner().invoke(group("en"), arguments)
    assert done.exit_code != 0
    assert "segregation.dissimilarity.origin" in str(done.exception)
