"""The order of incomes: in which hundredth of the city's incomes per consumption unit does a household stand?"""

from __future__ import annotations

import numpy as np

from sim.kernels.jit import kernel

N_RANKS, N_FIFTHS = 100, 5
N_INCOME_BINS = 1 << 15
_LEAST, _SHIFT, _MASK = np.int32(0x40000000), np.int32(13), np.uint32(N_INCOME_BINS - 1)


@kernel
def income_bin(bits: np.int32) -> np.uint32:
    """Bin of an income (SEK per month) from the bits of its float32: about 1,000 to a doubling, from 2 SEK to 2**34."""
    return np.uint32(max(bits, _LEAST) >> _SHIFT) & _MASK


@kernel
def count_incomes(is_used: np.ndarray, bits: np.ndarray, out: np.ndarray) -> None:
    """Households by bin of income.

    Parameters
    ----------
    is_used : bool array, shape (n_rows,)
    bits : int32 array, shape (n_rows,)
        Incomes (float32, SEK per month) seen as whole numbers.
    out : int32 array, shape (N_INCOME_BINS,)
        Overwritten.
    """
    out[:] = 0
    for row in range(bits.size):
        out[income_bin(bits[row])] += is_used[row]


@kernel
def rank_bins(counted: np.ndarray, out: np.ndarray) -> None:
    """Hundredth of the city's incomes that the middle household of each bin stands in.

    Parameters
    ----------
    counted : int32 array, shape (N_INCOME_BINS,)
        From ``count_incomes``.
    out : uint8 array, shape (N_INCOME_BINS,)
        Overwritten; 0 (lowest) to ``N_RANKS`` - 1.
    """
    total, below = max(counted.sum(), 1), 0
    for place in range(counted.size):
        out[place] = min((2 * below + counted[place]) * N_RANKS // (2 * total), N_RANKS - 1)
        below += counted[place]


@kernel
def ranks(bits: np.ndarray, rank_of_bin: np.ndarray, out: np.ndarray) -> None:
    """Hundredth of the city's incomes of each of some incomes.

    Parameters
    ----------
    bits : int32 array, shape (n,)
        Incomes (float32, SEK per month) seen as whole numbers.
    rank_of_bin : uint8 array, shape (N_INCOME_BINS,)
        From ``rank_bins``.
    out : integer array, shape (n,)
        Overwritten; 0 (lowest) to ``N_RANKS`` - 1.
    """
    for i in range(bits.size):
        out[i] = rank_of_bin[income_bin(bits[i])]
