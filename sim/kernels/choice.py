"""What a seeker sees, what it is worth, and what it applies to: the widest loop of the month.

Listings lie on a ring, each at a place drawn by its name; a seeker looks at places drawn by its own name and sees the
listing that comes next. So what one sees does not depend on how the listings are numbered, and a listing more or
less changes what few see.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kernels.budget import Norms, living_norm, rooms_needed
from sim.kernels.draws import GOLDEN, ONE, another, mix, uniform, word
from sim.kernels.jit import inlined, kernel
from sim.kernels.logarithm import log_f4

COEFFICIENTS = ("cost", "space", "crowding", "relative_status", "distance")
COST, SPACE, CROWDING, RELATIVE_STATUS, DISTANCE = range(5)
LEAST = np.float32(100.0)
F4 = np.float32
LANES = 16
NO_LISTING = -1
NEVER = 32767
FIRST_OWNED = 2


class Who(NamedTuple):
    """Columns of the households; see ``sim.city.households``."""

    id: np.ndarray
    group: np.ndarray
    profile: np.ndarray
    adults: np.ndarray
    children: np.ndarray
    income: np.ndarray
    savings: np.ndarray
    loan: np.ndarray
    dwelling: np.ndarray
    roots: np.ndarray
    cost: np.ndarray
    moved_in: np.ndarray
    queue_since: np.ndarray
    since: np.ndarray


class Homes(NamedTuple):
    """Columns of the dwellings; see ``sim.city.dwellings``."""

    area: np.ndarray
    tenure: np.ndarray
    rooms: np.ndarray
    m2: np.ndarray


class Offers(NamedTuple):
    """The listings of a month in order of their places on the ring, every array of shape (n_listings,).

    Attributes
    ----------
    ring : uint64 array
        Place on the ring, increasing.
    first : int32 array, shape (2**bits + 1,)
        First listing at or after each of 2**bits equal parts of the ring.
    dwelling, area, tenure, policy, rooms, is_new : int32, int16, int8, uint8, uint8 and bool arrays
    log_m2 : float32 array
        Natural logarithm of the floor area in m2.
    cost : float32 array
        Monthly cost at the asking rent or price, SEK per month.
    fee, rate : float64 arrays
        Monthly cost at price p is ``fee + rate * p``; the rate is 0 where no price is bid.
    """

    ring: np.ndarray
    first: np.ndarray
    dwelling: np.ndarray
    area: np.ndarray
    tenure: np.ndarray
    policy: np.ndarray
    rooms: np.ndarray
    is_new: np.ndarray
    log_m2: np.ndarray
    cost: np.ndarray
    fee: np.ndarray
    rate: np.ndarray


class Tastes(NamedTuple):
    """Worth of places and weights of terms, in units of utility.

    Attributes
    ----------
    by_area : float32 array, shape (n_profiles * n_groups, n_areas)
    by_tenure : float32 array, shape (n_profiles, n_areas, n_tenures)
    weight : float64 array, shape (n_profiles, n_coefficients)
        In the order of ``COEFFICIENTS``.
    log_income : float64 array, shape (n_areas,)
        Mean log income around.
    km : float32 array, shape (n_areas, n_areas) or (0, 0)
    scale, kept : float
        Scale of the extreme-value shock; the share of it that stays with household and dwelling.
    founding_bonus : float
        Added to the kept shock of a home that was chosen before the founding.
    founded_at : int
        Month of the founding.
    """

    by_area: np.ndarray
    by_tenure: np.ndarray
    weight: np.ndarray
    log_income: np.ndarray
    km: np.ndarray
    scale: float
    kept: float
    founding_bonus: float
    founded_at: int


class Demands(NamedTuple):
    """Who may apply, per policy, every array of shape (n_policies,); see ``sim.rules.allocation.eligibility``.

    Attributes
    ----------
    floor, ceiling : float64 arrays
        Least income in times the rent; highest income, SEK per month.
    residual : float64 array
        Least income after rent and living norm, SEK per month, minus infinity for none.
    size_fit, member, local : bool arrays
        Whether persons must fit the rooms; whether one must be registered in the queue; whether one must come from
        the area.
    """

    floor: np.ndarray
    ceiling: np.ndarray
    residual: np.ndarray
    size_fit: np.ndarray
    member: np.ndarray
    local: np.ndarray


class Credit(NamedTuple):
    """What can be borrowed: shares of the price, multiples of yearly income, yearly rates, share of income for bids."""

    down_payment: float
    loan_to_income: float
    stress_rate: float
    user_cost: float
    rent_bid_share: float


class Watch(NamedTuple):
    """What seekers watch.

    Attributes
    ----------
    area_rank : float32 array, shape (n_profiles * n_groups, n_areas)
        Rank of each area in the eyes of the group, 0 (worst) to 1.
    choosy : float
        Share of households that watch better areas only, each from a rank of its own.
    top_rank : float
        The highest rank that somebody asks for at least.
    rooms_slack : int
        How many rooms too few a home may have to be looked at.
    shuns_new : float
        Share of households that do not look at new homes, which cost more.
    """

    area_rank: np.ndarray
    choosy: float
    top_rank: float
    rooms_slack: int
    shuns_new: float


MOST_PERSONS = (3, 4, 6, 8, 10)


@kernel
def rank_asked(mood: np.uint64, choosy: float, top_rank: float) -> float:
    """Lowest rank of area that a household watches; its mood is a word of its own that never changes."""
    asks = uniform(mood)
    return asks / choosy * top_rank if asks < choosy else 0.0


@kernel
def sample(
    seekers: np.ndarray, begin: int, end: int, who: Who, offers: Offers, n_groups: int, watch: Watch,
    sample_key: np.uint64, ambition_key: np.uint64, out: np.ndarray,
) -> None:  # fmt: skip
    """What each seeker sees: up to ``out.shape[1]`` listings, -1 where it sees none or one again.

    Parameters
    ----------
    seekers : int32 array, shape (n_seekers,)
        Rows of households; those from ``begin`` up to ``end`` are served.
    sample_key, ambition_key : uint64
        Streams of this month's sample, and of ambitions (which never change).
    out : int32 array, shape (n_seekers, n_seen)
        Overwritten with positions of listings.
    """
    ids, adults, children, profile, group = who.id, who.adults, who.children, who.profile, who.group
    ring, first, areas, rooms, is_new = offers.ring, offers.first, offers.area, offers.rooms, offers.is_new
    area_rank, n, parts, n_seen = watch.area_rank, ring.size, np.uint64(first.size - 1), out.shape[1]
    for place in range(begin, end):
        row = seekers[place]
        drawn, mood = word(sample_key, ids[row]), word(ambition_key, ids[row])
        least_rank = rank_asked(mood, watch.choosy, watch.top_rank)
        shuns_new = uniform(another(mood, 1)) < watch.shuns_new
        least_rooms = rooms_needed(adults[row], children[row]) - watch.rooms_slack
        seen_by = profile[row] * n_groups + group[row]
        for k in range(n_seen):
            drawn = mix(drawn + GOLDEN)
            listing = first[((drawn >> np.uint64(32)) * parts) >> np.uint64(32)]
            while listing < n and ring[listing] < drawn:
                listing += 1
            if listing == n:
                listing = 0
            for before in range(k):
                if out[place, before] == listing:
                    listing = NO_LISTING
            if listing != NO_LISTING:
                too_plain = area_rank[seen_by, areas[listing]] < least_rank
                if too_plain or rooms[listing] < least_rooms or (shuns_new and is_new[listing]):
                    listing = NO_LISTING
            out[place, k] = listing


@kernel
def may_apply(
    income: float, persons: int, queue_since: int, roots: int, net: float, cost: float, rooms: int, area: int,
    norm: float, floor: float, ceiling: float, residual: float, size_fit: bool, member: bool, local: bool,
) -> bool:  # fmt: skip
    """Whether a landlord's demands (see ``Demands``) let a household apply to a dwelling."""
    if income < floor * cost or income > ceiling or income - net - norm < residual:
        return False
    if size_fit and rooms <= 5 and persons > MOST_PERSONS[max(rooms, 1) - 1]:
        return False
    if member and queue_since == NEVER:
        return False
    return not (local and roots != area)


