"""The terms of utility, each against a city done by hand."""

import dataclasses

import numpy as np
import pytest
from small_cities import settle, town

from sim.city.geography import Geography, distances, neighbourhoods
from sim.kernels import tastes
from sim.rules.preference.amenity import Amenity
from sim.rules.preference.around import around
from sim.rules.preference.constants import Constants
from sim.rules.preference.cost import LEAST, Cost
from sim.rules.preference.own_group import OwnGroup
from sim.rules.preference.relative_status import RelativeStatus
from sim.rules.preference.roots import Roots
from sim.rules.preference.service import Service
from sim.rules.preference.shapes import Taste
from sim.rules.preference.space import Space
from sim.rules.preference.status import Status
from sim.rules.preference.tenure import Tenure
from sim.rules.preference.travel import Travel

SHARES = np.array([0.0, 0.2, 0.4, 0.5, 0.75, 1.0])


@pytest.mark.parametrize(
    ("taste", "worths"),
    [
        (Taste(), [0, 0, 0, 0, 0, 0]),
        (Taste(points=((0.4, -1.0), (0.8, 0.0))), [-1, -1, -1, -0.75, -0.125, 0]),
        (Taste(shape="threshold", at=0.4), [-1, -1, 0, 0, 0, 0]),
        (Taste(shape="linear"), [0, 0.2, 0.4, 0.5, 0.75, 1]),
        (Taste(shape="peaked", at=0.5), [0, 0.4, 0.8, 1, 0.5, 0]),
        (Taste(shape="asymmetric", at=0.5, alike=0.5), [0, 0.4, 0.8, 1, 0.75, 0.5]),
        (Taste(shape="peaked", at=0.0), [1, 0.8, 0.6, 0.5, 0.25, 0]),
        (Taste(shape="asymmetric", at=1.0), [0, 0.2, 0.4, 0.5, 0.75, 1]),
    ],
    ids=lambda value: value.shape if isinstance(value, Taste) else "",
)
def test_each_shape_is_the_curve_it_says(taste, worths):
    assert taste.worth(SHARES) == pytest.approx(worths)
    assert (taste.worst(), taste.best()) == (min(worths), pytest.approx(max(worths)))


def test_a_threshold_is_met_by_a_share_that_equals_it_but_for_rounding():
    assert Taste(shape="threshold", at=0.3).worth(np.array([0.1 + 0.2, 3 / 10 - 1e-12, 0.29])).tolist() == [0, 0, -1]


def mixed_town(**more):
    """West: three a and one b. Middle: one b, three vacant. East: empty."""
    city = town(**more)
    for home, group in ((0, 0), (1, 0), (2, 0), (3, 1), (4, 1)):
        settle(city, home, group=group)
    return city.readonly()


LINE = OwnGroup(weight=2.0, shape="linear")


def test_own_group_counts_occupied_homes():
    worth = LINE.by_area(mixed_town())
    assert worth == pytest.approx(2.0 * np.array([[0.75, 0.0, 1.0], [0.25, 1.0, 1.0]]))  # alone: satisfied


def test_own_group_over_places_counts_vacant_homes_too():
    worth = dataclasses.replace(LINE, over="places").by_area(mixed_town())
    assert worth[:, :2] == pytest.approx(2.0 * np.array([[0.75, 0.0], [0.25, 0.25]]))


@pytest.mark.parametrize(("alone", "worth"), [("satisfied", 1.0), ("dissatisfied", 0.0), (-0.3, -0.3)])
def test_a_neighbourhood_without_anybody_is_worth_what_is_stated(alone, worth):
    assert dataclasses.replace(LINE, alone=alone).by_area(mixed_town())[:, 2] == pytest.approx(2.0 * worth)


def test_each_group_may_have_its_own_curve():
    rule = dataclasses.replace(LINE, by_group={"b": Taste(points=((0.0, 1.0), (1.0, -1.0)))})
    assert rule.by_area(mixed_town())[:, 0] == pytest.approx(2.0 * np.array([0.75, 0.5]))


def near_and_far():
    lat, lon = 57.7 + 0.09 * np.arange(3), np.full(3, 12.0)
    return neighbourhoods(distances(lat, lon), 10.0, 1)


def test_the_share_is_that_of_the_neighbourhood_by_weight():
    geography = near_and_far()
    city = mixed_town(geography=geography)
    of_a = around(geography, city.books.count[:, 0])
    everybody = around(geography, city.books.count.sum(axis=1))
    assert LINE.by_area(city)[0] == pytest.approx(2.0 * of_a / everybody)
    own, next_to_it = geography.weight[:2]
    assert everybody[0] == pytest.approx(4 * own + 1 * next_to_it)


def test_sums_over_neighbourhoods_equal_a_loop_and_an_area_without_links_has_none():
    start, neighbour = np.array([0, 2, 2, 5]), np.array([0, 2, 1, 0, 2], np.int32)
    weight = np.array([0.25, 0.75, 0.5, 0.3, 0.2])
    geography = Geography(start, neighbour, weight, np.zeros((0, 0), np.float32))
    values = np.array([1.0, 10.0, 100.0])
    assert around(geography, values) == pytest.approx([75.25, 0.0, 25.3])
    assert around(geography, np.stack([values, -values], 1)) == pytest.approx(
        np.array([[75.25, -75.25], [0, 0], [25.3, -25.3]])
    )


