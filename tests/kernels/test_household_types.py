"""Types of household."""

import numpy as np
import pytest

from sim.kernels.household_types import ELDERLY, OTHER, PARENTS, SINGLE_PARENT, household_types


@pytest.mark.parametrize("py", [False, True])
def test_children_tell_first_then_age(py):
    kernel = getattr(household_types, "py_func", household_types) if py else household_types
    adults = np.array([2, 1, 1, 2, 1, 3], np.uint8)
    children = np.array([1, 2, 0, 0, 1, 0], np.uint8)
    age = np.array([30, 30, 65, 64, 70, 80])
    born = (100 - 12 * age).astype(np.int16)
    born[3] -= 11  # a month before it turns 65
    found = np.empty(6, np.int64)
    kernel(np.arange(6), adults, children, born, 100, found)
    assert found.tolist() == [PARENTS, SINGLE_PARENT, ELDERLY, OTHER, SINGLE_PARENT, ELDERLY]


def test_only_the_rows_that_are_asked_for():
    found = np.empty(1, np.int64)
    one, none = np.ones(3, np.uint8), np.array([0, 2, 0], np.uint8)
    household_types(np.array([1]), one, none, np.zeros(3, np.int16), 0, found)
    assert found.tolist() == [SINGLE_PARENT]
