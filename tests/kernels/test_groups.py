"""Sums, counts and quantiles by group."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernels.groups import count_by, quantiles, sum_by


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 2**32 - 1), n=st.integers(0, 50))
def test_sums_and_counts_by_group_equal_a_recount_and_leave_out_who_has_none(seed, n):
    luck = np.random.default_rng(seed)
    first, second = luck.integers(-1, 4, n), luck.integers(-1, 3, n)
    value = luck.random(n).astype(np.float32)
    sums, counts = np.full(4, 9.0), np.full((4, 3), 9)
    sum_by(first, value, sums)
    count_by(first, second, counts)
    assert np.allclose(sums, [value[first == group].sum(dtype=float) for group in range(4)])
    assert counts.tolist() == [[((first == a) & (second == b)).sum() for b in range(3)] for a in range(4)]


def test_quantiles_lie_where_the_weight_is():
    histogram = np.array([[0.0, 4.0, 0.0, 4.0], [1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
    out = np.empty((3, 5))
    quantiles(histogram, np.array([0.0, 1.0, 2.0, 3.0, 4.0]), np.array([0.0, 0.25, 0.5, 0.75, 1.0]), out)
    assert out[0].tolist() == [1.0, 1.5, 2.0, 3.5, 4.0]
    assert out[1].tolist() == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert np.isnan(out[2]).all()


@pytest.mark.parametrize("py", [False, True])
def test_quantiles_of_a_fine_histogram_are_those_of_the_sample_within_a_bin(py):
    sample = np.random.default_rng(3).gamma(2.0, 10.0, 5000)
    edge = np.linspace(0, 200, 401)
    shares = np.array([0.1, 0.5, 0.9])
    out = np.empty((1, 3))
    kernel = getattr(quantiles, "py_func", quantiles) if py else quantiles
    kernel(np.histogram(sample, edge)[0][None].astype(float), edge, shares, out)
    assert np.allclose(out[0], np.quantile(sample, shares), atol=0.5)
