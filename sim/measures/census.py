"""The census of a month: who lives where, with what income, in what home, at what cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.city.city import City
from sim.city.dwellings import TENURES
from sim.city.households import Households
from sim.city.incomes import per_unit
from sim.kernels.budget import Norms
from sim.kernels.census import (
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
from sim.kernels.household_types import N_TYPES, household_types
from sim.kernels.ranks import N_FIFTHS, N_INCOME_BINS, N_RANKS, count_incomes, rank_bins, ranks

HOMES = len(TENURES)
NO_HOME = HOMES
"""Behind the tenures, in tables of all households: those without a home."""


class Tables(NamedTuple):
    """What a census counts; households with a home, unless said.

    Attributes
    ----------
    by_rank : int32 array, shape (n_areas, 100)
        By area and hundredth of the incomes per consumption unit of all households of the city.
    by_tenure : int64 array, shape (n_areas, n_tenures)
    persons : int64 array, shape (n_areas, n_groups)
        Persons, by the group of their household.
    log_income, income, squared_income : float64 arrays, shape (n_areas,)
        Sums of the logarithm of income per consumption unit, of that income (SEK per month), and of its square.
    squared_persons : float
        Sum over all households of the square of their number of persons.
    households, people : int64 arrays, shape (n_groups, n_tenures + 1, n_types, 5)
        All households, and their persons, by group, tenure (the last: without a home), type of household, and fifth of
        income per consumption unit.
    crowded, below_norm, in_arrears : int64 arrays, shape (n_groups, n_tenures, n_types, 5)
        Households with a room too few, that cannot pay for their norm of living, that owe for their home.
    burden, residual : int32 arrays, shape (n_groups, n_tenures, n_types, 5, n_steps)
        By cost after allowance as a share of income, and by income less that cost; for the steps see
        ``sim.kernels.census``.
    cost : int32 array, shape (n_tenures, n_steps)
        By monthly cost before allowance.
    waits : int32 array, shape (n_groups, 5, n_months)
        Households that look for a home and are in the queue, with a home or without, by months in it.
    """

    by_rank: np.ndarray
    by_tenure: np.ndarray
    persons: np.ndarray
    log_income: np.ndarray
    income: np.ndarray
    squared_income: np.ndarray
    squared_persons: float
    households: np.ndarray
    people: np.ndarray
    crowded: np.ndarray
    below_norm: np.ndarray
    in_arrears: np.ndarray
    burden: np.ndarray
    residual: np.ndarray
    cost: np.ndarray
    waits: np.ndarray


@dataclass(frozen=True)
class Census:
    """Tables of one month.

    Attributes
    ----------
    tables : Tables
    rank_of_bin : uint8 array, shape (N_INCOME_BINS,)
        Hundredth of the city's incomes per consumption unit of each bin of them.
    norms : Norms
        Norms of living and the allowance that the tables were counted by.
    by_group : int64 array, shape (n_areas, n_groups)
        Households with a home by area and group.
    vacant, n_dwellings : int64 arrays, shape (n_areas, n_tenures)
    """

    tables: Tables
    rank_of_bin: np.ndarray
    norms: Norms
    by_group: np.ndarray
    vacant: np.ndarray
    n_dwellings: np.ndarray

    def fifth_of(self, per_unit: np.ndarray) -> np.ndarray:
        """Fifth of the city, 0 (lowest) to 4, of incomes per consumption unit in SEK per month, int64."""
        bits = np.ascontiguousarray(per_unit, np.float32).view(np.int32)
        found = np.empty(len(bits), np.uint32)
        ranks(bits, self.rank_of_bin, found)
        return found.astype(np.int64) // (N_RANKS // N_FIFTHS)

    def mean_log_income(self) -> np.ndarray:
        """Mean log income per consumption unit by area, the city's where nobody lives, float64, shape (n_areas,)."""
        total, lived = self.tables.log_income, self.by_group.sum(axis=1)
        everywhere = total.sum() / max(int(lived.sum()), 1)
        return np.asarray(np.where(lived > 0, total / np.maximum(lived, 1), everywhere))


