"""What befalls households in their own month: who is struck by something that happens with a chance by age, and
how incomes move."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.kernels.budget import rooms_needed
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


class Gaps(NamedTuple):
    """Yearly rates of beginning to look for what is amiss with a home, and the limits from which it counts.

    Attributes
    ----------
    crowding : float
        Per room missing by the crowding norm.
    burden_limit, burden : float
        Share of income; per unit of monthly cost over income above it.
    status_limit, status : float
        In logarithms of income; per unit of own income above that of the area and the limit.
    """

    crowding: float
    burden_limit: float
    burden: float
    status_limit: float
    status: float


@kernel
def discontented(
    rows: np.ndarray, ids: np.ndarray, income: np.ndarray, cost: np.ndarray, adults: np.ndarray, children: np.ndarray,
    dwelling: np.ndarray, rooms: np.ndarray, area: np.ndarray, log_income: np.ndarray, gaps: Gaps, key: np.uint64,
    number: int, out: np.ndarray,
) -> int:  # fmt: skip
    """Positions in ``rows`` of the households whose draw lies below their chance of beginning to look within a year.

    Parameters
    ----------
    rows : int32 array, shape (n,)
        Households that have a home.
    ids, income, cost, adults, children, dwelling, area : columns of all households
    rooms : column of all dwellings
    log_income : float64 array, shape (n_areas,)
    gaps : Gaps
    key : uint64
        Stream of the draw; ``number`` (1 or more) tells several draws of one household apart.
    out : int64 array, shape (n,)
        Overwritten with positions, in order.

    Returns
    -------
    int
        How many positions were written.
    """
    n = 0
    for place in range(rows.size):
        row = rows[place]
        earned = max(float(income[row]), 1.0)
        missing = rooms_needed(int(adults[row]), int(children[row])) - int(rooms[dwelling[row]])
        rate = gaps.crowding * max(missing, 0)
        rate += gaps.burden * max(cost[row] / earned - gaps.burden_limit, 0.0)
        rate += gaps.status * max(math.log(earned) - log_income[area[row]] - gaps.status_limit, 0.0)
        drawn = uniform(another(word(key, ids[row]), number))
        if drawn < rate and drawn < -math.expm1(-rate):  # a chance is below its rate: the exponential is seldom needed
            out[n] = place
            n += 1
    return n
