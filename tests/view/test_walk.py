"""The walk from a right to a commodity: its steps add up to the whole gap, in either order, and it is played once."""

import numpy as np
import pytest
from cast import CITY

from sim.view.company import PATIENT
from sim.view.desk import Desk
from sim.view.dial import dial_data, turned
from sim.view.plays import Play, World
from sim.view.steps import walk_data
from sim.view.walk import PAIRS, walk_of


class Pretended:
    """Films that are done at once, of a city in which each part of the dial does something of its own."""

    def __init__(self):
        self.asked = []

    def film(self, play, *, like=None, rank=0):
        self.asked.append((play, rank))
        places = {path.split(".")[2]: float(value) for path, value in play.world.overrides if ".sub_dials." in path}
        own = sum(0.01 * (n + 1) * place for n, place in enumerate(places.values()))
        both = 0.02 * places["rent_rule"] * places["screening"]  # what one does depends on the other
        return Shown(play, own + both + 0.0001 * (play.seed % 7))

    def stop(self, film):
        pass


class Shown:
    state, fault = "done", None

    def __init__(self, play, level):
        self.play, self.level = play, level
        self.ground = self

    measures = ("segregation.inequality_index", "access.housed_within_5_years@income=1",
                "affordability.residual_income@income=1")  # fmt: skip

    def mean(self, name, first, last):
        return self.level * (1000 if "income=1" in name else 1)

    def listen(self, call):
        pass


@pytest.fixture
def desk(house):
    house.company = Pretended()
    return Desk(house, lambda: None, lambda parcel: None)


def test_the_steps_of_either_order_add_up_to_the_same_whole(desk):
    walk = walk_of(desk.house)
    walk.begin()
    listed, backwards, mean = (walk.steps(which) for which in ("listed", "reversed", "mean"))
    assert listed.shape == (PAIRS, 6, 3)
    assert np.allclose(listed.sum(axis=1), backwards.sum(axis=1))
    assert np.allclose(mean, (listed + backwards) / 2)
    first = listed[0, :, 0]
    assert first == pytest.approx([0.01, 0.02, 0.03, 0.06, 0.05, 0.06])  # screening finds free rents already there
    assert backwards[0, :, 0] == pytest.approx([0.01, 0.04, 0.03, 0.04, 0.05, 0.06])


def test_each_city_is_asked_for_once_behind_everything_else(desk):
    walk = walk_of(desk.house)
    walk.begin()
    walk.begin()
    plays = [play for play, _ in desk.house.company.asked]
    assert len(plays) == len(set(plays)) == PAIRS * 12
    assert {rank for _, rank in desk.house.company.asked} == {PATIENT}
    assert walk_of(desk.house) is walk


def test_the_page_shows_nothing_before_it_is_asked_and_then_the_share_of_each_step(desk):
    before = walk_data(desk)
    assert (before["isBegun"], before["tables"]) == (False, {})
    walk_of(desk.house).begin()
    told = walk_data(desk)
    assert set(told["tables"]) == {"listed", "reversed", "mean"}
    assert told["busy"] == ""
    rows = told["tables"]["listed"]["rows"]
    assert rows[0]["title"] == "Rentals let to who pays best"
    assert [row["title"] for row in told["tables"]["reversed"]["rows"]] == [row["title"] for row in rows][::-1]
    assert rows[3]["cells"][0]["share"] == "26 % of the whole gap"
    bars = [row["cells"][0]["bar"] for row in rows]
    ends = [float(bar["left"][:-1]) + float(bar["width"][:-1]) for bar in bars]
    assert [float(bar["left"][:-1]) for bar in bars[1:]] == pytest.approx(ends[:-1], abs=0.11)


def test_the_ends_of_the_walk_are_the_ends_of_the_dial(desk):
    world = walk_of(desk.house).world
    plays = walk_of(desk.house).plays("listed", 1)
    for play, position in ((plays[0], 0.0), (plays[-1], 1.0)):
        one, other = play.scenario(), turned(world, position).scenario()
        paths = [path for part in one.dial.sub_dials for path in part.sets]
        assert [one.value(path) for path in paths] == [other.value(path) for path in paths]


def test_the_dial_is_set_on_the_right_side_and_says_what_it_sets(desk):
    told = dial_data(desk.house, desk.sides, 0.75, "en")
    assert not told["isShown"]
    regulated = next(row for part in told["parts"] for row in part["rows"] if row["path"].endswith("l.rent.regulated"))
    assert (regulated["now"], regulated["ends"]) == ("50 %", ["100 %", "100 %", "0 %"])


def test_a_town_without_a_dial_has_neither(house):
    house.world = World("schelling")
    desk = Desk(house, lambda: None, lambda parcel: None)
    assert walk_data(desk) == {}
    assert dial_data(house, desk.sides, 0.5, "en") == {}


def test_turning_the_dial_compares_with_the_city_at_that_position(house):
    desk = Desk(house, lambda: None, lambda parcel: None)
    desk.view, desk.show = "compare", lambda **extra: None
    desk.turn_dial(0.25)
    assert desk.sides == ("gothenburg-market", "gothenburg-dial")
    assert desk.compared()[1] == Play(turned(World("gothenburg-dial", CITY.overrides), 0.25), desk.seed)
    desk.turn_dial(7.0)
    assert desk.dial == 0.25
