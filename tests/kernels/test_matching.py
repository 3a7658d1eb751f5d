"""The matching kernel: mixed markets, feasibility, and that rows do not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import config

from sim.kernels import matching
from sim.kernels.applications import BID, NONE, RANKED, Applications, Listings, Seekers, by_falling_worth
from sim.kernels.matching import matched

FLOOR = 100.0


def town(seed: int, n: int, homes: int, width: int, kinds: tuple[int, ...]) -> tuple[Applications, Seekers, Listings]:
    """Seekers who apply to a few different homes each, some of which are let by rank and some sold to bidders."""
    luck = np.random.default_rng(seed)
    listing = np.array([luck.permutation(homes)[:width] for _ in range(n)], np.int32)
    listing[luck.random(listing.shape) < 0.1] = NONE
    worth = luck.normal(0, 1, listing.shape).astype(np.float32)
    kind = np.array(kinds, np.uint8)[luck.integers(0, len(kinds), homes)]
    is_bid = kind[listing] == BID
    claim = np.where(is_bid, luck.uniform(1e6, 4e6, listing.shape), luck.integers(0, 3, listing.shape).astype(float))
    claim[luck.random(listing.shape) < 0.1] = -np.inf
    applications = Applications(listing, worth, claim)
    by_falling_worth(applications)
    ties = luck.integers(0, 2**63, n).astype(np.uint64)
    stay = luck.normal(-1, 0.5, n).astype(np.float32)
    seekers = Seekers(stay, ties, luck.uniform(5_000, 30_000, n), np.full(n, 2.0))
    asking = luck.uniform(1e6, 3e6, homes)
    listings = Listings(kind, asking, np.full(homes, 50_000.0), np.full(homes, 3_000.0), np.full(homes, 0.003))
    return applications, seekers, listings


def worth_at(price: np.ndarray, row: int, column: int, market: tuple[Applications, Seekers, Listings]) -> float:
    """Utility of an application at a price, written out anew; minus infinity where it cannot be had."""
    (listing, worth, claim), seekers, listings = market
    home = listing[row, column]
    if home == NONE or claim[row, column] == -np.inf:
        return -np.inf
    if listings.kind[home] == RANKED:
        return float(worth[row, column])
    purse, rate = seekers.purse[row] - listings.fee[home], listings.rate[home]
    left = purse - rate * price[home]
    if left <= FLOOR or price[home] > claim[row, column]:
        return -np.inf
    return float(worth[row, column] + seekers.cost_weight[row] * np.log(left / (purse - rate * listings.asking[home])))


markets = st.builds(
    town,
    seed=st.integers(0, 2**32 - 1),
    n=st.integers(1, 25),
    homes=st.integers(4, 10),
    width=st.integers(1, 4),
    kinds=st.sampled_from([(RANKED,), (BID,), (RANKED, BID)]),
)


@settings(deadline=None, max_examples=150)
@given(market=markets)
def test_no_envy_is_justified_in_any_mix_of_rules(market):
    (listing, _, claim), seekers, listings = market
    result = matched(*market, FLOOR)
    step = np.where(result.holder >= 0, listings.increment, 0.0)
    for row in range(len(listing)):
        seat = result.seat[row]
        have = float(seekers.stay[row]) if seat == NONE else worth_at(result.price, row, seat, market)
        assert have >= seekers.stay[row]
        for column, home in enumerate(listing[row]):
            if column == seat or home == NONE or not worth_at(result.price + step, row, column, market) > have + 1e-9:
                continue
            assert listings.kind[home] == RANKED
            rival = result.holder[home]
            theirs = claim[rival, result.seat[rival]]
            assert (claim[row, column], seekers.tie[row]) < (theirs, seekers.tie[rival])


@settings(deadline=None, max_examples=100)
@given(market=markets)
def test_every_home_has_one_holder_and_every_holder_one_home(market):
    (listing, _, _), _, listings = market
    holder, seat, price, offers = matched(*market, FLOOR)
    housed = np.flatnonzero(seat != NONE)
    assert sorted(holder[holder != NONE].tolist()) == housed.tolist()
    assert (holder[listing[housed, seat[housed]]] == housed).all()
    assert offers >= len(housed)
    bids = listings.kind == BID
    assert (price[~bids | (holder == NONE)] == listings.asking[~bids | (holder == NONE)]).all()
    assert (price >= listings.asking).all()


@settings(deadline=None, max_examples=100)
@given(market=markets, seed=st.integers(0, 2**32 - 1))
def test_rows_of_seekers_and_of_listings_do_not_matter(market, seed):
    applications, seekers, listings = market
    luck = np.random.default_rng(seed)
    rows, homes = luck.permutation(len(seekers.tie)), luck.permutation(len(listings.kind))
    place = np.argsort(homes).astype(np.int32)
    moved = Applications(*(table[rows].copy() for table in applications))
    moved.listing[:] = np.where(moved.listing == NONE, NONE, place[moved.listing])
    first = matched(*market, FLOOR)
    second = matched(moved, Seekers(*(x[rows] for x in seekers)), Listings(*(x[homes] for x in listings)), FLOOR)
    assert (second.seat == first.seat[rows]).all()
    assert (second.price == first.price[homes]).all()


@pytest.mark.skipif(bool(config.DISABLE_JIT), reason="nothing is compiled")
@pytest.mark.parametrize("kinds", [(RANKED,), (RANKED, BID)])
def test_compiled_and_plain_give_the_same_matching(kinds):
    market = town(5, 40, 12, 4, kinds)
    expected = matched(*market, FLOOR)
    holder, seat, price = (np.empty_like(field) for field in expected[:3])
    plain = np.errstate(over="ignore")(matching.match.py_func)
    assert plain(*market, FLOOR, holder, seat, price) == expected.offers
    assert (holder == expected.holder).all()
    assert (seat == expected.seat).all()
    assert (price == expected.price).all()


def test_reserve_is_a_matter_of_rank():
    """A class that a home is set aside for ranks above all others there, and waits like others elsewhere."""
    applications = Applications(np.array([[0], [0]], np.int32), np.ones((2, 1), np.float32), np.array([[9.0], [1e6]]))
    seekers = Seekers(np.zeros(2, np.float32), np.array([7, 3], np.uint64), np.zeros(2), np.zeros(2))
    nothing = np.zeros(1)
    listings = Listings(np.zeros(1, np.uint8), nothing, nothing, nothing, nothing)
    assert matched(applications, seekers, listings).holder.tolist() == [1]


def test_nobody_takes_a_home_that_is_no_better_than_staying():
    applications = Applications(np.array([[0]], np.int32), np.full((1, 1), 0.5, np.float32), np.ones((1, 1)))
    nothing = np.zeros(1)
    listings = Listings(np.zeros(1, np.uint8), nothing, nothing, nothing, nothing)
    for stay, expected in ((0.5, NONE), (0.4, 0)):
        seekers = Seekers(np.array([stay], np.float32), np.array([1], np.uint64), nothing, nothing)
        assert matched(applications, seekers, listings).holder.tolist() == [expected]


@given(seed=st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=30)
def test_sorting_applications_keeps_them_together_and_puts_the_empty_last(seed):
    luck = np.random.default_rng(seed)
    listing = luck.integers(NONE, 6, (5, 6)).astype(np.int32)
    worth = luck.integers(0, 4, (5, 6)).astype(np.float32)
    before = Applications(listing, worth, luck.random((5, 6)))
    after = Applications(*(table.copy() for table in before))
    by_falling_worth(after)
    for row in range(5):
        assert sorted(zip(*(t[row] for t in before), strict=True)) == sorted(zip(*(t[row] for t in after), strict=True))
        filled = after.listing[row] != NONE
        assert (np.diff(filled.astype(int)) <= 0).all()
        assert (np.diff(after.worth[row][filled]) <= 0).all()
