"""What befalls households in their own month: who is struck by something that happens with a chance by age, and
how incomes move."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.kernels.budget import consumption_units, rooms_needed
from sim.kernels.draws import another, normal, uniform, word
from sim.kernels.jit import kernel, prefetch

AHEAD = 16  # rows ahead that memory is asked for: those due lie far apart

# Classes of need as ``sim.city.households.Need`` numbers them.
CROWDED, NO_HOME, PRIORITY = 1, 2, 3


@kernel
def rows_due(is_used: np.ndarray, own_month: np.ndarray, month: int, out: np.ndarray) -> int:
    """Rows that exist and have a certain own month, in order: written to the front of ``out``; how many there are.

    ``out`` has room for one more than there are: what is written last may be no such row.
    """
    n = np.uint64(0)
    for row in range(is_used.size):
        out[n] = row
        n += np.uint64(is_used[row] & (own_month[row] == month))
    return int(np.int64(n))


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
        row, ahead = rows[place], rows[min(place + AHEAD, rows.size - 1)]
        prefetch(ids, ahead)
        prefetch(birth_month, ahead)
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
        row, ahead = rows[place], rows[min(place + AHEAD, rows.size - 1)]
        prefetch(ids, ahead)
        prefetch(birth_month, ahead)
        prefetch(permanent, ahead)
        prefetch(transitory, ahead)
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
        In logarithms of income per consumption unit; per unit of the own above that of the area and the limit.
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
        row, ahead = rows[place], rows[min(place + AHEAD, rows.size - 1)]
        prefetch(ids, ahead)
        prefetch(income, ahead)
        prefetch(cost, ahead)
        prefetch(rooms, dwelling[ahead])
        earned = max(float(income[row]), 1.0)
        missing = rooms_needed(int(adults[row]), int(children[row])) - int(rooms[dwelling[row]])
        rate = gaps.crowding * max(missing, 0)
        rate += gaps.burden * max(cost[row] / earned - gaps.burden_limit, 0.0)
        per_unit = max(earned / float(consumption_units(int(adults[row]), int(children[row]))), 1.0)
        rate += gaps.status * max(math.log(per_unit) - log_income[area[row]] - gaps.status_limit, 0.0)
        drawn = uniform(another(word(key, ids[row]), number))
        if drawn < rate and drawn < -math.expm1(-rate):  # a chance is below its rate: the exponential is seldom needed
            out[n] = place
            n += 1
    return n


@kernel
def needs(
    rows: np.ndarray, ids: np.ndarray, adults: np.ndarray, children: np.ndarray, dwelling: np.ndarray,
    cause: np.ndarray, rooms: np.ndarray, is_pressing: np.ndarray, key: np.uint64, number: int, share: float,
    out: np.ndarray,
) -> None:  # fmt: skip
    """Need class of some households, as ``sim.rules.allocation.needs`` says.

    Parameters
    ----------
    rows : int32 array, shape (n,)
    ids, adults, children, dwelling, cause : columns of all households
    rooms : column of all dwellings
    is_pressing : bool array, shape (n_causes,)
        Causes that give priority to a household with children that has no home.
    key : uint64
        Stream of the draw; ``number`` (1 or more) tells several draws of one household apart.
    share : float
        Share of those without a home that have priority on other grounds.
    out : uint8 array, shape (n,)
        Overwritten.
    """
    for place in range(rows.size):
        row, home = rows[place], dwelling[rows[place]]
        prefetch(rooms, max(dwelling[rows[min(place + AHEAD, rows.size - 1)]], 0))
        if home >= 0:
            out[place] = CROWDED if rooms_needed(adults[row], children[row]) > rooms[home] else 0
        elif children[row] > 0 and is_pressing[cause[row]]:
            out[place] = PRIORITY
        else:
            out[place] = PRIORITY if uniform(another(word(key, ids[row]), number)) < share else NO_HOME


@kernel
def saved(
    rows: np.ndarray, dwelling: np.ndarray, income: np.ndarray, cost: np.ndarray, savings: np.ndarray, loan: np.ndarray,
    lodging: np.float32, added: np.float32, stays: np.float32, owed: np.float32, savings_out: np.ndarray,
    loan_out: np.ndarray,
) -> None:  # fmt: skip
    """Savings and loans of some households a year on, as ``sim.rules.demography.saving`` says.

    Parameters
    ----------
    rows : int32 array, shape (n,)
    dwelling, income, cost, savings, loan : columns of all households
    lodging : float32
        Share of income that housing takes where there is no home.
    added : float32
        Savings for each SEK per month that housing leaves.
    stays, owed : float32
        Shares of savings and of loans that are still there after a year.
    savings_out, loan_out : float32 arrays, shape (n,)
        Overwritten, SEK.
    """
    for place in range(rows.size):
        row, ahead = rows[place], rows[min(place + AHEAD, rows.size - 1)]
        prefetch(dwelling, ahead)
        prefetch(income, ahead)
        prefetch(cost, ahead)
        prefetch(savings, ahead)
        prefetch(loan, ahead)
        spent = lodging * income[row] if dwelling[row] < 0 else cost[row]
        savings_out[place] = savings[row] * stays + added * max(income[row] - spent, np.float32(0.0))
        loan_out[place] = loan[row] * owed


@kernel
def fell_behind(
    is_used: np.ndarray, dwelling: np.ndarray, savings: np.ndarray, cost: np.ndarray, arrears: np.ndarray,
    left_over: np.ndarray, slack: np.float32, savings_months: int, most: int, out: np.ndarray,
) -> None:  # fmt: skip
    """Months owed from now on, as ``sim.rules.payment.arrears`` says.

    Parameters
    ----------
    is_used, dwelling, savings, cost, arrears : columns of all households
    left_over : float32 array, shape (n_rows,)
        What income leaves after the home and the living norm, SEK per month.
    slack : float32
        How far below the norm a household can live, SEK per month.
    savings_months : int
        Months of cost that savings must carry for nothing to be owed.
    most : int
        Most months that are counted.
    out : uint8 array, shape (n_rows,)
        Overwritten.
    """
    for row in range(out.size):
        out[row] = arrears[row] - np.uint8(arrears[row] > 0)
        is_short = left_over[row] < -slack and is_used[row] and dwelling[row] >= 0
        if is_short and savings[row] < np.float32(savings_months) * cost[row]:
            out[row] = min(np.int64(arrears[row]) + 1, most)
