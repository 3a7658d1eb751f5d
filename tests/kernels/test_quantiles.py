"""Quantiles read off a histogram."""

from __future__ import annotations

import numpy as np
import pytest

from sim.kernels.quantiles import quantiles


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
