"""Matching against the literature: assignment markets, serial dictatorship, stability (targets of the mechanisms)."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import config
from scipy.optimize import linear_sum_assignment

from sim.kernels.applications import BID_LINEAR, RANKED, Applications, Listings, Seekers, by_falling_worth
from sim.kernels.matching import Matching, matched

# Shapley, L. S. & Shubik, M. (1971). The assignment game I: the core. Int. J. Game Theory 1, 111-130.
VALUES = np.array([[23.0, 22.0, 21.0], [26.0, 24.0, 22.0], [20.0, 21.0, 17.0]])
RESERVES = np.array([18.0, 15.0, 19.0])
LOWEST, HIGHEST = np.array([21.0, 20.0, 19.0]), np.array([23.0, 21.0, 20.0])

seeds = st.integers(0, 2**32 - 1)


def house_market(values: np.ndarray, reserves: np.ndarray, increment: float, luck: np.random.Generator) -> Matching:
    """Everybody bids for every home; utility is value less price, and nobody buys at a loss."""
    n, homes = values.shape
    applications = Applications(
        np.tile(np.arange(homes, dtype=np.int32), (n, 1)), (values - reserves).astype(np.float32), values.copy()
    )
    by_falling_worth(applications)
    ties = luck.integers(0, 2**63, n).astype(np.uint64)
    seekers = Seekers(np.zeros(n, np.float32), ties, np.zeros(n), np.ones(n))
    kind = np.full(homes, BID_LINEAR, np.uint8)
    listings = Listings(kind, reserves.astype(float), np.full(homes, increment), np.zeros(homes), np.ones(homes))
    return matched(applications, seekers, listings)


def ranked_market(worth: np.ndarray, claim: np.ndarray, luck: np.random.Generator) -> Matching:
    """Everybody applies to every home (home h in column h of both tables); nobody minds what it gets."""
    n, homes = worth.shape
    applications = Applications(
        np.tile(np.arange(homes, dtype=np.int32), (n, 1)), worth.astype(np.float32), claim.astype(np.float64)
    )
    by_falling_worth(applications)
    ties = luck.integers(0, 2**63, n).astype(np.uint64)
    seekers = Seekers(np.full(n, -np.inf, np.float32), ties, np.zeros(0), np.zeros(0))
    kind, nothing = np.full(homes, RANKED, np.uint8), np.zeros(homes)
    return matched(applications, seekers, Listings(kind, nothing, nothing, nothing, nothing))


def home_of(result: Matching, n: int) -> np.ndarray:
    """Home of each seeker, -1 none."""
    homes = np.full(n, -1)
    homes[result.holder[result.holder >= 0]] = np.flatnonzero(result.holder >= 0)
    return homes


def surplus(values: np.ndarray, reserves: np.ndarray, result: Matching) -> float:
    sold = np.flatnonzero(result.holder >= 0)
    return float((values[result.holder[sold], sold] - reserves[sold]).sum())


@pytest.mark.parametrize("seed", range(20))
def test_shapley_and_shubiks_market_ends_at_its_optimum_with_prices_in_the_core(seed):
    result = house_market(VALUES, RESERVES, 1 / 64, np.random.default_rng(seed))
    assert result.holder.tolist() == [1, 2, 0]
    assert surplus(VALUES, RESERVES, result) == 16.0
    assert (result.price >= LOWEST).all()
    assert (result.price <= HIGHEST).all()
    assert np.allclose(result.price, LOWEST, atol=3 / 64)  # a rising price stops at the lowest end of the core


def test_bids_that_do_not_rise_give_only_fourteen():
    """The trap: fixed bids at the full willingness to pay, each home keeping the highest."""
    bids = np.where(VALUES >= RESERVES, VALUES, -np.inf)
    result = ranked_market(VALUES - RESERVES, bids, np.random.default_rng(1))
    assert surplus(VALUES, RESERVES, result) == 14.0


@pytest.mark.parametrize("seed", range(10))
def test_alike_homes_sell_at_one_price(seed):
    values = np.repeat([[10.0], [8.0], [6.0], [4.0]], 4, axis=1)
    costs = np.array([1.0, 3.0, 5.0, 9.0])
    result = house_market(values, costs, 1 / 4, np.random.default_rng(seed))
    sold = result.holder >= 0
    assert sold.tolist() == [True, True, True, False]
    assert surplus(values, costs, result) == 15.0
    assert len(set(result.price[sold].tolist())) == 1
    assert 5.0 <= result.price[0] <= 6.0


@settings(deadline=None, max_examples=60)
@given(seed=seeds, n=st.integers(1, 12), homes=st.integers(1, 12))
def test_bidding_comes_within_a_step_each_of_the_best_assignment(seed, n, homes):
    """Demange, Gale & Sotomayor (1986): at most one increment is lost per trade."""
    luck = np.random.default_rng(seed)
    values, reserves = luck.uniform(0, 100, (n, homes)), luck.uniform(0, 60, homes)
    increment = 0.5
    result = house_market(values, reserves, increment, luck)
    gains = np.maximum(values - reserves, 0.0)
    best = gains[linear_sum_assignment(gains, maximize=True)].sum()
    got = surplus(values, reserves, result)
    rounding = 1e-4  # worth is float32
    assert best - min(n, homes) * increment - rounding <= got <= best + rounding
    assert (result.price >= reserves).all()


@settings(deadline=None, max_examples=60)
@given(seed=seeds, n=st.integers(1, 12), homes=st.integers(1, 8))
def test_nobody_left_out_would_pay_more_than_the_price_and_a_step(seed, n, homes):
    luck = np.random.default_rng(seed)
    values, reserves = luck.uniform(0, 100, (n, homes)), luck.uniform(0, 60, homes)
    result = house_market(values, reserves, 2.0, luck)
    homes_got = home_of(result, n)
    sold = np.flatnonzero(result.holder >= 0)
    step = np.where(result.holder >= 0, 2.0, 0.0)
    for buyer in range(n):
        have = values[buyer, homes_got[buyer]] - result.price[homes_got[buyer]] if homes_got[buyer] >= 0 else 0.0
        assert have >= 0.0
        assert (values[buyer] - result.price - step <= have + 1e-4).all()
    assert (result.price[sold] <= values[result.holder[sold], sold] + 1e-9).all()


@settings(deadline=None, max_examples=100)
@given(seed=seeds, n=st.integers(1, 25), homes=st.integers(1, 25))
def test_one_common_order_makes_it_serial_dictatorship(seed, n, homes):
    luck = np.random.default_rng(seed)
    worth, order = luck.random((n, homes)), luck.permutation(n)
    result = ranked_market(worth, np.repeat(-order[:, None], homes, axis=1), luck)
    left = set(range(homes))
    expected = np.full(n, -1)
    for seeker in np.argsort(order):
        if left:
            expected[seeker] = max(left, key=lambda home: worth[seeker, home])
            left.remove(int(expected[seeker]))
    assert home_of(result, n).tolist() == expected.tolist()


@settings(deadline=None, max_examples=100)
@given(seed=seeds, n=st.integers(1, 20), homes=st.integers(1, 20), levels=st.integers(1, 4))
def test_nobody_is_passed_over_for_somebody_ranked_lower(seed, n, homes, levels):
    """Stability: whoever prefers a home to its own finds there a holder of higher rank (or equal, settled by lot)."""
    luck = np.random.default_rng(seed)
    worth, claim = luck.random((n, homes)).astype(np.float32), luck.integers(0, levels, (n, homes)).astype(float)
    claim[luck.random((n, homes)) < 0.1] = -np.inf
    result = ranked_market(worth, claim, luck)
    homes_got = home_of(result, n)
    for seeker, home in itertools.product(range(n), range(homes)):
        mine = homes_got[seeker]
        if mine >= 0:
            assert claim[seeker, mine] > -np.inf
        if mine == -1 or worth[seeker, home] > worth[seeker, mine]:
            holder = result.holder[home]
            assert claim[seeker, home] == -np.inf or (holder >= 0 and claim[holder, home] >= claim[seeker, home])


def choosers_ranks(n: int, rounds: int) -> np.ndarray:
    """Rank of the home that the t-th chooser gets, in many rounds of n households and n homes; shape (rounds, n)."""
    luck, ranks = np.random.default_rng(11), np.empty((rounds, n))
    order = np.repeat(-np.arange(n)[:, None], n, axis=1)
    for row in ranks:
        worth = luck.random((n, n)).astype(np.float32)
        homes = home_of(ranked_market(worth, order, luck), n)
        row[:] = (worth >= worth[np.arange(n), homes][:, None]).sum(axis=1)
    return ranks


def test_queue_gives_the_ranks_that_the_formulas_of_serial_dictatorship_say():
    """Every mean within 4.5 standard errors of its formula (43 comparisons: a true one fails once in 3,000 runs)."""
    n, rounds = 20, 150 if config.DISABLE_JIT else 3000
    ranks, turn = choosers_ranks(n, rounds), np.arange(1, n + 1)
    harmonic = (1 / np.arange(1, n + 2)).sum()
    mean_rank = (n + 1) / n * (harmonic - 1)
    assert mean_rank == pytest.approx(2.7776, abs=5e-5)

    def agree(sample: np.ndarray, expected: np.ndarray | float) -> None:
        error = sample.std(axis=0, ddof=1) / np.sqrt(rounds)
        assert (np.abs(sample.mean(axis=0) - expected) <= 4.5 * error + 1e-12).all()

    agree(ranks, (n + 1) / (n - turn + 2))
    first = (ranks == 1).astype(float)
    assert (np.abs(first.mean(axis=0) - (n - turn + 1) / n) <= 4.5 * np.sqrt(0.25 / rounds)).all()
    agree(ranks.mean(axis=1), mean_rank)
    agree(first.mean(axis=1), (n + 1) / (2 * n))


def test_queue_leaves_no_pareto_better_allocation_and_no_profitable_lie():
    """Brute force, four households and four homes: every other allocation, and every list one could hand in."""
    luck = np.random.default_rng(4)
    lists = [np.array(p, float) for p in itertools.permutations(range(4))]
    order = np.repeat(luck.permutation(4)[:, None], 4, axis=1)
    for _ in range(3 if config.DISABLE_JIT else 25):
        worth = np.array([lists[k] for k in luck.integers(0, 24, 4)])
        got = worth[np.arange(4), home_of(ranked_market(worth, order, luck), 4)]
        for other in itertools.permutations(range(4)):
            then = worth[np.arange(4), list(other)]
            assert not ((then >= got).all() and (then > got).any())
        for household, lie in itertools.product(range(4), lists):
            told = worth.copy()
            told[household] = lie
            home = home_of(ranked_market(told, order, luck), 4)[household]
            assert worth[household, home] <= got[household]
