"""What homes are worth to households: all terms of utility that the house knows, pair by pair.

What needs no logarithm is laid out household by household; cost and taste are then added in one sweep over all pairs,
which the compiler does for eight at once: most of a month's arithmetic is logarithms.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kernels.budget import consumption_units, rooms_needed
from sim.kernels.desk import F4, NO_LISTING, Desk
from sim.kernels.draws import GOLDEN, ONE, mix, word
from sim.kernels.jit import Real, Whole, inlined, kernel
from sim.kernels.logarithm import log_f4
from sim.kernels.means import Means
from sim.kernels.who import Homes, Who

COEFFICIENTS = ("cost", "space", "crowding", "relative_status", "distance", "above_means")
COST, SPACE, CROWDING, RELATIVE_STATUS, DISTANCE, ABOVE_MEANS = range(6)
LEAST = F4(100.0)


class Tastes(NamedTuple):
    """Worth of places and weights of terms, in units of utility.

    Attributes
    ----------
    by_cell : float32 array, shape (n_profiles * n_groups, n_areas * n_tenures)
        Worth of each tenure in each area.
    weight : float64 array, shape (n_profiles, n_coefficients)
        In the order of ``COEFFICIENTS``.
    log_income : float64 array, shape (n_areas,)
        Mean log income per consumption unit in each area.
    km : float32 array, shape (n_areas, n_areas) or (0, 0)
    n_groups : int
    moving_cost : float
    scale, kept : float
        Scale of the extreme-value shock; the share of it that stays with household and dwelling.
    founding_bonus : float
        Added to the kept shock of a home that was chosen before the founding.
    founded_at : int
        Month of the founding.
    """

    by_cell: np.ndarray
    weight: np.ndarray
    log_income: np.ndarray
    km: np.ndarray
    n_groups: int
    moving_cost: float
    scale: float
    kept: float
    founding_bonus: float
    founded_at: int


class Person(NamedTuple):
    """What the worth of a home to one household depends on besides taste: numbers in single precision.

    ``short_of`` is the norm of living less the income; ``log_income`` is per consumption unit; ``share`` and
    ``rent_cap`` are those of ``Norms``.
    """

    income: Real
    short_of: Real
    share: Real
    rent_cap: Real
    half_log_persons: Real
    log_income: Real
    w_space: Real
    w_crowding: Real
    w_relative: Real
    w_distance: Real
    w_above: Real


@kernel
def net_of(cost: Real, person: Person) -> Real:
    """Monthly cost after allowance, SEK; see ``budget.net_cost``."""
    return cost - max(F4(0.0), min(person.short_of + cost, person.share * min(cost, person.rent_cap)))


@kernel
def plain_worth(there: Real, log_m2: Real, missing: Real, around: Real, km: Real, person: Person) -> Real:
    """Utility of a home without cost and taste: place, space, rooms missing, status, distance."""
    worth = there + person.w_space * (log_m2 - person.half_log_persons) - person.w_crowding * max(F4(0.0), missing)
    gap = person.log_income - around
    worth -= person.w_relative * max(F4(0.0), gap) + person.w_above * max(F4(0.0), -gap)
    return worth - person.w_distance * km


@kernel
def place_of(dwelling: Whole) -> np.uint64:
    """Where a dwelling lies in the stream of each household; to be added to the word of the household, and mixed."""
    return (np.uint64(dwelling) + ONE) * GOLDEN


@kernel
def share_drawn(place: np.uint64) -> Real:
    """The draw of a household for a dwelling, between 0 and 1, from its place in the stream."""
    return (F4(np.int32(mix(place) >> np.uint64(41))) + F4(0.5)) * F4(2.0**-23)


@inlined
def lay_out(
    seekers: np.ndarray, who: Who, homes: Homes, cards: np.ndarray, means: Means, tastes: Tastes, kept_key: np.uint64,
    fresh_key: np.uint64, desk: Desk,
) -> None:  # fmt: skip
    """Write what each pair costs and leaves, what it is worth without cost and taste, and where taste is drawn.

    Parameters
    ----------
    seekers : int32 array, shape (n_seekers,)
        Rows of households, whose pairs lie on the desk.
    cards : CARD array, shape (n_listings,)
    """
    ids, groups, profiles, all_adults, all_children = who.id, who.group, who.profile, who.adults, who.children
    incomes, dwellings, roots, areas, tenures, costs = (
        who.income, who.dwelling, who.roots, who.area, who.tenure, who.cost,
    )  # fmt: skip
    rooms, m2, norms, interest = homes.rooms, homes.m2, means.norms, means.credit.user_cost / 12.0
    by_cell, weight, around, km, n_tenures = (
        tastes.by_cell, tastes.weight, tastes.log_income, tastes.km, means.price_level.shape[1],
    )  # fmt: skip
    begins, norm, liquids, listings, nets = desk.begin, desk.norm, desk.liquid, desk.listing, desk.net
    lefts, worths, cost_weights, kept, fresh = desk.left, desk.worth, desk.cost_weight, desk.kept, desk.fresh
    for place in range(seekers.size):
        row, begin, end = seekers[place], begins[place], begins[place + 1]
        if begin == end:
            continue
        adults, children, income, profile = all_adults[row], all_children[row], incomes[row], profiles[row]
        origin, home, area, liquid = roots[row], dwellings[row], areas[row], liquids[place]
        eyes = profile * tastes.n_groups + groups[row]
        needed = np.int64(rooms_needed(np.int64(adults), np.int64(children)))
        per_unit = income / F4(consumption_units(np.int64(adults), np.int64(children)))
        person = Person(
            income, F4(norm[place] - income), F4(norms.share), F4(norms.rent_cap), F4(0.5) * log_f4(adults + children),
            log_f4(max(per_unit, F4(1.0))), F4(weight[profile, SPACE]), F4(weight[profile, CROWDING]),
            F4(weight[profile, RELATIVE_STATUS]), F4(weight[profile, DISTANCE]), F4(weight[profile, ABOVE_MEANS]),
        )  # fmt: skip
        lasting, passing = word(kept_key, ids[row]), word(fresh_key, ids[row])
        if listings[end - 1] == NO_LISTING:
            end -= 1
            nets[end] = net_of(costs[row], person)
            kept[end], fresh[end] = lasting + place_of(home), passing + place_of(home)
            worths[end] = plain_worth(
                by_cell[eyes, area * n_tenures + tenures[row]], log_f4(m2[home]), F4(needed - rooms[home]),
                F4(around[area]), F4(0.0), person,
            )  # fmt: skip
        for pair in range(begin, end):
            card = cards[listings[pair]]
            away = km[origin, card["area"]] if km.size > 0 and origin >= 0 else F4(0.0)
            nets[pair] = net_of(F4(card["cost"] - interest * min(liquid, card["price"])), person)
            worths[pair] = plain_worth(
                by_cell[eyes, card["cell"]], card["log_m2"], F4(needed - card["rooms"]), card["log_income"], away,
                person,
            )  # fmt: skip
            kept[pair], fresh[pair] = lasting + place_of(card["dwelling"]), passing + place_of(card["dwelling"])
        for pair in range(begin, begins[place + 1]):
            lefts[pair], cost_weights[pair] = max(income - nets[pair], LEAST), F4(weight[profile, COST])


@inlined
def judge(desk: Desk, n_pairs: Whole, scale_kept: float, scale_fresh: float) -> None:
    """Add cost and taste to the utility of all pairs."""
    worth, weight, left, kept, fresh = desk.worth, desk.cost_weight, desk.left, desk.kept, desk.fresh
    for pair in range(n_pairs):
        worth[pair] += weight[pair] * log_f4(left[pair])
    if scale_kept > 0.0:
        for pair in range(n_pairs):
            worth[pair] -= F4(scale_kept) * log_f4(-log_f4(share_drawn(kept[pair])))
    if scale_fresh > 0.0:
        for pair in range(n_pairs):
            worth[pair] -= F4(scale_fresh) * log_f4(-log_f4(share_drawn(fresh[pair])))
