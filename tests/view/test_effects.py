"""The effect map shows what the shipped table says, and of what is not in it, that nobody has measured it."""

from dataclasses import replace

import pytest

from sim.view import effects
from sim.view.desk import Desk
from sim.view.effects import effects_data, shipped
from sim.view.plays import World


@pytest.fixture
def desk(house):
    house.world = World("gothenburg-levers")
    return Desk(house, lambda: None, lambda parcel: None)


def cells(desk):
    return {row["path"]: row["cells"] for row in effects_data(desk)["rows"]}


def test_every_lever_has_a_row_and_each_of_the_three_answers_a_cell(desk):
    found = cells(desk)
    assert list(found) == [state.lever.path for state in desk.levers]
    assert {len(row) for row in found.values()} == {3}


def test_a_lever_without_an_entry_is_not_yet_measured_and_one_that_is_unclear_says_so(desk, monkeypatch):
    kept = shipped()[:3]
    unclear = replace(kept[0], word="no_clear_difference", mean=0.1, low=-1.0, high=1.2)
    clear = replace(kept[1], word="lower", mean=-0.11, low=-0.13, high=-0.09)
    monkeypatch.setattr(effects, "shipped", lambda: (unclear, clear, kept[2]))
    found = cells(desk)
    first = found[kept[0].path]
    assert (first[0]["text"], first[0]["size"]) == ("no clear difference", 0)
    assert first[1]["text"] == "−11.0 percentage points"
    assert first[1]["sign"] == "▼ worse"
    others = [row for path, row in found.items() if path != kept[0].path]
    assert {cell["text"] for row in others for cell in row} == {"not yet measured"}


def test_a_town_without_levers_has_no_map(house):
    house.world = World("two-towns")
    assert effects_data(Desk(house, lambda: None, lambda parcel: None)) == {}


def test_the_table_says_how_it_was_made(desk):
    made = effects_data(desk)["made"]
    assert f"seed {shipped()[0].seed}" in made
    assert "hemvist effects gothenburg-levers" in made
