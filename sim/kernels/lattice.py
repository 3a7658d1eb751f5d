"""Schelling's rule for households with names: whoever is dissatisfied moves to a random vacant cell."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kernels.cells import VACANT, Lattice, come_or_go, is_cell_restless, table_for
from sim.kernels.draws import ORDER, SAMPLE, below, by_lot, insert, key_of, word
from sim.kernels.jit import kernel, prefetch

AHEAD = 8  # turns ahead that memory is asked for
LARGE = 1 << 20  # numbers of a state that fits no near cache: to ask ahead pays from there on
FREE, END = -2, -1  # marks in a chain of rows: in no chain; the last of its chain


class Residents(NamedTuple):
    """Who lives where; all but ``id`` and ``group`` are kept up to date.

    Attributes
    ----------
    id : integer array, shape (n_households,)
        Names, all different, not negative.
    group : uint8 array, shape (n_households,)
        Group, from 0.
    home : int32 array, shape (n_households,)
        Cell.
    moved_in : integer array, shape (n_households,)
        Month of the last move.
    occupant : int32 array, shape (n_cells,)
        Row of the household in each cell, -1 nobody.
    vacant : int32 array, shape (n_vacant,)
        Vacant cells; the cell that is left takes the place of the one that is taken.
    """

    id: np.ndarray
    group: np.ndarray
    home: np.ndarray
    moved_in: np.ndarray
    occupant: np.ndarray
    vacant: np.ndarray


def run(
    lattice: Lattice,
    state: np.ndarray,
    residents: Residents,
    is_restless: np.ndarray,
    is_judged_at_turn: bool,
    seed: int,
    month: int,
    restless: np.ndarray,
    moves: np.ndarray,
) -> int:
    """Run months until all are satisfied, or as many as ``moves`` has places.

    In each month, in an order drawn by name, everybody who is restless moves to a cell drawn uniformly from those
    vacant at that moment, whatever it is like there.

    Parameters
    ----------
    lattice, residents
        See there; residents are brought up to date.
    state : uint16 array
        See ``found_cells``; brought up to date.
    is_restless : uint8 array
        See ``restless_table``.
    is_judged_at_turn : bool
        Whether a household is judged when its turn comes, or all at the beginning of the month.
    seed, month : int
        Luck is a function of the seed, the month and the id; ``month`` is the first to run.
    restless, moves : int64 arrays, shape (n_months,)
        Overwritten: households restless at the beginning of each month, moves in it.

    Returns
    -------
    int
        Months run; from then on nobody would move.

    References
    ----------
    Schelling, T. C. (1971). Dynamic models of segregation. Journal of Mathematical Sociology 1, 143-186.
    """
    table = table_for(state, is_restless)
    chain = np.full(residents.home.size, FREE, np.int32) if is_judged_at_turn else None
    return int(_run(lattice, state, residents, table, chain, seed, month, restless, moves))


@kernel
def _run(
    lattice: Lattice,
    state: np.ndarray,
    residents: Residents,
    table: np.ndarray,
    chain: np.ndarray | None,
    seed: int,
    month: int,
    restless: np.ndarray,
    moves: np.ndarray,
) -> int:
    restless[:] = 0
    moves[:] = 0
    rows = np.empty(residents.home.size, np.int32)
    for step in range(moves.size):
        n = _find_restless(state, table, residents.occupant, rows)
        restless[step] = n
        if n == 0 or residents.vacant.size == 0:
            return step
        lot, key, now = key_of(seed, ORDER, month + step), key_of(seed, SAMPLE, month + step), month + step
        if chain is None:  # Numba compiles the branch that is taken, no other
            by_lot(lot, residents.id, rows[:n])
            moves[step] = _move_all(lattice, state, residents, rows[:n], key, now)
        else:
            moves[step] = _take_turns(lattice, state, residents, table, rows, n, chain, lot, key, now)
    return moves.size


@kernel
def _find_restless(state: np.ndarray, table: np.ndarray, occupant: np.ndarray, rows: np.ndarray) -> int:
    """Write the rows of all who are restless, and return how many."""
    n = 0
    for cell in range(occupant.size):
        if is_cell_restless(state, table, cell):
            rows[n] = occupant[cell]
            n += 1
    return n


@kernel
def _move_all(
    lattice: Lattice, state: np.ndarray, residents: Residents, rows: np.ndarray, key: np.uint64, month: int
) -> int:
    """Move everybody in ``rows``, one after the other; returns how many."""
    home, group, moved_in, names = residents.home, residents.group, residents.moved_in, residents.id
    vacant, occupant = residents.vacant, residents.occupant
    is_large = state.size > LARGE
    for turn in range(rows.size):
        if is_large:
            _fetch(rows, turn, key, names, group, home, moved_in, occupant, vacant, state, lattice.width)
        row = rows[turn]
        slot, cell, who = below(word(key, names[row]), vacant.size), home[row], group[row]
        goal = _move(row, slot, month, home, moved_in, occupant, vacant)
        come_or_go(state, cell, who, -1, lattice)
        come_or_go(state, goal, who, 1, lattice)
    return rows.size


@kernel
def _move(
    row: int,
    slot: int,
    month: int,
    home: np.ndarray,
    moved_in: np.ndarray,
    occupant: np.ndarray,
    vacant: np.ndarray,
) -> int:
    """Write one household's move to a vacant cell into the books; returns the cell."""
    cell, goal = home[row], int(vacant[slot])
    vacant[slot], home[row], moved_in[row] = cell, goal, month
    occupant[cell], occupant[goal] = VACANT, row
    return goal


