"""What lies near what."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.city.geography import EARTH_RADIUS_KM, distances, neighbourhoods, separate

hundredths = st.tuples(st.integers(-8000, 8000), st.integers(-17900, 17900))
places = st.lists(hundredths, min_size=1, max_size=7, unique=True).map(lambda found: np.array(found).T / 100)


def test_a_degree_of_latitude_is_111_km_and_of_longitude_less():
    km = distances(np.array([57.0, 58.0, 57.0]), np.array([12.0, 12.0, 13.0]))
    degree = np.pi / 180 * EARTH_RADIUS_KM
    np.testing.assert_allclose(km[0], [0, degree, degree * np.cos(np.radians(57))], rtol=2e-4)


@given(places)
def test_distances_are_the_same_both_ways_and_nothing_to_oneself(where):
    km = distances(*where)
    np.testing.assert_allclose(km, km.T, rtol=1e-5)
    assert (np.diag(km) == 0).all()
    assert km.max() <= np.pi * EARTH_RADIUS_KM * (1 + 1e-6)
    assert km.dtype == np.float32


@given(places, st.floats(0.1, 50), st.integers(0, 9))
def test_weights_sum_to_one_and_halve_with_the_half_distance(where, half_distance, reach):
    km = distances(*where)
    geography = neighbourhoods(km, half_distance, reach)
    n = len(km)
    assert np.diff(geography.start).tolist() == [min(reach + 1, n)] * n
    for area in range(n):
        own = slice(geography.start[area], geography.start[area + 1])
        near, weight = geography.neighbour[own], geography.weight[own]
        assert near[0] == area
        assert weight.sum() == pytest.approx(1)
        np.testing.assert_allclose(weight / weight[0], 0.5 ** (km[area, near].astype(float) / half_distance))
        farther = np.setdiff1d(np.arange(n), near)
        assert not len(farther) or km[area, farther].min() >= km[area, near].max()


def test_areas_may_be_worlds_of_their_own():
    geography = separate(3)
    assert geography.start.tolist() == [0, 1, 2, 3]
    assert geography.neighbour.tolist() == [0, 1, 2]
    assert geography.weight.tolist() == [1, 1, 1]
    assert geography.km.size == 0
    assert not geography.is_lattice
