"""Who begins to look, and why."""

import dataclasses

import numpy as np
import pytest
from small_cities import LUCK, settle, town

from sim.base.streams import Luck
from sim.city.city import City
from sim.city.households import Cause
from sim.rules.rooms import rooms_missing, rooms_needed
from sim.rules.search.discontent import Discontent
from sim.rules.search.forced import Forced
from sim.rules.search.life_course import LifeCourse

CERTAIN, NEVER_LOOKS = LifeCourse(hazard=(5.0,) * 4, factor=10.0, by_tenure=(5.0,) * 4), LifeCourse(factor=0.0)


def many(n, **columns) -> City:
    """So many households of one kind, a home each."""
    city = town(homes=n, tenures=(columns.pop("tenure", 0),))
    for home in range(n):
        settle(city, home, **columns)
    return city


def share_that_looks(rule, city, seeds=range(12)):
    return np.mean([len(rule.propose(city.readonly(), Luck(seed)).rows) for seed in seeds]) / city.households.n_used


@pytest.mark.parametrize(("age", "hazard"), [(25, 0.38), (30, 0.20), (44, 0.20), (50, 0.09), (70, 0.05)])
def test_the_young_look_often_and_the_old_seldom(age, hazard):
    expected = 1 - np.exp(-1.1 * hazard)
    error = 4 * np.sqrt(expected / (12 * 200))  # four standard errors of a mean over 12 x 200 draws
    assert share_that_looks(LifeCourse(), many(200, age=age)) == pytest.approx(expected, abs=error)


def test_owners_of_houses_look_least():
    rule = LifeCourse(hazard=(0.5,) * 4)
    by_tenure = [share_that_looks(rule, many(200, tenure=tenure)) for tenure in range(4)]
    assert by_tenure[0] == by_tenure[1] > by_tenure[2] > by_tenure[3]  # the same households meet the same luck


def test_only_those_with_a_home_whose_own_month_it_is_are_asked():
    city = town()
    housed, elsewhen = settle(city, 0), settle(city, 1, own_month=6)
    settle(city)
    assert CERTAIN.propose(city.readonly(), LUCK).rows.tolist() == [housed]
    city.month += 6
    assert CERTAIN.propose(city.readonly(), LUCK).rows.tolist() == [elsewhen]


def test_a_search_lasts_its_months():
    city = town(month=7)
    settle(city, 0)
    starts = dataclasses.replace(CERTAIN, duration=5).propose(city.readonly(), LUCK)
    assert (starts.until.tolist(), starts.cause.tolist()) == ([11], [Cause.LIFE_COURSE])


def test_without_a_hazard_nobody_looks():
    assert len(NEVER_LOOKS.propose(many(50, age=22).readonly(), LUCK).rows) == 0


CONTENT = {"cost": 5_000.0, "income": 25_000.0}  # a fifth of the income, in an area of much the same income


@pytest.mark.parametrize(
    ("columns", "rate"),
    [
        (CONTENT, 0.0),
        ({**CONTENT, "adults": 2, "children": 3}, 0.1),  # four rooms needed, three there
        ({**CONTENT, "cost": 15_000.0}, 0.5 * 0.2),  # sixty per cent of income, limit forty
        ({**CONTENT, "income": 60_000.0}, 0.05 * (np.log(60 / 32) - 0.3)),
    ],
    ids=["content", "crowded", "burdened", "below its means"],
)
def test_each_kind_of_discontent_has_its_rate(columns, rate):
    city = town(homes=400, tenures=(0,))
    for home in range(400):
        settle(city, home, **columns)
    expected = 1 - np.exp(-rate)
    error = 4 * np.sqrt(expected / (30 * 400)) + 1e-12
    assert share_that_looks(Discontent(), city, range(30)) == pytest.approx(expected, abs=error)


def test_discontent_and_life_course_are_struck_by_different_luck():
    city = many(300, age=22, adults=2, children=6)
    one = LifeCourse(hazard=(0.6,) * 4).propose(city.readonly(), LUCK).rows
    other = Discontent(crowding=0.3).propose(city.readonly(), LUCK).rows
    both = len(np.intersect1d(one, other)) / 300
    assert both == pytest.approx(len(one) * len(other) / 300**2, abs=4 * np.sqrt(0.25 / 300))


def test_who_owes_looks_for_a_cheaper_home_unless_it_looks_already():
    city = town()
    owing = settle(city, 0, arrears=1)
    settle(city, 1)
    settle(city, 2, arrears=3, search_until=6)
    settle(city, arrears=2)
    city.households.arrears[2] = 3
    city.households.arrears[0] = 1
    starts = Forced().propose(city.readonly(), LUCK)
    assert (starts.rows.tolist(), starts.cause.tolist()) == ([owing], [Cause.PRICED_OUT])


@pytest.mark.parametrize(
    ("adults", "children", "rooms"),
    [(1, 0, 1), (2, 0, 2), (1, 1, 3), (2, 1, 3), (2, 2, 3), (2, 3, 4), (3, 0, 3), (2, 5, 5)],
)
def test_rooms_needed_by_the_crowding_norm(adults, children, rooms):
    assert rooms_needed(np.array([adults]), np.array([children]))[0] == rooms


def test_rooms_missing_are_none_where_there_are_rooms_to_spare():
    city = town()
    rows = np.array([settle(city, 0), settle(city, 1, adults=2, children=4)])
    assert rooms_missing(city, rows, city.households.dwelling[rows]).tolist() == [0, 1]
