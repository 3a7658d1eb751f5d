"""The cells of a lattice and what surrounds each: counts that change only when somebody moves."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from sim.kernels.jit import kernel
from sim.kernels.neighbours import reach

VACANT = -1
GROUP, AROUND, FIRST = 0, 1, 2  # columns of ``wide``


class Lattice(NamedTuple):
    """A lattice, and how a household looks around on it.

    Attributes
    ----------
    width, height, radius : int
        Cells; cell x of row y is number ``y * width + x``.
    is_torus : bool
        Whether opposite edges meet.
    over_places : bool
        Whether shares are of all cells around, vacant ones too, and not of the occupied ones.
    """

    width: int
    height: int
    radius: int
    is_torus: bool
    over_places: bool


def found_cells(lattice: Lattice, occupant: np.ndarray, group: np.ndarray, n_groups: int) -> np.ndarray:
    """Count what surrounds every cell.

    Parameters
    ----------
    occupant : int32 array, shape (n_cells,)
        Row of the household that lives in each cell, -1 nobody.
    group : uint8 array, shape (n_households,)
        Group of each household, from 0.

    Returns
    -------
    uint16 array
        For radius 1, at most two groups and shares of the occupied, *packed*, shape (n_cells,). From the low end: four
        bits with the neighbours of the first group, four with those of the second, then who lives there (0 nobody, 1 or
        2 the group). Else *wide*, shape (n_cells, 2 + n_groups): who lives there (0 nobody, else 1 + group), the number
        of which a share is taken (occupied cells around, or all cells around), and the neighbours of each group.
    """
    is_packed = lattice.radius == 1 and n_groups <= 2 and not lattice.over_places
    state = np.zeros(occupant.size if is_packed else (occupant.size, 2 + n_groups), np.uint16)
    _settle(lattice, occupant, group, state)
    return state


def restless_table(lattice: Lattice, at: Sequence[float], alone: Sequence[float]) -> np.ndarray:
    """Who is dissatisfied: below the share ``at`` of its group, compared without rounding error.

    Parameters
    ----------
    at, alone : one share per group
        The share from which a household is satisfied, and the share it takes for its own where nobody is around.

    Returns
    -------
    uint8 array, shape (1 + n_groups, n + 1, n + 1), n the most cells that are around one
        1 where restless, by 1 + group, neighbours of one's own group, and number of which the share is taken.

    Examples
    --------
    >>> table = restless_table(Lattice(9, 9, 1, False, False), [0.3], [0.0])
    >>> int(table[1, 1, 3]), int(table[1, 1, 4]), int(table[1, 0, 0])
    (0, 1, 1)
    """
    most = (2 * lattice.radius + 1) ** 2 - 1
    like, around = np.arange(most + 1)[:, None], np.arange(most + 1)[None, :]
    table = np.zeros((1 + len(at), most + 1, most + 1), np.uint8)
    for number, (share, lonely) in enumerate(zip(at, alone, strict=True), start=1):
        exact = Fraction(share).limit_denominator(1_000_000)
        table[number] = like * exact.denominator < exact.numerator * around
        table[number, 0, 0] = lonely < share
    return table


def table_for(state: np.ndarray, is_restless: np.ndarray) -> np.ndarray:
    """The table of who is restless in the form that suits the state: by the bits of a packed cell, or as it is."""
    if state.ndim > 1:
        return is_restless
    out, first, second = np.zeros((4, 16, 16), np.uint8), np.arange(9)[:, None], np.arange(9)
    for number in range(1, is_restless.shape[0]):
        like = first if number == 1 else second
        out[number, :9, :9] = is_restless[number, like, np.minimum(first + second, 8)].T  # more than 8 never are around
    return out.ravel()


@kernel
def is_cell_restless(state: np.ndarray, table: np.ndarray, cell: int) -> bool:
    """Whether who lives in a cell is restless; nobody is not. Numba drops the branch that the shape rules out."""
    if state.ndim == 1:
        return bool(table[state[cell]] != 0)
    group = state[cell, GROUP]
    return bool(group > 0 and table[group, state[cell, AROUND + group], state[cell, AROUND]] != 0)


@kernel
def _settle(lattice: Lattice, occupant: np.ndarray, group: np.ndarray, state: np.ndarray) -> None:
    for cell in range(occupant.size):
        if state.ndim > 1:  # noqa: SIM102  # joined with the next, Numba does not drop the branch
            if lattice.over_places:
                _shift(state, cell, AROUND, np.uint16(1), lattice)
        if occupant[cell] != VACANT:
            come_or_go(state, cell, group[occupant[cell]], 1, lattice)


@kernel
def come_or_go(state: np.ndarray, cell: int, who: int, sign: int, lattice: Lattice) -> None:
    """Let a household of a group come to a cell (sign 1) or leave it (-1); less than nothing wraps at 16 bits."""
    mark, one = sign * (1 + int(who)), np.uint16(sign & 0xFFFF)
    if state.ndim == 1:
        state[cell] += np.uint16((mark << 8) & 0xFFFF)
        bit = np.uint16((sign << (4 * int(who))) & 0xFFFF)
        _shift_packed(state, cell, bit, lattice.width, lattice.height, lattice.is_torus)
    else:
        state[cell, GROUP] += np.uint16(mark & 0xFFFF)
        _shift(state, cell, FIRST + int(who), one, lattice)
        if not lattice.over_places:
            _shift(state, cell, AROUND, one, lattice)


@kernel
def _shift_packed(state: np.ndarray, cell: int, one: np.uint16, width: int, height: int, is_torus: bool) -> None:
    """Add to the eight cells around one."""
    y = int(np.uint32(cell) // np.uint32(width))  # unsigned: signed division rounds down, at a price
    x = cell - y * width
    if 0 < x < width - 1 and 0 < y < height - 1:
        above, below = cell - width, cell + width
        state[above - 1] += one
        state[above] += one
        state[above + 1] += one
        state[cell - 1] += one
        state[cell + 1] += one
        state[below - 1] += one
        state[below] += one
        state[below + 1] += one
    else:
        _shift_packed_at_edge(state, x, y, one, width, height, is_torus)


@kernel
def _shift_packed_at_edge(
    state: np.ndarray, x: int, y: int, one: np.uint16, width: int, height: int, is_torus: bool
) -> None:
    back, ahead = reach(1, width, is_torus)
    up, down = reach(1, height, is_torus)
    for b in range(y - up, y + down + 1):
        for a in range(x - back, x + ahead + 1):
            if (a != x or b != y) and (is_torus or (0 <= a < width and 0 <= b < height)):
                state[(b % height) * width + a % width] += one


@kernel
def _shift(state: np.ndarray, cell: int, column: int, one: np.uint16, lattice: Lattice) -> None:
    """Add to one column of all cells within the radius of one."""
    width, height, is_torus = lattice.width, lattice.height, lattice.is_torus
    y = cell // width
    x = cell - y * width
    back, ahead = reach(lattice.radius, width, is_torus)
    up, down = reach(lattice.radius, height, is_torus)
    for b in range(y - up, y + down + 1):
        for a in range(x - back, x + ahead + 1):
            if (a != x or b != y) and (is_torus or (0 <= a < width and 0 <= b < height)):
                state[(b % height) * width + a % width, column] += one


@kernel
def count_states(state: np.ndarray, out: np.ndarray) -> None:
    """How many cells are in each packed state.

    Parameters
    ----------
    state : uint16 array, shape (n_cells,)
    out : int64 array, shape (1024,)
        Added to.
    """
    parts = np.zeros((4, out.size), np.int32)  # neighbouring cells are often alike: not each the same sum in turn
    for cell in range(0, state.size - 3, 4):
        for part in range(4):
            parts[part, state[cell + part]] += 1
    for cell in range(state.size - state.size % 4, state.size):
        parts[0, state[cell]] += 1
    for kind in range(out.size):
        out[kind] += parts[:, kind].sum()
