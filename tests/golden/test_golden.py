"""Small runs give the numbers that were frozen. Where they are meant to change: ``python tests/golden/refresh.py``."""

import json
import math

import pytest
from runs import NUMBERS, RUNS, made_with, run

LAST_BITS = 1e-6
"""A compiler or a processor may add numbers in another order or round an exponential otherwise, by one part in 10^16 in
double and in 10^7 in single precision; what is measured is a mean of hundreds of such numbers. A changed choice of a
single household would show in the third digit."""

FROZEN = json.loads(NUMBERS.read_text(encoding="utf-8"))


def with_gaps(values):
    return [math.nan if value is None else value for value in values]


@pytest.mark.parametrize("name", RUNS)
def test_a_run_gives_the_frozen_numbers(name):
    found, frozen = run(name), FROZEN["runs"][name]
    told = f"the model gives other numbers than those frozen with {FROZEN['made_with']}; this is {made_with()}"
    assert found["months"] == frozen["months"]
    assert found["measures"].keys() == frozen["measures"].keys()
    for measure, values in frozen["measures"].items():
        expected = pytest.approx(with_gaps(values), rel=LAST_BITS, nan_ok=True)
        assert with_gaps(found["measures"][measure]) == expected, f"{measure}: {told}"
    assert found["lettings"] == frozen["lettings"], told


def test_every_run_is_frozen_and_nothing_else():
    assert FROZEN["runs"].keys() == RUNS.keys()
