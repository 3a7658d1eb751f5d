"""Sums over areas that the indices of segregation are made of, for every group at once."""

from __future__ import annotations

import numpy as np

from sim.kernels.jit import kernel


@kernel
def deviations(
    by_group: np.ndarray, totals: np.ndarray, city_shares: np.ndarray, absolute: np.ndarray, squared: np.ndarray
) -> None:
    """Distance from the share in the area to the share in the town, summed over households.

    Parameters
    ----------
    by_group : float64 array, shape (n_groups, n_areas)
        Households of each group in each area.
    totals, city_shares : float64 arrays, shape (n_areas,) and (n_groups,)
        All households of each area; share of each group in the town.
    absolute, squared : float64 arrays, shape (n_groups,)
        Overwritten: sums of the distance, and of its square.
    """
    for group in range(by_group.shape[0]):
        absolute[group] = squared[group] = 0.0
        for area in range(totals.size):
            away = by_group[group, area] / totals[area] - city_shares[group]
            absolute[group] += abs(away) * totals[area]
            squared[group] += away * away * totals[area]


@kernel
def summed_differences(by_group: np.ndarray, totals: np.ndarray, order: np.ndarray, out: np.ndarray) -> None:
    """Difference between the shares of two households' areas, summed over all ordered pairs.

    Parameters
    ----------
    by_group, totals : float64 arrays, shape (n_groups, n_areas) and (n_areas,)
    order : integer array, shape (n_groups, n_areas)
        Areas by the group's share, lowest first: no table of areas by areas is needed then.
    out : float64 array, shape (n_groups,)
        Overwritten.
    """
    everybody = totals.sum()
    for group in range(by_group.shape[0]):
        out[group], below = 0.0, 0.0
        for place in range(totals.size):
            area = order[group, place]
            above = everybody - below - totals[area]
            out[group] += 2.0 * by_group[group, area] * (below - above)
            below += totals[area]
