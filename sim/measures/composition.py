"""Who lives where, as a table of counts, and the few sums of which nearly every index is made."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.base.errors import MeasureError
from sim.kernels.unevenness import deviations, summed_differences

Floats = NDArray[np.float64]


class Composition:
    """The groups of a town over its areas; empty areas and absent groups are left out.

    Every index takes a table of counts or a Composition. Make one Composition and pass it on when several indices are
    wanted of the same table: what they share is then computed once.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups)
        Households (or persons: say which) of each group in each area.

    Attributes
    ----------
    by_group : float64 array, shape (n_groups, n_areas)
        The counts, turned so that a group lies together.
    totals : float64 array, shape (n_areas,)
        Households in each area.
    sizes : float64 array, shape (n_groups,)
        Households in each group.
    population : float
        Households in the town.

    Raises
    ------
    MeasureError
        If nobody lives in the town.
    ValueError
        If a count is negative or not a number, or the table has another shape.
    """

    def __init__(self, counts: np.ndarray) -> None:
        by_group: Floats = np.ascontiguousarray(np.asarray(counts, dtype=np.float64).T)
        if by_group.ndim != 2:
            raise ValueError(f"counts must have shape (n_areas, n_groups), not {np.shape(counts)}")
        if by_group.size and not by_group.min() >= 0:
            raise ValueError(f"counts must be 0 or more; the smallest is {by_group.min()}")
        totals: Floats = by_group.sum(axis=0)
        sizes: Floats = by_group.sum(axis=1)
        if not totals.any():
            raise MeasureError("measure.nobody")
        if not totals.all():
            by_group, totals = by_group[:, totals > 0], totals[totals > 0]
        if not sizes.all():
            by_group, sizes = by_group[sizes > 0], sizes[sizes > 0]
        self.by_group, self.totals, self.sizes = by_group, totals, sizes
        self.population = float(sizes.sum())

    @classmethod
    def of_deals(cls, tables: np.ndarray) -> Composition:
        """Deals of one town's households over its areas, as one table with a group for each group of each deal.

        Only what is asked of each group by itself means anything here: ``sim.measures.segregation``'s ``..._of_each``.

        Parameters
        ----------
        tables : integer array, shape (n_deals, n_areas, n_groups)
            From ``chance.deal_households``: areas and groups are as large in every deal.
        """
        town, deals = cls(tables[0]), cls.__new__(cls)
        dealt = tables[:, tables[0].any(axis=1)][:, :, tables[0].any(axis=0)]
        deals.by_group = dealt.transpose(0, 2, 1).reshape(-1, town.n_areas).astype(np.float64)
        deals.totals, deals.population = town.totals, town.population
        deals.sizes = np.tile(town.sizes, len(tables))
        return deals

    @property
    def n_groups(self) -> int:
        """Groups that have members."""
        return len(self.sizes)

    @property
    def n_areas(self) -> int:
        """Areas where somebody lives."""
        return len(self.totals)

    @cached_property
    def shares(self) -> Floats:
        """Share of each group in each area, shape (n_groups, n_areas)."""
        return self.by_group / self.totals

    @cached_property
    def city_shares(self) -> Floats:
        """Share of each group in the town, shape (n_groups,)."""
        return self.sizes / self.population

    @cached_property
    def variances(self) -> Floats:
        """Share times the share of all others, shape (n_groups,): the variance of belonging to the group."""
        return self.city_shares * (1.0 - self.city_shares)

    @cached_property
    def interaction(self) -> float:
        """Chance that two households drawn from the town are of different groups (Simpson), 0 to 1."""
        return float(self.variances.sum())

    @cached_property
    def diversity(self) -> float:
        """Entropy of the groups in the town, nats, 0 to ln n_groups."""
        return float(-(self.city_shares * np.log(self.city_shares)).sum())

    @cached_property
    def _deviations(self) -> tuple[Floats, Floats]:
        absolute, squared = np.empty(self.n_groups), np.empty(self.n_groups)
        deviations(self.by_group, self.totals, self.city_shares, absolute, squared)
        return absolute, squared

    @property
    def absolute_deviations(self) -> Floats:
        """Distance from share in area to share in town, summed over households; households, shape (n_groups,)."""
        return self._deviations[0]

    @property
    def squared_deviations(self) -> Floats:
        """The same distance squared, summed over households; households, shape (n_groups,)."""
        return self._deviations[1]

    @cached_property
    def differences(self) -> Floats:
        """Difference between the shares of two households' areas, summed over all ordered pairs, shape (n_groups,)."""
        summed = np.empty(self.n_groups)
        summed_differences(self.by_group, self.totals, np.argsort(self.shares, axis=1), summed)
        return summed

    @cached_property
    def information(self) -> Floats:
        """Log of share in area over share in town, summed over the members of each group; nats, shape (n_groups,)."""
        return np.asarray((self.by_group * logarithms(self.shares / self.city_shares[:, None])).sum(axis=1))


def composed(counts: np.ndarray | Composition) -> Composition:
    """The Composition of a table; one that is a Composition already is handed back."""
    return counts if isinstance(counts, Composition) else Composition(counts)


def several_groups(counts: np.ndarray | Composition) -> Composition:
    """The Composition of a table in which at least two groups have members.

    Raises
    ------
    MeasureError
        If only one group has members: how apart groups live is then undefined.
    """
    town = composed(counts)
    if town.n_groups < 2:
        raise MeasureError("measure.one_group_only", households=town.population)
    return town


def against_the_rest(group: np.ndarray, total: np.ndarray) -> Composition:
    """A group and everybody else, in this order, as a town of two groups.

    Parameters
    ----------
    group, total : ndarray, shape (n_areas,)
        Households of the group, and all households, in each area.

    Raises
    ------
    MeasureError
        If the group is empty or is everyone.
    ValueError
        If an area has more of the group than of all.
    """
    group = np.asarray(group, dtype=np.float64)
    rest = np.asarray(total, dtype=np.float64) - group
    members, others = float(group.sum()), float(rest.sum())
    if members <= 0 or others <= 0:
        raise MeasureError("measure.two_groups_needed", members=members, others=others)
    return Composition(np.stack([group, rest], axis=1))


def logarithms(shares: Floats) -> Floats:
    """Natural logarithms, with 0 for the logarithm of 0: it is always multiplied by 0."""
    return np.log(np.where(shares > 0, shares, 1.0))


def tabulate(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Count households into a table.

    Parameters
    ----------
    rows, columns : integer arrays, shape (n_households,)
        Where each is counted, for example its area and its group, from 0.
    shape : tuple of int
        Rows and columns of the table.

    Returns
    -------
    int64 array, of that shape

    Examples
    --------
    >>> tabulate(np.array([0, 0, 1]), np.array([1, 1, 0]), (2, 2)).tolist()
    [[0, 2], [1, 0]]
    """
    n_rows, n_columns = shape
    cells = np.asarray(rows, dtype=np.int64) * n_columns + columns
    return np.asarray(np.bincount(cells, minlength=n_rows * n_columns).reshape(shape))
