"""Sums and counts by group, and quantiles read off a histogram."""

from __future__ import annotations

import numpy as np

from sim.kernels.jit import kernel


@kernel
def sum_by(group: np.ndarray, value: np.ndarray, out: np.ndarray) -> None:
    """Sum a value by group.

    Parameters
    ----------
    group : integer array, shape (n,)
        Group of each row, 0 to ``out.size - 1``; below 0: counted nowhere.
    value : array, shape (n,)
        What is summed, in any unit.
    out : float64 array, shape (n_groups,)
        Overwritten with the sums, in that unit.
    """
    out[:] = 0.0
    for row in range(group.size):
        if group[row] >= 0:
            out[group[row]] += value[row]


@kernel
def count_by(first: np.ndarray, second: np.ndarray, out: np.ndarray) -> None:
    """Count rows by two groups at once.

    Parameters
    ----------
    first, second : integer arrays, shape (n,)
        Groups of each row, within the shape of ``out``; below 0: counted nowhere.
    out : int64 array, shape (n_first, n_second)
        Overwritten with the counts.
    """
    out[:, :] = 0
    for row in range(first.size):
        if first[row] >= 0 and second[row] >= 0:
            out[first[row], second[row]] += 1


@kernel
def quantiles(histogram: np.ndarray, edge: np.ndarray, share: np.ndarray, out: np.ndarray) -> None:
    """Quantiles of each group from its histogram, what lies in a bin being spread evenly over it.

    Parameters
    ----------
    histogram : array, shape (n_groups, n_bins)
        Weight in each bin, 0 or more.
    edge : float64 array, shape (n_bins + 1,)
        Edges of the bins, increasing, in the unit of what was counted.
    share : float64 array, shape (n_quantiles,)
        Shares of the weight that lie below, 0 to 1, increasing; .5 is the median.
    out : float64 array, shape (n_groups, n_quantiles)
        Overwritten with the quantiles, in the unit of the edges; NaN for a group without weight.
    """
    for group in range(histogram.shape[0]):
        total = float(histogram[group].sum())
        place, below = 0, 0.0
        for number in range(share.size):
            if total <= 0.0:
                out[group, number] = np.nan
                continue
            wanted = share[number] * total
            while place < histogram.shape[1] - 1 and (
                below + histogram[group, place] < wanted or histogram[group, place] == 0
            ):
                below += histogram[group, place]
                place += 1
            inside = min((wanted - below) / max(float(histogram[group, place]), 1e-300), 1.0)
            out[group, number] = edge[place] + inside * (edge[place + 1] - edge[place])
