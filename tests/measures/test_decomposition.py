"""Why an index changed: the parts add up, and a change of one kind alone is put down to that kind."""

import numpy as np
import pytest

from sim.base.errors import MeasureError
from sim.measures.decomposition import FACTORS, change_by_factor, two_factors
from sim.measures.segregation import entropy_index, relative_diversity

BEFORE = np.array([[30, 10, 5], [10, 40, 8], [5, 5, 20], [12, 9, 7]])


def test_two_factors_share_what_they_do_together():
    assert two_factors(lambda first, second: float(first and second)) == (0.5, 0.5)
    assert two_factors(lambda first, second: 3.0 * first) == (3, 0)
    assert two_factors(lambda first, second: 3.0 * second) == (0, 3)


@pytest.mark.parametrize("index", [entropy_index, relative_diversity])
def test_the_parts_add_up_to_the_change(index):
    after = np.random.default_rng(8).integers(1, 60, BEFORE.shape)
    parts = change_by_factor(index, BEFORE, after)
    assert set(parts) == set(FACTORS)
    assert sum(parts.values()) == pytest.approx(index(after) - index(BEFORE), abs=1e-9)


def test_a_group_that_grows_alike_in_all_odds_is_no_sorting():
    """Households of the first group times nine everywhere: odds between areas and groups stay, sizes change."""
    parts = change_by_factor(entropy_index, BEFORE, BEFORE * np.array([9, 1, 1]))
    assert parts["sorting"] == pytest.approx(0, abs=1e-9)
    assert abs(parts["groups"]) > 1e-3


def test_an_area_that_grows_alike_in_all_groups_is_no_sorting():
    parts = change_by_factor(entropy_index, BEFORE, BEFORE * np.array([[3], [1], [1], [1]]))
    assert parts["sorting"] == pytest.approx(0, abs=1e-9)
    assert abs(parts["areas"]) > 1e-3


def test_an_exchange_of_homes_is_sorting_alone():
    exchanged = BEFORE + np.array([[5, -5, 0], [-5, 5, 0], [0, 0, 0], [0, 0, 0]])
    parts = change_by_factor(entropy_index, BEFORE, exchanged)
    assert parts["sorting"] == pytest.approx(entropy_index(exchanged) - entropy_index(BEFORE), abs=1e-9)
    assert parts["groups"] == pytest.approx(0, abs=1e-9)
    assert parts["areas"] == pytest.approx(0, abs=1e-9)


def test_two_times_that_lack_different_areas_are_not_mixed():
    without = BEFORE.copy()
    without[2] = 0
    with pytest.raises(MeasureError, match="cannot be mixed"):
        change_by_factor(entropy_index, BEFORE, without)


def test_margins_that_no_table_can_have_are_refused():
    """The second group lives in the first area alone, and is to have more households than the area."""
    before = np.array([[1, 9], [9, 0]])
    after = np.array([[1, 1], [1, 97]])
    with pytest.raises(MeasureError, match="cannot be mixed"):
        change_by_factor(entropy_index, before, after)
