"""The lattice as a place: cells in square blocks, which are its areas, and the cells around each."""

from __future__ import annotations

import numpy as np

from sim.city.areas import Areas
from sim.city.geography import Geography
from sim.kernels.neighbours import moore_links
from sim.scenario.world import LatticeSpace

BLOCK = 5
"""Side of the blocks over which indices are taken: 5 times 5 cells, as in results to compare with."""

MOST_AREAS = 32_767
"""Areas that a column of the city can number."""


def block_side(width: int, height: int) -> int:
    """Side of the blocks: five cells, more on a lattice so large that its blocks could not be numbered.

    Examples
    --------
    >>> block_side(50, 50), block_side(5000, 5000)
    (5, 30)
    """
    side = BLOCK
    while -(-width // side) * -(-height // side) > MOST_AREAS:
        side += BLOCK
    return side


def block_of_cells(width: int, height: int, side: int) -> np.ndarray:
    """Block that each cell lies in, int64, shape (n_cells,); those at the far edges may be smaller."""
    row, column = np.divmod(np.arange(width * height), width)
    return np.asarray(row // side * -(-width // side) + column // side)


def block_areas(width: int, height: int, side: int) -> Areas:
    """The blocks as areas, named by row and column, counted from 1."""
    across, down = -(-width // side), -(-height // side)
    ids = tuple(f"{row + 1}-{column + 1}" for row in range(down) for column in range(across))
    zero = np.zeros(len(ids))
    return Areas(ids, ids, ("",) * len(ids), zero, zero, zero, zero, zero)


def cell_links(space: LatticeSpace) -> Geography:
    """Links between cells, each of weight 1."""
    start, neighbour = moore_links(space.width, space.height, space.radius, space.torus)
    return Geography(start, neighbour, np.ones(len(neighbour)), np.zeros((0, 0), np.float32), is_lattice=True)
