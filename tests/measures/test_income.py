"""Segregation by income on cities small enough to do by hand."""

import numpy as np
import pytest

from sim.base.errors import MeasureError
from sim.measures import income
from sim.measures.segregation import entropy_index

PERFECT = np.eye(100, dtype=int) * 7
"""A hundred areas, each with the households of one bin."""


def test_ranks_break_ties_by_household_id_and_fill_the_bins_evenly():
    incomes, ids = np.array([5, 5, 5, 5, 1, 9]), np.array([4, 3, 2, 1, 9, 8])
    assert income.rank_bins(incomes, ids, 3).tolist() == [2, 1, 1, 0, 0, 2]
    filled = np.bincount(income.rank_bins(np.zeros(250), np.arange(250)))
    assert len(filled) == 100
    assert set(filled) == {2, 3}
    assert len(income.rank_bins(np.zeros(0), np.zeros(0))) == 0


def test_perfect_sorting_of_a_hundred_bins_is_just_below_one():
    assert income.rank_order_entropy(PERFECT) == pytest.approx(0.9997, abs=5e-5)
    assert income.rank_order_variance(PERFECT) == pytest.approx(1 - 1 / 100**2)


def test_two_areas_that_split_the_incomes_in_halves_by_hand():
    counts = np.zeros((2, 4), dtype=int)
    counts[0, :2], counts[1, 2:] = 5, 5

    def divergence(of_first_area, of_second_area, cut):
        parts = [(p, q) for p in (of_first_area, of_second_area) for p, q in ((p, cut), (1 - p, 1 - cut))]
        return 0.5 * sum(p * np.log(p / q) for p, q in parts if p > 0)

    heights = [divergence(0.5, 0, 0.25), divergence(1, 0, 0.5), divergence(1, 0.5, 0.75)]
    assert income.rank_order_entropy(counts) == pytest.approx(2 * 0.25 * sum(heights))
    assert income.rank_order_variance(counts) == pytest.approx(6 * 0.25 * (1 / 16 + 1 / 4 + 1 / 16))


def test_a_smooth_profile_gives_the_integral_that_a_fitted_polynomial_gives():
    """Reardon's weights for H(p) = 1, p, p^2, p^3, p^4, integrated as the index integrates, in 10,000 steps."""
    p = np.linspace(0, 1, 10_001)[1:-1]
    bits = -(p * np.log2(p) + (1 - p) * np.log2(1 - p))
    for power, weight in enumerate((1, 1 / 2, 11 / 36, 5 / 24, 137 / 900)):
        assert 2 * np.log(2) * (bits * p**power).mean() == pytest.approx(weight, abs=2e-4)
    for power, weight in enumerate((1, 1 / 2, 3 / 10, 1 / 5, 1 / 7)):
        assert 6 * (p * (1 - p) * p**power).mean() == pytest.approx(weight, abs=2e-4)


def test_areas_all_alike_have_no_income_segregation():
    alike = np.outer([1, 2, 5], np.ones(100, int))
    assert income.rank_order_entropy(alike) == pytest.approx(0, abs=1e-12)
    assert income.rank_order_variance(alike) == pytest.approx(0, abs=1e-12)
    assert income.inequality_index(alike) == pytest.approx(0, abs=1e-10)


def test_the_lowest_and_the_highest_fifth_are_compared_in_hundredths():
    assert income.inequality_index(PERFECT) == pytest.approx(100)
    by_fifth = np.array([[3, 1, 1, 1, 1], [1, 1, 1, 1, 3]])
    assert income.inequality_index(by_fifth) == pytest.approx(50)
    assert income.fifths(np.arange(10)[None, :]).tolist() == [[1, 5, 9, 13, 17]]
    with pytest.raises(ValueError, match="five does not divide 12"):
        income.fifths(np.zeros((3, 12)))


def test_the_entropy_below_a_share_is_that_of_two_groups():
    counts = np.random.default_rng(2).integers(0, 9, (30, 100))
    two = np.stack([counts[:, :10].sum(axis=1), counts[:, 10:].sum(axis=1)], axis=1)
    assert income.entropy_below(counts, 0.1) == entropy_index(two)
    assert income.entropy_below(PERFECT, 0.9) == pytest.approx(1)


def test_a_cut_with_nobody_on_one_side_is_refused():
    for share in (0.0, 1.0):
        with pytest.raises(MeasureError, match="two groups"):
            income.entropy_below(PERFECT, share)
    with pytest.raises(MeasureError, match="of one group"):
        income.rank_order_entropy(np.array([[5, 0], [3, 0]]))


def test_sorting_of_neighbourhoods_by_hand():
    incomes, area = np.array([1.0, 3.0, 5.0, 7.0]), np.array([0, 0, 1, 1])
    sums = [np.bincount(area, values, minlength=3) for values in (np.ones(4), incomes, incomes**2)]
    assert income.neighbourhood_sorting(*sums) == pytest.approx(np.sqrt(4 / 5))


def test_sorting_of_neighbourhoods_needs_people_and_differences():
    with pytest.raises(MeasureError, match="nobody lives here"):
        income.neighbourhood_sorting(np.zeros(2), np.zeros(2), np.zeros(2))
    with pytest.raises(MeasureError, match="all incomes are equal"):
        income.neighbourhood_sorting(np.array([2, 1]), np.array([0.2, 0.1]), np.array([0.02, 0.01]))
