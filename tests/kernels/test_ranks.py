"""The order of incomes: in which hundredth of the city's incomes a household stands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernels.ranks import N_INCOME_BINS, N_RANKS, count_incomes, income_bin, rank_bins, ranks


def plain(kernel):
    """The kernel as Python runs it."""
    return getattr(kernel, "py_func", kernel)


def ranked(income, is_used=None, run=lambda kernel: kernel):
    """Rank of every income, among those in use."""
    income = np.asarray(income, np.float32)
    bits, is_used = income.view(np.int32), np.ones(len(income), bool) if is_used is None else is_used
    counted, rank_of_bin = np.empty(N_INCOME_BINS, np.int32), np.empty(N_INCOME_BINS, np.uint8)
    run(count_incomes)(is_used, bits, counted)
    run(rank_bins)(counted, rank_of_bin)
    found = np.empty(len(income), np.int64)
    run(ranks)(bits, rank_of_bin, found)
    return found


@pytest.mark.parametrize("run", [lambda kernel: kernel, plain])
def test_a_hundred_different_incomes_fill_the_hundredths_one_by_one(run):
    income = 10_000.0 * 1.02 ** np.arange(100)
    assert ranked(income, run=run).tolist() == list(range(N_RANKS))


@given(st.lists(st.floats(0, 1e9, width=32), min_size=1, max_size=40))
def test_a_higher_income_never_stands_lower(incomes):
    found = ranked(np.sort(np.array(incomes, np.float32)))
    assert (np.diff(found) >= 0).all()
    assert found[0] >= 0
    assert found[-1] < N_RANKS


def test_a_rank_is_that_of_the_order_up_to_the_width_of_a_bin():
    """A bin is a 1,024th of a doubling or less: at these incomes it holds a hundredth of the households at most."""
    income = np.random.default_rng(1).lognormal(10.2, 0.5, 20_000).astype(np.float32)
    exact = (np.argsort(np.argsort(income)) + 0.5) * N_RANKS / len(income)
    assert np.abs(ranked(income) + 0.5 - exact).max() < 1.0


def test_rows_that_nobody_uses_do_not_count():
    income, is_used = np.array([5.0, 1e5, 2e5, 0.0]), np.array([False, True, True, False])
    assert ranked(income, is_used)[1:3].tolist() == [25, 75]


def test_incomes_too_small_to_tell_apart_and_below_nothing_are_the_lowest():
    bins = [int(plain(income_bin)(np.float32(income).view(np.int32))) for income in (-5.0, 0.0, 0.5, 1.9, 2.0)]
    assert bins == [0] * 5
    assert int(plain(income_bin)(np.float32(2.0**33).view(np.int32))) < N_INCOME_BINS
