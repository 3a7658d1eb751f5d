"""Asking memory ahead changes nothing; the decorators leave plain functions plain."""

from __future__ import annotations

import numpy as np
from numba import njit

from sim.kernels import jit
from sim.kernels.jit import inlined, kernel, prefetch


def _sum_ahead(values: np.ndarray) -> float:
    total = 0.0
    for place in range(values.size):
        prefetch(values, min(place + 4, values.size - 1))
        total += values[place]
    return total


def _double(number: int) -> int:
    return 2 * number


def test_asking_ahead_changes_nothing():
    values = np.arange(10.0)
    assert njit(_sum_ahead)(values) == 45.0
    assert (values == np.arange(10.0)).all()
    jit._no_prefetch(values, 3)


def test_both_decorators_keep_what_a_function_says(monkeypatch):
    for is_compiled in (jit.IS_COMPILED, False):
        monkeypatch.setattr(jit, "IS_COMPILED", is_compiled)
        assert kernel(_double)(4) == 8
        assert inlined(_double)(4) == 8
