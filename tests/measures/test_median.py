"""Medians and ninth tenths, of numbers and of steps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.base.errors import MeasureError
from sim.measures.median import quantiles_in_order, quantiles_of_steps, ratio

numbers = st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30)


@given(numbers)
def test_of_numbers_in_order_they_are_those_of_the_field(values):
    found = quantiles_in_order(np.sort(values))
    assert found == pytest.approx(tuple(np.quantile(values, (0.5, 0.9))), rel=1e-9, abs=1e-9)


def test_of_nothing_there_is_no_median():
    assert np.isnan(quantiles_in_order(np.zeros(0))).all()


@given(st.lists(st.floats(0, 99.9), min_size=1, max_size=200), st.sampled_from([1.0, 2.0, 0.5]))
def test_of_steps_they_are_within_a_step_of_a_number_in_the_middle(values, steps_per_unit):
    """Half are at or below the median of steps, and half at or above, but for the width of a step."""
    values, width = np.sort(values), 1.0 / steps_per_unit
    counted = np.histogram(values, np.arange(0.0, 100.0 + width, width))[0]
    for share, found in zip((0.5, 0.9), quantiles_of_steps(counted[None], 0.0, steps_per_unit)[0], strict=True):
        low, high = (np.quantile(values, share, method=way) for way in ("lower", "higher"))
        assert low - width <= found <= high + width


def test_rows_of_steps_are_each_for_themselves_and_nobody_has_none():
    found = quantiles_of_steps(np.array([[0, 4, 0], [0, 0, 0]]), -10.0, 0.1)
    assert found[0] == pytest.approx([5.0, 9.0])
    assert np.isnan(found[1]).all()


def test_a_share_of_nothing_is_refused():
    assert ratio(1, 4) == 0.25
    with pytest.raises(MeasureError, match="nobody lives here"):
        ratio(0, 0)