@inlined
def worth_of_all(
    there: np.ndarray, cost: np.ndarray, log_m2: np.ndarray, short: np.ndarray, mean_log: np.ndarray,
    away: np.ndarray, income: float, norm: float, allowance_share: float, rent_cap: float, half_log_persons: float,
    cost_weight: float, space: float, crowding: float, relative_status: float, distance: float, net: np.ndarray,
    out: np.ndarray,
) -> None:  # fmt: skip
    """Utility of homes to one household, without taste: the sum of all terms that the house knows.

    Parameters
    ----------
    there : float32 array, shape (n,)
        Worth of area and tenure.
    cost, log_m2, short, mean_log, away : float32 arrays, shape (n,)
        Monthly cost (SEK per month), log of the floor area, rooms too few (negative: to spare), mean
        log income around, distance in km.
    income, norm, allowance_share, rent_cap, half_log_persons : float
        Income and norm of living (SEK per month), the allowance (see ``budget.net_cost``); half the logarithm of the
        persons.
    cost_weight, space, crowding, relative_status, distance : float
        Weights, see ``COEFFICIENTS``.
    net, out : float32 arrays, shape (n,)
        Overwritten: monthly cost after allowance, and the utility.
    """
    zero, half_log, earned = np.float32(0.0), np.float32(half_log_persons), np.float32(income)
    share, cap, short_of = np.float32(allowance_share), np.float32(rent_cap), np.float32(norm - income)
    w_cost, w_space, w_crowd = np.float32(cost_weight), np.float32(space), np.float32(crowding)
    w_relative, w_km, log_income = np.float32(relative_status), np.float32(distance), log_f4(max(earned, np.float32(1.0)))
    for k in range(out.size):
        net[k] = cost[k] - max(zero, min(short_of + cost[k], share * min(cost[k], cap)))
        worth = there[k] + w_space * (log_m2[k] - half_log) - w_crowd * max(zero, short[k])
        worth += w_cost * log_f4(max(earned - net[k], LEAST))
        out[k] = worth - w_relative * max(zero, log_income - mean_log[k]) - w_km * away[k]


