"""What a home leaves to live on: norm, allowance, rooms needed; one place for the arithmetic of the month."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kernels.jit import Real, Whole, kernel


class Norms(NamedTuple):
    """Norms of living and the allowance, as ``sim.rules.proposals.Schedule`` has them, SEK per month and shares."""

    adult: float
    second_adult: float
    child: float
    share: float
    rent_cap: float


@kernel
def living_norm(adults: Whole, children: Whole, norms: Norms) -> Real:
    """Cost of living besides the home, SEK per month."""
    return norms.adult + norms.second_adult * (adults - 1) + norms.child * children


@kernel
def consumption_units(adults: Real, children: Real) -> Real:
    """How many single adults a household costs as much as; of one household, or of arrays of them.

    References
    ----------
    Statistics Sweden's scale for disposable income: 1, .51 for a second adult, .60 for further adults, .52 for a
    first child, .42 for further children (recalled).
    """
    grown = 1.0 + 0.51 * (adults >= 2) + 0.60 * (adults > 2) * (adults - 2)
    return grown + 0.52 * (children >= 1) + 0.42 * (children > 1) * (children - 1)


@kernel
def per_unit(income: np.ndarray, adults: np.ndarray, children: np.ndarray, out: np.ndarray) -> None:
    """Income per consumption unit of some households.

    Parameters
    ----------
    income : float32 array, shape (n,)
        SEK per month.
    adults, children : uint8 arrays, shape (n,)
    out : float32 array, shape (n,)
        Overwritten; SEK per month.
    """
    for i in range(out.size):
        out[i] = income[i] / np.float32(consumption_units(np.int64(adults[i]), np.int64(children[i])))


@kernel
def net_cost(cost: Real, income: Real, norm: Real, norms: Norms) -> Real:
    """Monthly cost after an allowance that fills the gap to the norm, up to a share of the (capped) cost.

    Parameters
    ----------
    cost, income, norm
        Monthly cost, disposable income and living norm, SEK per month.
    norms : Norms
    """
    return cost - max(0.0, min(norm + cost - income, norms.share * min(cost, norms.rent_cap)))


@kernel
def rooms_needed(adults: Whole, children: Whole) -> Whole:
    """Rooms a household needs not to be crowded: two to a bedroom, and a living room; one is enough for one adult.

    References
    ----------
    Boverket (2016:28). Trångboddheten i storstadsregionerna: crowding, norm 2.
    """
    if adults + children <= 1:
        return 1
    return 1 + (adults + 1) // 2 + (children + 1) // 2


@kernel
def rooms_short(
    rows: np.ndarray, adults: np.ndarray, children: np.ndarray, dwelling: np.ndarray, rooms: np.ndarray, out: np.ndarray
) -> None:
    """Rooms that some households, all with a home, lack by the crowding norm.

    Parameters
    ----------
    rows : int32 array, shape (n,)
    adults, children, dwelling : columns of all households
    rooms : column of all dwellings
    out : int16 array, shape (n,)
        Overwritten; 0 or more.
    """
    for place in range(rows.size):
        row = rows[place]
        needed = rooms_needed(np.int64(adults[row]), np.int64(children[row]))
        out[place] = max(needed - np.int64(rooms[dwelling[row]]), 0)


@kernel
def net_costs(
    rows: np.ndarray, cost: np.ndarray, income: np.ndarray, adults: np.ndarray, children: np.ndarray, norms: Norms,
    out: np.ndarray,
) -> None:  # fmt: skip
    """Cost after allowance of some households, SEK per month.

    Parameters
    ----------
    rows : int32 array, shape (n,)
    cost, income, adults, children : columns of all households
    out : float32 array, shape (n,)
        Overwritten.
    """
    for place in range(rows.size):
        row = rows[place]
        norm = living_norm(adults[row], children[row], norms)
        out[place] = net_cost(cost[row], income[row], norm, norms)


@kernel
def left_over(
    is_used: np.ndarray, cost: np.ndarray, income: np.ndarray, adults: np.ndarray, children: np.ndarray, norms: Norms,
    out: np.ndarray,
) -> float:  # fmt: skip
    """What income leaves after the home and the living norm, SEK per month, 0 for an empty row.

    Returns the sum of all allowances, SEK per month; ``out`` (float32, one per row) is overwritten.
    """
    paid = 0.0
    for row in range(out.size):
        if not is_used[row]:
            out[row] = 0.0
            continue
        norm = living_norm(adults[row], children[row], norms)
        net = net_cost(cost[row], income[row], norm, norms)
        paid += cost[row] - net
        out[row] = income[row] - net - norm
    return paid
