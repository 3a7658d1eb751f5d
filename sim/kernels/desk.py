"""What seekers look closer at, of the listings they come upon: what they watch and can carry, laid on a desk."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kernels.budget import living_norm, rooms_needed
from sim.kernels.draws import word
from sim.kernels.jit import Whole, inlined, prefetch
from sim.kernels.means import Means, highest_costs, highest_price
from sim.kernels.watch import Watch, rank_asked, shuns
from sim.kernels.who import FIRST_OWNED, Homes, Who, ask_ahead

NO_LISTING = -1
AHEAD = 8  # seekers ahead that memory is asked for
F4, U8 = np.float32, np.uint64


class Desk(NamedTuple):
    """What lies there of a block of seekers: first arrays with a position per seeker, then with one per pair.

    Attributes
    ----------
    begin : int32 array, shape (n_seekers + 1,)
        Where the pairs of each begin.
    norm, liquid : float64 arrays
        Norm of living (SEK per month); savings and what the home brings when it is sold (SEK).
    listing, column : int32 arrays
        Position of the listing, -1 for the own home, which comes last; column of what the seeker comes upon.
    net, left : float32 arrays
        Monthly cost after allowance, and what is left of the income, SEK per month.
    worth, cost_weight : float32 arrays
        Utility, at first without cost and taste; weight of the logarithm of what is left.
    kept, fresh : uint64 arrays
        Places in the streams of luck where tastes are drawn.
    """

    begin: np.ndarray
    norm: np.ndarray
    liquid: np.ndarray
    listing: np.ndarray
    column: np.ndarray
    net: np.ndarray
    left: np.ndarray
    worth: np.ndarray
    cost_weight: np.ndarray
    kept: np.ndarray
    fresh: np.ndarray


@inlined
def empty_desk(n_seekers: int, n_pairs: int) -> Desk:
    """A desk for so many seekers and pairs."""
    return Desk(
        np.zeros(n_seekers + 1, np.int32), np.empty(n_seekers), np.empty(n_seekers), np.empty(n_pairs, np.int32),
        np.empty(n_pairs, np.int32), np.empty(n_pairs, F4), np.empty(n_pairs, F4), np.empty(n_pairs, F4),
        np.empty(n_pairs, F4), np.empty(n_pairs, U8), np.empty(n_pairs, U8),
    )  # fmt: skip


@inlined
def notice(
    seekers: np.ndarray, seen: np.ndarray, who: Who, homes: Homes, price: np.ndarray, cards: np.ndarray, watch: Watch,
    means: Means, ambition_key: np.uint64, desk: Desk,
) -> Whole:  # fmt: skip
    """Lay what each seeker watches and can carry on the desk, and its own home beside; how many pairs there are.

    Parameters
    ----------
    seekers : int32 array, shape (n_seekers,)
        Rows of households.
    seen : uint32 array, shape (at least n_seekers, n_seen)
        Positions of the listings that each comes upon.
    price : float32 array, shape (n_listings,)
        As in ``cards``: most listings cost too much to be bought, and need no closer look.
    """
    ids, groups, profiles, all_adults, all_children = who.id, who.group, who.profile, who.adults, who.children
    incomes, savings, loans, dwellings, areas, tenures = (
        who.income, who.savings, who.loan, who.dwelling, who.area, who.tenure,
    )  # fmt: skip
    rooms, m2, area_rank, norms, credit = homes.rooms, homes.m2, watch.area_rank, means.norms, means.credit
    floor, ceiling, level = means.demands.floor, means.demands.ceiling, means.price_level
    begins, listings, columns = desk.begin, desk.listing, desk.column
    interest, end = credit.user_cost / 12.0, U8(0)
    most_cost, near = np.empty(floor.size), np.empty(seen.shape[1], np.uint32)
    for place in range(seekers.size):
        row, later = seekers[place], seekers[min(place + 3 * AHEAD, seekers.size - 1)]
        ask_ahead(who, later)
        ahead = max(dwellings[seekers[min(place + AHEAD, seekers.size - 1)]], 0)
        prefetch(m2, ahead)
        prefetch(rooms, ahead)
        adults, children, income = np.int64(all_adults[row]), np.int64(all_children[row]), np.float64(incomes[row])
        norm, liquid, home = living_norm(adults, children, norms), np.float64(savings[row]), dwellings[row]
        if tenures[row] >= FIRST_OWNED:
            liquid += max(0.0, level[areas[row], tenures[row]] * m2[home] - loans[row])
        highest_costs(income, income - norm, norms.share, norms.rent_cap, floor, ceiling, most_cost)
        most_price = highest_price(income, liquid, credit)
        about, n_near = F4(most_price), U8(0)
        for k in range(seen.shape[1]):
            near[n_near] = k
            n_near += U8(price[seen[place, k]] <= about)
        mood, eyes = word(ambition_key, ids[row]), U8(profiles[row] * watch.n_groups + groups[row])
        least_rank, shuns_new = rank_asked(mood, watch.choosy, watch.top_rank), shuns(mood, watch.shuns_new)
        least_rooms, begin = rooms_needed(adults, children) - watch.rooms_slack, end
        for k in range(n_near):
            listing = seen[place, near[k]]
            card = cards[listing]
            listings[end], columns[end] = listing, near[k]
            cost = card["cost"] - interest * min(liquid, card["price"])
            is_near = (cost <= most_cost[card["policy"]]) & (card["price"] <= most_price)
            is_near = is_near & (area_rank[eyes, card["area"]] >= least_rank) & (card["rooms"] >= least_rooms)
            end += U8(is_near & (not (shuns_new & card["is_new"])))
        if home >= 0 and end > begin:
            listings[end] = NO_LISTING
            end += U8(1)
        desk.norm[place], desk.liquid[place], begins[place] = norm, liquid, begin
    begins[seekers.size] = end
    return np.int64(end)
