"""Proportional fitting against closed forms, and its refusals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.base.errors import ScenarioError
from sim.synthesis.fitting import CLOSE, fit, tilts
from sim.synthesis.margins import Frame, Margin, miss_of, reconcile

TWO = Frame({"row": ("a", "b"), "column": ("x", "y")})
THREE = Frame(
    {"row": ("a", "b", "c"), "column": ("x", "y"), "kind": ("1", "2", "3")}, {"kind": np.array([1.0, 2.0, 3.0])}
)
tables = st.lists(st.floats(0.1, 50.0), min_size=18, max_size=18).map(lambda v: np.array(v).reshape(THREE.shape))


def rows(*counts: float) -> Margin:
    return Margin("rows", ("row",), np.array(counts, np.float64))


def columns(*counts: float) -> Margin:
    return Margin("columns", ("column",), np.array(counts, np.float64))


def test_a_pattern_of_ones_gives_independence() -> None:
    table = fit(TWO, np.ones((2, 2)), [rows(30, 70), columns(40, 60)]).table
    assert table == pytest.approx(np.outer([30, 70], [40, 60]) / 100)


def test_even_margins_of_an_association_of_four_give_thirds() -> None:
    """Cells p and 1/2 - p with odds ratio (p / (1/2 - p))^2 = 4 have p = 1/3."""
    table = fit(TWO, np.array([[2.0, 1.0], [1.0, 2.0]]), [rows(0.5, 0.5), columns(0.5, 0.5)]).table
    assert table == pytest.approx(np.array([[1 / 3, 1 / 6], [1 / 6, 1 / 3]]), rel=1e-4)


@given(pattern=tables, true=tables)
@settings(max_examples=40, deadline=None)
def test_margins_of_some_table_are_met_from_any_other(pattern: np.ndarray, true: np.ndarray) -> None:
    margins = [
        Margin("ab", ("row", "column"), true.sum(axis=2)),
        Margin("bc", ("column", "kind"), true.sum(axis=0)),
        Margin("mean", ("row",), (true.sum(axis=1) @ [1.0, 2.0, 3.0]) / true.sum(axis=(1, 2)), of="kind"),
    ]
    fitted = fit(THREE, pattern, margins)
    assert max(miss.largest for miss in fitted.misses) <= 0.005
    assert max(miss_of(THREE, fitted.table, margin).largest for margin in margins) <= 0.005


@given(pattern=tables, true=tables)
@settings(max_examples=40, deadline=None)
def test_where_margins_are_silent_the_odds_of_the_pattern_stay(pattern: np.ndarray, true: np.ndarray) -> None:
    margins = [Margin("ab", ("row", "column"), true.sum(axis=2)), Margin("c", ("kind",), true.sum(axis=(0, 1)))]
    table = fit(THREE, pattern, margins).table
    for t in (table, pattern):
        assert (t > 0).all()
    ratio = table / pattern
    for kind in (1, 2):  # the ratio is a product of a factor of (row, column) and one of kind
        assert np.ptp(np.log(ratio[:, :, kind] / ratio[:, :, 0])) == pytest.approx(0.0, abs=1e-8)


def test_a_structural_zero_stays_zero() -> None:
    table = fit(TWO, np.array([[0.0, 1.0], [1.0, 1.0]]), [rows(30, 70), columns(40, 60)]).table
    assert table[0, 0] == 0.0
    assert table == pytest.approx(np.array([[0.0, 30.0], [40.0, 30.0]]), rel=1e-4)


def test_a_mean_of_three_scores_tilts_by_equal_ratios() -> None:
    """The tilt is exponential: with even counts before, each score is to the next as the next to the one after."""
    frame = Frame({"row": ("a",), "kind": ("1", "2", "3")}, {"kind": np.array([1.0, 2.0, 3.0])})
    mean = Margin("mean", ("row",), np.array([1.5]), of="kind")
    table = fit(frame, np.ones((1, 3)), [Margin("rows", ("row",), np.array([90.0])), mean]).table[0]
    assert table.sum() == pytest.approx(90.0)
    assert table @ [1, 2, 3] / 90 == pytest.approx(1.5, rel=1e-4)
    assert table[0] * table[2] == pytest.approx(table[1] ** 2, rel=1e-6)


def test_relative_means_keep_their_proportions_and_the_mean_of_all() -> None:
    frame = Frame({"row": ("a", "b"), "kind": ("1", "2")}, {"kind": np.array([0.5, 1.5])})
    margins = [rows(30, 70), Margin("even", ("kind",), np.array([50.0, 50.0]))]
    index = Margin("index", ("row",), np.array([8.0, 10.0]), of="kind", is_relative=True)
    table = fit(frame, np.ones((2, 2)), [*margins, index]).table
    means = table @ [0.5, 1.5] / table.sum(axis=1)
    assert means[0] / means[1] == pytest.approx(0.8, rel=1e-4)
    assert means @ [0.3, 0.7] == pytest.approx(1.0, rel=1e-4)


def test_a_tilt_to_an_extreme_mean_stays_finite() -> None:
    tilt = tilts(np.ones((1, 3)), np.array([1.0, 2.0, 3.0]), np.array([1.0]))
    assert np.isfinite(tilt).all()
    assert tilt[0] @ [1, 2, 3] / 3 == pytest.approx(1.0, abs=0.01)  # approached, since steps are bounded


def test_a_cell_without_a_target_is_left_to_the_pattern() -> None:
    partial = Margin("columns", ("column",), np.array([np.nan, 60.0]))
    table = fit(TWO, np.ones((2, 2)), [rows(30, 70), partial]).table
    assert table.sum(axis=0) == pytest.approx([40.0, 60.0], rel=1e-4)


def test_within_a_soft_bound_a_count_is_left_alone() -> None:
    soft = Margin("columns", ("column",), np.array([45.0, 55.0]), slack=0.2)
    assert fit(TWO, np.ones((2, 2)), [rows(30, 70), soft]).table.sum(axis=0) == pytest.approx([50.0, 50.0])
    hard = Margin("columns", ("column",), np.array([45.0, 55.0]))
    assert fit(TWO, np.ones((2, 2)), [rows(30, 70), hard]).table.sum(axis=0) == pytest.approx([45.0, 55.0])


def test_totals_more_than_one_per_cent_apart_are_refused_with_both_names_and_numbers() -> None:
    with pytest.raises(ScenarioError) as caught:
        fit(TWO, np.ones((2, 2)), [rows(500, 500), columns(500, 511)])
    text = caught.value.text("en")
    assert "'rows' counts 1,000 households and 'columns' 1,011" in text
    assert "1.1 %" in text


def test_totals_within_one_per_cent_are_scaled_to_the_first() -> None:
    table = fit(TWO, np.ones((2, 2)), [rows(500, 500), columns(500, 509)]).table
    assert table.sum() == pytest.approx(1000.0, rel=1e-4)
    assert table.sum(axis=0) == pytest.approx(np.array([500, 509]) / 1.009, rel=1e-4)


def test_margins_that_disagree_on_an_axis_they_share_are_refused_with_the_place() -> None:
    one = Margin("one", ("row", "column"), np.array([[300.0, 200.0], [250.0, 250.0]]))
    other = Margin("other", ("row", "kind"), np.array([[460.0, 0.0], [540.0, 0.0]]))
    frame = Frame({"row": ("a", "b"), "column": ("x", "y"), "kind": ("1", "2")})
    with pytest.raises(ScenarioError) as caught:
        reconcile(frame, [one, other])
    assert "'one' has 500 households for row a and 'other' has 460" in caught.value.text("en")


def test_households_where_the_pattern_has_none_are_refused() -> None:
    with pytest.raises(ScenarioError) as caught:
        fit(TWO, np.array([[0.0, 0.0], [1.0, 1.0]]), [rows(30, 70)])
    assert "'rows' has 30 households for row a" in caught.value.text("en")


def test_a_mean_beyond_the_scores_is_refused() -> None:
    frame = Frame({"row": ("a",), "kind": ("1", "2")}, {"kind": np.array([1.0, 2.0])})
    with pytest.raises(ScenarioError) as caught:
        fit(frame, np.ones((1, 2)), [rows(10), Margin("size", ("row",), np.array([2.4]), of="kind")])
    assert "mean kind of 2.4 for row a; it must lie from 1 to 2" in caught.value.text("en")


def test_margins_that_no_table_meets_are_refused_with_the_worst_place() -> None:
    """With nobody off the diagonal the rows are the columns, and these are not."""
    with pytest.raises(ScenarioError) as caught:
        fit(TWO, np.eye(2), [rows(300, 700), columns(400, 600)])
    assert caught.value.key == "founding.margin_missed"
    assert "'rows' is missed by" in caught.value.text("en")


def test_a_miss_in_a_small_cell_is_judged_by_the_household() -> None:
    table = np.array([[10.5, 0.0], [0.0, 1000.0]])
    assert miss_of(TWO, table, rows(10, 1000)).largest == pytest.approx(0.005)
    assert miss_of(TWO, table, rows(10.5, 990)).largest == pytest.approx(10 / 990)
    assert CLOSE < 0.005
