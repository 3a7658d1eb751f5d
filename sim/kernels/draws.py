"""Luck inside a loop: the compiled twin of ``sim/base/streams.py``, equal to it bit by bit.

A draw is a function of a key (a hash of seed, purpose and month) and an id, and of nothing else.
"""

from __future__ import annotations

import math

import numpy as np

from sim.kernels.jit import kernel, prefetch

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST = np.uint64(0xBF58476D1CE4E5B9)
SECOND = np.uint64(0x94D049BB133111EB)
ONE = np.uint64(1)
AHEAD = 16  # rows ahead that memory is asked for

# Purposes as ``sim.base.streams`` numbers them, for kernels that run through many months.
ORDER = 2
SAMPLE = 3
CHOICE = 27


@kernel
def mix(word: np.uint64) -> np.uint64:
    """SplitMix64's finaliser.

    References
    ----------
    Steele, G. L., Lea, D. & Flood, C. H. (2014). Fast splittable pseudorandom number generators. OOPSLA.
    """
    word = (word ^ (word >> np.uint64(30))) * FIRST
    word = (word ^ (word >> np.uint64(27))) * SECOND
    return word ^ (word >> np.uint64(31))


@kernel
def bits(number: int) -> np.uint64:
    """A signed number as 64 bits; a negative month wraps."""
    return np.uint64(np.int64(number))


@kernel
def key_of(seed: int, purpose: int, month: int) -> np.uint64:
    """Key of one stream, a full hash of seed, purpose and month."""
    key = mix(bits(seed) + GOLDEN)
    key = mix(key + bits(purpose) * GOLDEN)
    return mix(key + bits(month) * GOLDEN)


@kernel
def word(key: np.uint64, who: int) -> np.uint64:
    """Sixty-four random bits of one id, not negative."""
    return mix(key + (np.uint64(who) + ONE) * GOLDEN)


@kernel
def another(first: np.uint64, number: int) -> np.uint64:
    """The ``number``-th further word of an id (1, 2, ...), from the one that ``word`` gives."""
    return mix(first + np.uint64(number) * GOLDEN)


@kernel
def pair_word(key: np.uint64, who: int, other: int) -> np.uint64:
    """Sixty-four random bits of a pair (household, dwelling)."""
    return mix(word(key, who) + (np.uint64(other) + ONE) * GOLDEN)


@kernel
def uniform(drawn: np.uint64) -> float:
    """A word as a number in [0, 1), float64."""
    return np.float64(drawn >> np.uint64(11)) * 2.0**-53


@kernel
def below(drawn: np.uint64, n: int) -> int:
    """A word as a whole number in 0 .. n - 1, n at most 2**32; uneven by n / 2**32 at most."""
    return int(np.int64(((drawn >> np.uint64(32)) * np.uint64(n)) >> np.uint64(32)))  # signed, or sums become floats


@kernel
def exponential(drawn: np.uint64) -> float:
    """A word as a standard exponential number, greater than 0.

    Of several options, the one with the largest ``exp(utility) / exponential`` is the one with the largest
    ``utility + gumbel``: one logarithm where two would be needed.
    """
    return -math.log((np.float64(drawn >> np.uint64(12)) + 0.5) * 2.0**-52)  # 53 bits and a half would round to 1


@kernel
def gumbel(drawn: np.uint64) -> float:
    """A word as a standard extreme-value number, the shock of logit choice."""
    return -math.log(exponential(drawn))


@kernel
def normal(key: np.uint64, who: int, number: int) -> float:
    """One standard normal number of an id (Box & Muller 1958); equal to the twin but for rounding."""
    first = word(key, who)
    radius = math.sqrt(-2.0 * math.log1p(-uniform(another(first, 2 * number + 1))))
    return radius * math.cos(2.0 * math.pi * uniform(another(first, 2 * number + 2)))


@kernel
def by_lot(key: np.uint64, ids: np.ndarray, rows: np.ndarray) -> None:
    """Put rows into random order, each at a place drawn by its id: one row more leaves the order of the others alone.

    Parameters
    ----------
    key : uint64
        Key of the stream.
    ids : integer array
        Id of each row, all different, not negative.
    rows : int32 array, shape (n,)
        Rows to arrange; overwritten.

    Notes
    -----
    Sorted by the word of each id: into buckets of two to four by the leading bits, then by insertion.
    """
    leading = 1
    while rows.size >> (leading + 2):
        leading += 1
    shift = np.uint64(64 - leading)
    place_of = np.zeros((1 << leading) + 1, np.int32)
    for place in range(rows.size):
        prefetch(ids, rows[min(place + AHEAD, rows.size - 1)])
        place_of[(word(key, ids[rows[place]]) >> shift) + ONE] += 1
    for bucket in range(1, place_of.size):
        place_of[bucket] += place_of[bucket - 1]
    words, unsorted = np.empty(rows.size, np.uint64), rows.copy()
    for place in range(rows.size):
        drawn = word(key, ids[unsorted[place]])
        leads_to = drawn >> shift
        words[place_of[leads_to]], rows[place_of[leads_to]] = drawn, unsorted[place]
        place_of[leads_to] += 1
    for place in range(1, rows.size):
        if words[place - 1] > words[place]:
            insert(words, rows, 0, place, words[place], rows[place])


@kernel
def insert(words: np.ndarray, rows: np.ndarray, begin: int, end: int, drawn: np.uint64, row: int) -> None:
    """Put a word and its row among the sorted ones at ``begin`` to ``end - 1``; place ``end`` is overwritten."""
    gap = end
    while gap > begin and words[gap - 1] > drawn:
        words[gap], rows[gap] = words[gap - 1], rows[gap - 1]
        gap -= 1
    words[gap], rows[gap] = drawn, row
