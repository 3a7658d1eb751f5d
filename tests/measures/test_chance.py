"""What chance gives: the closed forms against households dealt at random, and the corrections.

Tolerance of a mean over deals: four standard errors (a false alarm in 16,000), plus what a form is known to miss.
"""

import numpy as np
import pytest

from sim.base.errors import MeasureError
from sim.base.streams import Luck, Purpose
from sim.measures import chance, income
from sim.measures import segregation as seg
from sim.measures.composition import Composition
from sim.measures.segregation.concentration import delta_of_each

LUCK = Luck(20260101).stream(Purpose.MEASURE, 0)
DEALS = 2_000


def town(n_areas, size, *shares):
    """Areas of one size, every area with the same groups."""
    return np.tile(np.round(np.multiply(size, shares)).astype(int), (n_areas, 1))


SMALL = town(100, 20, 0.5, 0.3, 0.2)
UNEVEN = np.array([[3, 2], [10, 0], [40, 31], [1, 1], [7, 20], [16, 5], [90, 60], [2, 5]])


@pytest.fixture(scope="module")
def dealt():
    """Deals of two towns: many small areas, and a few uneven ones."""
    return [(counts, chance.deal_households(counts, DEALS, LUCK)) for counts in (SMALL, UNEVEN)]


def assert_mean_is(values, expected, missed=0.0):
    error = values.std(axis=0, ddof=1) / np.sqrt(len(values))
    assert np.abs(values.mean(axis=0) - expected).max() <= (4 * error + missed).max()


def test_the_levels_of_areas_of_1700_households_are_as_published():
    for share, level in ((0.5, 0.019), (0.1, 0.032), (0.02, 0.069)):
        counts = town(300, 1700, share, 1 - share)
        assert chance.expected_dissimilarity(counts[:, 0], counts.sum(axis=1)) == pytest.approx(level, abs=5e-4)
        assert chance.expected_separation(counts) == pytest.approx(0.0006, abs=5e-5)


def test_the_mean_deviation_of_a_binomial_share_is_that_of_its_whole_distribution():
    from scipy.stats import binom

    for size, share in ((1, 0.3), (20, 0.5), (17, 0.02), (400, 0.9)):
        k = np.arange(size + 1)
        by_sum = (binom.pmf(k, size, share) * np.abs(k / size - share)).sum() / (2 * share * (1 - share))
        group = np.full(50, share * size)
        assert chance.expected_dissimilarity(group, np.full(50, size)) == pytest.approx(by_sum, rel=1e-10)


def test_the_quick_form_of_dissimilarity_is_near():
    counts = town(300, 1700, 0.3, 0.7)
    quick = 1 / np.sqrt(2 * np.pi * 1700 * 0.3 * 0.7)
    assert chance.expected_dissimilarity_of_groups(counts) == pytest.approx(quick, rel=0.002)


def test_dissimilarity_by_chance(dealt):
    """The form deals with replacement, which spreads by sqrt((T - 1) / (T - t)) more: half an area's share of T."""
    for counts, tables in dealt:
        expected = chance.expected_dissimilarity_of_groups(counts)
        values = chance.by_chance(seg.dissimilarity_of_groups, tables)
        largest = counts.sum(axis=1).max() / counts.sum()
        assert_mean_is(values, expected, missed=expected * (1 - np.sqrt(1 - largest)))
        each = np.array([seg.dissimilarity_of_each(table) for table in tables])
        assert_mean_is(each, chance.expected_dissimilarity_of_each(counts), missed=expected * largest)


def test_delta_by_chance_is_exact_when_every_household_draws_its_group():
    """Members are fixed and not drawn, which moves the mean by less than one part in the number of members."""
    sizes, share = np.append(UNEVEN.sum(axis=1), 0), 0.3
    for land in (np.arange(1.0, 10.0), sizes + 1.0, np.append(np.zeros(8), 1.0)):
        drawn = np.random.default_rng(1).binomial(sizes, share, (20_000, len(sizes)))
        members = share * sizes.sum()
        values = 0.5 * np.abs(drawn / members - land / land.sum()).sum(axis=1)
        counts = np.stack([share * sizes, (1 - share) * sizes], axis=1)
        assert_mean_is(values, chance.expected_delta_of_each(counts, land)[0])


