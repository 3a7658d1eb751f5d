"""Measures of where areas lie, on patterns whose values are known and on towns small enough to do by hand."""

import numpy as np
import pytest
from scipy import sparse

from sim.base.errors import MeasureError
from sim.base.streams import Luck, Purpose
from sim.measures import spatial
from sim.measures.chance import deal_areas, deal_households
from sim.measures.segregation import dissimilarity

SIDE, CELL_KM, PEOPLE = 20, 0.1, 100
ROW, COLUMN = np.divmod(np.arange(SIDE * SIDE), SIDE)
KM = spatial.distances_between(CELL_KM * ROW, CELL_KM * COLUMN)
NEARNESS = spatial.proximity(KM, np.full(SIDE * SIDE, CELL_KM**2))
QUEEN = (KM > 0) & (np.abs(ROW[:, None] - ROW) <= 1) & (np.abs(COLUMN[:, None] - COLUMN) <= 1)
TOTAL = np.full(SIDE * SIDE, PEOPLE)
BOARD = np.where((ROW + COLUMN) % 2, 90, 10)
HALVES = np.where(COLUMN < SIDE // 2, 90, 10)
LUCK = Luck(20260101).stream(Purpose.MEASURE, 0)


def two(group):
    return np.stack([group, TOTAL - group], axis=1)


def test_the_checkerboard_and_the_two_halves_have_the_values_computed_for_them():
    for group, clustering, met, adjusted in (
        (BOARD, 0.99987, 0.49994, 0.390),
        (HALVES, 1.14683, 0.57623, 0.769),
    ):
        assert dissimilarity(group, TOTAL) == pytest.approx(0.8)
        assert spatial.spatial_proximity(group, TOTAL, NEARNESS) == pytest.approx(clustering, abs=5e-6)
        assert spatial.decay_isolation(group, TOTAL, NEARNESS) == pytest.approx(met, abs=5e-6)
        assert spatial.border_adjusted_dissimilarity(group, TOTAL, QUEEN.astype(float)) == pytest.approx(
            adjusted, abs=5e-4
        )


@pytest.mark.parametrize("smoothing", ["kernel", "nearest"])
@pytest.mark.parametrize(
    "index", [spatial.spatial_entropy_index, spatial.spatial_dissimilarity, spatial.spatial_relative_diversity]
)
def test_the_halves_are_more_segregated_than_the_checkerboard(index, smoothing):
    weights = spatial.biweight(KM, 0.3)
    if smoothing == "nearest":
        weights = spatial.nearest(TOTAL, spatial.order_by_distance(KM), 1_600)
    halves, board = (index(two(group), spatial.surrounding_shares(two(group), weights)) for group in (HALVES, BOARD))
    assert halves > board + 0.2


def test_the_halves_are_more_clustered_than_the_checkerboard():
    assert spatial.morans_i(HALVES, TOTAL, QUEEN.astype(float)) > 0.9
    assert spatial.morans_i(BOARD, TOTAL, QUEEN.astype(float)) < 0


def test_weights_in_rows_serve_as_well_as_a_full_matrix():
    walking = spatial.biweight(KM, 0.25)
    for full in (walking, QUEEN.astype(float)):
        rows = sparse.csr_array(full)
        assert spatial.morans_i(HALVES, TOTAL, rows) == pytest.approx(spatial.morans_i(HALVES, TOTAL, full))
        assert spatial.border_adjusted_dissimilarity(HALVES, TOTAL, rows) == pytest.approx(
            spatial.border_adjusted_dissimilarity(HALVES, TOTAL, full)
        )
        assert spatial.decay_isolation(HALVES, TOTAL, rows) == pytest.approx(
            spatial.decay_isolation(HALVES, TOTAL, full)
        )
    rows = sparse.csr_array(walking)
    assert spatial.surrounding_shares(two(BOARD), rows) == pytest.approx(
        spatial.surrounding_shares(two(BOARD), walking)
    )
    assert spatial.expected_spatial_relative_diversity(two(BOARD), rows) == pytest.approx(
        spatial.expected_spatial_relative_diversity(two(BOARD), walking)
    )


def test_the_links_of_a_geography_are_a_matrix_of_weights():
    links = spatial.linked(np.array([0, 2, 3]), np.array([0, 1, 1], np.int32), np.array([0.75, 0.25, 1.0]))
    assert links.toarray().tolist() == [[0.75, 0.25], [0, 1]]


def test_areas_where_nobody_lives_change_nothing():
    group, total = np.append(HALVES, 0), np.append(TOTAL, 0)
    weights = np.pad(NEARNESS, ((0, 1), (0, 1)), constant_values=0.5)
    for index in (
        spatial.morans_i, spatial.spatial_proximity, spatial.decay_isolation, spatial.border_adjusted_dissimilarity,
    ):  # fmt: skip
        assert index(group, total, weights) == pytest.approx(index(HALVES, TOTAL, NEARNESS))
    table = np.vstack([two(HALVES), [0, 0]])
    blind = np.pad(NEARNESS, ((0, 1), (0, 1)))
    shares = spatial.surrounding_shares(table, blind)
    around = spatial.surrounding_shares(two(HALVES), NEARNESS)
    assert spatial.spatial_entropy_index(table, shares) == pytest.approx(
        spatial.spatial_entropy_index(two(HALVES), around)
    )
    assert spatial.expected_spatial_relative_diversity(table, blind) == pytest.approx(
        spatial.expected_spatial_relative_diversity(two(HALVES), NEARNESS)
    )


def test_morans_i_of_four_areas_in_a_row_by_hand():
    row = np.eye(4, k=1) + np.eye(4, k=-1)
    assert spatial.morans_i(np.array([5, 5, 0, 0]), np.full(4, 10), row) == pytest.approx(1 / 3)
    assert spatial.morans_i(np.array([5, 0, 5, 0]), np.full(4, 10), row) == pytest.approx(-1)


def test_clustering_of_two_areas_by_hand():
    nearness = np.array([[1.0, 0.5], [0.5, 1.0]])
    group, total = np.array([2, 0]), np.array([2, 2])
    assert spatial.spatial_proximity(group, total, nearness) == pytest.approx((2 + 2) / 3)
    assert spatial.decay_isolation(group, total, nearness) == pytest.approx(2 / 3)
    contiguity = np.array([[0.0, 1.0], [1.0, 0.0]])
    assert spatial.border_adjusted_dissimilarity(group, total, contiguity) == 0


def test_an_area_is_as_far_from_itself_as_the_root_of_six_tenths_of_its_land():
    nearness = spatial.proximity(np.array([[0.0, 2.0], [2.0, 0.0]]), np.array([1.0, 4.0]))
    assert -np.log(nearness) == pytest.approx(np.array([[np.sqrt(0.6), 2], [2, np.sqrt(2.4)]]))


def test_the_kernel_falls_from_one_to_nothing_at_its_bandwidth():
    assert spatial.biweight(np.array([[0.0, 0.5, 1.0, 3.0]]), 1.0).tolist() == [[1, 0.5625, 0, 0]]


def test_the_nearest_are_whole_areas_and_a_fraction_of_the_last():
    km = spatial.distances_between(np.array([0.0, 1.0, 3.0]), np.zeros(3))
    order = spatial.order_by_distance(km)
    assert order.tolist() == [[0, 1, 2], [1, 0, 2], [2, 1, 0]]
    totals = np.array([10, 20, 10])
    assert spatial.nearest(totals, order, 15).tolist() == [[1, 0.25, 0], [0, 0.75, 0], [0, 0.25, 1]]
    assert spatial.nearest(totals, order, 99).tolist() == np.ones((3, 3)).tolist()
    shares = spatial.surrounding_shares(np.array([[10, 0], [0, 20], [10, 0]]), spatial.nearest(totals, order, 15))
    assert shares.tolist() == [[10 / 15, 5 / 15], [0, 1], [10 / 15, 5 / 15]]


def test_ties_of_distance_are_broken_by_the_order_of_the_list_and_nobody_is_found_in_an_empty_area():
    km = np.array([[0.0, 1.0, 1.0], [1.0, 0.0, 2.0], [1.0, 2.0, 0.0]])
    order = spatial.order_by_distance(km)
    assert order[0].tolist() == [0, 1, 2]
    weights = spatial.nearest(np.array([10, 0, 10]), order, 15)
    assert (weights @ np.array([10, 0, 10])).tolist() == [15, 15, 15]


def test_a_profile_over_the_nearest_falls_from_the_areas_to_nothing():
    order = spatial.order_by_distance(KM)
    profile = spatial.nearest_profile(two(HALVES), order)
    assert (np.diff(profile) <= 1e-12).all()
    assert profile[-1] == pytest.approx(0, abs=1e-12)


def test_centralisation_by_hand():
    group, land, km = np.array([0, 4]), np.array([1, 1]), np.array([2.0, 1.0])
    assert spatial.absolute_centralisation(group, land, km) == 0.5
    assert spatial.absolute_centralisation(group[::-1], land, km) == -0.5
    assert spatial.relative_centralisation(np.array([0, 4]), np.array([4, 4]), km) == 1
    assert spatial.relative_centralisation(np.array([4, 0]), np.array([4, 4]), km) == -1
    assert spatial.relative_centralisation(np.array([2, 2]), np.array([4, 4]), km) == 0


def test_the_effective_size_of_whole_neighbours_is_their_number():
    totals = np.array([10, 20, 0])
    assert spatial.effective_sizes(totals, np.array([[1.0, 1, 1], [0, 1, 1], [0, 0, 1]])).tolist() == [30, 20, 0]
    assert spatial.effective_sizes(totals, np.array([[1.0, 0.5, 0]] * 3)) == pytest.approx([400 / 15] * 3)


@pytest.fixture(scope="module")
def deals():
    """A town of 36 small areas whose households see some of their neighbours, dealt 2,000 times."""
    row, column = np.divmod(np.arange(36), 6)
    weights = spatial.biweight(spatial.distances_between(row, column), 2.0)
    counts = np.random.default_rng(5).integers(5, 25, (36, 3))
    tables = deal_households(counts, 2_000, LUCK)
    around = [spatial.surrounding_shares(table, weights) for table in tables]
    return counts, weights, tables, around


@pytest.mark.parametrize(
    ("index", "form", "missed"),
    [
        (spatial.spatial_relative_diversity, spatial.expected_spatial_relative_diversity, 0.0),
        (spatial.spatial_entropy_index, spatial.expected_spatial_entropy_index, 0.01),
        (spatial.spatial_dissimilarity, spatial.expected_spatial_dissimilarity, 0.005),
    ],
)
def test_surroundings_by_chance(deals, index, form, missed):
    """R~ is exact; H~ lacks terms of order one over 100 households seen, D~ takes their shares as normal."""
    counts, weights, tables, around = deals
    values = np.array([index(table, shares) for table, shares in zip(tables, around, strict=True)])
    error = values.std(ddof=1) / np.sqrt(len(values))
    assert abs(values.mean() - form(counts, weights)) < 4 * error + missed * form(counts, weights)


def test_morans_i_by_chance_is_slightly_negative():
    row = np.eye(12, k=1) + np.eye(12, k=-1)
    group = np.array([9, 1, 4, 4, 7, 2, 8, 3, 3, 6, 0, 5])
    tables = deal_areas(np.stack([group, 10 - group], axis=1), 4_000, LUCK)
    values = np.array([spatial.morans_i(table[:, 0], table.sum(axis=1), row) for table in tables])
    error = values.std(ddof=1) / np.sqrt(len(values))
    assert abs(values.mean() - spatial.expected_morans_i(12)) < 4 * error
    assert abs(values.mean()) > 4 * error


def test_what_is_undefined_is_refused():
    row = np.eye(4, k=1) + np.eye(4, k=-1)
    group, total = np.array([5, 5, 0, 0]), np.full(4, 10)
    with pytest.raises(MeasureError, match="all areas are alike"):
        spatial.morans_i(total // 2, total, row)
    for index in (spatial.morans_i, spatial.border_adjusted_dissimilarity):
        with pytest.raises(MeasureError, match="no area is linked"):
            index(group, total, np.zeros((4, 4)))
    with pytest.raises(MeasureError, match="two groups"):
        spatial.spatial_proximity(total, total, row)
    with pytest.raises(MeasureError, match="two groups"):
        spatial.relative_centralisation(total, total, np.arange(4))
    with pytest.raises(MeasureError, match="no members"):
        spatial.decay_isolation(np.zeros(4), total, row)
    with pytest.raises(MeasureError, match="no members"):
        spatial.absolute_centralisation(np.zeros(4), total, np.arange(4))
    with pytest.raises(ValueError, match="land_area"):
        spatial.absolute_centralisation(group, np.zeros(4), np.arange(4))
    counts = np.stack([group, total - group], axis=1)
    for measured in (spatial.surrounding_shares, spatial.expected_spatial_relative_diversity):
        with pytest.raises(MeasureError, match="area number 2 is lived in but sees nobody"):
            measured(counts, np.diag([1.0, 1.0, 0.0, 1.0]))
    with pytest.raises(MeasureError, match="of one group"):
        spatial.expected_spatial_entropy_index(np.stack([total, 0 * total], axis=1), row)


def test_chance_needs_two_households():
    counts = np.array([[0.5, 0.5]])  # less than two, in two groups
    with pytest.raises(MeasureError, match="nobody lives here"):
        spatial.expected_spatial_relative_diversity(counts, np.eye(1))


def test_one_area_has_no_neighbours_by_chance_either():
    with pytest.raises(MeasureError, match="only one area"):
        spatial.expected_morans_i(1)
