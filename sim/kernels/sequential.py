"""One household at a time: the rule in which theory speaks, for areas, lattices and rings alike."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.kernels.draws import CHOICE, ORDER, SAMPLE, another, below, by_lot, key_of, uniform, word
from sim.kernels.jit import kernel
from sim.kernels.lattice import Residents
from sim.kernels.swaps import by_group, swap_all
from sim.kernels.worths import Places, Scratch, Taste, own_worth, weigh

VACANT = -1


class Turn(NamedTuple):
    """What a household may do when its turn comes.

    Attributes
    ----------
    sample : int
        Vacant homes it sees, drawn uniformly without one twice; all, if there are fewer.
    may_stay : bool
        Whether its own home is among those it chooses from.
    is_swap : bool
        Whether it meets somebody of another group instead, with whom it may exchange homes.
    is_judged_at_turn : bool
        Whether it is judged when its turn comes, or all at the beginning of the month.
    content_from : float64 array, shape (n_groups,)
        Worth of the own home from which a household lets its turn pass; infinity: never.
    """

    sample: int
    may_stay: bool
    is_swap: bool
    is_judged_at_turn: bool
    content_from: np.ndarray


def run_sequential(
    places: Places,
    taste: Taste,
    turn: Turn,
    residents: Residents,
    count: np.ndarray,
    rows: np.ndarray,
    seed: int,
    month: int,
    restless: np.ndarray,
    moves: np.ndarray,
) -> None:
    """Run months in each of which every household has one turn, in an order drawn by name.

    At its turn a household is taken out of the city. It chooses among its own home and some vacant ones with
    probability proportional to exp(worth / scale), and lives there at once. In a swap, two households of different
    groups exchange homes with probability 1 / (1 + exp(-change of the sum of their worths / scale)).

    Parameters
    ----------
    places, taste, turn
        See there.
    residents : Residents
        Brought up to date; ``home``, ``occupant`` and ``vacant`` count homes.
    count : int64 array, shape (n_areas, n_groups)
        Households in each area by group; brought up to date.
    rows : int32 array, shape (n_taking_part,)
        Rows of the households that have turns; those of one household for a single step.
    seed, month : int
        Luck is a function of the seed, the month and the id; ``month`` is the first to run.
    restless, moves : int64 arrays, shape (n_months,)
        Overwritten: households not content at the beginning of each month, moves in it (a swap counts twice).

    References
    ----------
    Zhang, J. (2004). A dynamic model of residential segregation. Journal of Mathematical Sociology 28, 147-170.
    Grauwin, S., Goffette-Nagot, F. & Jensen, P. (2012). Dynamic models of residential segregation: an analytical
    solution. Journal of Public Economics 96, 124-141.
    """
    scratch = Scratch(
        np.empty(turn.sample + 1, np.int64), np.empty(turn.sample + 1), np.empty(turn.sample + 1, np.int64)
    )
    partners = by_group(residents, rows, count.shape[1]) if turn.is_swap else None
    _run(places, taste, turn, residents, count, rows, partners, seed, month, restless, moves, scratch)


@kernel
def _run(
    places: Places,
    taste: Taste,
    turn: Turn,
    residents: Residents,
    count: np.ndarray,
    rows: np.ndarray,
    partners: tuple[np.ndarray, np.ndarray] | None,
    seed: int,
    month: int,
    restless: np.ndarray,
    moves: np.ndarray,
    scratch: Scratch,
) -> None:
    order, is_anyone_content = rows.copy(), False
    for group in range(turn.content_from.size):
        is_anyone_content = is_anyone_content or turn.content_from[group] < np.inf
    for step in range(moves.size):
        now, n = month + step, rows.size
        order[:] = rows
        restless[step], moves[step] = n, 0
        if is_anyone_content:
            restless[step] = _restless_first(places, taste, turn, residents, count, order, scratch)
            n = n if turn.is_judged_at_turn else restless[step]
        by_lot(key_of(seed, ORDER, now), residents.id, order[:n])
        see, choose = key_of(seed, SAMPLE, now), key_of(seed, CHOICE, now)
        if partners is None:  # Numba compiles the branch that is taken, no other
            moves[step] = _choose_all(order[:n], places, taste, turn, residents, count, see, choose, now, scratch)
        else:
            moves[step] = swap_all(order[:n], places, taste, residents, count, partners, see, choose, now, scratch)


@kernel
def _restless_first(
    places: Places,
    taste: Taste,
    turn: Turn,
    residents: Residents,
    count: np.ndarray,
    order: np.ndarray,
    scratch: Scratch,
) -> int:
    """Put those who are not content first; returns how many."""
    n = 0
    for place in range(order.size):
        row = order[place]
        worth = own_worth(row, places, taste, residents, count, scratch)
        if worth < turn.content_from[residents.group[row]]:
            order[n], order[place] = row, order[n]
            n += 1
    return n


@kernel
def _choose_all(
    order: np.ndarray,
    places: Places,
    taste: Taste,
    turn: Turn,
    residents: Residents,
    count: np.ndarray,
    see: np.uint64,
    choose: np.uint64,
    month: int,
    scratch: Scratch,
) -> int:
    """Let each household in turn choose among its own home and a sample of vacant ones; returns how many moved."""
    area, start, neighbour, weight, around = places.area, places.start, places.neighbour, places.weight, places.around
    knot, value, alone, fixed = taste.knot, taste.value, taste.alone, taste.fixed
    names, groups, homes, vacant = residents.id, residents.group, residents.home, residents.vacant
    seen, worth, slot = scratch.seen, scratch.worth, scratch.slot
    content_from, over_places, moved = turn.content_from, taste.over_places, 0
    for place in range(order.size):
        row = order[place]
        name, home, group = names[row], homes[row], groups[row]
        count[area[home], group] -= 1
        seen[0], n = home, 1
        if not turn.is_judged_at_turn or content_from[group] == np.inf:
            n = 1 + _sample(min(turn.sample, vacant.size), vacant, word(see, name), slot, seen)
        weigh(
            seen, n, group, area, start, neighbour, weight, around, knot, value, alone, fixed, over_places, count, worth
        )
        if n == 1 and worth[0] < content_from[group]:
            n = 1 + _sample(min(turn.sample, vacant.size), vacant, word(see, name), slot, seen)
            weigh(
                seen,
                n,
                group,
                area,
                start,
                neighbour,
                weight,
                around,
                knot,
                value,
                alone,
                fixed,
                over_places,
                count,
                worth,
            )
        chosen = 0
        if n > 1:
            chosen = _logit(worth, 0 if turn.may_stay else 1, n, taste.scale, uniform(word(choose, name)))
        count[area[seen[chosen]], group] += 1
        if chosen > 0:
            vacant[slot[chosen]], homes[row], residents.moved_in[row] = home, seen[chosen], month
            residents.occupant[home], residents.occupant[seen[chosen]] = VACANT, row
            moved += 1
    return moved


@kernel
def _sample(k: int, vacant: np.ndarray, drawn: np.uint64, slot: np.ndarray, seen: np.ndarray) -> int:
    """Draw k vacant homes, each set equally likely (Floyd's algorithm, Bentley & Floyd 1987); returns k.

    Written behind the first place of ``slot`` (their places among the vacant) and ``seen``.
    """
    for number in range(1, k + 1):
        last = vacant.size - k + number - 1
        chosen = below(drawn if number == 1 else another(drawn, number), last + 1)
        for before in range(1, number):
            if slot[before] == chosen:
                chosen = last
        slot[number], seen[number] = chosen, vacant[chosen]
    return k


@kernel
def _logit(worth: np.ndarray, begin: int, end: int, scale: float, drawn: float) -> int:
    """Choose with probability proportional to exp(worth / scale), scale 0: one of the best; overwrites the worths."""
    best, total = -np.inf, 0.0
    for option in range(begin, end):
        best = max(best, worth[option])
    for option in range(begin, end):
        gap = worth[option] - best
        worth[option] = math.exp(gap / scale) if scale > 0.0 else (1.0 if gap == 0.0 else 0.0)
        total += worth[option]
    target, reached, option = drawn * total, worth[begin], begin
    while reached <= target and option < end - 1:
        option += 1
        reached += worth[option]
    return option
