"""Quantiles read off a histogram."""

from __future__ import annotations

import numpy as np

from sim.kernels.jit import kernel


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
