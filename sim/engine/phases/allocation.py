"""Eligibility, screening, order and reserves of every landlord; then one matching for all homes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.base.streams import Purpose, key_of
from sim.engine.phases.listing import asked_for
from sim.kernels.by_policy import sort_by_policy
from sim.kernels.lots import draw_words
from sim.kernels.matching import BID, RANKED, Applications, Listings, Seekers, match
from sim.kernels.offers import Offers
from sim.rules.allocation.order import ranks
from sim.rules.proposals import Applications as Asked

if TYPE_CHECKING:
    from sim.engine.month import Engine

STEP_SHARE = 0.01  # of the asking price: the step of the bidding, assumed


def allocation(engine: Engine) -> None:
    """Fill the market with who gets which listing, and at what price."""
    market, city = engine.market, engine.city
    if market.offers is None:
        market.holder, market.price = np.zeros(0, np.int32), np.zeros(0)
        return
    _rank(engine, market.offers)
    ties = np.empty(len(market.applicants), np.uint64)
    draw_words(np.uint64(key_of(city.luck.seed, Purpose.TIES, city.month)), city.households.id[market.applicants], ties)
    listings = _listings(engine, market.offers)
    market.holder = np.empty(len(market.offers.dwelling), np.int32)
    market.price = np.empty(len(market.offers.dwelling))
    match(
        Applications(market.listing, market.worth, market.claim),
        Seekers(market.stay, ties, market.purse, market.cost_weight),
        listings, 0.0, market.holder, np.empty(len(market.applicants), np.int32), market.price,
    )  # fmt: skip


def _listings(engine: Engine, offers: Offers) -> Listings:
    engine.market.asked = asking = asked_for(engine.city, offers.dwelling)
    kind = np.where(offers.rate > 0, BID, RANKED).astype(np.uint8)
    return Listings(kind, asking, np.maximum(STEP_SHARE * asking, 1.0), offers.fee, offers.rate)


def _rank(engine: Engine, offers: Offers) -> None:
    """Write each landlord's order over its applicants into the claims; bids have theirs already."""
    market, city, policies = engine.market, engine.city, engine.rulebook.policies
    is_ranked = np.array([not policy.allocation.is_priced for policy in policies])
    begin, order = np.empty(len(policies) + 1, np.int64), np.empty(market.listing.size, np.int32)
    engine.tally.counts["applications"] = sort_by_policy(market.listing, offers.policy, is_ranked, begin, order)
    listed, claims, seen = market.listing.ravel(), market.claim.ravel(), city.readonly()
    for number, policy in enumerate(policies):
        if policy.allocation.is_priced:
            continue
        at = order[begin[number] : begin[number + 1]]
        listing = listed[at]
        asked = Asked(market.applicants[at // market.listing.shape[1]], offers.dwelling[listing], offers.cost[listing])
        claims[at] = ranks(policy.allocation, policy.screening, policy.reserves, seen, asked, city.luck)
