"""What a household can carry and pay, and what landlords demand of who applies."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kernels.budget import Norms
from sim.kernels.jit import Real, Whole, inlined, kernel

NEVER = 32767
NO_TIES = 1 << 40
MOST_PERSONS = (3, 4, 6, 8, 10)


class Demands(NamedTuple):
    """Who may apply, per policy, every array of shape (n_policies,); see ``sim.rules.allocation.eligibility``.

    Attributes
    ----------
    floor, ceiling : float64 arrays
        Least income in times the rent; highest income, SEK per month.
    residual : float64 array
        Least income after rent and living norm, SEK per month, minus infinity for none.
    size_fit, member : bool arrays
        Whether persons must fit the rooms; whether one must be registered in the queue.
    settled_by : int64 array
        Month by which one must have been a household of the city, and come from the area; ``NO_TIES`` where not asked.
    """

    floor: np.ndarray
    ceiling: np.ndarray
    residual: np.ndarray
    size_fit: np.ndarray
    member: np.ndarray
    settled_by: np.ndarray


class Credit(NamedTuple):
    """What can be borrowed: shares of the price, multiples of yearly income, yearly rates, share of income for bids."""

    down_payment: float
    loan_to_income: float
    stress_rate: float
    user_cost: float
    rent_bid_share: float


class Means(NamedTuple):
    """What homes cost and what households may and can have.

    Attributes
    ----------
    norms, demands, credit : Norms, Demands, Credit
    price_level : float64 array, shape (n_areas, n_tenures)
        What an owned home costs, SEK per m2.
    """

    norms: Norms
    demands: Demands
    credit: Credit
    price_level: np.ndarray


@kernel
def may_apply(
    persons: Whole, queue_since: Whole, roots: Whole, since: Whole, left: Real, rooms: Whole, area: Whole,
    residual: Real, size_fit: bool, member: bool, settled_by: Whole,
) -> bool:  # fmt: skip
    """Whether a landlord's demands, but for those of ``highest_costs``, let a household apply to a dwelling.

    ``left`` is what the home and the living norm leave of its income, SEK per month; for the others see ``Demands``.
    """
    if left < residual or (member and queue_since == NEVER):
        return False
    if settled_by != NO_TIES and (roots != area or since > settled_by):
        return False
    return not (size_fit and rooms <= 5 and persons > MOST_PERSONS[max(rooms, 1) - 1])


@kernel
def highest_price(income: Real, liquid: Real, credit: Credit) -> Real:
    """The highest price that loan limit and down payment allow, SEK; ``liquid`` is what can be paid down."""
    most = liquid + credit.loan_to_income * 12.0 * income
    return min(most, liquid / credit.down_payment) if credit.down_payment > 0.0 else most


@kernel
def most_payable(
    income: Real, purse: Real, liquid: Real, fee: Real, rate: Real, is_owned: bool, credit: Credit
) -> Real:
    """The highest price a household can pay for a bid listing: savings, loan limit and stressed interest bind.

    ``purse`` is what can go to housing (income less the living norm, SEK per month); ``liquid`` what can be paid
    down (savings and the worth of a home that is sold, SEK); the monthly cost is ``fee + rate * price``.
    """
    if not is_owned:
        return min(purse, credit.rent_bid_share * income)
    most = liquid + min((purse - fee) / rate, credit.loan_to_income * 12.0 * income)
    if credit.down_payment > 0.0:
        most = min(most, liquid / credit.down_payment)
    if credit.stress_rate > 0.0:
        most = min(most, liquid + (purse - fee) * 12.0 / credit.stress_rate)
    return most


@inlined
def highest_costs(
    income: Real, purse: Real, share: Real, rent_cap: Real, floor: np.ndarray, ceiling: np.ndarray, out: np.ndarray
) -> None:
    """Highest monthly cost that a household can carry and each policy lets it have, SEK per month, -1 for none.

    Parameters
    ----------
    income, purse : float
        Income, and income less the living norm, SEK per month.
    share, rent_cap : float
        The allowance pays at most this share of the cost, counted up to the cap.
    floor, ceiling : float64 arrays, shape (n_policies,)
        See ``Demands``.
    out : float64 array, shape (n_policies,)
        Overwritten.
    """
    most = purse / (1.0 - share) if purse <= (1.0 - share) * rent_cap else purse + share * rent_cap
    for policy in range(out.size):
        out[policy] = most if floor[policy] <= 0.0 else min(most, income / floor[policy])
        if income > ceiling[policy]:
            out[policy] = -1.0
