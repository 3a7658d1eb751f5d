"""Segregation by income: by rank, so that the size of income gaps does not matter, and by variance, where it does."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.base.errors import MeasureError
from sim.measures.composition import Composition, Floats, against_the_rest, logarithms, several_groups
from sim.measures.segregation.evenness import dissimilarity_of_each, entropy_index

N_BINS = 100
"""Bins of income rank (Reardon 2011 advises many; 100 reads as per cent)."""


class Cuts(NamedTuple):
    """A town, and the share of households up to each cut between bins of income rank.

    Attributes
    ----------
    town : Composition
    of_town : float64 array, shape (n_cuts, 1)
    of_areas : float64 array, shape (n_cuts, n_areas)
    """

    town: Composition
    of_town: Floats
    of_areas: Floats


def rank_bins(incomes: np.ndarray, ids: np.ndarray, n_bins: int = N_BINS) -> np.ndarray:
    """Bin of each household by the rank of its income in the town; ties are broken by household id.

    Parameters
    ----------
    incomes : ndarray, shape (n_households,)
        Any unit: only the order counts.
    ids : ndarray, shape (n_households,)
        Persistent names, all different.
    n_bins : int
        Number of bins, filled as evenly as whole households allow.

    Returns
    -------
    int16 array, shape (n_households,)
        0 (lowest incomes) to n_bins - 1.

    Examples
    --------
    >>> rank_bins(np.array([300, 100, 200, 100]), np.array([7, 9, 8, 6]), n_bins=2).tolist()
    [1, 0, 1, 0]
    """
    bins = np.empty(len(incomes), dtype=np.int16)
    bins[np.lexsort((ids, incomes))] = np.arange(len(incomes), dtype=np.int64) * n_bins // max(len(incomes), 1)
    return bins


def fifths(by_bin: np.ndarray) -> np.ndarray:
    """Households by area and fifth of income, lowest first, from households by area and bin of rank.

    Parameters
    ----------
    by_bin : ndarray, shape (n_areas, n_bins)
        A number of bins that five divides.

    Returns
    -------
    ndarray, shape (n_areas, 5)

    Raises
    ------
    ValueError
        If five does not divide the number of bins.
    """
    n_areas, n_bins = by_bin.shape
    if n_bins % 5:
        raise ValueError(f"five does not divide {n_bins} bins")
    return np.asarray(by_bin.reshape(n_areas, 5, n_bins // 5).sum(axis=2))


def inequality_index(by_bin: np.ndarray) -> float:
    """Dissimilarity of the lowest and the highest fifth of incomes, times 100: near to Sweden's ojämlikhetsindex.

    Parameters
    ----------
    by_bin : ndarray, shape (n_areas, n_bins)
        Households by area and bin of income rank.

    Returns
    -------
    float
        0 (spread alike) to 100 (they share no area). Index points.

    Raises
    ------
    MeasureError
        If either fifth is empty.

    References
    ----------
    Duncan, O. D. & Duncan, B. (1955). A methodological analysis of segregation indexes. ASR 20(2), 210-217.
    Delmos, Segregationsbarometern (its index rests on persons and on its own classes of income).
    """
    return 100.0 * float(dissimilarity_of_each(lowest_and_highest(by_bin))[0])


def lowest_and_highest(by_bin: np.ndarray) -> Composition:
    """Households in the lowest and in the highest fifth of incomes, as a town of two groups.

    Parameters and errors are those of ``inequality_index``.
    """
    by_fifth = fifths(by_bin)
    return against_the_rest(by_fifth[:, 0], by_fifth[:, 0] + by_fifth[:, 4])


def rank_order_entropy(by_bin: np.ndarray | Composition | Cuts) -> float:
    """How strongly households sort into areas by income, however large the gaps are (rank-order entropy index, H^R).

    For every cut between bins, the entropy index of "income up to the cut" is weighted by how mixed the town is at
    that cut; the integral over cuts is taken by trapezoids and is 0 at both ends.

    Parameters
    ----------
    by_bin : ndarray, shape (n_areas, n_bins), or Composition, or Cuts
        Households by area and bin of income rank.

    Returns
    -------
    float
        0 (every area like the town) to just under 1 (.9997 with 100 areas and 100 bins). Dimensionless.

    Raises
    ------
    MeasureError
        If all households are in one bin, or there are none.

    References
    ----------
    Reardon, S. F. (2011). Measures of income segregation. Stanford University.
    """
    town, cuts, below = cuts_of(by_bin)
    nats = below * logarithms(below / cuts) + (1.0 - below) * logarithms((1.0 - below) / (1.0 - cuts))
    return 2.0 * integral_over_cuts(cuts, (nats * town.totals).sum(axis=1) / town.population)


def rank_order_variance(by_bin: np.ndarray | Composition | Cuts) -> float:
    """The same as ``rank_order_entropy`` with separation in place of the entropy index (R^R).

    Parameters
    ----------
    by_bin : ndarray, shape (n_areas, n_bins), or Composition, or Cuts
        Households by area and bin of income rank.

    Returns
    -------
    float
        0 (every area like the town) to 1 (perfect sorting into many areas). Dimensionless.

    Raises
    ------
    MeasureError
        If all households are in one bin, or there are none.

    References
    ----------
    Reardon (2011), see ``rank_order_entropy``.
    """
    town, cuts, below = cuts_of(by_bin)
    return 6.0 * integral_over_cuts(cuts, (town.totals * (below - cuts) ** 2).sum(axis=1) / town.population)


def entropy_below(by_bin: np.ndarray, share: float) -> float:
    """Entropy index of households up to a share of the income ranks against all above it.

    At .1 it is the segregation of the poorest tenth, at .9 that of the richest.

    Parameters
    ----------
    by_bin : ndarray, shape (n_areas, n_bins)
        Households by area and bin of income rank.
    share : float
        Share of the ranks, 0 to 1; the border between bins that lies nearest is taken.

    Returns
    -------
    float
        0 to 1. Dimensionless.

    Raises
    ------
    MeasureError
        If nobody is below the cut or nobody above it.
    """
    return entropy_index(parted_at(by_bin, share))


def parted_at(by_bin: np.ndarray, share: float) -> Composition:
    """Households up to a share of the income ranks, and all above it, as a town of two groups.

    Parameters and errors are those of ``entropy_below``.
    """
    cut = round(share * by_bin.shape[1])
    return against_the_rest(by_bin[:, :cut].sum(axis=1), by_bin.sum(axis=1))


def neighbourhood_sorting(households: np.ndarray, income: np.ndarray, squared_income: np.ndarray) -> float:
    """How much of the differences in income lie between areas: deviation between areas over deviation in the town.

    It moves with inequality itself: show it beside the rank-order index, never instead.

    Parameters
    ----------
    households : ndarray, shape (n_areas,)
        Households in each area (count).
    income, squared_income : ndarray, shape (n_areas,)
        Sums of their incomes and of the squares of their incomes, in any one unit and its square.

    Returns
    -------
    float
        0 (all areas have the same mean) to 1 (no differences within areas). Dimensionless.

    Raises
    ------
    MeasureError
        If nobody lives in the town or all incomes are equal.

    References
    ----------
    Jargowsky, P. A. (1996). Take the money and run: economic segregation in U.S. metropolitan areas. ASR 61, 984-998.

    Examples
    --------
    >>> neighbourhood_sorting(np.array([2, 2]), np.array([2.0, 6.0]), np.array([2.0, 18.0]))
    1.0
    """
    lived_in = households > 0
    if not lived_in.any():
        raise MeasureError("measure.nobody")
    total = households.sum()
    mean = income.sum() / total
    variance = squared_income.sum() / total - mean**2
    if variance <= 1e-12 * mean**2:  # what rounding leaves of equal incomes
        raise MeasureError("measure.incomes_equal")
    area_means = income[lived_in] / households[lived_in]
    between = (households[lived_in] * (area_means - mean) ** 2).sum() / total
    return float(np.sqrt(between / variance))


def cuts_of(by_bin: np.ndarray | Composition | Cuts) -> Cuts:
    """The cuts between the bins of a table; those that are cuts already are handed back.

    Raises
    ------
    MeasureError
        If all households are in one bin, or there are none.
    """
    if isinstance(by_bin, Cuts):
        return by_bin
    town = several_groups(by_bin)
    cuts = np.cumsum(town.sizes)[:-1, None] / town.population
    return Cuts(town, cuts, np.cumsum(town.by_group, axis=0)[:-1] / town.totals)


def integral_over_cuts(cuts: Floats, heights: Floats) -> float:
    """Area under heights over cuts, from 0 to 1, with height 0 at both ends."""
    return float(np.trapezoid(np.concatenate(([0.0], heights, [0.0])), np.concatenate(([0.0], cuts[:, 0], [1.0]))))
