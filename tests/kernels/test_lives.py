"""Chances by age, moving incomes and discontent, against plain NumPy on the same luck."""

from __future__ import annotations

import numpy as np
import pytest

from sim.base.streams import Luck, Purpose, key_of
from sim.kernels.lives import Gaps, discontented, fell_behind, moved_incomes, needs, rows_due, saved, struck

N, MONTH = 500, 7
STREAM = Luck(3).stream(Purpose.DEATH, MONTH)
KEY = np.uint64(key_of(3, int(Purpose.DEATH), MONTH))


def people():
    luck = np.random.default_rng(8)
    ids = luck.integers(0, 2**62, N)
    age = luck.integers(0, 130, N)
    rows = luck.permutation(N)[:300].astype(np.int32)
    return luck, ids, age, (MONTH - 12 * age - luck.integers(0, 12, N)).astype(np.int16), rows


@pytest.mark.parametrize("number", [0, 2])
def test_who_is_struck_is_who_draws_below_the_chance_of_kind_and_age(number):
    luck, ids, age, born, rows = people()
    chance, kind = luck.random((3, 111)), luck.integers(0, 3, 300).astype(np.uint8)
    out = np.empty(300, np.int64)
    n = struck(rows, kind, ids, born, MONTH, KEY, number, chance, out)
    expected = STREAM.uniform(ids[rows], number) < chance[kind, np.minimum(age[rows], 110)]
    assert out[:n].tolist() == np.flatnonzero(expected).tolist()


def test_incomes_are_profile_lasting_and_passing_part():
    luck, ids, age, born, rows = people()
    permanent = luck.normal(10, 0.4, N).astype(np.float32)
    transitory = luck.normal(0, 0.2, N).astype(np.float32)
    profile = np.linspace(-0.5, 0.2, 111)
    passing, income = np.empty(300, np.float32), np.empty(300, np.float32)
    moved_incomes(rows, ids, born, MONTH, permanent, transitory, KEY, 0.7, 0.1, profile, passing, income)
    expected = 0.7 * transitory[rows] + 0.1 * STREAM.normal(ids[rows])
    assert passing == pytest.approx(expected, abs=1e-6)
    assert income == pytest.approx(np.exp(profile[np.minimum(age[rows], 110)] + permanent[rows] + expected), rel=1e-5)


def test_the_discontented_are_those_whose_gaps_outweigh_their_draw():
    luck, ids, _, _, rows = people()
    income, cost = luck.lognormal(10, 0.5, N).astype(np.float32), luck.uniform(3e3, 2e4, N).astype(np.float32)
    adults, children = luck.integers(1, 4, N).astype(np.uint8), luck.integers(0, 5, N).astype(np.uint8)
    dwelling, area = np.arange(N, dtype=np.int32), luck.integers(0, 3, N).astype(np.int16)
    rooms, log_income = luck.integers(1, 6, N).astype(np.uint8), np.array([9.8, 10.0, 10.3])
    gaps, out = Gaps(0.4, 0.35, 2.0, 0.2, 0.5), np.empty(300, np.int64)
    n = discontented(rows, ids, income, cost, adults, children, dwelling, rooms, area, log_income, gaps, KEY, 1, out)
    needed = np.where(adults + children == 1, 1, 1 + (adults + 1) // 2 + (children + 1) // 2).astype(int)
    rate = 0.4 * np.maximum(needed - rooms, 0) + 2.0 * np.maximum(cost / income - 0.35, 0)
    units = [1 + 0.51 * (a > 1) + 0.6 * max(int(a) - 2, 0) + 0.52 * (c > 0) + 0.42 * max(int(c) - 1, 0)
             for a, c in zip(adults, children, strict=True)]  # fmt: skip
    rate = rate + 0.5 * np.maximum(np.log(income / units) - log_income[area] - 0.2, 0)
    expected = STREAM.uniform(ids[rows], 1) < 1 - np.exp(-rate[rows])
    assert 30 < expected.sum() < 290
    assert out[:n].tolist() == np.flatnonzero(expected).tolist()


def test_rows_that_are_due_exist_and_have_the_month():
    luck = np.random.default_rng(4)
    is_used, own_month = luck.random(N) < 0.8, luck.integers(0, 12, N).astype(np.uint8)
    out = np.empty(N, np.int32)
    n = rows_due(is_used, own_month, 3, out)
    assert out[:n].tolist() == np.flatnonzero(is_used & (own_month == 3)).tolist()


def homes_and_money(luck):
    """Homes (-1 for none), incomes, costs, savings and loans of N households."""
    dwelling = np.where(luck.random(N) < 0.7, luck.permutation(N), -1).astype(np.int32)
    money = [luck.uniform(0, most, N).astype(np.float32) for most in (5e4, 2e4, 3e5, 1e6)]
    return dwelling, *money


def test_need_is_crowded_without_a_home_or_pressing():
    luck, ids, _, _, rows = people()
    dwelling, *_ = homes_and_money(luck)
    adults, children = luck.integers(1, 4, N).astype(np.uint8), luck.integers(0, 5, N).astype(np.uint8)
    cause, rooms = luck.integers(0, 3, N).astype(np.uint8), luck.integers(1, 6, N).astype(np.uint8)
    out, is_pressing = np.empty(300, np.uint8), np.array([False, True, False])
    needs(rows, ids, adults, children, dwelling, cause, rooms, is_pressing, KEY, 1, 0.2, out)
    needed = np.where(adults + children == 1, 1, 1 + (adults + 1) // 2 + (children + 1) // 2)
    presses = (is_pressing[cause] & (children > 0)) | (STREAM.uniform(ids, 1) < 0.2)
    expected = np.where(dwelling >= 0, needed > rooms[dwelling], np.where(presses, 3, 2))[rows]
    assert out.tolist() == expected.tolist()
    assert set(out.tolist()) == {0, 1, 2, 3}


def test_savings_grow_by_a_share_of_what_housing_leaves():
    luck, _, _, _, rows = people()
    dwelling, income, cost, savings, loan = homes_and_money(luck)
    kept, owed = np.empty(300, np.float32), np.empty(300, np.float32)
    f4 = np.float32
    saved(rows, dwelling, income, cost, savings, loan, f4(0.3), f4(0.84), f4(0.95), f4(0.98), kept, owed)
    left = np.maximum(income - np.where(dwelling < 0, 0.3 * income, cost), 0)
    assert kept == pytest.approx((0.95 * savings + 0.84 * left)[rows], rel=1e-5)
    assert owed == pytest.approx(0.98 * loan[rows], rel=1e-5)


def test_a_month_is_owed_where_too_little_is_left_and_nothing_saved():
    luck = np.random.default_rng(6)
    dwelling, _, cost, savings, _ = homes_and_money(luck)
    is_used, arrears = luck.random(N) < 0.9, luck.integers(0, 5, N).astype(np.uint8)
    left_over, out = luck.normal(0, 4e3, N).astype(np.float32), np.empty(N, np.uint8)
    savings /= 4
    fell_behind(is_used, dwelling, savings, cost, arrears, left_over, np.float32(2e3), 3, 4, out)
    is_short = is_used & (dwelling >= 0) & (left_over < -2e3) & (savings < 3 * cost)
    expected = np.where(is_short, np.minimum(arrears + 1, 4), np.maximum(arrears.astype(int) - 1, 0))
    assert 20 < is_short.sum() < N
    assert out.tolist() == expected.tolist()
