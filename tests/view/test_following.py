"""The household that is followed: looked up beside the page, told side by side, called off, and another one."""

import threading
import time

import pytest
from cast import CITY, FLOOR

from sim.experiment.worker import Outcome
from sim.experiment.workers import run_all
from sim.view import following
from sim.view.desk import Desk
from sim.view.lives import cities, follow_data
from sim.view.plays import World

NAMES = ["Today's rules", "Your proposal"]


@pytest.fixture
def desk(house, monkeypatch):
    """A desk whose households are looked up in this process."""
    monkeypatch.setattr(following, "run_all", lambda tasks, **how: run_all(tasks, **{**how, "workers": 0}))
    one = Desk(house, lambda: None, lambda parcel: None)
    one.begin()
    yield one
    one.close()


def test_a_household_is_told_in_both_cities_under_the_names_of_the_page(desk):
    assert follow_data(desk, NAMES)["columns"] == []
    desk.move(FLOOR, 3.0, 0)
    desk.following.begin(cities(desk)).join(120)
    told = follow_data(desk, NAMES)
    assert [column["title"] for column in told["columns"]] == NAMES
    assert all(len(column["lines"]) >= 2 for column in told["columns"])
    assert "Your proposal" in told["heading"]
    assert told["busy"] == told["note"] == told["problem"] == ""
    assert told["differences"]


def test_another_household_is_told_without_playing_again_and_after_the_last_comes_the_first(desk):
    desk.following.begin(cities(desk)).join(120)
    first = follow_data(desk, NAMES)
    assert len(first["columns"]) == 1  # nothing was moved: one city
    n = len(desk.following.households)
    assert 1 < n <= following.MOST
    desk.following.another()
    assert follow_data(desk, NAMES)["heading"] != first["heading"]
    for _ in range(n - 1):
        desk.following.another()
    assert follow_data(desk, NAMES)["heading"] == first["heading"]


def test_a_story_played_before_something_was_changed_says_so(desk):
    desk.following.begin(cities(desk)).join(120)
    desk.move(FLOOR, 3.0, 0)
    assert follow_data(desk, NAMES)["note"] != ""


def test_a_household_that_nobody_waits_for_is_called_off(desk, monkeypatch):
    begun = threading.Event()

    def slow(tasks, *, brake, workers, watch):
        begun.set()
        while not brake.pulled:
            time.sleep(0.01)
        return [Outcome()]

    monkeypatch.setattr(following, "run_all", slow)
    thread = desk.following.begin(cities(desk))
    assert begun.wait(20)
    assert follow_data(desk, NAMES)["busy"] != ""
    desk.following.cancel()
    thread.join(60)
    assert desk.following.state == "idle"
    assert follow_data(desk, NAMES)["columns"] == []


def test_a_town_without_money_has_no_lives_to_tell(house):
    house.world = World("schelling")
    assert follow_data(Desk(house, lambda: None, lambda parcel: None), NAMES) == {}


def test_the_same_city_on_both_sides_is_played_once(desk):
    assert [play.world for play in cities(desk)] == [CITY]
