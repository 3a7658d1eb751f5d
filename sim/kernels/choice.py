"""What each seeker applies to: the widest loop of the month.

Seekers are served by the block: they come upon listings, lay what they watch and can carry on a desk, judge all that
lies there in one sweep, and apply to the best.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kernels.desk import F4, NO_LISTING, Desk, empty_desk, notice
from sim.kernels.jit import Real, Whole, inlined, kernel
from sim.kernels.means import Means, may_apply, most_payable
from sim.kernels.offers import Offers, sample
from sim.kernels.tastes import COST, Tastes, judge, lay_out
from sim.kernels.watch import Watch
from sim.kernels.who import Homes, Who

NO_HOME = F4(-1e30)
ON_DESK = 8192  # pairs of household and home that may lie on a desk: mostly few do, and the inner caches hold them


class Keys(NamedTuple):
    """Keys of the streams of luck: what is seen this month; ambitions; tastes that are kept, and this month's."""

    sample: np.uint64
    ambition: np.uint64
    kept: np.uint64
    fresh: np.uint64


class Extra(NamedTuple):
    """Utility from terms that the house does not know, float32, or empty.

    Attributes
    ----------
    seen : array, shape (n_seekers, n_seen)
    home : array, shape (n_seekers,)
    """

    seen: np.ndarray
    home: np.ndarray


class Applied(NamedTuple):
    """Who applies to what, a row per seeker that applies to something.

    Attributes
    ----------
    household : int32 array, shape (n,)
        Its row.
    listing, worth, claim : int32, float32 and float64 arrays, shape (n, n_applications)
        Applications, best first; -1 beyond the last. The claim is the most it can pay for a bid listing, else 0.
    stay, purse, cost_weight : float32 and float64 arrays, shape (n,)
        Utility an offer must beat; income and the interest that own money saves, SEK per month; weight of the cost.
    """

    household: np.ndarray
    listing: np.ndarray
    worth: np.ndarray
    claim: np.ndarray
    stay: np.ndarray
    purse: np.ndarray
    cost_weight: np.ndarray