@pytest.mark.parametrize(
    ("term", "worths"),
    [
        (Amenity(weight=2.0), [2, 0, -2]),
        (Service(weight=2.0), [1, 0, -1]),
        (Travel(weight=0.1), [-0.5, -1, -2]),
    ],
)
def test_terms_of_the_place_read_the_area_table(term, worths):
    assert term.by_area(town().readonly()) == pytest.approx(np.array([worths, worths]))


def test_status_is_the_mean_log_income_around_against_that_of_all_areas():
    logs = np.log([32_000, 26_000, 20_000])
    assert Status(weight=2.0).by_area(town().readonly())[0] == pytest.approx(2.0 * (logs - logs.mean()))


def test_constants_hand_on_the_citys_tables():
    city = town()
    city.constants.by_group[:] = [[1, 2], [3, 4], [5, 6]]
    city.constants.by_tenure[:] = np.arange(12).reshape(3, 4)
    rule = Constants(weight=0.5)
    assert rule.by_area(city.readonly()).tolist() == [[0.5, 1.5, 2.5], [1.0, 2.0, 3.0]]
    assert rule.by_tenure(city.readonly())[2].tolist() == [4.0, 4.5, 5.0, 5.5]


def test_tenure_has_one_worth_each_everywhere():
    rule = Tenure(weight=2.0, public_rental=-1.0, owner_occupied=0.5)
    assert rule.by_tenure(town().readonly()).tolist() == [[-2.0, 0.0, 0.0, 1.0]] * 3


def pairs(city, *households):
    rows = np.array(households)
    return np.repeat(rows, 3), np.tile(np.array([0, 4, 8]), len(rows))


def test_cost_is_the_logarithm_of_what_is_left_and_never_below_that_of_a_hundred():
    city = town()
    row = settle(city, income=10_000.0)
    city.dwellings.rent[[0, 4, 8]] = (4_000, 9_950, 15_000)
    worth = Cost(weight=3.0).by_pair(city.readonly(), *pairs(city, row))
    assert worth == pytest.approx(3.0 * np.log([6_000, 100, 100]))
    assert Cost().coefficients() == {"cost": 3.0}
    assert LEAST == tastes.LEAST


def test_space_counts_floor_area_per_root_of_persons_and_each_missing_room():
    city = town()
    row = settle(city, adults=2, children=3)  # needs four rooms
    city.dwellings.m2[[0, 4, 8]], city.dwellings.rooms[[0, 4, 8]] = (60, 120, 60), (3, 5, 1)
    worth = Space(weight=1.5, crowding=0.8).by_pair(city.readonly(), *pairs(city, row))
    assert worth == pytest.approx(1.5 * np.log(np.array([60, 120, 60]) / np.sqrt(5)) - 0.8 * np.array([1, 0, 3]))


def test_relative_status_dislikes_poorer_areas_only():
    city = town()
    row = settle(city, income=26_000.0)
    worth = RelativeStatus(weight=3.0).by_pair(city.readonly(), *pairs(city, row))
    assert worth == pytest.approx([0.0, 0.0, -3.0 * np.log(26 / 20)], abs=1e-6)
    row = settle(city, income=26_000.0 * 2.03, adults=2, children=1)  # 1 + .51 + .52 consumption units
    assert RelativeStatus(weight=3.0).by_pair(city.readonly(), *pairs(city, row)) == pytest.approx(worth, abs=1e-5)


def test_areas_above_ones_means_may_be_disliked_too():
    city = town()
    row = settle(city, income=26_000.0)
    worth = RelativeStatus(weight=3.0, above=2.0).by_pair(city.readonly(), *pairs(city, row))
    assert worth == pytest.approx([-2.0 * np.log(32 / 26), 0.0, -3.0 * np.log(26 / 20)], abs=1e-6)


def test_roots_count_kilometres_from_where_one_lives_and_nothing_without_roots():
    city = town()
    at_home, stranger = settle(city, 1), settle(city)
    worth = Roots(per_km=0.06).by_pair(city.readonly(), *pairs(city, at_home, stranger))
    assert worth == pytest.approx([0.0, -0.06 * 10.007, -0.06 * 20.015, 0.0, 0.0, 0.0], abs=1e-3)


def test_roots_mean_nothing_where_distance_means_nothing():
    city = town()
    city.geography = Geography(city.geography.start, city.geography.neighbour, city.geography.weight, np.zeros((0, 0)))
    row = settle(city, 0)
    assert not Roots().by_pair(city.readonly(), *pairs(city, row)).any()


def test_the_choice_kernel_knows_every_coefficient_that_a_term_names():
    terms = (Cost(), Space(), RelativeStatus(), Roots())
    assert {name for term in terms for name in term.coefficients()} == set(tastes.COEFFICIENTS)
