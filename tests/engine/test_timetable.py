"""What is in force when: burn-in, start, events, and what ends again."""

import pytest
from cities import ORDERS, extended, founded, passed, scenario, town

from sim.engine.timetable import Timetable
from sim.rules.allocation.lottery import Lottery
from sim.rules.allocation.queue import Queue
from sim.rules.rent.market import MarketRent
from sim.rules.rent.utility_value import UtilityValue

WORLD = town(burn_in=3, municipal={"allocation": ORDERS["queue"]})
LOTTERY = [{"id": "municipal", "allocation": {"rule": "lottery"}}]


def order(table, month):
    """Who comes first for a municipal home in a month."""
    return type(table.at(month).policies[0].allocation)


def test_rules_are_made_once_and_again_only_when_something_changes():
    table = Timetable(extended(WORLD, timeline=[{"month": 5, "set": {"listing.max_applications": 2}}]))
    books = [table.at(month) for month in range(-3, 9)]
    assert len({id(book) for book in books}) == 2
    assert [book.n_applications for book in books] == [8] * 8 + [2] * 4


def test_an_event_acts_from_its_month_and_until_gives_back_what_stood_there():
    event = {"month": 4, "until": 6, "set": {"landlords.municipal.allocation": {"rule": "lottery"}}}
    table = Timetable(extended(WORLD, timeline=[event]))
    assert [order(table, month) for month in range(1, 9)] == [Queue] * 3 + [Lottery] * 3 + [Queue] * 2


def test_a_date_is_a_month_counted_from_the_start():
    by_date = Timetable(extended(WORLD, timeline=[{"at": "2026-06", "set": {"search.sample": 5}}]))
    assert [by_date.at(month).n_seen for month in (4, 5)] == [20, 5]


def test_a_ramp_arrives_in_its_last_month():
    table = Timetable(extended(WORLD, timeline=[{"month": 2, "ramp": 4, "set": {"listing.keep_queue_time": 0.9}}]))
    assert [table.at(month).keep_queue_time for month in range(1, 8)] == pytest.approx(
        [0.5, 0.6, 0.7, 0.8, 0.9, 0.9, 0.9]
    )


def test_what_repeats_adds_each_time():
    table = Timetable(extended(WORLD, timeline=[{"month": 2, "every": 2, "until": 6, "add": {"search.sample": 1}}]))
    assert [table.at(month).n_seen for month in range(1, 9)] == [20, 21, 21, 22, 22, 23, 23, 23]


def test_burn_in_follows_the_root_and_month_zero_is_its_last():
    child = Timetable(extended(WORLD, landlords=LOTTERY))
    assert [order(child, month) for month in (-2, -1, 0, 1, 2)] == [Queue] * 3 + [Lottery] * 2


def test_people_and_what_they_like_are_the_scenario_s_own_from_the_founding():
    child = extended(WORLD, preferences={"taste_scale": 0.25, "taste_kept": 0.0})
    assert Timetable(child).at(-2).taste.scale == 0.25


def test_an_event_changes_what_the_engine_does_from_its_month():
    event = {"month": 3, "until": 5, "set": {"landlords.private.rent": {"rule": "market"}}}
    simulation, seen = founded(extended(WORLD, timeline=[event]), 1), []
    passed(simulation, 3)
    for _ in range(7):
        simulation.pass_month()
        seen.append(type(simulation.engine.rulebook.policies[1].rent))
    assert seen == [UtilityValue] * 2 + [MarketRent] * 3 + [UtilityValue] * 2


def test_a_fork_follows_the_timetable_of_its_own_scenario():
    trunk = passed(founded(scenario(WORLD), 1), 4)
    branch = trunk.fork(extended(WORLD, landlords=LOTTERY))
    trunk.pass_month(), branch.pass_month()
    assert type(trunk.engine.rulebook.policies[0].allocation) is Queue
    assert type(branch.engine.rulebook.policies[0].allocation) is Lottery
