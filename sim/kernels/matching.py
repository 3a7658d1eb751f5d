"""Who gets which home: deferred acceptance, with prices that rise while it goes on where homes are sold to bidders."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.kernels.applications import BID, BID_LINEAR, NONE, RANKED, Applications, Listings, Seekers
from sim.kernels.draws import by_lot
from sim.kernels.jit import kernel, prefetch

__all__ = ["BID", "BID_LINEAR", "NONE", "RANKED", "Applications", "Listings", "Matching", "Seekers", "match", "matched"]

AHEAD = 6  # turns ahead that memory is asked for


class Matching(NamedTuple):
    """What came of a matching; the fields are the arrays that ``match`` fills."""

    holder: np.ndarray
    seat: np.ndarray
    price: np.ndarray
    offers: int


def matched(applications: Applications, seekers: Seekers, listings: Listings, floor: float = 0.0) -> Matching:
    """Run ``match`` into fresh arrays."""
    holder, seat = np.empty(listings.kind.size, np.int32), np.empty(seekers.stay.size, np.int32)
    price = np.empty(holder.size)
    return Matching(holder, seat, price, match(applications, seekers, listings, floor, holder, seat, price))


@kernel
def match(
    applications: Applications,
    seekers: Seekers,
    listings: Listings,
    floor: float,
    holder: np.ndarray,
    seat: np.ndarray,
    price: np.ndarray,
) -> int:
    """One home to each seeker at most and one seeker to each home, by every listing's own rule.

    A free seeker turns to the home that is best for it among those that would take it: a ranked listing takes whom it
    ranks above its holder, a bid listing who offers the standing price and a step more (the asking price while nobody
    holds it). Who is displaced compares all its homes again. Among ranked listings the order of turns does not matter:
    seekers who apply to no others come first. Bidders follow, by lot drawn from ``tie``; so rows never matter.

    Parameters
    ----------
    applications, seekers, listings
        See there. ``claim`` and the fields of bidding may be anything where they are not read.
    floor : float
        What must be left of the purse after the monthly cost of a ``BID`` listing, SEK per month, 0 or more.
    holder : int32 array, shape (n_listings,)
        Overwritten with the seeker that gets each home, -1 nobody.
    seat : int32 array, shape (n_seekers,)
        Overwritten with the column of the application that won, -1 none.
    price : float64 array, shape (n_listings,)
        Overwritten with the price: the asking price, or the last bid.

    Returns
    -------
    int
        Offers made.

    References
    ----------
    Gale, D. & Shapley, L. S. (1962). College admissions and the stability of marriage. Am. Math. Monthly 69, 9-15.
    Crawford, V. P. & Knoer, E. M. (1981). Job matching with heterogeneous firms and workers. Econometrica 49, 437-450.
    Demange, G., Gale, D. & Sotomayor, M. (1986). Multi-item auctions. Journal of Political Economy 94, 863-872.
    """
    holder[:] = NONE
    seat[:] = NONE
    price[:] = listings.asking
    bar, bar_tie = np.empty(holder.size), np.zeros(holder.size, np.uint64)  # what a claim must reach, and a tie with it
    for home in range(holder.size):
        bar[home] = -np.inf if listings.kind[home] == RANKED else listings.asking[home]
    turns = np.empty(seat.size, np.int32)
    n_ranked, n = _bidders_last(applications.listing, listings.kind, turns)
    by_lot(np.uint64(0), seekers.tie, turns[n_ranked:n])
    offers = _match_ranks(applications, seekers, turns[:n_ranked], bar, bar_tie, holder, seat)
    return offers + _match_bids(
        applications, seekers, listings, floor, turns[n_ranked:n], bar, bar_tie, holder, seat, price
    )


@kernel
def _bidders_last(listing: np.ndarray, kind: np.ndarray, turns: np.ndarray) -> tuple[int, int]:
    """Write the rows of who applies to ranked listings alone, then of the others; returns how many, and of both.

    Who does not apply has no turn.
    """
    n, bidders = 0, np.empty(turns.size, np.int32)
    n_bidders = 0
    for row in range(turns.size):
        if listing.shape[1] == 0 or listing[row, 0] == NONE:
            continue
        is_bidder = False
        for column in range(listing.shape[1]):
            home = listing[row, column]
            if home == NONE:
                break
            is_bidder = is_bidder or kind[home] != RANKED
        if is_bidder:
            bidders[n_bidders] = row
            n_bidders += 1
        else:
            turns[n] = row
            n += 1
    for place in range(n_bidders):
        turns[n + place] = bidders[place]
    return n, n + n_bidders


@kernel
def _match_ranks(
    applications: Applications,
    seekers: Seekers,
    turns: np.ndarray,
    bar: np.ndarray,
    bar_tie: np.ndarray,
    holder: np.ndarray,
    seat: np.ndarray,
) -> int:
    """The matching of seekers who apply to ranked listings alone.

    Bars only rise, so a home that turns a seeker down now would do so for ever: nothing need be remembered.
    """
    listing, worth, claim = applications.listing, applications.worth, applications.claim
    stay, tie = seekers.stay, seekers.tie
    offers = 0
    for turn in range(turns.size):
        seeker = int(turns[turn])
        while seeker != NONE:
            chosen, least_worth, tied = NONE, stay[seeker], tie[seeker]
            for column in range(listing.shape[1]):
                home = listing[seeker, column]
                if home == NONE or not worth[seeker, column] > least_worth:
                    break
                right, least = claim[seeker, column], bar[home]
                if not (right < least or right == -np.inf or (right == least and tied < bar_tie[home])):
                    chosen = column
                    break
            if chosen == NONE:
                break
            offers += 1
            home = listing[seeker, chosen]
            bar[home], bar_tie[home] = claim[seeker, chosen], tied
            displaced = int(holder[home])
            holder[home], seat[seeker] = seeker, chosen
            if displaced != NONE:
                seat[displaced] = NONE
            seeker = displaced
    return offers


@kernel
def _match_bids(
    applications: Applications,
    seekers: Seekers,
    listings: Listings,
    floor: float,
    turns: np.ndarray,
    bar: np.ndarray,
    bar_tie: np.ndarray,
    holder: np.ndarray,
    seat: np.ndarray,
    price: np.ndarray,
) -> int:
    """The same for seekers of whom some homes ask a price that rises and lowers what they are worth; turns go by lot.

    Written in one piece: to hand a dozen arrays to a smaller function costs more than the work that it would do.
    """
    listing, worth, claim = applications.listing, applications.worth, applications.claim
    stay, tie, purse, cost_weight = seekers.stay, seekers.tie, seekers.purse, seekers.cost_weight
    kind, asking, increment, fee, rate = listings.kind, listings.asking, listings.increment, listings.fee, listings.rate
    offers = 0
    for turn in range(turns.size):
        _fetch(turns[min(turn + AHEAD, turns.size - 1)], listing, worth, claim, stay, tie, purse, cost_weight)
        seeker = int(turns[turn])
        while seeker != NONE:
            chosen, best, tied = NONE, np.float64(stay[seeker]), tie[seeker]
            for column in range(listing.shape[1]):
                home, value = listing[seeker, column], np.float64(worth[seeker, column])
                if home == NONE or not value > best:
                    break  # nothing better follows: columns fall in worth, and a rising price only lowers it
                right, least = claim[seeker, column], bar[home]
                if right < least or right == -np.inf or (right == least and tied < bar_tie[home]):
                    continue
                if kind[home] == RANKED:
                    chosen = column
                    break
                extra = rate[home] * (least - asking[home])
                if kind[home] == BID_LINEAR:
                    value -= cost_weight[seeker] * extra
                else:
                    left = purse[seeker] - fee[home] - rate[home] * asking[home]
                    if not left - extra > floor:
                        continue
                    value += cost_weight[seeker] * math.log1p(-extra / left)
                if value > best:
                    best, chosen = value, column
            if chosen == NONE:
                break
            offers += 1
            home = listing[seeker, chosen]
            if kind[home] == RANKED:
                bar[home], bar_tie[home] = claim[seeker, chosen], tied
            else:
                price[home] = bar[home]
                bar[home] += increment[home]
            displaced = int(holder[home])
            holder[home], seat[seeker] = seeker, chosen
            if displaced != NONE:
                seat[displaced] = NONE
            seeker = displaced
    return offers


@kernel
def _fetch(
    seeker: int,
    listing: np.ndarray,
    worth: np.ndarray,
    claim: np.ndarray,
    stay: np.ndarray,
    tie: np.ndarray,
    purse: np.ndarray,
    cost_weight: np.ndarray,
) -> None:
    """Ask memory for all that a seeker some turns ahead will need."""
    row, first = int(seeker), int(seeker) * listing.shape[1]
    prefetch(listing, first)
    prefetch(worth, first)
    prefetch(claim, first)
    prefetch(claim, first + listing.shape[1] - 1)
    prefetch(stay, row)
    prefetch(tie, row)
    prefetch(purse, row)
    prefetch(cost_weight, row)
