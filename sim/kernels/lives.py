"""What befalls households in their own month: who is struck by something that happens with a chance by age, and
how incomes move."""

from __future__ import annotations

import math

import numpy as np

from sim.kernels.draws import another, normal, uniform, word
from sim.kernels.jit import kernel


@kernel
def struck(
    rows: np.ndarray, kind: np.ndarray, ids: np.ndarray, birth_month: np.ndarray, month: int, key: np.uint64,
    number: int, chance: np.ndarray, out: np.ndarray,
) -> int:  # fmt: skip
    """Positions in ``rows`` whose draw lies below the chance of their kind and age.

    Parameters
    ----------
    rows : int32 array, shape (n,)
    kind : uint8 array, shape (n,)
        Row of ``chance`` that holds for each.
    ids, birth_month : columns of all households
    month : int
    key : uint64
        Stream of the draw; ``number`` tells several draws of one household apart.
    chance : float64 array, shape (n_kinds, n_ages)
        By age in whole years; older ones have that of the last age.
    out : int64 array, shape (n,)
        Overwritten with positions, in order.

    Returns
    -------
    int
        How many positions were written.
    """
    n, oldest = 0, chance.shape[1] - 1
    for place in range(rows.size):
        row = rows[place]
        drawn = word(key, ids[row])
        if number > 0:
            drawn = another(drawn, number)
        age = max(0, min((month - birth_month[row]) // 12, oldest))
        if uniform(drawn) < chance[kind[place], age]:
            out[n] = place
            n += 1
    return n


@kernel
def moved_incomes(
    rows: np.ndarray, ids: np.ndarray, birth_month: np.ndarray, month: int, permanent: np.ndarray,
    transitory: np.ndarray, key: np.uint64, persistence: float, fresh: float, profile: np.ndarray,
    transitory_out: np.ndarray, income_out: np.ndarray,
) -> None:  # fmt: skip
    """Incomes of some households a year on: profile of age, lasting part, passing part that fades and is renewed.

    Parameters
    ----------
    rows : int32 array, shape (n,)
    ids, birth_month, permanent, transitory : columns of all households
    month : int
    key : uint64
    persistence, fresh : float
        Share of the passing part that stays; standard deviation of what is new in it.
    profile : float64 array, shape (n_ages,)
        Log income by age in whole years; older ones have that of the last age.
    transitory_out, income_out : float32 arrays, shape (n,)
        Overwritten with the passing part and with SEK per month.
    """
    oldest = profile.size - 1
    for place in range(rows.size):
        row = rows[place]
        age = max(0, min((month - birth_month[row]) // 12, oldest))
        passing = persistence * transitory[row] + fresh * normal(key, ids[row], 0)
        transitory_out[place] = passing
        income_out[place] = math.exp(profile[age] + permanent[row] + passing)
