"""Chances by age, moving incomes and discontent, against plain NumPy on the same luck."""

from __future__ import annotations

import numpy as np
import pytest

from sim.base.streams import Luck, Purpose, key_of
from sim.kernels.lives import Gaps, discontented, moved_incomes, struck

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
    rate = rate + 0.5 * np.maximum(np.log(income) - log_income[area] - 0.2, 0)
    expected = STREAM.uniform(ids[rows], 1) < 1 - np.exp(-rate[rows])
    assert 30 < expected.sum() < 290
    assert out[:n].tolist() == np.flatnonzero(expected).tolist()
