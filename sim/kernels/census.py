"""One pass over all households a month: every table that the measures read.

The pass goes block by block. Where a household counts, and for what, is worked out in loops that the compiler makes
wide, into scratch that stays near; then it is added up in loops that do nothing else. Who has no home, and rows that
nobody uses, count in places of their own, so that no loop needs to ask.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kernels.budget import Norms, living_norm, net_cost, rooms_needed
from sim.kernels.household_types import N_TYPES, OLD_MONTHS, household_type
from sim.kernels.jit import kernel
from sim.kernels.logarithm import log_f4
from sim.kernels.ranks import N_FIFTHS, N_RANKS, ranks

N_TENURES, N_STATES = 4, 6
NO_HOME, NO_ROW = np.uint32(4), np.uint32(5)

N_BURDEN_STEPS, BURDEN_STEPS_PER_UNIT = 151, 100.0
N_RESIDUAL_STEPS, RESIDUAL_STEPS_PER_SEK, FIRST_RESIDUAL = 161, 0.002, -20_000.0
N_COST_STEPS, COST_STEPS_PER_SEK = 401, 0.01
N_WAITS = 1201
HALF_A_KRONA = 0.5
"""More than rounding can make: who lacks less than this is not below the norm, SEK per month."""

BLOCK = 1 << 16
"""Rows of a block: its scratch is some 4 MB; from 4,096 on the size makes no difference, as measured."""

LANES = 4
"""Copies of a table that neighbouring rows take in turn, so that no sum waits for the one before it."""

N_SUMS, N_FLAGS = 4, 4
BITS, LOW, WORD_ROWS = 13, 24, 4096
MASK, LOW_MASK = (1 << BITS) - 1, (1 << LOW) - 1
"""A word counts the persons of so many rows in its low bits, and three kinds of households above, in 13 bits each."""

_NOBODY, _LEAST_INCOME = np.int32(0), np.float32(1.0)


class People(NamedTuple):
    """Columns of the households; see ``sim.city.households``.

    ``per_unit`` is income per consumption unit, by which households are ranked (float32, SEK per month), and
    ``per_unit_bits`` the same seen as int32.
    """

    is_used: np.ndarray
    group: np.ndarray
    income: np.ndarray
    per_unit: np.ndarray
    per_unit_bits: np.ndarray
    adults: np.ndarray
    children: np.ndarray
    birth_month: np.ndarray
    dwelling: np.ndarray
    area: np.ndarray
    tenure: np.ndarray
    cost: np.ndarray
    arrears: np.ndarray
    search_until: np.ndarray
    queue_since: np.ndarray


class Counts(NamedTuple):
    """What the pass counts: flat tables, all 0 at first, whose axes are named here.

    A cell is a group, a state (a tenure, no home, no row), a type of household and a fifth of income. Behind the last
    area stands one more, for households without a home.

    Attributes
    ----------
    by_rank : int32 array, (n_areas + 1, N_RANKS)
        Households by area and hundredth of the city's incomes per consumption unit.
    lives : int64 array, (n_areas + 1, n_groups, N_TENURES, LANES)
        Households in the low half of each number, persons in the high half.
    sums : float64 array, shape ((n_areas + 1) * LANES, N_SUMS)
        Of incomes per consumption unit: sums of the logarithm, of the income (SEK per month) and of its square; sum of
        the square of the number of persons.
    flags : int64 array, shape (n_cells, N_FLAGS)
        Persons; households with a room too few, below their norm of living, in arrears.
    burden, residual : int32 arrays, (n_cells, N_BURDEN_STEPS) and (n_cells, N_RESIDUAL_STEPS)
        Households by cost after allowance as a share of income; by income less that cost, from ``FIRST_RESIDUAL``.
    cost : int32 array, (N_STATES, N_COST_STEPS)
        Households by monthly cost before allowance.
    waits : int32 array, (n_groups, N_FIFTHS, N_WAITS)
        Households that look for a home and are in the queue, by months in it.
    """

    by_rank: np.ndarray
    lives: np.ndarray
    sums: np.ndarray
    flags: np.ndarray
    burden: np.ndarray
    residual: np.ndarray
    cost: np.ndarray
    waits: np.ndarray


def count_all(
    people: People, rooms: np.ndarray, rank_of_bin: np.ndarray, norms: Norms, month: int, n_groups: int, counts: Counts
) -> None:
    """Fill all tables: plain Python over blocks, since one kernel of all these would take as long again to compile.

    Parameters
    ----------
    people : People
    rooms : uint8 array, shape (n_dwellings,)
        At least one: who has no home is looked up at the first, and not counted.
    rank_of_bin : uint8 array, shape (N_INCOME_BINS,)
        From ``ranks.rank_bins``.
    norms : Norms
    month, n_groups : int
    counts : Counts
    """
    n_rows, nowhere = people.income.size, counts.sums.shape[0] // LANES - 1
    width = min(BLOCK, n_rows)
    rank, fifth, area, home, cell, burden, residual, cost = np.empty((8, width), np.uint32)
    is_crowded, is_below, persons = np.empty((3, width), np.uint32)
    log_income, (lives, flags) = np.empty(width, np.float32), np.empty((2, width), np.int64)
    for begin in range(0, n_rows, BLOCK):
        part = People(*(column[begin : begin + BLOCK] for column in people))
        adults, children, n = part.adults, part.children, part.income.size
        ranks(part.per_unit_bits, rank_of_bin, rank)
        _place(
            part.is_used, part.group, adults, children, part.birth_month, part.dwelling, part.area, part.tenure,
            nowhere, n_groups, month - OLD_MONTHS, rank, fifth, area, home, cell, cost,
        )  # fmt: skip
        _look_at_homes(part.dwelling, adults, children, rooms, is_crowded)
        _reckon(part.income, part.cost, adults, children, norms, cell, burden, residual, cost, is_below)
        _weigh(
            part.per_unit, adults, children, part.arrears, is_crowded, is_below, persons, log_income, lives, flags
        )
        _add_one(n, rank, counts.by_rank)
        _add_one(n, burden, counts.burden)
        _add_one(n, residual, counts.residual)
        _add_one(n, cost, counts.cost)
        _add(n, home, lives, counts.lives)
        _add_sums(part.per_unit, area, log_income, persons, counts.sums)
        _add_flags(n, cell, flags, counts.flags)
        _add_waits(
            part.is_used, part.dwelling, part.search_until, part.queue_since, part.group, fifth, month, counts.waits
        )


@kernel
def _place(
    is_used: np.ndarray, groups: np.ndarray, adults: np.ndarray, children: np.ndarray, births: np.ndarray,
    homes: np.ndarray, areas: np.ndarray, tenures: np.ndarray, nowhere: int, n_groups: int, born_by: int,
    rank: np.ndarray, fifth: np.ndarray, area: np.ndarray, home: np.ndarray, cell: np.ndarray, cost: np.ndarray,
) -> None:  # fmt: skip
    """Where each household counts, as far as its money has no part in it; ``rank`` is given and becomes a place."""
    n_of_groups, old = np.uint32(n_groups), np.int16(born_by)
    for i in range(is_used.size):
        state = np.uint32(tenures[i]) if homes[i] >= _NOBODY else NO_HOME
        state = state if is_used[i] else NO_ROW
        kind = household_type(adults[i], children[i], births[i] <= old)
        where = np.uint32(areas[i]) if state < NO_HOME else np.uint32(nowhere)
        group, lane = np.uint32(groups[i]), np.uint32(i) % np.uint32(LANES)
        fifth[i] = rank[i] // np.uint32(N_RANKS // N_FIFTHS)
        rank[i] += where * np.uint32(N_RANKS)
        area[i] = where * np.uint32(LANES) + lane
        at_home = (where * n_of_groups + group) * np.uint32(N_TENURES) + state % np.uint32(N_TENURES)
        home[i] = at_home * np.uint32(LANES) + lane
        cell[i] = ((group * np.uint32(N_STATES) + state) * np.uint32(N_TYPES) + kind) * np.uint32(N_FIFTHS) + fifth[i]
        cost[i] = state * np.uint32(N_COST_STEPS)


@kernel
def _look_at_homes(
    homes: np.ndarray, adults: np.ndarray, children: np.ndarray, rooms: np.ndarray, is_crowded: np.ndarray
) -> None:
    """Whether each household's home has a room too few."""
    for i in range(homes.size):
        is_crowded[i] = rooms[np.uint32(max(homes[i], _NOBODY))]
    for i in range(homes.size):
        is_crowded[i] = rooms_needed(adults[i], children[i]) > is_crowded[i]


