"""Sums over a neighbourhood, and the neighbourhoods of a lattice, as compressed sparse rows."""

from __future__ import annotations

import numpy as np

from sim.kernels.jit import kernel


@kernel
def neighbourhood_sum(
    start: np.ndarray, neighbour: np.ndarray, weight: np.ndarray, value: np.ndarray, out: np.ndarray
) -> None:
    """Sum a value over each area's neighbourhood.

    Parameters
    ----------
    start : int64 array, shape (n_areas + 1,)
        Area ``a`` owns entries ``start[a]:start[a + 1]`` of the next two arrays.
    neighbour, weight : int32 and float64 arrays, shape (n_links,)
        Index and weight of each neighbour; an area that counts itself has a link to itself.
    value, out : float64 arrays, shape (n_areas,)
        What is summed, in any unit; overwritten with the sums, in that unit.
    """
    for area in range(out.size):
        total = 0.0
        for link in range(start[area], start[area + 1]):
            total += weight[link] * value[neighbour[link]]
        out[area] = total


@kernel
def reach(radius: int, length: int, is_torus: bool) -> tuple[int, int]:
    """How far one looks back and ahead along a side; round a small torus no cell is seen twice."""
    if not is_torus:
        return radius, radius
    return min(radius, (length - 1) // 2), min(radius, length // 2)


@kernel
def moore_links(width: int, height: int, radius: int, is_torus: bool) -> tuple[np.ndarray, np.ndarray]:
    """Moore neighbourhoods of a lattice, the cell itself left out.

    Parameters
    ----------
    width, height, radius : int
        Cells; the cell in column x of row y is number ``y * width + x``.
    is_torus : bool
        Whether opposite edges meet; if not, cells at the edge have fewer neighbours.

    Returns
    -------
    start : int64 array, shape (n_cells + 1,)
    neighbour : int32 array, shape (n_links,)
        Each cell once, as ``neighbourhood_sum`` takes them.
    """
    back, ahead = reach(radius, width, is_torus)
    up, down = reach(radius, height, is_torus)
    start = np.zeros(width * height + 1, np.int64)
    neighbour = np.empty(width * height * ((back + ahead + 1) * (up + down + 1) - 1), np.int32)
    n = 0
    for cell in range(width * height):
        for y in range(cell // width - up, cell // width + down + 1):
            for x in range(cell % width - back, cell % width + ahead + 1):
                other = (y % height) * width + x % width
                if other != cell and (is_torus or (0 <= x < width and 0 <= y < height)):
                    neighbour[n] = other
                    n += 1
        start[cell + 1] = n
    return start, neighbour[:n].copy()
