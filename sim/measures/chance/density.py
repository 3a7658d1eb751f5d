"""How unlike the land a group is spread by chance: it lives where homes are, and homes are not where land is."""

from __future__ import annotations

import numpy as np
from scipy.special import bdtr

from sim.measures.composition import Floats


def expected_delta_of_each(counts: np.ndarray, land_area: np.ndarray) -> Floats:
    """Delta by chance of each group, every household being of the group independently of the others (binomial).

    Far above 0 wherever some areas are denser than others: then it says how dense the town is, not the group.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups)
        Households by area and group (count). Only sums over areas and over groups matter.
    land_area : ndarray, shape (n_areas,)
        Land of each area, in any one unit of area.

    Returns
    -------
    float64 array, shape (n_groups,)
        0 to 1, dimensionless; NaN for a group without members.

    References
    ----------
    Mean deviation from any point, from two sums of binomial chances: Johnson, N. L., Kemp, A. W. & Kotz, S. (2005).
    Univariate discrete distributions, chapter 3.
    """
    counts, land = np.asarray(counts, np.float64), np.asarray(land_area, np.float64)
    members = np.where(counts.any(axis=0), counts.sum(axis=0), np.nan)
    n, share = counts.sum(axis=1)[:, None], members / counts.sum()
    return np.asarray(_mean_distance(n, share, members * (land / land.sum())[:, None]).sum(axis=0) / (2.0 * members))


def _mean_distance(n: Floats, share: Floats, point: Floats) -> Floats:
    """Mean distance of a binomial count from a point, 0 or more."""
    below = np.floor(point)
    at_most, one_less = _chance_of_at_most(below, n, share), _chance_of_at_most(below - 1.0, n - 1.0, share)
    return np.asarray(n * share - point + 2.0 * (point * at_most - n * share * one_less))


def _chance_of_at_most(k: Floats, n: Floats, share: Floats) -> Floats:
    """Binomial chance of k or fewer out of n, whatever k and n are."""
    whole = np.rint(np.maximum(n, 0.0)).astype(np.int64)
    inside = bdtr(np.clip(k, 0.0, whole), whole, share)
    return np.asarray(np.where(k < 0.0, 0.0, np.where(k >= n, 1.0, inside)))
