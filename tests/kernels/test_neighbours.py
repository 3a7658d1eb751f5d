"""Sums over neighbourhoods, and the neighbourhoods of a lattice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernels.neighbours import moore_links, neighbourhood_sum


def around(width: int, height: int, radius: int, is_torus: bool, cell: int) -> set[int]:
    """Neighbours of a cell by the definition: at most ``radius`` away along both sides."""
    y, x = divmod(cell, width)

    def apart(a: int, b: int, length: int) -> int:
        return min(abs(a - b), length - abs(a - b)) if is_torus else abs(a - b)

    cells = ((divmod(other, width), other) for other in range(width * height) if other != cell)
    return {k for (b, a), k in cells if apart(a, x, width) <= radius and apart(b, y, height) <= radius}


@settings(deadline=None, max_examples=60)
@given(width=st.integers(1, 7), height=st.integers(1, 7), radius=st.integers(1, 4), is_torus=st.booleans())
def test_every_cell_within_reach_is_a_neighbour_once_and_never_the_cell_itself(width, height, radius, is_torus):
    start, neighbour = moore_links(width, height, radius, is_torus)
    for cell in range(width * height):
        mine = neighbour[start[cell] : start[cell + 1]].tolist()
        assert len(mine) == len(set(mine))
        assert set(mine) == around(width, height, radius, is_torus, cell)


@pytest.mark.parametrize("py", [False, True])
def test_sums_are_the_product_with_the_matrix_of_weights(py):
    luck = np.random.default_rng(1)
    matrix = luck.random((6, 6)) * (luck.random((6, 6)) < 0.5)
    matrix[2] = 0.0  # an area with nothing around it
    rows, neighbour = np.nonzero(matrix)
    start = np.searchsorted(rows, np.arange(7)).astype(np.int64)
    links = (start, neighbour.astype(np.int32), matrix[rows, neighbour])
    values, sums = luck.random(6), np.full(6, 9.0)
    kernel = getattr(neighbourhood_sum, "py_func", neighbourhood_sum) if py else neighbourhood_sum
    kernel(*links, values, sums)
    assert np.allclose(sums, matrix @ values, rtol=1e-14)