@kernel
def _reckon(
    incomes: np.ndarray, costs: np.ndarray, adults: np.ndarray, children: np.ndarray, norms: Norms, cell: np.ndarray,
    burden: np.ndarray, residual: np.ndarray, cost: np.ndarray, is_below: np.ndarray,
) -> None:  # fmt: skip
    """What each household pays and has left, in steps; and whether that is below its norm."""
    for i in range(incomes.size):
        income, paid = np.float64(max(incomes[i], _LEAST_INCOME)), np.float64(costs[i])
        norm = living_norm(adults[i], children[i], norms)
        net = net_cost(paid, income, norm, norms)
        share, left = net / income * BURDEN_STEPS_PER_UNIT, (income - net - FIRST_RESIDUAL) * RESIDUAL_STEPS_PER_SEK
        burden[i] = cell[i] * np.uint32(N_BURDEN_STEPS) + _step(share, N_BURDEN_STEPS)
        residual[i] = cell[i] * np.uint32(N_RESIDUAL_STEPS) + _step(left, N_RESIDUAL_STEPS)
        cost[i] += _step(paid * COST_STEPS_PER_SEK, N_COST_STEPS)
        is_below[i] = income - net < norm - HALF_A_KRONA


@kernel
def _step(number: float, n_steps: int) -> np.uint32:
    """A number of steps as a whole one within the table."""
    return np.uint32(np.int32(min(max(number, 0.0), n_steps - 1.0)))


