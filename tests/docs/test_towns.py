"""The towns that ship are what their tables make, and each says what is invented of it."""

import pytest
from shipped_towns import SCENARIOS, main, names, stale

SEVEN = {"lerum", "kungsbacka", "stenungsund", "lilla-edet", "alingsas", "trollhattan", "falkenberg"}


def test_the_seven_towns_of_the_workshop_ship():
    assert set(names()) >= SEVEN


def test_every_town_is_current():
    assert stale() == [], "run: python docs/shipped_towns.py"


def test_a_town_that_differs_from_its_table_is_named(monkeypatch, capsys):
    monkeypatch.setattr("shipped_towns.written", lambda: {"lerum.yaml": "other", "none.yaml": ""})
    assert main(["--check"]) == 1
    assert capsys.readouterr().out.count("not current") == 2


@pytest.mark.parametrize("name", sorted(SEVEN))
def test_an_invented_split_is_called_so_in_the_table_and_the_report(name):
    table = (SCENARIOS / name / "table.csv").read_text(encoding="utf-8")
    report = (SCENARIOS / name / "data.md").read_text(encoding="utf-8")
    assert "invented" in table.splitlines()[0]
    assert report.count("Invented area") == 4
    assert "| homes by area and tenure | - | - | 16 |" in report
