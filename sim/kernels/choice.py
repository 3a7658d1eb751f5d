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
LANES = 8
WIDTH = 256
COST_AT, NET_AT, THERE_AT, M2_AT = 0, 256, 512, 768  # multiples of WIDTH, written out so that they are constants
SHORT_AT, AROUND_AT, AWAY_AT, WORTH_AT = 1024, 1280, 1536, 1792
N_FIELDS = 8
NO_HOME = -1e30
NO_LISTING = -1
NEVER = 32767
NO_TIES = 1 << 40
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
    cost, price : float32 arrays
        Monthly cost at the asking rent or price if all is borrowed, SEK per month; asking price of what is bought, SEK,
        else 0.
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
    price: np.ndarray
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
    """What each seeker sees: up to ``out.shape[1]`` listings, -1 where it does not watch what it comes upon.

    A listing may be seen twice; ``choose`` applies to it once.

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
    drawn = np.empty(n_seen, np.uint64)
    for place in range(begin, end):
        row = seekers[place]
        start, mood = word(sample_key, ids[row]), word(ambition_key, ids[row])
        least_rank = rank_asked(mood, watch.choosy, watch.top_rank)
        shuns_new = uniform(another(mood, 1)) < watch.shuns_new
        least_rooms = rooms_needed(np.int64(adults[row]), np.int64(children[row])) - watch.rooms_slack
        seen_by = profile[row] * n_groups + group[row]
        for k in range(n_seen):
            drawn[k] = mix(start + np.uint64(k + 1) * GOLDEN)
        for k in range(n_seen):
            listing = first[((drawn[k] >> np.uint64(32)) * parts) >> np.uint64(32)]
            while listing < n and ring[listing] < drawn[k]:
                listing += 1
            listing = listing if listing < n else 0
            is_watched = area_rank[seen_by, areas[listing]] >= least_rank
            is_watched = is_watched & (rooms[listing] >= least_rooms) & ((not shuns_new) | (not is_new[listing]))
            out[place, k] = listing if is_watched else NO_LISTING


@kernel
def may_apply(
    persons: int, queue_since: int, roots: int, since: int, left: float, rooms: int, area: int, residual: float,
    size_fit: bool, member: bool, settled_by: int,
) -> bool:  # fmt: skip
    """Whether a landlord's demands, but for those of ``highest_costs``, let a household apply to a dwelling.

    ``left`` is what the home and the living norm leave of its income, SEK per month; for the others see ``Demands``.
    """
    if left < residual or (member and queue_since == NEVER):
        return False
    if settled_by != NO_TIES and (roots != area or since > settled_by):
        return False
    return not (size_fit and rooms <= 5 and persons > MOST_PERSONS[max(rooms, 1) - 1])


@inlined
def score(
    desk: np.ndarray, n: int, income: float, norm: float, share: float, rent_cap: float, half_log_persons: float,
    weight: np.ndarray, profile: int,
) -> None:  # fmt: skip
    """Utility of homes to one household, without taste: the sum of all terms that the house knows.

    Parameters
    ----------
    desk : float32 array
        ``COST_AT`` and the others say where each field of the ``n`` homes begins: read are the monthly cost (SEK per
        month), the worth of the place, the log of the floor area, rooms too few (negative: to spare), mean log income
        around, distance in km; written are the cost after allowance and the utility.
    income, norm, share, rent_cap : float
        Income and norm of living (SEK per month), and the allowance, see ``budget.net_cost``.
    half_log_persons : float
        Half the logarithm of the persons.
    weight, profile
        See ``Tastes``.

    Notes
    -----
    All fields lie in one array at fixed distances, so that the compiler can see that none overlaps another and do eight
    homes at once.
    """
    zero, earned, half_log = np.float32(0.0), np.float32(income), np.float32(half_log_persons)
    part, cap, short_of = np.float32(share), np.float32(rent_cap), np.float32(norm - income)
    w_cost, w_space = np.float32(weight[profile, COST]), np.float32(weight[profile, SPACE])
    w_crowd, w_km = np.float32(weight[profile, CROWDING]), np.float32(weight[profile, DISTANCE])
    w_relative, log_income = np.float32(weight[profile, RELATIVE_STATUS]), log_f4(max(earned, np.float32(1.0)))
    for k in range(n):
        cost = desk[COST_AT + k]
        net = cost - max(zero, min(short_of + cost, part * min(cost, cap)))
        worth = desk[THERE_AT + k] + w_space * (desk[M2_AT + k] - half_log) - w_crowd * max(zero, desk[SHORT_AT + k])
        worth -= w_relative * max(zero, log_income - desk[AROUND_AT + k]) + w_km * desk[AWAY_AT + k]
        desk[NET_AT + k] = net
        desk[WORTH_AT + k] = worth + w_cost * log_f4(max(earned - net, LEAST))


@inlined
def add_taste(
    desk: np.ndarray, n: int, name: np.ndarray, bits: np.ndarray, drawn: np.uint64, weight: float
) -> None:
    """Add extreme-value shocks of a household for homes to their utility.

    Parameters
    ----------
    desk, n
        See ``score``.
    name : int64 array, shape (at least n,)
        Rows of the dwellings.
    bits : int32 array, shape (at least n,)
        Scratch.
    drawn : uint64
        Word of the household on the stream of this taste.
    weight : float
        Scale of the shocks.
    """
    if weight > 0.0:
        for k in range(n):
            bits[k] = np.int32(mix(drawn + (np.uint64(name[k]) + ONE) * GOLDEN) >> np.uint64(41))
        for k in range(n):
            share = (np.float32(bits[k]) + np.float32(0.5)) * np.float32(2.0**-23)
            desk[WORTH_AT + k] -= np.float32(weight) * log_f4(-log_f4(share))


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
    most = liquid + min((purse - fee) / rate, loan_to_income * 12.0 * income)
    if down_payment > 0.0:
        most = min(most, liquid / down_payment)
    if stress_rate > 0.0:
        most = min(most, liquid + (purse - fee) * 12.0 / stress_rate)
    return most


@inlined
def highest_costs(
    income: float, purse: float, share: float, rent_cap: float, floor: np.ndarray, ceiling: np.ndarray, out: np.ndarray
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


@inlined
def carried(
    seen: np.ndarray, place: int, cost: np.ndarray, price: np.ndarray, policy: np.ndarray, most_cost: np.ndarray,
    most_price: float, liquid: float, interest: float, out: np.ndarray,
) -> int:  # fmt: skip
    """Columns of what is seen whose cost and price a household can carry, written to the front of ``out``; how many.

    ``liquid`` is what it can pay down (SEK), which saves ``interest`` a month on the price.
    """
    n = 0
    for column in range(seen.shape[1]):
        listing = max(seen[place, column], 0)
        out[n] = column
        net = cost[listing] - interest * min(liquid, price[listing])
        is_carried = (net <= most_cost[policy[listing]]) & (price[listing] <= most_price)
        n += int(is_carried & (seen[place, column] != NO_LISTING))
    return n


@inlined
def insert(
    listing: int, worth: float, claim: float, taken: int, place: int, listing_out: np.ndarray, worth_out: np.ndarray,
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
    return min(taken + 1, listing_out.shape[1])


@kernel
def choose(
    seekers: np.ndarray, begin: int, end: int, seen: np.ndarray, who: Who, homes: Homes, offers: Offers, norms: Norms,
    tastes: Tastes, demands: Demands, credit: Credit, price_level: np.ndarray, n_groups: int, moving_cost: float,
    extra: np.ndarray, extra_home: np.ndarray, kept_key: np.uint64, fresh_key: np.uint64, listing_out: np.ndarray,
    worth_out: np.ndarray, claim_out: np.ndarray, stay_out: np.ndarray, purse_out: np.ndarray, weight_out: np.ndarray,
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
    stay_out, purse_out, weight_out : float32 and float64 arrays, shape (n_seekers,)
        Utility an offer must beat; income and the interest that own money saves, SEK per month; weight of the cost term.

    Notes
    -----
    The columns are taken out of their tuples before the loop: a tuple handed on inside it would cost more than the
    arithmetic. What cannot be carried is dropped first; worth is then computed for the rest without a branch, and the
    few that beat staying are looked at closer.
    """
    w_id, w_group, w_profile, w_adults, w_children = who.id, who.group, who.profile, who.adults, who.children
    w_income, w_savings, w_loan, w_dwelling, w_roots = who.income, who.savings, who.loan, who.dwelling, who.roots
    w_cost, w_moved_in, w_queue_since, w_since = who.cost, who.moved_in, who.queue_since, who.since
    h_area, h_tenure, h_rooms, h_m2 = homes.area, homes.tenure, homes.rooms, homes.m2
    o_dwelling, o_area, o_tenure, o_policy, o_price = (
        offers.dwelling, offers.area, offers.tenure, offers.policy, offers.price,
    )  # fmt: skip
    o_rooms, o_log_m2, o_cost, o_fee, o_rate = offers.rooms, offers.log_m2, offers.cost, offers.fee, offers.rate
    by_area, by_tenure, mean_log, km = tastes.by_area, tastes.by_tenure, tastes.log_income, tastes.km
    weights, scale, kept = tastes.weight, tastes.scale, tastes.kept
    d_residual, d_fit, d_member, d_settled = demands.residual, demands.size_fit, demands.member, demands.settled_by
    d_floor, d_ceiling, most_cost = demands.floor, demands.ceiling, np.empty(demands.floor.size)
    interest = credit.user_cost / 12.0
    width, has_extra, has_km = listing_out.shape[1], extra.size > 0, km.size > 0
    desk, bits, name = np.zeros(N_FIELDS * WIDTH, F4), np.empty(WIDTH, np.int32), np.zeros(WIDTH, np.int64)
    column = np.empty(WIDTH, np.int64)
    for place in range(begin, end):
        row = seekers[place]
        adults, children, income = np.int64(w_adults[row]), np.int64(w_children[row]), np.float64(w_income[row])
        profile, origin, home = w_profile[row], w_roots[row], w_dwelling[row]
        norm, liquid = living_norm(adults, children, norms), np.float64(w_savings[row])
        if home >= 0 and h_tenure[home] >= FIRST_OWNED:
            liquid += max(0.0, price_level[h_area[home], h_tenure[home]] * h_m2[home] - w_loan[row])
        highest_costs(income, income - norm, norms.share, norms.rent_cap, d_floor, d_ceiling, most_cost)
        most_price = liquid + credit.loan_to_income * 12.0 * income
        if credit.down_payment > 0.0:
            most_price = min(most_price, liquid / credit.down_payment)
        n = carried(seen, place, o_cost, o_price, o_policy, most_cost, most_price, liquid, interest, column)
        taken, stay = 0, np.float32(NO_HOME)
        if n > 0:
            group_row, needed = profile * n_groups + w_group[row], rooms_needed(adults, children)
            for k in range(n):
                listing = seen[place, column[k]]
                area = o_area[listing]
                desk[COST_AT + k] = o_cost[listing] - interest * min(liquid, o_price[listing])
                desk[M2_AT + k], name[k] = o_log_m2[listing], o_dwelling[listing]
                desk[THERE_AT + k] = by_area[group_row, area] + by_tenure[profile, area, o_tenure[listing]]
                desk[SHORT_AT + k], desk[AROUND_AT + k] = needed - o_rooms[listing], mean_log[area]
                desk[AWAY_AT + k] = km[origin, area] if has_km and origin >= 0 else np.float32(0.0)
            if home >= 0:
                area = h_area[home]
                desk[COST_AT + n], desk[M2_AT + n], name[n] = w_cost[row], log_f4(h_m2[home]), home
                desk[THERE_AT + n] = by_area[group_row, area] + by_tenure[profile, area, h_tenure[home]]
                desk[SHORT_AT + n], desk[AROUND_AT + n], desk[AWAY_AT + n] = needed - h_rooms[home], mean_log[area], 0.0
            lanes = (n + LANES) // LANES * LANES
            half_log = 0.5 * log_f4(adults + children)
            score(desk, lanes, income, norm, norms.share, norms.rent_cap, half_log, weights, profile)
            add_taste(desk, lanes, name, bits, word(kept_key, w_id[row]), scale * kept)
            add_taste(desk, lanes, name, bits, word(fresh_key, w_id[row]), scale * (1.0 - kept))
            if home >= 0:
                stay = desk[WORTH_AT + n] + np.float32(moving_cost)
                stay += np.float32(scale * kept * tastes.founding_bonus * (w_moved_in[row] <= tastes.founded_at))
                stay += extra_home[place] if has_extra else np.float32(0.0)
        for k in range(n):
            listing, sought = seen[place, column[k]], desk[WORTH_AT + k]
            sought += extra[place, column[k]] if has_extra else np.float32(0.0)
            policy, claim = o_policy[listing], 0.0
            if sought <= stay or (taken == width and sought <= worth_out[place, width - 1]):
                continue
            if not may_apply(
                adults + children, w_queue_since[row], origin, w_since[row], income - desk[NET_AT + k] - norm,
                o_rooms[listing], o_area[listing], d_residual[policy], d_fit[policy], d_member[policy],
                d_settled[policy],
            ):  # fmt: skip
                continue
            if o_rate[listing] > 0.0:
                claim = most_payable(
                    income, income - norm, liquid, o_fee[listing], o_rate[listing], o_tenure[listing] >= FIRST_OWNED,
                    credit.down_payment, credit.loan_to_income, credit.stress_rate, credit.rent_bid_share,
                )  # fmt: skip
                if claim < (o_price[listing] if o_price[listing] > 0.0 else o_cost[listing]):
                    continue
            taken = insert(listing, sought, claim, taken, place, listing_out, worth_out, claim_out)
        stay_out[place], weight_out[place] = stay, weights[profile, COST]
        purse_out[place] = income + interest * liquid
        for gap in range(taken, width):
            listing_out[place, gap] = NO_LISTING
