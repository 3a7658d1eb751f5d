"""The census against a recount that goes table by table over plain masks."""

import numpy as np
import pytest

from sim.kernels import census
from sim.kernels.budget import Norms, per_unit
from sim.kernels.census import (
    FIRST_RESIDUAL,
    LANES,
    N_BURDEN_STEPS,
    N_COST_STEPS,
    N_FLAGS,
    N_RESIDUAL_STEPS,
    N_STATES,
    N_SUMS,
    N_WAITS,
    Counts,
    People,
    count_all,
)
from sim.kernels.household_types import ELDERLY, N_TYPES, OTHER, PARENTS, SINGLE_PARENT
from sim.kernels.ranks import N_FIFTHS, N_INCOME_BINS, N_RANKS, count_incomes, rank_bins, ranks

NORMS = Norms(6090.0, 3971.0, 3500.0, 0.6, 11_000.0)
N_AREAS, N_GROUPS, N_TENURES, MONTH = 5, 3, 4, 30
NEVER = 32767


def crowd(n, seed=1):
    """Households at random: some rows are empty, some have no home, some are in the queue."""
    luck = np.random.default_rng(seed)
    is_used, has_home = luck.random(n) < 0.9, luck.random(n) < 0.8
    is_used[n // 2] = has_home[n // 2] = True
    lives = is_used & has_home
    rooms = luck.integers(1, 6, n).astype(np.uint8)
    income = luck.lognormal(10.2, 0.6, n).astype(np.float32)
    cost = np.where(lives, luck.integers(20, 250, n) * 100.0, 0.0).astype(np.float32)
    cost[luck.random(n) < 0.02] = 60_000.0
    adults, children = luck.integers(1, 4, n).astype(np.uint8), luck.choice([0, 0, 0, 1, 2], n).astype(np.uint8)
    income_per_unit = np.empty(n, np.float32)
    per_unit(income, adults, children, income_per_unit)
    people = People(
        is_used=is_used, group=luck.integers(0, N_GROUPS, n).astype(np.uint8), income=income,
        per_unit=income_per_unit, per_unit_bits=income_per_unit.view(np.int32), adults=adults, children=children,
        birth_month=luck.integers(-90 * 12, -18 * 12, n).astype(np.int16),
        dwelling=np.where(lives, luck.permutation(n), -1).astype(np.int32),
        area=np.where(lives, luck.integers(0, N_AREAS, n), -1).astype(np.int16),
        tenure=np.where(lives, luck.integers(0, N_TENURES, n), -1).astype(np.int8), cost=cost,
        arrears=luck.choice([0, 0, 0, 1, 5], n).astype(np.uint8),
        search_until=luck.choice([-NEVER, MONTH - 1, MONTH, MONTH + 9], n).astype(np.int16),
        queue_since=luck.choice([NEVER, MONTH, 0, -150, -2000], n).astype(np.int16),
    )  # fmt: skip
    return people, rooms


def counted(people, rooms, count=count_all):
    """The tables with their axes; ranks by the same way, which has tests of its own."""
    counts_of_bins, rank_of_bin = np.empty(N_INCOME_BINS, np.int32), np.empty(N_INCOME_BINS, np.uint8)
    count_incomes(people.is_used, people.per_unit_bits, counts_of_bins)
    rank_bins(counts_of_bins, rank_of_bin)
    rank, cells = np.empty(len(rooms), np.int64), N_GROUPS * N_STATES * N_TYPES * N_FIFTHS
    ranks(people.per_unit_bits, rank_of_bin, rank)
    out = Counts(
        np.zeros((N_AREAS + 1) * N_RANKS, np.int32), np.zeros((N_AREAS + 1) * N_GROUPS * N_TENURES * LANES, np.int64),
        np.zeros(((N_AREAS + 1) * LANES, N_SUMS)), np.zeros((cells, N_FLAGS), np.int64),
        np.zeros(cells * N_BURDEN_STEPS, np.int32), np.zeros(cells * N_RESIDUAL_STEPS, np.int32),
        np.zeros(N_STATES * N_COST_STEPS, np.int32), np.zeros(N_GROUPS * N_FIFTHS * N_WAITS, np.int32),
    )  # fmt: skip
    count(people, rooms, rank_of_bin, NORMS, MONTH, N_GROUPS, out)
    return out, rank


def tallied(shape, places, weights=None):
    """How often each place of a table comes, or the sum of weights there."""
    table = np.zeros(shape, np.int64 if weights is None else np.float64)
    np.add.at(table, places, 1 if weights is None else weights)
    return table


def kinds_of(people):
    has_children, is_old = people.children > 0, MONTH - people.birth_month >= 65 * 12
    childless = np.where(is_old, ELDERLY, OTHER)
    return np.where(has_children, np.where(people.adults == 1, SINGLE_PARENT, PARENTS), childless).astype(int)


def budget_of(people):
    """Norm of living, and cost after an allowance that fills the gap to it, up to a share of the capped cost."""
    adults, children = people.adults.astype(float), people.children.astype(float)
    income, cost = people.income.astype(float), people.cost.astype(float)
    norm = NORMS.adult + NORMS.second_adult * (adults - 1) + NORMS.child * children
    allowance = np.clip(norm + cost - income, 0, NORMS.share * np.minimum(cost, NORMS.rent_cap))
    return income, norm, cost - allowance


@pytest.fixture(params=[1 << 16, 4096, 100])
def town(request, monkeypatch):
    """In one block; in blocks as long as the words in which flags are counted; in short blocks of which one is cut."""
    monkeypatch.setattr(census, "BLOCK", request.param)
    people, rooms = crowd(4500 if request.param > 100 else 250)
    return people, rooms, *counted(people, rooms)


def test_who_lives_where_equals_a_recount(town):
    people, _, out, rank = town
    lives = people.is_used & (people.dwelling >= 0)
    area, group, tenure = (people._asdict()[name][lives] for name in ("area", "group", "tenure"))
    persons = (people.adults.astype(int) + people.children)[lives]
    by_rank = out.by_rank.reshape(N_AREAS + 1, N_RANKS)[:-1]
    assert (by_rank == tallied(by_rank.shape, (area, rank[lives]))).all()
    found = out.lives.reshape(N_AREAS + 1, N_GROUPS, N_TENURES, LANES)[:-1].sum(axis=3)
    assert (found & 0xFFFFFFFF == tallied(found.shape, (area, group, tenure))).all()
    assert (found >> 32 == tallied(found.shape, (area, group, tenure), persons)).all()
    sums = out.sums.reshape(N_AREAS + 1, LANES, N_SUMS)[:-1].sum(axis=1)
    income = people.per_unit[lives].astype(float)
    summed = [tallied(N_AREAS, area, what) for what in (np.log(income), income, income**2, persons**2)]
    assert sums == pytest.approx(np.stack(summed, axis=1), rel=1e-6)
    assert sums[:, 1:] == pytest.approx(np.stack(summed[1:], axis=1), rel=1e-12)


def test_flags_of_every_cell_equal_a_recount(town):
    people, rooms, out, rank = town
    used, has_home = people.is_used, people.dwelling >= 0
    state = np.where(has_home, people.tenure, N_TENURES)
    cells = (people.group, state, kinds_of(people), rank // 20)
    shape = (N_GROUPS, N_STATES, N_TYPES, N_FIFTHS)
    persons = people.adults.astype(int) + people.children
    needed = np.where(persons > 1, 1 + np.ceil(people.adults / 2) + np.ceil(people.children / 2), 1)
    income, norm, net = budget_of(people)
    told = (persons, needed > rooms[people.dwelling], income - net < norm - 0.5, people.arrears > 0)
    found = out.flags.reshape(*shape, N_FLAGS)
    everybody, homed = found[:, : N_TENURES + 1], found[:, :N_TENURES]
    recount = [tallied(shape, tuple(cell[used] for cell in cells), what[used]) for what in told]
    assert (everybody[..., 0] == recount[0][:, : N_TENURES + 1]).all()
    for flag in (1, 2, 3):
        assert (homed[..., flag] == recount[flag][:, :N_TENURES]).all()
    burden = out.burden.reshape(*shape, N_BURDEN_STEPS).sum(axis=4)[:, : N_TENURES + 1]
    assert (burden == tallied(shape, tuple(cell[used] for cell in cells))[:, : N_TENURES + 1]).all()


def test_steps_of_cost_equal_a_recount(town):
    people, _, out, rank = town
    lives = people.is_used & (people.dwelling >= 0)
    income, _, net = budget_of(people)
    cells = tuple(cell[lives] for cell in (people.group, people.tenure, kinds_of(people), rank // 20))
    shape = (N_GROUPS, N_TENURES, N_TYPES, N_FIFTHS)
    burden = np.clip((net / income * 100.0)[lives], 0, N_BURDEN_STEPS - 1).astype(int)
    left = np.clip(((income - net - FIRST_RESIDUAL) * 0.002)[lives], 0, N_RESIDUAL_STEPS - 1).astype(int)
    for steps, where, n in ((out.burden, burden, N_BURDEN_STEPS), (out.residual, left, N_RESIDUAL_STEPS)):
        found = steps.reshape(N_GROUPS, N_STATES, N_TYPES, N_FIFTHS, n)[:, :N_TENURES]
        assert (found == tallied((*shape, n), (*cells, where))).all()
    paid = np.clip(people.cost[lives] * 0.01, 0, N_COST_STEPS - 1).astype(int)
    found = out.cost.reshape(N_STATES, N_COST_STEPS)[:N_TENURES]
    assert (found == tallied(found.shape, (people.tenure[lives], paid))).all()


def test_who_looks_and_is_in_the_queue_equals_a_recount(town):
    people, _, out, rank = town
    looks = people.is_used & ((people.dwelling < 0) | (people.search_until >= MONTH)) & (people.queue_since != NEVER)
    waited = np.minimum(MONTH - people.queue_since.astype(int), N_WAITS - 1)
    found = out.waits.reshape(N_GROUPS, N_FIFTHS, N_WAITS)
    assert (found == tallied(found.shape, (people.group[looks], (rank // 20)[looks], waited[looks]))).all()


def test_a_household_that_moves_is_counted_elsewhere():
    people, rooms = crowd(60)
    row = int(np.flatnonzero(people.is_used & (people.dwelling >= 0))[0])
    before, _ = counted(people, rooms)
    people.area[row] = (people.area[row] + 1) % N_AREAS
    after, _ = counted(people, rooms)
    assert np.abs(after.by_rank - before.by_rank).sum() == 2


def test_whom_the_allowance_lifts_exactly_to_the_norm_is_not_below_it():
    """Sums of single incomes and norms are rounded: a gap of less than half a krona is nobody's poverty."""
    n = 2000
    people, rooms = crowd(n)
    income = np.random.default_rng(5).uniform(5000, 9000, n).astype(np.float32)
    people = people._replace(
        is_used=np.ones(n, bool), dwelling=np.arange(n, dtype=np.int32), area=np.zeros(n, np.int16),
        tenure=np.zeros(n, np.int8), adults=np.ones(n, np.uint8), children=np.zeros(n, np.uint8), income=income,
        per_unit=income, per_unit_bits=income.view(np.int32), cost=np.full(n, 3000.1, np.float32),
    )  # fmt: skip
    norms = NORMS._replace(adult=6090.1, share=1.0)
    out, _ = counted(people, rooms, lambda *given: count_all(*given[:3], norms, *given[4:]))
    assert out.flags[:, 2].sum() == np.count_nonzero(income < 6090.1 - 0.5)
