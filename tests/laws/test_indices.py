"""What every index of segregation must obey, whatever the town; no number from the literature is needed."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.measures.composition import tabulate
from sim.measures.income import (
    entropy_below,
    inequality_index,
    neighbourhood_sorting,
    rank_bins,
    rank_order_entropy,
    rank_order_variance,
)
from sim.measures.segregation import (
    atkinson,
    concentration_profile,
    dissimilarity,
    dissimilarity_of_groups,
    divergence,
    diversity,
    entropy_index,
    exposure_matrix,
    gini,
    gini_of_groups,
    isolation,
    local_divergence,
    local_entropy,
    location_quotient,
    minmax,
    normalised_exposure,
    relative_diversity,
    separation,
    squared_coefficient,
)
from sim.measures.spatial import (
    nearest,
    nearest_profile,
    order_by_distance,
    spatial_dissimilarity,
    spatial_entropy_index,
    spatial_relative_diversity,
    surrounding_shares,
)


def of_first(index):
    """An index of a group and everybody, asked of the first group of a table."""
    return lambda counts: index(counts[:, 0], counts.sum(axis=1))


OF_GROUPS = {
    "dissimilarity": dissimilarity_of_groups,
    "gini": gini_of_groups,
    "entropy_index": entropy_index,
    "relative_diversity": relative_diversity,
    "normalised_exposure": normalised_exposure,
    "squared_coefficient": squared_coefficient,
}
OF_FIRST = {
    "dissimilarity": of_first(dissimilarity),
    "gini": of_first(gini),
    "separation": of_first(separation),
    "atkinson": of_first(atkinson),
    "minmax": of_first(minmax),
}
EVENNESS = OF_GROUPS | {f"{name} of the first": index for name, index in OF_FIRST.items()}
ALL = EVENNESS | {
    "divergence": divergence,
    "diversity": diversity,
    "isolation": of_first(isolation),
    "concentration_profile": of_first(concentration_profile),
    "exposure_matrix": exposure_matrix,
}

SAME = {"rel": 1e-9, "abs": 1e-12}
"""Rounding: sums of at most some hundred terms, each right to 1e-16, and squares of their differences."""


@st.composite
def towns(draw, most_groups=4, most_areas=7):
    """Households by area and group; at least two groups have members."""
    shape = draw(st.tuples(st.integers(1, most_areas), st.integers(2, most_groups)))
    counts = draw(arrays(np.int64, shape, elements=st.integers(0, 40)))
    assume((counts.sum(axis=0) > 0).all())
    return counts


@given(counts=towns(), factor=st.integers(2, 9))
def test_no_index_cares_how_large_the_town_is(counts, factor):
    for name, index in ALL.items():
        assert index(factor * counts) == pytest.approx(index(counts), **SAME), name


@given(counts=towns(), luck=st.randoms(use_true_random=False))
def test_no_index_cares_in_which_order_the_areas_come(counts, luck):
    order = luck.sample(range(len(counts)), len(counts))
    for name, index in ALL.items():
        assert index(counts[order]) == pytest.approx(index(counts), **SAME), name


@given(counts=towns(), luck=st.randoms(use_true_random=False))
def test_no_index_of_all_groups_cares_what_the_groups_are_called(counts, luck):
    order = luck.sample(range(counts.shape[1]), counts.shape[1])
    for name, index in (OF_GROUPS | {"divergence": divergence, "diversity": diversity}).items():
        assert index(counts[:, order]) == pytest.approx(index(counts), **SAME), name


@given(counts=towns(), parts=st.integers(2, 5), split=st.integers(1, 4), data=st.data())
def test_splitting_an_area_into_parts_of_the_same_composition_changes_no_index(counts, parts, split, data):
    area = data.draw(st.integers(0, len(counts) - 1))
    larger = counts * parts
    portion = counts[area] * min(split, parts - 1)
    halved = np.vstack([np.delete(larger, area, axis=0), portion, larger[area] - portion])
    for name, index in ALL.items():
        assert index(halved) == pytest.approx(index(larger), **SAME), name


@given(counts=towns(), data=st.data())
def test_an_empty_area_and_a_group_that_nobody_is_in_change_no_index(counts, data):
    with_area = np.insert(counts, data.draw(st.integers(0, len(counts))), 0, axis=0)
    with_both = np.hstack([with_area, np.zeros((len(with_area), 1), dtype=np.int64)])
    for name, index in ALL.items():
        assert np.isfinite(index(with_both)).all(), name
        assert index(with_both) == pytest.approx(index(counts), **SAME), name


@given(
    composition=arrays(np.int64, 3, elements=st.integers(1, 9)),
    sizes=arrays(np.int64, st.integers(1, 6), elements=st.integers(1, 30)),
)
def test_a_town_whose_areas_are_all_alike_is_not_segregated(composition, sizes):
    counts = np.outer(sizes, composition)
    for name, index in (EVENNESS | {"divergence": divergence}).items():
        assert index(counts) == pytest.approx(0.0, abs=1e-12), name
    share = composition[0] / composition.sum()
    assert of_first(isolation)(counts) == pytest.approx(share)


@given(sizes=st.lists(st.lists(st.integers(1, 50), min_size=1, max_size=3), min_size=2, max_size=4))
def test_a_town_without_a_mixed_area_is_completely_segregated(sizes):
    rows = [np.eye(len(sizes))[group] * size for group, areas in enumerate(sizes) for size in areas]
    counts = np.array(rows)
    for name, index in EVENNESS.items():
        assert index(counts) == pytest.approx(1.0), name
    assert of_first(isolation)(counts) == pytest.approx(1.0)
    assert divergence(counts) == pytest.approx(diversity(counts))


@given(counts=towns())
def test_the_indices_keep_within_their_range(counts):
    for name, index in EVENNESS.items():
        assert -1e-12 <= index(counts) <= 1 + 1e-12, name
    assert 0 <= diversity(counts) <= np.log(counts.shape[1]) + 1e-12


@given(counts=towns())
def test_the_indices_are_related_as_theory_says(counts):
    group, total = counts[:, 0], counts.sum(axis=1)
    share = group.sum() / total.sum()
    moved = dissimilarity(group, total)
    assert entropy_index(counts) * diversity(counts) == pytest.approx(divergence(counts), **SAME)
    assert separation(group, total) == pytest.approx((isolation(group, total) - share) / (1 - share), abs=1e-12)
    assert minmax(group, total) == pytest.approx(2 * moved / (1 + moved), **SAME)
    assert moved <= gini(group, total) + 1e-12
    assert dissimilarity_of_groups(counts) <= gini_of_groups(counts) + 1e-12


@given(counts=towns())
def test_exposures_of_a_group_add_up_and_meetings_are_mutual(counts):
    exposures, sizes = exposure_matrix(counts), counts.sum(axis=0)
    meetings = exposures * sizes[:, None]
    assert exposures.sum(axis=1) == pytest.approx(1.0)
    assert meetings == pytest.approx(meetings.T)


@given(counts=towns(most_groups=2))
def test_with_two_groups_the_index_of_all_groups_is_that_of_one(counts):
    assert dissimilarity_of_groups(counts) == pytest.approx(of_first(dissimilarity)(counts), **SAME)
    assert gini_of_groups(counts) == pytest.approx(of_first(gini)(counts), **SAME)
    for index in (relative_diversity, normalised_exposure, squared_coefficient):
        assert index(counts) == pytest.approx(of_first(separation)(counts), **SAME)


@given(counts=arrays(np.int64, st.tuples(st.integers(2, 6), st.just(2)), elements=st.integers(1, 40)))
def test_an_exchange_between_an_over_and_an_under_represented_area_evens_the_town(counts):
    shares = counts[:, 0] / counts.sum(axis=1)
    high, low = int(shares.argmax()), int(shares.argmin())
    exchanged = counts.copy()
    exchanged[high] += [-1, 1]
    exchanged[low] += [1, -1]
    after = exchanged[:, 0] / exchanged.sum(axis=1)
    assume(high != low and after[high] >= after[low])
    for index in (gini_of_groups, entropy_index, relative_diversity):
        assert index(exchanged) < index(counts)
    assert dissimilarity_of_groups(exchanged) <= dissimilarity_of_groups(counts) + 1e-12


@given(counts=towns(), districts=st.lists(st.integers(0, 2), min_size=7, max_size=7))
def test_a_coarser_division_never_shows_more_segregation(counts, districts):
    coarser = np.zeros((3, counts.shape[1]), dtype=np.int64)
    np.add.at(coarser, districts[: len(counts)], counts)
    for name in ("dissimilarity", "gini", "entropy_index", "relative_diversity"):
        assert OF_GROUPS[name](coarser) <= OF_GROUPS[name](counts) + 1e-12, name


@given(counts=towns(), districts=st.lists(st.integers(0, 2), min_size=7, max_size=7))
def test_divergence_splits_into_a_part_between_districts_and_a_part_within(counts, districts):
    of_area = np.array(districts[: len(counts)])
    coarser = np.array([counts[of_area == district].sum(axis=0) for district in range(3)])
    inside = sum(
        divergence(counts[of_area == district]) * coarser[district].sum()
        for district in range(3)
        if coarser[district].any()
    )
    assert divergence(coarser) + inside / counts.sum() == pytest.approx(divergence(counts), abs=1e-12)


@given(counts=towns())
def test_what_is_said_of_single_areas_adds_up_to_what_is_said_of_the_town(counts):
    counts = counts[counts.sum(axis=1) > 0]
    weights = counts.sum(axis=1) / counts.sum()
    mixed = (weights * local_entropy(counts)).sum() * np.log(counts.shape[1])
    assert (weights * local_divergence(counts)).sum() == pytest.approx(divergence(counts), abs=1e-12)
    assert 1 - mixed / diversity(counts) == pytest.approx(entropy_index(counts), abs=1e-9)
    assert (weights[:, None] * location_quotient(counts)).sum(axis=0) == pytest.approx(1.0)


@given(
    incomes=arrays(np.int64, st.integers(20, 60), elements=st.integers(1, 1000)),
    data=st.data(),
)
def test_income_segregation_by_rank_sees_only_the_order_of_incomes(incomes, data):
    areas = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(incomes), max_size=len(incomes))))
    ids = np.arange(len(incomes))
    for stretched in (incomes**3, 2 * incomes + 7, np.log(incomes)):
        assert (rank_bins(stretched, ids, 10) == rank_bins(incomes, ids, 10)).all()
    table = tabulate(areas, rank_bins(incomes, ids, 10), (4, 10))
    shuffled = table[[2, 0, 3, 1]]
    for index in (rank_order_entropy, rank_order_variance, inequality_index, lambda t: entropy_below(t, 0.1)):
        assert index(table) + 1e-12 >= 0
        assert index(3 * table) == pytest.approx(index(table), **SAME)
        assert index(shuffled) == pytest.approx(index(table), **SAME)
        assert index(np.vstack([table, np.zeros(10, int)])) == pytest.approx(index(table), **SAME)


@given(
    incomes=arrays(np.int64, st.integers(5, 40), elements=st.integers(1, 1000)),
    scale=st.integers(2, 9),
    shift=st.integers(0, 500),
    data=st.data(),
)
def test_neighbourhood_sorting_sees_no_linear_change_of_incomes(incomes, scale, shift, data):
    assume(incomes.min() < incomes.max())
    areas = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(incomes), max_size=len(incomes))))

    def sorting(values):
        sums = [np.bincount(areas, weights, minlength=4) for weights in (np.ones(len(values)), values, values**2)]
        return neighbourhood_sorting(*sums)

    assert sorting(scale * incomes + shift) == pytest.approx(sorting(incomes), rel=1e-6, abs=1e-6)
    assert sorting(incomes) <= 1 + 1e-12


@given(counts=towns())
def test_a_household_that_sees_only_its_own_area_meets_the_indices_without_a_map(counts):
    shares = surrounding_shares(counts, np.eye(len(counts)))
    assert spatial_entropy_index(counts, shares) == pytest.approx(entropy_index(counts), abs=1e-9)
    assert spatial_dissimilarity(counts, shares) == pytest.approx(dissimilarity_of_groups(counts), abs=1e-9)
    assert spatial_relative_diversity(counts, shares) == pytest.approx(relative_diversity(counts), abs=1e-9)


@given(counts=towns(), data=st.data())
def test_when_everybody_is_a_neighbour_nobody_is_segregated(counts, data):
    places = arrays(np.float64, (len(counts), len(counts)), elements=st.floats(0, 10))
    order = order_by_distance(data.draw(places))
    totals = counts.sum(axis=1)
    shares = surrounding_shares(counts, nearest(totals, order, totals.sum()))
    for index in (spatial_entropy_index, spatial_dissimilarity, spatial_relative_diversity):
        assert index(counts, shares) == pytest.approx(0.0, abs=1e-12)
    assert nearest_profile(counts, order, (int(totals.sum()) + 1,)) == pytest.approx(0.0, abs=1e-12)


@given(counts=towns(), luck=st.randoms(use_true_random=False), data=st.data())
def test_no_spatial_index_cares_in_which_order_the_areas_come(counts, luck, data):
    n = len(counts)
    weights = data.draw(arrays(np.float64, (n, n), elements=st.floats(0, 1))) + np.eye(n)
    order = luck.sample(range(n), n)
    renamed = (counts[order], surrounding_shares(counts[order], weights[order][:, order]))
    for index in (spatial_entropy_index, spatial_dissimilarity, spatial_relative_diversity):
        here = index(counts, surrounding_shares(counts, weights))
        assert index(*renamed) == pytest.approx(here, **SAME)
