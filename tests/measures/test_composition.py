"""The table that all indices start from: what is left out, what is refused."""

import numpy as np
import pytest

from sim.base.errors import MeasureError
from sim.measures.composition import Composition, against_the_rest, composed, logarithms, several_groups, tabulate


def test_empty_areas_and_absent_groups_are_left_out():
    town = Composition(np.array([[3, 0, 1], [0, 0, 0], [1, 0, 5]]))
    assert town.by_group.tolist() == [[3, 1], [1, 5]]
    assert town.totals.tolist() == [4, 6]
    assert (town.n_areas, town.n_groups, town.population) == (2, 2, 10)


def test_what_a_table_sums_to_is_as_counted_by_hand():
    town = Composition(np.array([[3, 1], [1, 3]]))
    assert town.shares.tolist() == [[0.75, 0.25], [0.25, 0.75]]
    assert town.city_shares.tolist() == [0.5, 0.5]
    assert town.interaction == 0.5
    assert town.diversity == pytest.approx(np.log(2))
    assert town.absolute_deviations.tolist() == [2, 2]
    assert town.squared_deviations.tolist() == [0.5, 0.5]
    assert town.differences.tolist() == [16, 16]


def test_the_differences_are_those_of_the_sum_over_all_pairs():
    counts = np.random.default_rng(1).integers(1, 30, (40, 3))
    town = Composition(counts)
    gaps = np.abs(town.shares[:, :, None] - town.shares[:, None, :])
    by_pair = (town.totals[:, None] * town.totals * gaps).sum(axis=(1, 2))
    assert town.differences == pytest.approx(by_pair, rel=1e-12)


def test_a_composition_is_handed_back_as_it_is():
    town = Composition(np.array([[3, 1], [1, 3]]))
    assert composed(town) is town
    assert several_groups(town) is town


def test_a_table_is_not_changed_by_being_measured():
    counts = np.array([[3.0, 1.0], [1.0, 3.0]])
    counts.flags.writeable = False
    assert Composition(counts).information.sum() > 0


@pytest.mark.parametrize("counts", [np.zeros((3, 2)), np.zeros((0, 2)), np.zeros((2, 0))])
def test_a_town_where_nobody_lives_is_refused(counts):
    with pytest.raises(MeasureError, match="nobody lives here"):
        Composition(counts)


def test_one_group_alone_is_refused_where_two_are_needed():
    with pytest.raises(MeasureError) as caught:
        several_groups(np.array([[3, 0], [4, 0]]))
    assert caught.value.key == "measure.one_group_only"
    assert caught.value.values == {"households": 7}


@pytest.mark.parametrize(("group", "members", "others"), [([0, 0], 0, 7), ([3, 4], 7, 0)])
def test_a_group_that_is_empty_or_everyone_is_refused_with_its_numbers(group, members, others):
    with pytest.raises(MeasureError) as caught:
        against_the_rest(np.array(group), np.array([3, 4]))
    assert caught.value.values == {"members": members, "others": others}


def test_wrong_tables_are_wrong_arguments():
    with pytest.raises(ValueError, match="shape"):
        Composition(np.array([1, 2]))
    with pytest.raises(ValueError, match="0 or more"):
        Composition(np.array([[1, -1]]))
    with pytest.raises(ValueError, match="0 or more"):
        Composition(np.array([[1, np.nan]]))
    with pytest.raises(ValueError, match="0 or more"):
        against_the_rest(np.array([3, 1]), np.array([2, 9]))


def test_the_logarithm_of_nothing_counts_for_nothing():
    assert logarithms(np.array([0.0, 1.0, np.e])).tolist() == [0, 0, 1]


def test_households_are_counted_where_they_belong():
    assert tabulate(np.array([2, 0, 2], np.int16), np.array([1, 0, 1], np.uint8), (3, 2)).tolist() == [
        [1, 0], [0, 0], [0, 2],
    ]  # fmt: skip
    assert tabulate(np.zeros(0, int), np.zeros(0, int), (2, 2)).tolist() == [[0, 0], [0, 0]]
