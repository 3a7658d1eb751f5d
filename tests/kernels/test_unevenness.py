"""Sums over areas that indices are made of, against sums over all areas and all pairs of areas."""

import numpy as np
import pytest

from sim.kernels.unevenness import deviations, summed_differences


@pytest.mark.parametrize("py", [False, True])
def test_sums_are_those_over_all_areas_and_over_all_pairs(py):
    def run(kernel):
        return getattr(kernel, "py_func", kernel) if py else kernel

    by_group = np.random.default_rng(2).integers(1, 30, (3, 20)).astype(float)
    totals = by_group.sum(axis=0)
    shares, of_city = by_group / totals, by_group.sum(axis=1) / totals.sum()
    absolute, squared, pairs = np.full(3, 9.0), np.full(3, 9.0), np.full(3, 9.0)
    run(deviations)(by_group, totals, of_city, absolute, squared)
    run(summed_differences)(by_group, totals, np.argsort(shares, axis=1), pairs)
    away = shares - of_city[:, None]
    gaps = np.abs(shares[:, :, None] - shares[:, None, :]) * totals[:, None] * totals
    assert absolute == pytest.approx((np.abs(away) * totals).sum(axis=1), rel=1e-12)
    assert squared == pytest.approx((away**2 * totals).sum(axis=1), rel=1e-12)
    assert pairs == pytest.approx(gaps.sum(axis=(1, 2)), rel=1e-12)
