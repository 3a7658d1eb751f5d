"""What a room takes home says what was on the page, to the number."""

import csv
import io

import pytest
import yaml
from cast import FLOOR

from sim.base.language import LANGUAGES
from sim.scenario.find import shipped_names
from sim.view.desk import Desk
from sim.view.takeaway import HEAD, KINDS, give, takeaway


@pytest.fixture
def desk(house):
    one = Desk(house, lambda: None, lambda parcel: None)
    one.begin()
    one.move(FLOOR, 3.0, 6)
    yield one
    one.close()


def test_the_scenario_extends_what_is_open_and_holds_each_move(desk):
    told = yaml.safe_load(takeaway(desk, "yaml").data)
    assert told["extends"] == "gothenburg"
    assert told["timeline"] == [{"month": 7, "set": {FLOOR: 3.0}}]


def test_the_table_holds_every_defined_number_of_both_films(desk):
    rows = list(csv.DictReader(io.StringIO(takeaway(desk, "csv").data.decode("utf-8-sig"))))
    assert tuple(rows[0]) == HEAD
    base, mine = desk.pairing.first
    assert {row["scenario"] for row in rows} == {"gothenburg", "gothenburg + 1"}
    name = "access.without_home@income=1"
    told = [float(row["value"]) for row in rows if row["measure"] == name and row["scenario"] == "gothenburg + 1"]
    assert told == pytest.approx(mine.values()[:, mine.ground.measures.index(name)].tolist(), rel=1e-5)
    areas = [row for row in rows if row["area"] and row["measure"] == "low_income" and row["month"] == "12"]
    assert len(areas) == 2 * base.ground.n_places


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", ["explore", "compare"])
def test_the_picture_is_a_png_of_the_page_and_the_clock_tells_what_the_map_shows(desk, view, language):
    desk.speak(language)
    if view == "compare":
        desk.go(view)
    one, other = (takeaway(desk, "png", month, "rent") for month in (0, 24))
    assert one.data[:8] == b"\x89PNG\r\n\x1a\n"
    assert one.data != other.data
    assert one.data == takeaway(desk, "png", 0, "rent").data
    assert one.name == f"hemvist-{view}-gothenburg{'-right' if view == 'compare' else ''}.png"


def test_a_page_without_a_film_gives_only_the_scenario_and_an_unknown_kind_nothing(house):
    one = Desk(house, lambda: None, lambda parcel: None)
    assert [kind for kind in (*KINDS, "exe") if takeaway(one, kind) is not None] == ["yaml"]


def test_what_was_asked_for_is_handed_to_the_browser_with_its_name(desk):
    give(desk, {"kind": "yaml", "month": 0, "layer": ""}).join(30)
    assert desk.gift["data"] == takeaway(desk, "yaml").data
    assert desk.gift["name"].endswith(".yaml")


def test_a_lattice_has_a_picture_without_a_map_of_areas(house):
    assert "schelling" in shipped_names()
    one = Desk(house, lambda: None, lambda parcel: None)
    one.open("schelling")
    assert takeaway(one, "png").data[:4] == b"\x89PNG"
    one.close()