@inlined
def taste_of_all(
    kept_word: np.uint64, fresh_word: np.uint64, name: np.ndarray, scale: float, kept: float, bits: np.ndarray,
    out: np.ndarray,
) -> None:  # fmt: skip
    """Extreme-value shocks of a household for homes, times their scale.

    Parameters
    ----------
    kept_word, fresh_word : uint64
        Words of the household on the stream that never changes and on this month's.
    name : int64 array, shape (n,)
        Rows of the dwellings.
    scale, kept : float
        See ``Tastes``.
    bits, out : int32 and float32 arrays, shape (n,)
        Scratch; overwritten.
    """
    out[:] = 0.0
    if scale == 0.0:
        return
    if kept > 0.0:
        _add_shocks(kept_word, name, np.float32(scale * kept), bits, out)
    if kept < 1.0:
        _add_shocks(fresh_word, name, np.float32(scale * (1.0 - kept)), bits, out)


@inlined
def _add_shocks(drawn: np.uint64, name: np.ndarray, weight: float, bits: np.ndarray, out: np.ndarray) -> None:
    for k in range(out.size):
        bits[k] = np.int32(mix(drawn + (np.uint64(name[k]) + ONE) * GOLDEN) >> np.uint64(41))
    for k in range(out.size):
        share = (np.float32(bits[k]) + np.float32(0.5)) * np.float32(2.0**-23)
        out[k] -= weight * log_f4(-log_f4(share))


