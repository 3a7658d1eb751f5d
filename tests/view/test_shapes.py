"""Outlines hold their own middle, keep clear of each other, and do not grow without end."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.view.shapes import outlines, plane

positions = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=20, unique=True
).map(lambda some: np.array(some, float))


def area(corners):
    x, y = corners.T
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2


@given(positions)
def test_every_corner_is_nearest_to_its_own_middle(points):
    for place, corners in enumerate(outlines(points)):
        gaps = np.sqrt(((corners[:, None] - points[None]) ** 2).sum(axis=2))
        assert (gaps[:, place] <= gaps.min(axis=1) + 1e-9).all()


@given(positions)
def test_every_area_has_room(points):
    assert all(area(corners) > 0 for corners in outlines(points))


def test_north_is_up_and_a_degree_of_latitude_is_111_km():
    flat = plane(np.array([57.0, 58.0]), np.array([12.0, 12.0]))
    assert flat[1, 1] - flat[0, 1] == -111.2
    assert flat[0, 0] == flat[1, 0]
