"""One pass over all households a month: every table that the measures read."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kernels.budget import Norms, living_norm, net_cost, rooms_needed
from sim.kernels.jit import kernel
from sim.kernels.logarithm import log_f4

N_INCOME_BINS = 1 << 15
N_BURDEN_BINS = 151
BURDEN_STEP = 0.01
BURDEN_BINS_PER_UNIT = 100.0
N_RESIDUAL_BINS = 161
RESIDUAL_STEP = 500.0
RESIDUAL_BINS_PER_SEK = 0.002
FIRST_RESIDUAL = -20_000.0
N_COST_BINS = 401
COST_STEP = 100.0
COST_BINS_PER_SEK = 0.01


class People(NamedTuple):
    """Columns of the households; see ``sim.city.households``."""

    is_used: np.ndarray
    group: np.ndarray
    income: np.ndarray
    adults: np.ndarray
    children: np.ndarray
    dwelling: np.ndarray
    area: np.ndarray
    tenure: np.ndarray
    cost: np.ndarray


class Tables(NamedTuple):
    """What a census counts; int64 unless said, all overwritten.

    Attributes
    ----------
    by_rank : shape (n_areas, 100)
        Households with a home by area and hundredth of the city's incomes.
    by_tenure : shape (n_areas, n_tenures)
    persons : shape (n_areas, n_groups)
        Persons with a home.
    log_income : float64 array, shape (n_areas,)
        Sum of log income of those who live there.
    households, people, crowded, below_norm : shape (n_groups, 5, n_tenures + 1)
        Households, persons, households with a room too few, households that cannot pay their norm; by group, fifth of
        income, and tenure, the last being without a home.
    burden : shape (n_groups, 5, n_tenures, N_BURDEN_BINS)
        Households by cost after allowance as a share of income, in steps of ``BURDEN_STEP``.
    residual : shape (n_groups, 5, n_tenures, N_RESIDUAL_BINS)
        Households by income less cost after allowance, in steps of ``RESIDUAL_STEP`` from ``FIRST_RESIDUAL``, SEK
        per month.
    cost : shape (n_tenures, N_COST_BINS)
        Households by monthly cost before allowance, in steps of ``COST_STEP``, SEK per month.
    """

    by_rank: np.ndarray
    by_tenure: np.ndarray
    persons: np.ndarray
    log_income: np.ndarray
    households: np.ndarray
    people: np.ndarray
    crowded: np.ndarray
    below_norm: np.ndarray
    burden: np.ndarray
    residual: np.ndarray
    cost: np.ndarray


def income_bins(income: np.ndarray) -> np.ndarray:
    """Bin of each income (SEK per month, float32): the leading bits of the number, so about 1,000 bins to a doubling."""
    return (np.maximum(income, 1.0).view(np.int32) >> 13) & (N_INCOME_BINS - 1)


@kernel
def count_incomes(is_used: np.ndarray, bits: np.ndarray, out: np.ndarray) -> None:
    """Households by the leading bits of their income.

    Parameters
    ----------
    is_used : bool array, shape (n_rows,)
    bits : int32 array, shape (n_rows,)
        Incomes (float32, SEK per month, positive) seen as integers.
    out : int64 array, shape (N_INCOME_BINS,)
        Overwritten.
    """
    out[:] = 0
    for row in range(bits.size):
        if is_used[row]:
            out[(bits[row] >> 13) & 32767] += 1


@kernel
def count_all(
    people: People, bits: np.ndarray, rooms: np.ndarray, rank_of_bin: np.ndarray, norms: Norms, tables: Tables
) -> None:
    """Fill all tables.

    Parameters
    ----------
    bits : int32 array, shape (n_rows,)
        Incomes seen as integers.
    rooms : uint8 array, shape (n_dwellings,)
    rank_of_bin : uint8 array, shape (N_INCOME_BINS,)
        Hundredth of the city's incomes, 0 to 99, of each bin.
    """
    is_used, groups, incomes, areas, tenures = people.is_used, people.group, people.income, people.area, people.tenure
    all_adults, all_children, homes, costs = people.adults, people.children, people.dwelling, people.cost
    by_rank, by_tenure, persons, log_income = tables.by_rank, tables.by_tenure, tables.persons, tables.log_income
    households, people_in, crowded = tables.households, tables.people, tables.crowded
    below_norm, burden, residual, by_cost = tables.below_norm, tables.burden, tables.residual, tables.cost
    n_tenures = by_tenure.shape[1]
    for row in range(bits.size):
        if not is_used[row]:
            continue
        group, income = groups[row], max(np.float64(incomes[row]), 1.0)
        adults, children = np.int64(all_adults[row]), np.int64(all_children[row])
        rank = rank_of_bin[(bits[row] >> 13) & 32767]
        fifth, home = rank // 20, homes[row]
        if home < 0:
            households[group, fifth, n_tenures] += 1
            people_in[group, fifth, n_tenures] += adults + children
            continue
        area, tenure = areas[row], tenures[row]
        norm = living_norm(adults, children, norms)
        net = net_cost(costs[row], income, norm, norms)
        by_rank[area, rank] += 1
        by_tenure[area, tenure] += 1
        persons[area, group] += adults + children
        log_income[area] += log_f4(income)
        households[group, fifth, tenure] += 1
        people_in[group, fifth, tenure] += adults + children
        crowded[group, fifth, tenure] += rooms_needed(adults, children) > rooms[home]
        below_norm[group, fifth, tenure] += income - net < norm
        share = int(net / income * BURDEN_BINS_PER_UNIT)
        burden[group, fifth, tenure, min(max(share, 0), N_BURDEN_BINS - 1)] += 1
        left = int((income - net - FIRST_RESIDUAL) * RESIDUAL_BINS_PER_SEK)
        residual[group, fifth, tenure, min(max(left, 0), N_RESIDUAL_BINS - 1)] += 1
        by_cost[tenure, min(max(int(costs[row] * COST_BINS_PER_SEK), 0), N_COST_BINS - 1)] += 1
