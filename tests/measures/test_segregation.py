"""Every index of a table on cities small enough to do by hand, and where it is undefined."""

import dataclasses

import numpy as np
import pytest

from sim.base.errors import MeasureError
from sim.measures import segregation as seg
from sim.measures.composition import Composition

GROUP, TOTAL = np.array([3, 1]), np.array([4, 4])
COUNTS = np.array([[3, 1], [1, 3]])
"""Two areas of four households; the group is 3 of 4 and 1 of 4."""

THREE = np.array([[4, 0, 0], [0, 2, 2]])
"""Three groups in two areas: the first lives apart, the others together; shares 1/2, 1/4, 1/4."""


def test_two_groups_by_hand():
    assert seg.dissimilarity(GROUP, TOTAL) == 0.5
    assert seg.gini(GROUP, TOTAL) == 0.5
    assert seg.separation(GROUP, TOTAL) == 0.25
    assert seg.isolation(GROUP, TOTAL) == 0.625
    assert seg.exposure(GROUP, TOTAL - GROUP, TOTAL) == 0.375
    assert seg.minmax(GROUP, TOTAL) == pytest.approx(2 / 3)
    assert seg.atkinson(GROUP, TOTAL) == pytest.approx(0.25)
    quarter = 0.75 * np.log2(1.5) + 0.25 * np.log2(0.5)
    assert seg.entropy_index(COUNTS) == pytest.approx(quarter)


def test_three_groups_by_hand():
    assert seg.dissimilarity_of_groups(THREE) == pytest.approx(0.8)
    assert seg.gini_of_groups(THREE) == pytest.approx(0.8)
    assert seg.entropy_index(THREE) == pytest.approx(2 / 3)
    assert seg.relative_diversity(THREE) == pytest.approx(0.6)
    assert seg.normalised_exposure(THREE) == pytest.approx(0.5 + 1 / 12 + 1 / 12)
    assert seg.squared_coefficient(THREE) == pytest.approx((0.5 + 0.25 + 0.25) / 2)
    assert seg.diversity(THREE) == pytest.approx(1.5 * np.log(2))
    assert seg.interaction(THREE) == pytest.approx(0.625)
    assert seg.divergence(THREE) == pytest.approx(np.log(2))
    assert seg.exposure_matrix(THREE).tolist() == [[1, 0, 0], [0, 0.5, 0.5], [0, 0.5, 0.5]]


def test_each_group_has_its_own_index_against_all_others():
    for k in range(3):
        one = (THREE[:, k], THREE.sum(axis=1))
        assert seg.dissimilarity_of_each(THREE)[k] == pytest.approx(seg.dissimilarity(*one))
        assert seg.gini_of_each(THREE)[k] == pytest.approx(seg.gini(*one))
        assert seg.separation_of_each(THREE)[k] == pytest.approx(seg.separation(*one))
        assert seg.atkinson_of_each(THREE)[k] == pytest.approx(seg.atkinson(*one))
        assert seg.isolation_of_each(THREE)[k] == pytest.approx(seg.isolation(*one))


def test_two_named_groups_are_compared_without_the_others():
    assert seg.dissimilarity_between(THREE[:, 0], THREE[:, 1]) == 1
    assert seg.dissimilarity_between(THREE[:, 1], THREE[:, 2]) == 0


def test_the_shape_of_atkinson_weighs_areas_where_the_group_is_rare_or_common():
    total = np.full(5, 100)
    rare_somewhere, common_somewhere = np.array([10, 50, 50, 50, 50]), np.array([90, 50, 50, 50, 50])

    def both(shape):
        return seg.atkinson(rare_somewhere, total, shape=shape), seg.atkinson(common_somewhere, total, shape=shape)

    assert both(0.1)[0] > both(0.1)[1]
    assert both(0.5)[0] == pytest.approx(both(0.5)[1])
    assert both(0.9)[0] < both(0.9)[1]
    for shape in (0.0, 1.0, -1.0):
        with pytest.raises(ValueError, match="above 0 and below 1"):
            seg.atkinson(GROUP, TOTAL, shape=shape)


def test_the_concentration_profile_counts_an_area_at_its_very_level():
    profile = seg.concentration_profile(np.array([3, 1, 0, 0]), np.array([10, 10, 5, 0]), (0.1, 0.2, 0.3, 0.4))
    assert profile.tolist() == [1, 0.75, 0.75, 0]


def test_delta_compares_people_with_land():
    assert seg.delta(GROUP, np.array([1, 3])) == 0.5
    assert seg.delta(GROUP, np.array([3, 1])) == 0
    assert seg.delta(GROUP, np.array([0, 2])) == 0.75


def test_delta_needs_land():
    for land in ([0, 0], [-1, 2]):
        with pytest.raises(ValueError, match="land_area"):
            seg.delta(GROUP, np.array(land))


def test_separation_without_oneself_by_hand():
    group, total = np.array([2, 1, 1]), np.array([3, 3, 1])
    members = (2 * 1 / 2 + 1 * 0 / 2) / 3
    others = (1 * 2 / 2 + 2 * 1 / 2) / 3
    assert seg.unbiased_separation(group, total) == pytest.approx(members - others)


