"""Paired differences: the interval is Student's, and nothing clear is said where it covers 0."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from sim.engine.record import Record
from sim.experiment.differences import Window, contrast, difference, half_width, verdict, windows

END = Window("last", 24, 97, 120)
finite = st.floats(-1e6, 1e6)


@given(st.lists(finite, min_size=2, max_size=30))
def test_the_interval_is_the_one_scipy_gives(gaps):
    values = np.array(gaps)
    spread = stats.sem(values)
    low, high = (
        (values.mean(), values.mean())
        if spread == 0
        else stats.t.interval(0.95, len(values) - 1, values.mean(), spread)
    )
    assert values.mean() - half_width(values) == pytest.approx(low, rel=1e-9, abs=1e-6)
    assert values.mean() + half_width(values) == pytest.approx(high, rel=1e-9, abs=1e-6)


def test_one_pair_has_no_interval_and_no_verdict():
    one = difference("m", "arm", END, np.array([1.0]), np.array([2.0]))
    assert one.mean == 1.0
    assert np.isnan([one.low, one.high, one.sd, one.correlation]).all()
    assert one.verdict == "undefined"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.1, 0.2, "higher"), (-2, -1, "lower"), (-1, 1, "no_clear_difference"), (0, 1, "no_clear_difference"),
     (-1, 0, "no_clear_difference"), (np.nan, 1, "undefined")],
)  # fmt: skip
def test_an_interval_that_covers_zero_is_no_clear_difference(low, high, said):
    assert verdict(low, high) == said


def test_a_shift_that_all_pairs_share_is_found_whatever_the_luck():
    luck = np.random.default_rng(1).normal(0, 50, 8)
    found = difference("m", "arm", END, luck, luck + 3 + np.linspace(-0.1, 0.1, 8))
    assert found.verdict == "higher"
    assert found.mean == pytest.approx(3)
    assert found.same_sign == 1
    assert found.correlation > 0.999
    assert found.variance_ratio < 0.001


@given(st.lists(st.tuples(finite, finite), min_size=2, max_size=12))
@example([(0.0, 0.0), (0.0, 0.0), (1.0, 1e-249)])  # the second differs, but not so that it could be squared
def test_swapping_the_arms_turns_the_sign_and_nothing_else(pairs):
    one, other = (np.array(column) for column in zip(*pairs, strict=True))
    there, back = difference("m", "a", END, one, other), difference("m", "a", END, other, one)
    assert there.mean == -back.mean
    assert there.low == pytest.approx(-back.high)
    assert there.sd == pytest.approx(back.sd)
    mirrored = {"higher": "lower", "lower": "higher"}
    assert mirrored.get(there.verdict, there.verdict) == back.verdict


def test_a_pair_without_a_value_is_dropped_and_counted():
    found = difference("m", "arm", END, np.array([1.0, np.nan, 3.0, 4.0]), np.array([2.0, 2.0, np.nan, 5.5]))
    assert (found.pairs, found.dropped) == (2, 2)
    assert found.mean == pytest.approx(1.25)
    assert found.baseline == pytest.approx(2.5)


def test_arms_that_do_not_differ_at_all_are_not_clearly_different():
    same = difference("m", "arm", END, np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0]))
    assert same.verdict == "no_clear_difference"
    assert (same.mean, same.sd, same.variance_ratio) == (0, 0, 0)


def test_a_baseline_that_does_not_vary_has_no_correlation():
    found = difference("m", "arm", END, np.zeros(4), np.zeros(4))
    assert np.isnan([found.correlation, found.variance_ratio]).all()


def test_nothing_defined_is_undefined():
    found = difference("m", "arm", END, np.full(3, np.nan), np.zeros(3))
    assert (found.pairs, found.dropped, found.verdict) == (0, 3, "undefined")


def record(values, first=0):
    values = np.array(values, float)
    return Record({"scenario": "s", "complete": True}, np.arange(first, first + len(values)), {"m": values})


def test_the_end_of_a_short_run_is_all_of_it():
    assert [(one.kind, one.first, one.last) for one in windows(9)] == [("last", 1, 9)]
    assert [one.number for one in windows(120)] == [2, 10, 24]


def test_a_window_is_the_mean_of_the_months_in_which_the_measure_is_defined():
    month_by_month = [5.0, 1.0, 2.0, np.nan, 4.0]
    assert Window("year", 1, 1, 3).value(record(month_by_month), "m") == pytest.approx(1.5)
    assert np.isnan(Window("year", 1, 3, 3).value(record(month_by_month), "m"))


def test_a_run_that_broke_off_before_the_window_ends_has_no_value_there():
    broken = record(np.ones(20)).marked(complete=False)
    assert np.isnan(Window("year", 2, 13, 24).value(broken, "m"))
    assert np.isnan(Window("year", 2, 13, 24).value(record([]), "m"))


def test_a_run_that_came_to_rest_stays_as_it_ended():
    rested = record([1.0, 2.0, 3.0, 4.0])
    assert Window("year", 1, 3, 4).value(rested, "m") == pytest.approx((4.0 + 4.0) / 2)
    assert Window("year", 1, 1, 12).value(rested, "m") == pytest.approx((2 + 3 + 4 + 9 * 4) / 12)
    assert Window("year", 2, 13, 24).value(rested, "m") == 4.0
    assert np.isnan(Window("year", 2, 13, 24).value(record(np.ones(30)), "other"))


def test_months_of_the_burn_in_are_outside_every_window():
    burnt_in = record([99.0] * 12 + [1.0] * 13, first=-12)
    assert Window("last", 12, 1, 12).value(burnt_in, "m") == 1.0


def paths(level, drift=0.0, n=6, months=240):
    luck = np.random.default_rng(3)
    return [record(level + drift * np.arange(months + 1) / months + luck.normal(0, 0.01)) for _ in range(n)]


def test_where_the_sign_turns_the_year_is_told():
    turning = contrast("m", "arm", paths(0.0), paths(-1.0, drift=2.5), 240)  # the mean crosses 0 after 8 years
    assert [one.verdict for one in turning.at] == ["lower", "higher", "higher", "higher"]
    assert turning.turns_in == 9
    assert turning.end.window.kind == "last"


def test_a_sign_that_stays_does_not_turn():
    assert contrast("m", "arm", paths(0.0), paths(1.0), 240).turns_in is None
    assert contrast("m", "arm", paths(0.0), paths(0.0), 240).turns_in is None


def test_a_turn_within_the_first_horizon_is_placed_in_the_year_after_it():
    jump = [record(np.where(np.arange(241) <= 24, -1.0, 1.0) + 0.01 * place) for place in range(6)]
    assert contrast("m", "arm", [record(np.zeros(241))] * 6, jump, 240).turns_in == 3