@kernel
def most_payable(
    income: float, purse: float, liquid: float, fee: float, rate: float, is_owned: bool, down_payment: float,
    loan_to_income: float, stress_rate: float, rent_bid_share: float,
) -> float:  # fmt: skip
    """The highest price a household can pay for a bid listing: savings, loan limit and stressed interest bind.

    ``purse`` is what can go to housing (income less the living norm, SEK per month); ``liquid`` what can be paid
    down (savings and the worth of a home that is sold, SEK); the monthly cost is ``fee + rate * price``.
    """
    if not is_owned:
        return min(purse, rent_bid_share * income)
    most = min((purse - fee) / rate, liquid + loan_to_income * 12.0 * income)
    if down_payment > 0.0:
        most = min(most, liquid / down_payment)
    if stress_rate > 0.0:
        most = min(most, liquid + (purse - fee) * 12.0 / stress_rate)
    return most


@kernel
def choose(
    seekers: np.ndarray, begin: int, end: int, seen: np.ndarray, who: Who, homes: Homes, offers: Offers, norms: Norms,
    tastes: Tastes, demands: Demands, credit: Credit, price_level: np.ndarray, n_groups: int, moving_cost: float,
    extra: np.ndarray, extra_home: np.ndarray, kept_key: np.uint64, fresh_key: np.uint64, listing_out: np.ndarray,
    worth_out: np.ndarray, claim_out: np.ndarray, stay_out: np.ndarray, income_out: np.ndarray, weight_out: np.ndarray,
) -> None:  # fmt: skip
    """What each seeker applies to: of the listings it sees, may have and can carry, the best that beat staying.

    Parameters
    ----------
    seekers, begin, end, seen
        As in ``sample``; ``seen`` is what that wrote.
    extra, extra_home : float32 arrays, shape (n_seekers, n_seen) and (n_seekers,), or empty
        Utility from terms the house does not know.
    listing_out, worth_out, claim_out : int32, float32 and float64 arrays, shape (n_seekers, n_applications)
        Applications, best first; -1 beyond the last. The claim is the most it can pay for a bid listing, else 0.
    stay_out, income_out, weight_out : float32 and float64 arrays, shape (n_seekers,)
        Utility an offer must beat; income, SEK per month; weight of the cost term.

    Notes
    -----
    The columns are taken out of their tuples before the loop: a tuple handed on inside it would cost more than the
    arithmetic. Worth is computed for all that is seen, without a branch; the few that beat staying are looked at closer.
    """
    w_id, w_group, w_profile, w_adults, w_children = who.id, who.group, who.profile, who.adults, who.children
    w_income, w_savings, w_loan, w_dwelling, w_roots = who.income, who.savings, who.loan, who.dwelling, who.roots
    w_cost, w_moved_in, w_queue_since = who.cost, who.moved_in, who.queue_since
    h_area, h_tenure, h_rooms, h_m2 = homes.area, homes.tenure, homes.rooms, homes.m2
    o_dwelling, o_area, o_tenure, o_policy = offers.dwelling, offers.area, offers.tenure, offers.policy
    o_rooms, o_log_m2, o_cost, o_fee, o_rate = offers.rooms, offers.log_m2, offers.cost, offers.fee, offers.rate
    by_area, by_tenure, mean_log, km = tastes.by_area, tastes.by_tenure, tastes.log_income, tastes.km
    weights, scale, kept = tastes.weight, tastes.scale, tastes.kept
    d_floor, d_ceiling, d_residual = demands.floor, demands.ceiling, demands.residual
    d_fit, d_member, d_local = demands.size_fit, demands.member, demands.local
    width, n_seen, has_extra, has_km = listing_out.shape[1], seen.shape[1], extra.size > 0, km.size > 0
    lanes = (n_seen + LANES) // LANES * LANES
    cost, net, log_m2, there = np.empty(lanes, F4), np.empty(lanes, F4), np.empty(lanes, F4), np.empty(lanes, F4)
    short, around, away, worth = np.empty(lanes, F4), np.empty(lanes, F4), np.zeros(lanes, F4), np.empty(lanes, F4)
    shock, bits, name = np.empty(lanes, F4), np.empty(lanes, np.int32), np.zeros(lanes, np.int64)
    for place in range(begin, end):
        row = seekers[place]
        adults, children, income = np.int64(w_adults[row]), np.int64(w_children[row]), np.float64(w_income[row])
        profile, origin, home = w_profile[row], w_roots[row], w_dwelling[row]
        group_row = profile * n_groups + w_group[row]
        half_log = 0.5 * log_f4(adults + children)
        needed, norm = rooms_needed(adults, children), living_norm(adults, children, norms)
        liquid = np.float64(w_savings[row])
        for k in range(n_seen):
            listing = max(seen[place, k], 0)
            area = o_area[listing]
            cost[k], log_m2[k], name[k] = o_cost[listing], o_log_m2[listing], o_dwelling[listing]
            there[k] = by_area[group_row, area] + by_tenure[profile, area, o_tenure[listing]]
            short[k], around[k] = needed - o_rooms[listing], mean_log[area]
            away[k] = km[origin, area] if has_km and origin >= 0 else np.float32(0.0)
        last = lanes - 1
        if home >= 0:
            area, tenure = h_area[home], h_tenure[home]
            cost[last], log_m2[last], name[last] = w_cost[row], log_f4(h_m2[home]), home
            there[last] = by_area[group_row, area] + by_tenure[profile, area, tenure]
            short[last], around[last], away[last] = needed - h_rooms[home], mean_log[area], 0.0
            if tenure >= FIRST_OWNED:
                liquid += max(0.0, price_level[area, tenure] * h_m2[home] - w_loan[row])
        worth_of_all(
            there, cost, log_m2, short, around, away, income, norm, norms.share, norms.rent_cap, half_log,
            weights[profile, 0], weights[profile, 1], weights[profile, 2], weights[profile, 3], weights[profile, 4], net,
            worth,
        )  # fmt: skip
        taste_of_all(word(kept_key, w_id[row]), word(fresh_key, w_id[row]), name, scale, kept, bits, shock)
        for k in range(lanes):
            worth[k] += shock[k]
        if has_extra:
            for k in range(n_seen):
                worth[k] += extra[place, k]
        stay = np.float32(-1e30)
        if home >= 0:
            stay = worth[last] + np.float32(moving_cost)
            if w_moved_in[row] <= tastes.founded_at:
                stay += np.float32(scale * kept * tastes.founding_bonus)
            if has_extra:
                stay += extra_home[place]
        stay_out[place], income_out[place], weight_out[place] = stay, income, weights[profile, 0]
        taken = 0
        for k in range(n_seen):
            listing = seen[place, k]
            if listing == NO_LISTING or worth[k] <= stay or income - net[k] < norm:
                continue
            if taken == width and worth[k] <= worth_out[place, width - 1]:
                continue
            policy, tenure, claim = o_policy[listing], o_tenure[listing], 0.0
            if not may_apply(
                income, adults + children, w_queue_since[row], origin, net[k], cost[k], o_rooms[listing],
                o_area[listing], norm, d_floor[policy], d_ceiling[policy], d_residual[policy], d_fit[policy],
                d_member[policy], d_local[policy],
            ):  # fmt: skip
                continue
            if o_rate[listing] > 0.0:
                claim = most_payable(
                    income, income - norm, liquid, o_fee[listing], o_rate[listing], tenure >= FIRST_OWNED,
                    credit.down_payment, credit.loan_to_income, credit.stress_rate, credit.rent_bid_share,
                )  # fmt: skip
                if o_fee[listing] + o_rate[listing] * claim < cost[k]:
                    continue
            gap = min(taken, width - 1)
            while gap > 0 and worth_out[place, gap - 1] < worth[k]:
                listing_out[place, gap] = listing_out[place, gap - 1]
                worth_out[place, gap], claim_out[place, gap] = worth_out[place, gap - 1], claim_out[place, gap - 1]
                gap -= 1
            listing_out[place, gap], worth_out[place, gap], claim_out[place, gap] = listing, worth[k], claim
            taken = min(taken + 1, width)
        for gap in range(taken, width):
            listing_out[place, gap] = NO_LISTING