@kernel
def choose(
    seekers: np.ndarray, seen: np.ndarray, who: Who, homes: Homes, offers: Offers, cards: np.ndarray, watch: Watch,
    means: Means, tastes: Tastes, keys: Keys, extra: Extra, applied: Applied,
) -> int:  # fmt: skip
    """What each seeker applies to: of what it comes upon, watches, may have and can carry, the best that beat staying.

    Parameters
    ----------
    seekers : int32 array, shape (n_seekers,)
        Rows of households.
    seen : uint32 array, shape (n_seekers, n_seen), or of no rows
        Positions of the listings that each comes upon; without rows, that is drawn here.
    cards : CARD array, shape (n_listings,)
    applied : Applied
        Room for all seekers; overwritten from the front.

    Returns
    -------
    int
        How many seekers apply to something.
    """
    n_seen = seen.shape[1]
    block = max(ON_DESK // (n_seen + 1), 1)
    desk, sight, n_applied = empty_desk(block, block * (n_seen + 1)), np.empty((block, n_seen), np.uint32), 0
    for begin in range(0, seekers.size, block):
        served = seekers[begin : begin + block]
        if seen.shape[0] == 0:
            sample(served, who.id, offers, keys.sample, sight)
        else:
            sight = seen[begin : begin + block]
        n_pairs = notice(served, sight, who, homes, offers.price, cards, watch, means, keys.ambition, desk)
        lay_out(served, who, homes, cards, means, tastes, keys.kept, keys.fresh, desk)
        judge(desk, n_pairs, tastes.scale * tastes.kept, tastes.scale * (1.0 - tastes.kept))
        n_applied = apply(served, begin, who, offers, cards, means, tastes, extra, desk, applied, n_applied)
    return n_applied


@inlined
def insert(
    listing: Whole, worth: Real, claim: Real, taken: int, place: int, listing_out: np.ndarray, worth_out: np.ndarray,
    claim_out: np.ndarray,
) -> int:  # fmt: skip
    """Keep an application among the best of a seeker, best first; how many it has then."""
    for before in range(taken):
        if listing_out[place, before] == listing:
            return taken
    gap = min(taken, listing_out.shape[1] - 1)
    while gap > 0 and worth_out[place, gap - 1] < worth:
        listing_out[place, gap] = listing_out[place, gap - 1]
        worth_out[place, gap], claim_out[place, gap] = worth_out[place, gap - 1], claim_out[place, gap - 1]
        gap -= 1
    listing_out[place, gap], worth_out[place, gap], claim_out[place, gap] = listing, worth, claim
    return min(taken + 1, int(listing_out.shape[1]))


@inlined
def apply(
    seekers: np.ndarray, first: int, who: Who, offers: Offers, cards: np.ndarray, means: Means, tastes: Tastes,
    extra: Extra, desk: Desk, applied: Applied, n: int,
) -> int:  # fmt: skip
    """Write what each seeker of a block applies to, from row ``n`` on; how many rows there are then.

    ``first`` is the position of the block's first seeker among all.
    """
    all_adults, all_children, incomes, profiles = who.adults, who.children, who.income, who.profile
    queue_since, roots, since, moved_in, credit = who.queue_since, who.roots, who.since, who.moved_in, means.credit
    residual, fit, member, settled_by = (
        means.demands.residual, means.demands.size_fit, means.demands.member, means.demands.settled_by,
    )  # fmt: skip
    fee, rate, weights, extra_seen, extra_home = offers.fee, offers.rate, tastes.weight, extra.seen, extra.home
    listings, columns, begins, nets, worths = desk.listing, desk.column, desk.begin, desk.net, desk.worth
    norms, liquids = desk.norm, desk.liquid
    listing_out, worth_out, claim_out = applied.listing, applied.worth, applied.claim
    household_out, stay_out, purse_out, weight_out = applied.household, applied.stay, applied.purse, applied.cost_weight
    width, bonus = listing_out.shape[1], F4(tastes.scale * tastes.kept * tastes.founding_bonus)
    for place in range(seekers.size):
        row, begin, end, taken, stay = seekers[place], begins[place], begins[place + 1], 0, NO_HOME
        if begin == end:
            continue
        if listings[end - 1] == NO_LISTING:
            end -= 1
            stay = worths[end] + F4(tastes.moving_cost)
            stay += bonus if moved_in[row] <= tastes.founded_at else F4(0.0)
            stay += extra_home[first + place] if extra_home.size > 0 else F4(0.0)
        persons, income, norm = all_adults[row] + all_children[row], np.float64(incomes[row]), norms[place]
        for pair in range(begin, end):
            listing, sought = listings[pair], worths[pair]
            sought += extra_seen[first + place, columns[pair]] if extra_seen.size > 0 else F4(0.0)
            if sought <= stay or (taken == width and sought <= worth_out[n, width - 1]):
                continue
            card = cards[listing]
            policy = card["policy"]
            if not may_apply(
                persons, queue_since[row], roots[row], since[row], income - nets[pair] - norm, card["rooms"],
                card["area"], residual[policy], fit[policy], member[policy], settled_by[policy],
            ):  # fmt: skip
                continue
            claim: Real = 0.0
            if rate[listing] > 0.0:
                claim = most_payable(
                    income, income - norm, liquids[place], fee[listing], rate[listing], card["is_owned"], credit
                )
                if claim < (card["price"] if card["price"] > 0.0 else card["cost"]):
                    continue
            taken = insert(listing, sought, claim, taken, n, listing_out, worth_out, claim_out)
        if taken > 0:
            household_out[n], stay_out[n], weight_out[n] = row, stay, weights[profiles[row], COST]
            purse_out[n] = income + credit.user_cost / 12.0 * liquids[place]
            listing_out[n, taken:] = NO_LISTING
            n += 1
    return n