def test_local_figures_by_hand():
    assert seg.location_quotient(THREE).tolist() == [[2, 0, 0], [0, 2, 2]]
    assert seg.local_entropy(THREE) == pytest.approx([0, np.log(2) / np.log(3)])
    assert seg.local_divergence(THREE) == pytest.approx([np.log(2), np.log(2)])


def test_a_map_is_like_itself_and_unlike_its_mirror():
    shares, weights = np.array([0.1, 0.5, 0.2]), np.array([5, 1, 9])
    assert seg.map_correlation(shares, shares, weights) == pytest.approx(1)
    assert seg.map_correlation(1 - shares, shares, weights) == pytest.approx(-1)
    assert seg.map_correlation(shares, np.array([0.9, 0.1, 0.4]), np.array([1, 1, 0])) == pytest.approx(-1)


@pytest.mark.parametrize("index", [seg.dissimilarity, seg.gini, seg.separation, seg.minmax, seg.atkinson])
@pytest.mark.parametrize("group", [[0, 0], [4, 4]])
def test_an_index_of_a_group_against_the_rest_needs_both(index, group):
    with pytest.raises(MeasureError, match="two groups that both have members"):
        index(np.array(group), TOTAL)


@pytest.mark.parametrize(
    "index",
    [
        seg.dissimilarity_of_groups, seg.dissimilarity_of_each, seg.gini_of_groups, seg.gini_of_each,
        seg.entropy_index, seg.relative_diversity, seg.separation_of_each, seg.normalised_exposure,
        seg.squared_coefficient, seg.atkinson_of_each, seg.local_entropy, seg.local_divergence, seg.indices,
    ],
)  # fmt: skip
def test_an_index_of_all_groups_needs_two_of_them(index):
    with pytest.raises(MeasureError, match="of one group"):
        index(np.array([[4, 0], [3, 0]]))


def test_what_needs_a_group_refuses_an_empty_one():
    nobody = np.zeros(2)
    for measured in (
        lambda: seg.isolation(nobody, TOTAL),
        lambda: seg.exposure(nobody, GROUP, TOTAL),
        lambda: seg.concentration_profile(nobody, TOTAL),
        lambda: seg.delta(nobody, TOTAL),
        lambda: seg.location_quotient(np.array([[1, 0, 2], [2, 0, 1]])),
    ):
        with pytest.raises(MeasureError, match="no members"):
            measured()


def test_a_group_alone_in_town_meets_only_itself():
    assert seg.isolation(TOTAL, TOTAL) == 1


def test_exposure_refuses_more_of_a_group_than_of_all():
    with pytest.raises(ValueError, match="more households of a group"):
        seg.exposure(GROUP, TOTAL + 1, TOTAL)


def test_separation_without_oneself_needs_neighbours():
    with pytest.raises(MeasureError, match="two groups"):
        seg.unbiased_separation(np.array([1, 0]), np.array([1, 1]))


def test_local_figures_refuse_an_area_where_nobody_lives():
    for index in (seg.location_quotient, seg.local_entropy, seg.local_divergence):
        with pytest.raises(MeasureError, match="area number 1"):
            index(np.array([[1, 2], [0, 0], [3, 1]]))


def test_maps_without_differences_are_not_correlated():
    with pytest.raises(MeasureError, match="all areas are alike"):
        seg.map_correlation(np.array([0.5, 0.5]), np.array([0.1, 0.9]), TOTAL)


def test_areas_are_shown_from_thirty_households():
    from sim.measures.segregation.local import large_enough

    assert large_enough(np.array([[10, 19], [10, 20], [40, 0]])).tolist() == [False, True, True]


def test_all_indices_at_once_agree_with_each_by_itself():
    counts = np.random.default_rng(4).negative_binomial(2, 0.01, (300, 4))
    together = seg.indices(counts)
    alone = {
        "dissimilarity": seg.dissimilarity_of_groups, "gini": seg.gini_of_groups, "entropy_index": seg.entropy_index,
        "relative_diversity": seg.relative_diversity, "normalised_exposure": seg.normalised_exposure,
        "squared_coefficient": seg.squared_coefficient, "divergence": seg.divergence, "diversity": seg.diversity,
        "interaction": seg.interaction, "dissimilarity_of_each": seg.dissimilarity_of_each,
        "gini_of_each": seg.gini_of_each, "separation_of_each": seg.separation_of_each,
        "atkinson_of_each": seg.atkinson_of_each, "exposure": seg.exposure_matrix,
        "city_shares": lambda table: table.sum(axis=0) / table.sum(),
    }  # fmt: skip
    assert set(alone) == {field.name for field in dataclasses.fields(together)}
    for name, index in alone.items():
        assert getattr(together, name) == pytest.approx(index(counts), rel=0, abs=1e-12), name


def test_all_indices_at_once_take_a_composition_that_is_shared():
    town = Composition(COUNTS)
    assert seg.indices(town).entropy_index == seg.entropy_index(town)
