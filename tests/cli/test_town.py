"""``hemvist new town``: from the template to a town that is run by its bare name."""

import pytest


def test_a_town_is_made_of_its_template_and_run_by_its_name_from_both_folders(hemvist, tmp_path, monkeypatch):
    said = hemvist("new", "town", "skogsby", "--template", "--lang", "sv")
    assert said.code == 0
    assert "skogsby-areas.csv" in said.err
    made = hemvist("new", "town", "skogsby", "--table", "skogsby-areas.csv", "--lang", "sv")
    assert made.code == 0
    assert "3 områden" in made.out
    assert "Lagat" in made.err
    assert (tmp_path / "skogsby" / "table.csv").read_bytes() == (tmp_path / "skogsby-areas.csv").read_bytes()
    short = ("--months", "1", "--scale", "0.05", "--set", "time.burn_in=1", "--quiet")
    assert hemvist("check", "skogsby", "--strict").code == 0
    assert hemvist("run", "skogsby", *short).code == 0
    monkeypatch.chdir(tmp_path / "skogsby")
    assert hemvist("run", "skogsby+market", *short).code == 0


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("town", "here"), "--template"),
        (("town", "here", "--table", "a.csv", "--template"), "--template"),
        (("town", "here", "--table", "a.csv", "--from", "gothenburg"), "--from"),
        (("town", "Here", "--template"), "Here"),
        (("scenario", "here", "--table", "a.csv"), "--table"),
        (("town", "here", "--table", "none.csv"), "none.csv"),
    ],
)
def test_what_does_not_go_together_is_said_and_nothing_is_written(hemvist, tmp_path, arguments, word):
    said = hemvist("new", *arguments)
    assert said.code == 2
    assert word in said.err
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(hemvist, tmp_path):
    hemvist("new", "town", "here", "--template")
    assert hemvist("new", "town", "here", "--template").code == 2
    (tmp_path / "here").mkdir()
    said = hemvist("new", "town", "here", "--table", "here-areas.csv")
    assert said.code == 2
    assert list((tmp_path / "here").iterdir()) == []
