"""Whole households: exact by block, within one of the expectation in every cell, margins as near as can be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.synthesis.margins import Frame, Margin, miss_of
from sim.synthesis.rounding import balanced, combed, rounded

FRAME = Frame(
    {"area": ("1", "2", "3"), "tenure": ("r", "o"), "size": ("1", "2", "3"), "group": ("a", "b")},
    {"size": np.array([1.0, 2.0, 3.0])},
)
cells = st.lists(st.floats(0.0, 30.0), min_size=36, max_size=36).map(lambda v: np.array(v).reshape(FRAME.shape))
starts = st.lists(st.floats(0.0, 0.999), min_size=6, max_size=6).map(np.array)


@given(st.lists(st.floats(0.0, 100.0), min_size=1, max_size=30))
def test_rounded_blocks_keep_every_running_sum_within_a_half(wanted: list[float]) -> None:
    whole = rounded(np.array(wanted))
    assert np.abs(np.cumsum(whole) - np.cumsum(wanted)).max() <= 0.5 + 1e-9
    assert (whole >= 0).all()


@given(table=cells, u=starts)
def test_a_comb_is_exact_by_block_and_within_one_in_every_run_of_cells(table: np.ndarray, u: np.ndarray) -> None:
    by_block = table.reshape(6, -1)
    counts = np.where(by_block.sum(axis=1) > 0, np.arange(6) * 3, 0)
    whole = combed(by_block, counts, u)
    assert (whole.sum(axis=1) == counts).all()
    assert (whole >= 0).all()
    total = by_block.sum(axis=1, keepdims=True)
    expected = by_block * counts[:, None] / np.where(total > 0, total, 1.0)
    assert np.abs(np.cumsum(whole - expected, axis=1)).max() < 1 + 1e-6


@given(table=cells, u=starts)
@settings(max_examples=40, deadline=None)
def test_balancing_rounds_every_cell_up_or_down_and_never_makes_margins_worse(table: np.ndarray, u: np.ndarray) -> None:
    by_block = table.reshape(6, -1)
    counts = np.where(by_block.sum(axis=1) > 0, rounded(by_block.sum(axis=1)), 0)
    total = by_block.sum(axis=1, keepdims=True)
    expected = by_block * counts[:, None] / np.where(total > 0, total, 1.0)
    shaped = expected.reshape(FRAME.shape)
    sizes = Margin("sizes", ("size",), FRAME.sum_to(shaped, ("size",)))
    groups = Margin("groups", ("area", "group"), FRAME.sum_to(shaped, ("area", "group")))
    whole = balanced(FRAME, table, counts, [sizes, groups], u)
    assert (whole.sum(axis=1) == counts).all()
    assert np.abs(whole - expected).max() < 1 + 1e-6

    def missed(n: np.ndarray) -> float:
        away = n.reshape(FRAME.shape) - shaped
        parts = ((m.axes, m.target) for m in (sizes, groups))
        return sum(float((FRAME.sum_to(away, axes) ** 2 / np.where(t > 0, t, np.inf)).sum()) for axes, t in parts)

    assert missed(whole) <= missed(combed(by_block, counts, u)) + 1e-9


def test_balancing_meets_a_margin_that_a_comb_misses() -> None:
    """Thirty blocks of a size each, four in ten of a group: the comb scatters, the balance hits the total."""
    frame = Frame({"area": tuple(map(str, range(30))), "tenure": ("r",), "group": ("a", "b")})
    table = np.tile([0.6, 0.4], (30, 1)).reshape(frame.shape)
    counts = np.full(30, 1)
    margin = Margin("group", ("group",), np.array([18.0, 12.0]))
    u = np.full(30, 0.95)
    assert combed(table.reshape(30, 2), counts, u).sum(axis=0)[1] != 12
    assert balanced(frame, table, counts, [margin], u).sum(axis=0).tolist() == [18, 12]


def test_an_unknown_cell_of_a_margin_does_not_pull() -> None:
    table = np.full(FRAME.shape, 1.0)
    margin = Margin("sizes", ("size",), np.array([np.nan, 12.0, np.nan]))
    counts = np.full(6, 6)
    whole = balanced(FRAME, table, counts, [margin], np.zeros(6)).reshape(FRAME.shape).astype(float)
    assert miss_of(FRAME, whole, margin).largest == pytest.approx(0.0)
