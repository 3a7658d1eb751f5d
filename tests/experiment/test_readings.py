"""What is read off a town, against towns small enough to know everybody."""

import numpy as np
import pytest
from towns import settle, village

from sim.city import changes
from sim.experiment.readings import Founded, Roll, rank_correlation, stays, waits


def test_waits_fall_into_classes_and_districts_into_their_order():
    areas = np.array([0, 0, 1, 1, 2])
    waited = np.array([1.0, 3.0, 5.0, 7.0, 20.0])
    found = dict(waits(waited, areas, np.array([4.0, 6.0, 9.0])))
    assert found["wait.mean"] == pytest.approx(7.2)
    assert [found[f"wait.years_{end}"] for end in (2, 4, 6, 8, 10, "more")] == pytest.approx([0.2] * 4 + [0.0, 0.2])
    assert (found["wait.order"], found["wait.shortest"], found["wait.longest"]) == (1.0, 2.0, 20.0)


def test_areas_with_one_published_wait_are_one_district():
    found = dict(waits(np.array([1.0, 9.0, 3.0]), np.array([0, 1, 2]), np.array([4.0, 4.0, 6.0])))
    assert (found["wait.shortest"], found["wait.longest"]) == (3.0, 5.0)
    assert np.isnan(found["wait.order"])  # two districts are in no order worth the name


def test_no_lettings_say_nothing():
    assert dict(waits(np.zeros(0), np.zeros(0, np.int64), np.array([4.0]))) == {}


def test_ranks_that_are_turned_round_have_correlation_minus_one():
    assert rank_correlation(np.array([1.0, 2.0, 3.0, 4.0]), np.array([9.0, 7.0, 5.0, np.nan])) == -1.0


def test_who_moves_has_not_stayed_and_a_child_that_leaves_neither():
    """Of ten persons in homes, the four of 102 move, and the child of 104 leaves."""
    city = village()
    roll, of = Roll.of(city), Founded.of(city)
    settle(city, [1], [4])
    changes.resize(city, np.array([3]), np.array([2]), np.array([0]))
    found = dict(stays(roll, city, of, np.full(3, np.nan)))
    assert found["stay.persons"] == pytest.approx(5 / 10)
    assert found["leave.rental"] == pytest.approx(1 / 3)
    assert found["leave.cooperative"] == 0.0
    assert np.isnan(found["leave.owner_occupied"])


def test_another_household_in_the_same_home_is_not_one_that_stayed():
    city = village()
    roll, of = Roll.of(city), Founded.of(city)
    settle(city, [1], [4])
    settle(city, [4], [1])
    assert dict(stays(roll, city, of, np.full(3, np.nan)))["stay.persons"] == pytest.approx(6 / 10)