def test_delta_by_chance_is_that_of_households_dealt_at_random(dealt):
    for counts, tables in dealt:
        land = np.random.default_rng(2).uniform(0.5, 4.0, len(counts))
        values = np.array([delta_of_each(table, land) for table in tables])
        largest = counts.sum(axis=1).max() / counts.sum()
        expected = chance.expected_delta_of_each(counts, land)
        by_chance = chance.expected_dissimilarity_of_groups(counts)
        assert_mean_is(values, expected, missed=by_chance * largest)
        alike = 0.5 * np.abs(counts.sum(axis=1) / counts.sum() - land / land.sum()).sum()
        assert (expected > alike).all()


def test_dissimilarity_by_chance_is_exact_when_every_household_draws_its_group():
    sizes, share = UNEVEN.sum(axis=1), 0.3
    drawn = np.random.default_rng(1).binomial(sizes, share, (20_000, len(sizes)))
    values = (sizes * np.abs(drawn / sizes - share)).sum(axis=1) / (2 * sizes.sum() * share * (1 - share))
    assert_mean_is(values, chance.expected_dissimilarity(share * sizes, sizes))


def test_separation_and_its_kin_by_chance_are_exact(dealt):
    for counts, tables in dealt:
        expected = chance.expected_separation(counts)
        for index in (seg.relative_diversity, seg.normalised_exposure, seg.squared_coefficient):
            assert_mean_is(chance.by_chance(index, tables), expected)


def test_entropy_by_chance_is_too_low_by_the_shortfall_and_then_one_permutes(dealt):
    for counts, tables in dealt:
        form, shortfall = chance.expected_entropy_index(counts), chance.entropy_shortfall(counts)
        short = chance.by_chance(seg.entropy_index, tables).mean() / form - 1
        assert shortfall > chance.LARGEST_SHORTFALL
        assert 0.5 * shortfall < short < 2.5 * shortfall


def test_entropy_by_chance_holds_in_large_areas():
    counts = town(100, 1000, 0.6, 0.4)
    values = chance.by_chance(seg.entropy_index, chance.deal_households(counts, 500, LUCK))
    form, shortfall = chance.expected_entropy_index(counts), chance.entropy_shortfall(counts)
    assert shortfall < chance.LARGEST_SHORTFALL
    assert_mean_is(values, form, missed=2 * form * shortfall)


def test_a_town_of_one_area_has_no_shortfall():
    assert chance.entropy_shortfall(np.array([[5, 5]])) == 0
    assert chance.expected_entropy_index(np.array([[5, 5]])) == 0


def test_isolation_and_exposure_by_chance_are_exact(dealt):
    for counts, tables in dealt:
        exposures = np.array([seg.exposure_matrix(table) for table in tables])
        assert_mean_is(exposures, chance.expected_exposure_matrix(counts))
        first = exposures[:, 0, 0]
        assert_mean_is(first, chance.expected_isolation(counts[:, 0], counts.sum(axis=1)))


def test_isolation_by_chance_is_the_share_and_a_little_more():
    share, level = 0.5, chance.expected_separation(SMALL)
    assert chance.expected_isolation(SMALL[:, 0], SMALL.sum(axis=1)) == pytest.approx(share + level * (1 - share))


def test_separation_without_oneself_is_practically_nothing_by_chance(dealt):
    for counts, tables in dealt:
        values = np.array([seg.unbiased_separation(table[:, 0], table.sum(axis=1)) for table in tables])
        assert_mean_is(values, chance.expected_unbiased_separation(counts.sum(axis=1)))
        if counts is SMALL:
            assert abs(values.mean()) < 0.1 * chance.expected_separation(counts)


def test_income_rank_indices_by_chance():
    """First order for the entropy: it misses the next term, here 1 per cent (areas of 100 households); 2 allowed."""
    counts = np.ones((20, 100), dtype=int)
    tables = chance.deal_households(counts, 500, LUCK)
    form = chance.expected_rank_order_entropy(counts)
    assert form == 19 / 2000
    assert_mean_is(chance.by_chance(income.rank_order_entropy, tables), form, missed=0.02 * form)
    steps = 1 - 1 / 100**2  # the trapezoids of 100 bins
    variance = chance.by_chance(income.rank_order_variance, tables)
    assert_mean_is(variance, steps * chance.expected_separation(counts))


def test_the_share_of_income_variance_between_areas_by_chance_is_exact():
    dice = np.random.default_rng(3)
    incomes, area = dice.lognormal(10, 0.6, 200), np.repeat(np.arange(8), 25)
    deals = [dice.permutation(incomes) for _ in range(DEALS)]
    sums = [[np.bincount(area, values) for values in (np.ones(200), deal, deal**2)] for deal in deals]
    values = np.array([income.neighbourhood_sorting(*parts) for parts in sums])
    expected = chance.expected_neighbourhood_sorting(np.full(8, 25))
    assert_mean_is(values**2, expected**2)
    assert values.mean() < expected < 1.1 * values.mean()


