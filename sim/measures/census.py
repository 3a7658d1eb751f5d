"""The census of a month: who lives where, with what income, in what home, at what cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.city.city import City
from sim.city.dwellings import TENURES
from sim.kernels.budget import Norms
from sim.kernels.census import (
    N_BURDEN_BINS,
    N_COST_BINS,
    N_INCOME_BINS,
    N_RESIDUAL_BINS,
    People,
    Tables,
    count_all,
    count_incomes,
    income_bins,
)

N_RANKS = 100
N_FIFTHS = 5


@dataclass(frozen=True)
class Census:
    """Tables of one month.

    Attributes
    ----------
    tables : Tables
    rank_of_bin : uint8 array, shape (N_INCOME_BINS,)
        Hundredth of the city's incomes of each bin of income.
    by_group : int64 array, shape (n_areas, n_groups)
        Households with a home by area and group.
    vacant : int64 array, shape (n_areas, n_tenures)
    n_dwellings : int64 array, shape (n_areas, n_tenures)
    """

    tables: Tables
    rank_of_bin: np.ndarray
    by_group: np.ndarray
    vacant: np.ndarray
    n_dwellings: np.ndarray

    def fifth_of(self, income: np.ndarray) -> np.ndarray:
        """Fifth of the city's incomes, 0 (lowest) to 4, of incomes in SEK per month, int64."""
        return self.rank_of_bin[income_bins(np.asarray(income, np.float32))].astype(np.int64) // (N_RANKS // N_FIFTHS)

    def mean_log_income(self) -> np.ndarray:
        """Mean log income by area, the city's where nobody lives, float64, shape (n_areas,)."""
        total, lived = self.tables.log_income, self.by_group.sum(axis=1)
        everywhere = total.sum() / max(int(lived.sum()), 1)
        return np.where(lived > 0, total / np.maximum(lived, 1), everywhere)


def take_census(city: City, norms: Norms) -> Census:
    """Count everybody; two passes over the households."""
    here, stock = city.households, city.dwellings
    bits = here.income.view(np.int32)
    counted = np.zeros(N_INCOME_BINS, np.int64)
    count_incomes(here.is_used, bits, counted)
    tables = _empty(city)
    people = People(*(getattr(here, name) for name in People._fields))
    ranks = _ranks(counted)
    count_all(people, bits, stock.rooms, ranks, norms, tables)
    return Census(tables, ranks, city.books.count.copy(), _stock(city, vacant_only=True), _stock(city, vacant_only=False))


def _ranks(counted: np.ndarray) -> np.ndarray:
    """Hundredth of the incomes that the middle of each bin stands at, uint8."""
    below = np.cumsum(counted) - counted
    total = max(int(counted.sum()), 1)
    return np.minimum((below + counted / 2) * N_RANKS / total, N_RANKS - 1).astype(np.uint8)


def _empty(city: City) -> Tables:
    n, groups, tenures = city.n_areas, len(city.groups), len(TENURES)
    cell = (groups, N_FIFTHS, tenures + 1)

    def zeros(*shape: int) -> np.ndarray:
        return np.zeros(shape, np.int64)

    return Tables(
        by_rank=zeros(n, N_RANKS), by_tenure=zeros(n, tenures), persons=zeros(n, groups), log_income=np.zeros(n),
        households=zeros(*cell), people=zeros(*cell), crowded=zeros(*cell), below_norm=zeros(*cell),
        burden=zeros(groups, N_FIFTHS, tenures, N_BURDEN_BINS),
        residual=zeros(groups, N_FIFTHS, tenures, N_RESIDUAL_BINS), cost=zeros(tenures, N_COST_BINS),
    )  # fmt: skip


def _stock(city: City, *, vacant_only: bool) -> np.ndarray:
    stock = city.dwellings
    counted = np.flatnonzero(stock.is_vacant() if vacant_only else stock.is_used)
    cell = stock.area[counted].astype(np.int64) * len(TENURES) + stock.tenure[counted]
    return np.bincount(cell, minlength=city.n_areas * len(TENURES)).reshape(city.n_areas, -1)
