"""Eligibility, screening, order and reserves of every landlord; then one matching for all homes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.base.streams import Purpose
from sim.engine.phases.listing import asked_for
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
    ties = city.luck.stream(Purpose.TIES, city.month).words(city.households.id[market.applicants])
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
    market, city = engine.market, engine.city
    flat = np.flatnonzero(market.listing.ravel() >= 0)
    engine.tally.counts["applications"] = len(flat)
    listed = market.listing.ravel()[flat]
    seen, claims = city.readonly(), market.claim.ravel()
    policy_of = offers.policy[listed]
    for number, policy in enumerate(engine.rulebook.policies):
        if policy.allocation.is_priced:
            continue
        mine = np.flatnonzero(policy_of == number)
        at, listing = flat[mine], listed[mine]
        asked = Asked(market.applicants[at // market.listing.shape[1]], offers.dwelling[listing], offers.cost[listing])
        claims[at] = ranks(policy.allocation, policy.screening, policy.reserves, seen, asked, city.luck)