@kernel
def _weigh(
    incomes: np.ndarray, adults: np.ndarray, children: np.ndarray, arrears: np.ndarray, is_crowded: np.ndarray,
    is_below: np.ndarray, persons: np.ndarray, log_income: np.ndarray, lives: np.ndarray, flags: np.ndarray,
) -> None:  # fmt: skip
    """What each household counts for."""
    for i in range(incomes.size):
        persons[i] = np.uint32(adults[i]) + np.uint32(children[i])
        lives[i] = 1 | np.int64(persons[i]) << 32
        middle = np.int64(is_crowded[i] | is_below[i] << np.uint32(BITS))
        flags[i] = np.int64(persons[i]) | middle << LOW | np.int64(arrears[i] > 0) << (LOW + 2 * BITS)
    for i in range(incomes.size):
        log_income[i] = log_f4(max(incomes[i], _LEAST_INCOME))


@kernel
def _add_one(n: int, places: np.ndarray, out: np.ndarray) -> None:
    for i in range(n):
        out[places[i]] += 1


@kernel
def _add(n: int, places: np.ndarray, numbers: np.ndarray, out: np.ndarray) -> None:
    for i in range(n):
        out[places[i]] += numbers[i]


@kernel
def _add_sums(
    incomes: np.ndarray, area: np.ndarray, log_income: np.ndarray, persons: np.ndarray, out: np.ndarray
) -> None:
    """Add what is summed by area; all is read before any is written, so that the four go as one."""
    for i in range(incomes.size):
        income, number, sums = np.float64(max(incomes[i], _LEAST_INCOME)), np.float64(persons[i]), out[area[i]]
        a, b, c, d = sums[0] + log_income[i], sums[1] + income, sums[2] + income * income, sums[3] + number * number
        sums[0], sums[1], sums[2], sums[3] = a, b, c, d


@kernel
def _add_flags(n: int, cells: np.ndarray, flags: np.ndarray, out: np.ndarray) -> None:
    """Add the flags of some rows in words, two to a cell in turn; then take the words apart; and so on."""
    words = np.zeros((out.shape[0], 2), np.int64)
    for begin in range(0, n, WORD_ROWS):
        for i in range(begin, min(begin + WORD_ROWS, n)):
            words[cells[i], np.uint32(i) % np.uint32(2)] += flags[i]
        for cell in range(out.shape[0]):
            word = words[cell, 0] + words[cell, 1]
            out[cell, 0] += word & LOW_MASK
            out[cell, 1] += (word >> LOW) & MASK
            out[cell, 2] += (word >> (LOW + BITS)) & MASK
            out[cell, 3] += word >> (LOW + 2 * BITS)
            words[cell, 0] = words[cell, 1] = 0


@kernel
def _add_waits(
    is_used: np.ndarray, homes: np.ndarray, until: np.ndarray, since: np.ndarray, groups: np.ndarray,
    fifth: np.ndarray, month: int, waits: np.ndarray,
) -> None:  # fmt: skip
    """Count those who look for a home and are in the queue: find them first, then count these few."""
    is_seeking, seekers = np.empty(is_used.size, np.uint8), np.empty(is_used.size, np.uint32)
    now, n = np.int16(month), np.uint32(0)
    for i in range(is_used.size):
        is_looking = np.uint8(homes[i] < _NOBODY) | np.uint8(until[i] >= now)
        is_seeking[i] = np.uint8(is_used[i]) & np.uint8(since[i] <= now) & is_looking
    for i in range(is_used.size):
        seekers[n] = i
        n += np.uint32(is_seeking[i])
    for place in range(n):
        i = seekers[place]
        waited = np.uint32(min(now - since[i], N_WAITS - 1))
        waits[(np.uint32(groups[i]) * np.uint32(N_FIFTHS) + fifth[i]) * np.uint32(N_WAITS) + waited] += 1