def take_census(city: City, norms: Norms) -> Census:
    """Count everybody."""
    people = people_of(city.households)
    counted, rank_of_bin = np.empty(N_INCOME_BINS, np.int32), np.empty(N_INCOME_BINS, np.uint8)
    count_incomes(people.is_used, people.per_unit_bits, counted)
    rank_bins(counted, rank_of_bin)
    n_areas, n_groups = city.n_areas, len(city.groups)
    counts = _empty(n_areas, n_groups)
    rooms = city.dwellings.rooms if len(city.dwellings) else np.zeros(1, np.uint8)
    count_all(people, rooms, rank_of_bin, norms, city.month, n_groups, counts)
    tables = _shaped(counts, n_areas, n_groups)
    vacant = _vacant(city)
    return Census(tables, rank_of_bin, norms, city.books.count.copy(), vacant, vacant + tables.by_tenure)


def people_of(here: Households) -> People:
    """Columns of the households, for kernels."""
    incomes = per_unit(here.income, here.adults, here.children)
    seen = {"per_unit": incomes, "per_unit_bits": incomes.view(np.int32)}
    return People(*(seen[name] if name in seen else getattr(here, name) for name in People._fields))


def types_of(city: City, rows: np.ndarray) -> np.ndarray:
    """Type of household of some rows: see ``sim.kernels.household_types``, int64, shape (n,)."""
    here, found = city.households, np.empty(len(rows), np.int64)
    household_types(rows, here.adults, here.children, here.birth_month, city.month, found)
    return found


def _empty(n_areas: int, n_groups: int) -> Counts:
    """Flat tables of nothing, with one area more than there are."""
    n, cells = n_areas + 1, n_groups * N_STATES * N_TYPES * N_FIFTHS
    return Counts(
        by_rank=np.zeros(n * N_RANKS, np.int32), lives=np.zeros(n * n_groups * HOMES * LANES, np.int64),
        sums=np.zeros((n * LANES, N_SUMS)), flags=np.zeros((cells, N_FLAGS), np.int64),
        burden=np.zeros(cells * N_BURDEN_STEPS, np.int32), residual=np.zeros(cells * N_RESIDUAL_STEPS, np.int32),
        cost=np.zeros(N_STATES * N_COST_STEPS, np.int32), waits=np.zeros(n_groups * N_FIFTHS * N_WAITS, np.int32),
    )  # fmt: skip


def _shaped(counts: Counts, n_areas: int, n_groups: int) -> Tables:
    """The tables with their axes, without the places of those who are not asked about."""
    lives = counts.lives.reshape(n_areas + 1, n_groups, HOMES, LANES)[:-1].sum(axis=3)
    households, persons = lives & 0xFFFFFFFF, lives >> 32
    sums = counts.sums.reshape(n_areas + 1, LANES, N_SUMS).sum(axis=1)
    cells = (n_groups, N_STATES, N_TYPES, N_FIFTHS)
    burden = counts.burden.reshape(*cells, N_BURDEN_STEPS)[:, : HOMES + 1]
    flags = counts.flags.reshape(*cells, N_FLAGS)[:, : HOMES + 1]
    homed = flags[:, :HOMES]
    return Tables(
        by_rank=counts.by_rank.reshape(n_areas + 1, N_RANKS)[:-1], by_tenure=households.sum(axis=1),
        persons=persons.sum(axis=2), log_income=sums[:-1, 0], income=sums[:-1, 1], squared_income=sums[:-1, 2],
        squared_persons=float(sums[:-1, 3].sum()), households=burden.sum(axis=4, dtype=np.int64),
        people=flags[..., 0], crowded=homed[..., 1], below_norm=homed[..., 2], in_arrears=homed[..., 3],
        burden=burden[:, :HOMES], residual=counts.residual.reshape(*cells, N_RESIDUAL_STEPS)[:, :HOMES],
        cost=counts.cost.reshape(N_STATES, N_COST_STEPS)[:HOMES],
        waits=counts.waits.reshape(n_groups, N_FIFTHS, N_WAITS),
    )  # fmt: skip


def _vacant(city: City) -> np.ndarray:
    """Vacant dwellings by area and tenure."""
    stock = city.dwellings
    rows = np.flatnonzero(stock.is_vacant())
    cells = stock.area[rows].astype(np.int64) * HOMES + stock.tenure[rows]
    return np.bincount(cells, minlength=city.n_areas * HOMES).reshape(city.n_areas, HOMES)