def test_the_correction_puts_chance_at_nothing_and_separation_at_one():
    assert chance.corrected(0.2, 0.2) == 0
    assert chance.corrected(1.0, 0.2) == pytest.approx(1)
    assert chance.corrected(0.1, 0.2) == pytest.approx(-0.125)
    assert chance.corrected_dissimilarity(0.6, 0.2) == pytest.approx(0.5)
    assert chance.corrected_dissimilarity(0.2, 0.2) == 0
    assert chance.corrected_dissimilarity(0.0, 0.2) == -1


def test_nothing_stands_above_complete_separation_by_chance():
    for correction in (chance.corrected, chance.corrected_dissimilarity):
        with pytest.raises(MeasureError, match="chance alone gives complete separation"):
            correction(1.0, 1.0)


def test_chance_needs_somebody():
    with pytest.raises(MeasureError):
        chance.expected_separation(np.array([[1, 0]]))
    with pytest.raises(MeasureError):
        chance.expected_unbiased_separation(np.array([1, 1]))


def test_every_deal_keeps_the_sizes_of_areas_and_groups(dealt):
    for counts, tables in dealt:
        assert tables.shape == (DEALS, *counts.shape)
        assert (tables.sum(axis=2) == counts.sum(axis=1)).all()
        assert (tables.sum(axis=1) == counts.sum(axis=0)).all()
        assert tables.min() >= 0


def test_every_deal_of_four_households_is_equally_likely():
    """Two areas of two, two groups of two: by counting, 1, 4 and 1 of the 6 deals put 2, 1 and 0 in the first."""
    tables = chance.deal_households(np.array([[1, 1], [1, 1]]), 6_000, LUCK)
    found = np.bincount(tables[:, 0, 0], minlength=3)
    expected = np.array([1000, 4000, 1000])
    assert ((found - expected) ** 2 / expected).sum() < 13.8  # chi-square, 2 degrees of freedom, p = .001


def test_three_areas_and_three_groups_are_dealt_as_by_hand():
    """The mean of a cell is its row times its column over the whole; its variance that of the hypergeometric."""
    counts = np.array([[1, 2, 0], [4, 0, 3], [2, 2, 2]])
    tables = chance.deal_households(counts, 20_000, LUCK)
    rows, columns, whole = counts.sum(axis=1)[:, None], counts.sum(axis=0), counts.sum()
    assert_mean_is(tables.astype(float), rows * columns / whole)
    variance = rows * columns * (whole - rows) * (whole - columns) / (whole**2 * (whole - 1))
    assert tables.var(axis=0) == pytest.approx(variance, rel=0.05)


def test_one_area_has_one_deal():
    assert (chance.deal_households(np.array([[3, 4]]), 5, LUCK) == [[[3, 4]]]).all()


def test_the_same_luck_deals_the_same_and_other_luck_deals_otherwise():
    other = Luck(20260101).stream(Purpose.MEASURE, 1)
    for deal in (chance.deal_households, chance.deal_areas):
        assert (deal(UNEVEN, 9, LUCK) == deal(UNEVEN, 9, LUCK)).all()
        assert (deal(UNEVEN, 9, LUCK) != deal(UNEVEN, 9, other)).any()


def test_dealing_areas_keeps_every_area_whole():
    tables = chance.deal_areas(UNEVEN, 50, LUCK)
    assert len({tuple(map(tuple, table)) for table in tables}) > 40
    for table in tables:
        assert sorted(map(tuple, table)) == sorted(map(tuple, UNEVEN))


def test_the_band_holds_nineteen_of_twenty_deals():
    values = np.arange(1001) / 1000
    assert chance.band(values) == pytest.approx((0.5, 0.025, 0.975))
    with pytest.raises(MeasureError, match="without a single deal"):
        chance.band(np.zeros(0))


def test_how_often_chance_gives_as_much_is_never_nothing():
    values = np.array([0.1, 0.2, 0.3])
    assert chance.share_as_high(0.9, values) == 0.25
    assert chance.share_as_high(0.2, values) == 0.75
    assert chance.share_as_high(0.0, values) == 1


def test_a_composition_serves_as_well_as_its_table():
    for form in (chance.expected_dissimilarity_of_groups, chance.expected_entropy_index, chance.expected_separation):
        assert form(Composition(UNEVEN)) == form(UNEVEN)
