"""Levels, pairs and responses of numbers that are known."""

import numpy as np
import pytest
from lattices import AT, swept

from sim.experiment.analysis import Response, classes, levels, pairs, responds, responses, windows_of
from sim.experiment.differences import Window, half_width
from sim.experiment.results import Results, over_points, window_mean
from sim.experiment.store import Store

END = Window("last", 1, 6, 6)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    swept(folder)
    return Results.of(Store(folder))


def test_a_level_is_the_mean_over_replications_of_the_mean_over_points(results):
    values = results.values("theory.similarity", END)
    (one, other) = levels(results, ["theory.similarity"], [END])
    assert one.mean == pytest.approx(values[0].mean())
    assert one.sd == pytest.approx(values[0].mean(axis=0).std(ddof=1))
    assert (one.n, one.missing, other.arm) == (4, 0, 1)
    assert one.low < one.mean < one.high
    assert one.p5 <= one.median <= one.p95


def test_a_pair_is_arm_minus_baseline_on_one_replication(results):
    values = results.values("theory.similarity", END).mean(axis=1)
    (found,) = pairs(results, ["theory.similarity"], [END])
    assert found.mean == pytest.approx((values[1] - values[0]).mean())
    assert (found.arm, found.pairs) == ("other", 4)


def test_a_response_is_told_for_each_value_and_arm(results):
    values = results.values("theory.satisfied", END)
    found = responses(results, ["theory.satisfied"], END)
    assert [(one.arm, one.value) for one in found] == [(arm, at) for arm in (0, 1) for at in (0.3, 0.4, 0.5)]
    assert found[4].mean == pytest.approx(values[1, 1].mean())
    assert {one.factor for one in found} == {AT}


def curve(means, half, n=20):
    return [Response("m", 0, "a", at, 1, n, mean, mean - half, mean + half) for at, mean in enumerate(means)]


def test_a_curve_responds_if_its_ends_lie_further_apart_than_luck_puts_them():
    assert responds(curve([1.0, 2.0], 0.3))
    assert not responds(curve([1.0, 1.2], 0.3))
    assert responds(curve([1.0, 1.0 + 1e-9], 0.0))
    assert not responds(curve([1.0], 0.1))


def test_equal_values_seldom_seem_to_respond():
    """By Tukey's test one curve in twenty: 200 of them give 10, hardly ever more than 20 (three standard errors)."""
    luck = np.random.default_rng(1)
    seem = 0
    for _ in range(200):
        values = luck.normal(size=(12, 20))
        found = [
            Response("m", 0, "a", at, 1, 20, row.mean(), row.mean() - half_width(row), row.mean() + half_width(row))
            for at, row in enumerate(values)
        ]
        seem += responds(found)
    assert seem <= 20


def test_a_missing_run_leaves_its_replication_out_of_the_mean_over_points():
    values = np.ones((1, 3, 2))
    values[0, 1, 1] = np.nan
    assert np.isnan(over_points(values)).tolist() == [[False, True]]


def test_a_window_takes_the_mean_of_what_is_defined():
    months = np.array([0, 1, 2, 3])
    paths = np.array([[1.0, 2.0, np.nan, 4.0], [np.nan, np.nan, np.nan, 5.0]])
    assert window_mean(months, paths, Window("last", 2, 1, 2)).tolist()[0] == 2.0
    assert np.isnan(window_mean(months, paths, Window("last", 2, 1, 2))[1])


def test_many_values_are_sorted_into_classes_of_equal_size():
    found = classes([float(n) for n in range(80)])
    assert [len(members) for _, members in found] == [10] * 8
    assert found[0][0] == 4.5


def test_words_keep_the_order_in_which_they_are_written():
    assert [value for value, _ in classes(["queue", "lottery", "queue"])] == ["queue", "lottery"]


def test_windows_are_the_years_that_are_reached_and_the_one_asked_for():
    last = Window("last", 24, 97, 120)
    assert [(one.kind, one.number) for one in windows_of(120, last)] == [("year", 2), ("year", 10), ("last", 24)]
    assert windows_of(6, END) == (END,)


def test_a_run_that_came_to_rest_stays_as_it_ended(tmp_path):
    swept(tmp_path, ("[0.3, 0.4, 0.5]", "[0.0]"))
    _, paths = Results.of(Store(tmp_path)).paths("theory.satisfied")
    assert (paths[..., -1] == 1.0).all()