@kernel
def _fetch(
    rows: np.ndarray,
    turn: int,
    key: np.uint64,
    names: np.ndarray,
    group: np.ndarray,
    home: np.ndarray,
    moved_in: np.ndarray,
    occupant: np.ndarray,
    vacant: np.ndarray,
    state: np.ndarray,
    width: int,
) -> None:
    """Ask memory, in three stages, for what the next movers will need."""
    if turn + 3 * AHEAD < rows.size:
        row = rows[turn + 3 * AHEAD]
        prefetch(names, row)
        prefetch(group, row)
        prefetch(home, row)
        prefetch(moved_in, row)
    if turn + 2 * AHEAD < rows.size:
        row = rows[turn + 2 * AHEAD]
        prefetch(vacant, below(word(key, names[row]), vacant.size))
        _fetch_cell(home[row], occupant, state, width)
    if turn + AHEAD < rows.size:
        _fetch_cell(vacant[below(word(key, names[rows[turn + AHEAD]]), vacant.size)], occupant, state, width)


@kernel
def _fetch_cell(cell: int, occupant: np.ndarray, state: np.ndarray, width: int) -> None:
    per_cell = state.size // occupant.size
    prefetch(occupant, cell)
    for row in range(-1, 2):
        prefetch(state, (cell + row * width) * per_cell)


@kernel
def _take_turns(
    lattice: Lattice,
    state: np.ndarray,
    residents: Residents,
    table: np.ndarray,
    rows: np.ndarray,
    n: int,
    chain: np.ndarray,
    lot: np.uint64,
    key: np.uint64,
    month: int,
) -> int:
    """Let everybody have a turn in the order of their lots, and move if restless then; returns how many moved.

    Whoever is satisfied at its turn does nothing, so only those need a turn who are restless at the beginning or are
    made so by others before it. They wait in chains, one for each short span of lots.
    """
    home, group, moved_in, names = residents.home, residents.group, residents.moved_in, residents.id
    vacant, occupant = residents.vacant, residents.occupant
    leading = 1
    while n >> (leading + 3):
        leading += 1
    shift = np.uint64(64 - leading)
    first = np.full(1 << leading, END, np.int32)
    for place in range(n):
        _enchain(rows[place], word(lot, names[rows[place]]) >> shift, first, chain)
    words, called, moved = np.empty(rows.size, np.uint64), np.empty(2 * (2 * lattice.radius + 1) ** 2, np.int32), 0
    for span in range(first.size):
        end = _gather(first[span], chain, lot, names, words, rows)
        for place in range(end):
            prefetch(group, rows[place])
            _fetch_cell(home[rows[place]], occupant, state, lattice.width)
            _fetch_cell(vacant[below(word(key, names[rows[place]]), vacant.size)], occupant, state, lattice.width)
        turn = 0
        while turn < end:
            row, drawn = rows[turn], words[turn]
            turn += 1
            chain[row] = FREE
            cell, who = home[row], group[row]
            if not is_cell_restless(state, table, cell):
                continue
            goal = _move(row, below(word(key, names[row]), vacant.size), month, home, moved_in, occupant, vacant)
            come_or_go(state, cell, who, -1, lattice)
            come_or_go(state, goal, who, 1, lattice)
            moved += 1
            n_called = _restless_around(cell, state, table, occupant, lattice, called, 0)
            n_called = _restless_around(goal, state, table, occupant, lattice, called, n_called)
            for place in range(n_called):
                row = called[place]
                its = word(lot, names[row])
                if chain[row] != FREE or its <= drawn:
                    continue
                if its >> shift == span:
                    chain[row] = END
                    insert(words, rows, turn, end, its, row)
                    end += 1
                else:
                    _enchain(row, its >> shift, first, chain)
    return moved


@kernel
def _enchain(row: int, span: np.uint64, first: np.ndarray, chain: np.ndarray) -> None:
    chain[row], first[span] = first[span], row


@kernel
def _gather(row: int, chain: np.ndarray, lot: np.uint64, names: np.ndarray, words: np.ndarray, rows: np.ndarray) -> int:
    """Sort the rows of one chain by their lots; returns how many."""
    n = 0
    while row != END:
        insert(words, rows, 0, n, word(lot, names[row]), row)
        n += 1
        row = chain[row]
    return n


@kernel
def _restless_around(
    at: int, state: np.ndarray, table: np.ndarray, occupant: np.ndarray, lattice: Lattice, out: np.ndarray, n: int
) -> int:
    """Write the rows of the restless within the radius of a cell behind the first ``n``; returns how many there are."""
    width, height, radius = lattice.width, lattice.height, lattice.radius
    y = at // width
    x = at - y * width
    is_inside = radius <= x < width - radius and radius <= y < height - radius
    for b in range(y - radius, y + radius + 1):
        for a in range(x - radius, x + radius + 1):
            near = b * width + a
            if not is_inside:
                if not lattice.is_torus and not (0 <= a < width and 0 <= b < height):
                    continue
                near = (b % height) * width + a % width
            if is_cell_restless(state, table, near):
                out[n] = occupant[near]
                n += 1
    return n
