"""Designs: which points are run."""

import numpy as np
import pytest

from sim.experiment.design import grid, is_power_of_two, placed, saltelli, sampled, trajectories, zipped
from sim.experiment.factors import Factor

ONE = Factor("one", {}, low=0.0, high=2.0, steps=3)
WORDS = Factor("word", {}, values=("a", "b"))


def test_a_grid_has_every_combination_once():
    points = grid([ONE, WORDS])
    assert [tuple(point.values()) for point in points] == [(x, w) for x in (0.0, 1.0, 2.0) for w in ("a", "b")]


def test_zipped_values_go_together():
    assert zipped([Factor("x", {}, values=(1, 2)), WORDS]) == [{"x": 1, "word": "a"}, {"x": 2, "word": "b"}]


@pytest.mark.parametrize("kind", ["random", "lhs", "sobol"])
def test_sampled_points_fill_the_cube_and_follow_from_the_seed(kind):
    points = sampled(kind, 3, 32, seed=5)
    assert points.shape == (32, 3)
    assert ((points >= 0) & (points <= 1)).all()
    assert np.array_equal(points, sampled(kind, 3, 32, seed=5))
    assert not np.array_equal(points, sampled(kind, 3, 32, seed=6))


def test_a_latin_hypercube_has_one_point_in_every_slice():
    slices = np.floor(sampled("lhs", 2, 20, seed=1) * 20)
    assert all(sorted(column) == list(range(20)) for column in slices.T)


@pytest.mark.parametrize("second_order", [False, True])
def test_sobol_points_stay_when_more_are_asked_for(second_order):
    assert np.array_equal(sampled("sobol", 3, 16, 5)[:8], sampled("sobol", 3, 8, 5))
    few, many = saltelli(3, 8, second_order, 5), saltelli(3, 16, second_order, 5)
    assert np.array_equal(many[: len(few)], few)
    assert len(few) == 8 * (8 if second_order else 5)


def test_a_trajectory_moves_one_factor_at_a_time():
    points = trajectories(4, 3, 6, seed=2).reshape(3, 5, 4)
    steps = np.diff(points, axis=1)
    assert ((steps != 0).sum(axis=2) == 1).all()
    assert (np.abs(steps).sum(axis=1) > 0).all()
    assert np.allclose(points * 5, np.round(points * 5))


def test_shares_become_values_of_each_kind():
    factors = [Factor("x", {}, low=1, high=3, is_whole=True), Factor("y", {}, low=1.0, high=100.0, is_log=True), WORDS]
    found = placed(factors, np.array([[0.0, 0.0, 0.0], [0.99, 0.5, 0.5], [1.0, 1.0, 1.0]]))
    assert found == [
        {"x": 1, "y": 1.0, "word": "a"}, {"x": 3, "y": 10.0, "word": "b"}, {"x": 3, "y": 100.0, "word": "b"},
    ]  # fmt: skip


def test_every_whole_number_is_as_likely_as_the_others():
    shares = np.linspace(0, 1, 9001)[:-1, None]
    values = [point["x"] for point in placed([Factor("x", {}, low=1, high=3, is_whole=True)], shares)]
    assert [values.count(n) for n in (1, 2, 3)] == [3000, 3000, 3000]


def test_a_grid_of_whole_numbers_does_not_repeat_itself():
    assert Factor("x", {}, low=1, high=3, steps=9, is_whole=True).spread() == (1, 2, 3)


def test_powers_of_two_are_known():
    assert [n for n in range(10) if is_power_of_two(n)] == [1, 2, 4, 8]
