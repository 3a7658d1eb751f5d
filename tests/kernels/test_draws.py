"""The compiled luck equals the luck of the ground floor, bit by bit."""

from __future__ import annotations

import numpy as np
import pytest
from numba import config

from sim.base import streams
from sim.base.streams import Luck, Purpose
from sim.kernels import draws

# SplitMix64 from state 1234567, as given with its reference implementation (Vigna) and by Rosetta Code.
PUBLISHED = (6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821)
IDS = (0, 1, 2, 77, 480_000, 2**31, 2**62 + 5)
KEYS = [(seed, purpose, month) for seed in (0, 1, 42, 2**40) for purpose in (Purpose.ORDER, Purpose.CHOICE)
        for month in (-7, 0, 1, 359)]  # fmt: skip


def plain(kernel):
    """The Python function under a kernel, whether or not it is compiled, with numbers that wrap."""
    return np.errstate(over="ignore")(getattr(kernel, "py_func", kernel))


def test_mix_gives_the_published_numbers_of_splitmix64():
    with np.errstate(over="ignore"):
        states = [np.uint64(1234567) + np.uint64(n + 1) * draws.GOLDEN for n in range(5)]
    assert tuple(int(draws.mix(state)) for state in states) == PUBLISHED
    assert tuple(int(plain(draws.mix)(state)) for state in states) == PUBLISHED


@pytest.mark.parametrize("kernel", [draws.key_of, plain(draws.key_of)])
def test_keys_are_those_of_the_ground_floor_also_in_burn_in(kernel):
    assert [int(kernel(*key)) for key in KEYS] == [streams.key_of(*key) for key in KEYS]


def test_words_pairs_uniforms_and_whole_numbers_are_those_of_the_ground_floor():
    stream = Luck(42).stream(Purpose.SAMPLE, 3)
    key, ids = np.uint64(stream.key), np.array(IDS)
    firsts = [np.uint64(draws.word(key, who)) for who in ids]
    thirds = [np.uint64(draws.another(first, 3)) for first in firsts]
    assert np.array_equal(np.array(firsts, np.uint64), stream.words(ids))
    assert np.array_equal(np.array(thirds, np.uint64), stream.words(ids, 3))
    assert [draws.uniform(x) for x in thirds] == stream.uniform(ids, 3).tolist()
    assert [draws.below(x, 11) for x in firsts] == stream.below(ids, 11).tolist()
    pairs = [draws.pair_word(key, who, other) for who, other in zip(ids, ids[::-1], strict=True)]
    assert np.array_equal(np.array(pairs, np.uint64), stream.pair_words(ids, ids[::-1]))


def test_normal_numbers_equal_the_ground_floor_but_for_rounding():
    stream = Luck(7).stream(Purpose.INCOME, 12)
    ours = [draws.normal(np.uint64(stream.key), who, 2) for who in IDS]
    assert np.allclose(ours, stream.normal(np.array(IDS), 2), rtol=1e-12, atol=1e-14)


def test_uniforms_stay_inside_their_interval_at_the_ends():
    lowest, highest = np.uint64(0), np.uint64(2**64 - 1)
    assert draws.uniform(lowest) == 0.0
    assert draws.uniform(highest) < 1.0
    assert (draws.below(lowest, 9), draws.below(highest, 9)) == (0, 8)
    assert 0.0 < draws.exponential(highest) < draws.exponential(lowest) < 40.0
    assert np.isfinite([draws.gumbel(lowest), draws.gumbel(highest)]).all()


def test_largest_worth_over_exponential_is_the_largest_utility_plus_shock():
    words = Luck(3).stream(Purpose.TASTE, 1).words(np.arange(40)).reshape(10, 4)
    utility = np.linspace(-1.0, 1.0, 4)
    for row in words:
        race = [np.exp(u) / draws.exponential(np.uint64(x)) for u, x in zip(utility, row, strict=True)]
        sums = [u + draws.gumbel(np.uint64(x)) for u, x in zip(utility, row, strict=True)]
        assert int(np.argmax(race)) == int(np.argmax(sums))


def test_shocks_have_the_moments_of_their_distributions():
    """20,000 draws: four standard errors of the mean, by the exact variances 1 and pi squared over 6."""
    words = Luck(5).stream(Purpose.TASTE, 9).words(np.arange(20_000))
    waits = np.array([draws.exponential(x) for x in words])
    assert abs(waits.mean() - 1.0) < 4.0 / np.sqrt(20_000)
    assert abs(-np.log(waits).mean() - np.euler_gamma) < 4.0 * np.pi / np.sqrt(6 * 20_000)


@pytest.mark.skipif(bool(config.DISABLE_JIT), reason="nothing is compiled")
@pytest.mark.parametrize("name", ["word", "another", "below", "uniform", "exponential", "gumbel", "bits"])
def test_compiled_and_plain_agree(name):
    kernel = getattr(draws, name)
    extra = () if name in ("uniform", "exponential", "gumbel", "bits") else (17,)
    for number in (0, 5, 2**40 + 3):
        given = number if name == "bits" else np.uint64(number)
        assert kernel(given, *extra) == pytest.approx(plain(kernel)(given, *extra), rel=1e-15)


@pytest.mark.parametrize("n", [0, 1, 2, 9, 100, 5000])
def test_lot_sorts_rows_by_the_words_of_their_ids(n):
    stream = Luck(8).stream(Purpose.ORDER, 4)
    ids = np.random.default_rng(2).permutation(10 * n)[:n].astype(np.int64)
    rows = np.arange(n, dtype=np.int32)
    draws.by_lot(np.uint64(stream.key), ids, rows)
    assert rows.tolist() == np.argsort(stream.words(ids)).tolist()


def test_one_household_more_leaves_the_order_of_the_others_alone():
    key = np.uint64(Luck(8).stream(Purpose.ORDER, 4).key)
    ids = np.arange(40, dtype=np.int64)
    all_rows, some_rows = np.arange(40, dtype=np.int32), np.arange(39, dtype=np.int32)[::-1].copy()
    draws.by_lot(key, ids, all_rows)
    draws.by_lot(key, ids, some_rows)
    assert all_rows[all_rows != 39].tolist() == some_rows.tolist()
