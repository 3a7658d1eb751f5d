"""Luck: a draw is a function of seed, purpose, month and id, so two cities with one seed share it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_WORD = (1 << 64) - 1


class Purpose(IntEnum):
    """What a draw is for. Fixed numbers: add at the end, never renumber."""

    FOUNDING = 1
    ORDER = 2
    SAMPLE = 3
    TASTE = 4
    KEPT_TASTE = 5
    TIES = 6
    SEARCH = 7
    AMBITION = 8
    DEATH = 9
    BIRTH = 10
    FORMING = 11
    SPLITTING = 12
    MERGING = 13
    LEAVING = 14
    ARRIVING = 15
    INCOME = 16
    REGISTERING = 17
    SCREENING = 18
    RESERVE = 19
    CHANNEL = 20
    EVICTION = 21
    RENT = 22
    PRICE = 23
    LANDLORD = 24
    OWN_MONTH = 25
    MEASURE = 26
    CHOICE = 27
    EXIT = 28
    LISTING = 29
    POSTED = 30
    BUILDING = 31
    DEMOLITION = 32
    RENOVATION = 33
    CONVERSION = 34
    PURCHASE = 35
    ADMISSION = 36
    DIRECT = 37
    OFFER = 38
    ANONYMOUS = 39
    VOUCHER = 40
    GUARANTEE = 41


def mix(words: np.ndarray) -> np.ndarray:
    """SplitMix64's finaliser on uint64 words.

    References
    ----------
    Steele, G. L., Lea, D. & Flood, C. H. (2014). Fast splittable pseudorandom number generators. OOPSLA.
    """
    words = (words ^ (words >> np.uint64(30))) * _FIRST
    words = (words ^ (words >> np.uint64(27))) * _SECOND
    mixed: np.ndarray = words ^ (words >> np.uint64(31))
    return mixed


def _mix_one(word: int) -> int:
    word = ((word ^ (word >> 30)) * int(_FIRST)) & _WORD
    word = ((word ^ (word >> 27)) * int(_SECOND)) & _WORD
    return word ^ (word >> 31)


def key_of(seed: int, purpose: int, month: int) -> int:
    """Key of one stream, a full hash of seed, purpose and month; 0 <= key < 2**64."""
    return _mix_one((_key_of_all_months(seed, purpose) + month * int(GOLDEN)) & _WORD)


@functools.lru_cache(1024)
def _key_of_all_months(seed: int, purpose: int) -> int:
    golden = int(GOLDEN)
    return _mix_one((_mix_one((seed + golden) & _WORD) + purpose * golden) & _WORD)


def child_id(parent_ids: np.ndarray, month: int, number: int = 0) -> np.ndarray:
    """Ids of households born of others: a function of the parent's id and the month, never reused.

    Parameters
    ----------
    parent_ids : int64 array, shape (n,)
    month, number : int
        Month of birth; which child of that month.

    Returns
    -------
    int64 array, shape (n,)
        Positive, 2**62 or more, so that they never meet founding ids.
    """
    key = np.uint64(key_of(number, int(Purpose.FORMING), month))
    words = mix(mix(parent_ids.astype(np.uint64) * GOLDEN + key))
    return ((words >> np.uint64(2)) | np.uint64(1 << 62)).astype(np.int64)


@dataclass(frozen=True)
class Stream:
    """Draws for one purpose in one month; which number an id gets depends on the id alone."""

    key: int

    def words(self, ids: np.ndarray, number: int = 0) -> np.ndarray:
        """Sixty-four random bits per id, uint64; ``number`` tells several draws of one id apart."""
        with np.errstate(over="ignore"):
            first = mix(np.uint64(self.key) + (ids.astype(np.uint64) + np.uint64(1)) * GOLDEN)
            return first if number == 0 else mix(first + np.uint64(number) * GOLDEN)

    def pair_words(self, ids: np.ndarray, others: np.ndarray) -> np.ndarray:
        """Sixty-four random bits per pair (household, dwelling), uint64."""
        with np.errstate(over="ignore"):
            return mix(self.words(ids) + (others.astype(np.uint64) + np.uint64(1)) * GOLDEN)

    def uniform(self, ids: np.ndarray, number: int = 0) -> np.ndarray:
        """One number in [0, 1) per id, float64."""
        return (self.words(ids, number) >> np.uint64(11)) * 2.0**-53

    def pair_uniform(self, ids: np.ndarray, others: np.ndarray) -> np.ndarray:
        """One number in [0, 1) per pair, float64."""
        return (self.pair_words(ids, others) >> np.uint64(11)) * 2.0**-53

    def normal(self, ids: np.ndarray, number: int = 0) -> np.ndarray:
        """One standard normal number per id (Box & Muller 1958), float64."""
        radius = np.sqrt(-2.0 * np.log1p(-self.uniform(ids, 2 * number + 1)))
        normal: np.ndarray = radius * np.cos(2.0 * np.pi * self.uniform(ids, 2 * number + 2))
        return normal

    def below(self, ids: np.ndarray, n: int, number: int = 0) -> np.ndarray:
        """One integer in 0 .. n - 1 per id, int64; uneven by n / 2**32 at most."""
        high = self.words(ids, number) >> np.uint64(32)
        return ((high * np.uint64(n)) >> np.uint64(32)).astype(np.int64)


@dataclass(frozen=True)
class Luck:
    """All the luck of one run."""

    seed: int

    def stream(self, purpose: Purpose, month: int) -> Stream:
        """The stream of a purpose in a month (0 is the founding; burn-in months are negative)."""
        return Stream(key_of(self.seed, int(purpose), month))
