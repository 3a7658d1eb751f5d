"""How mixed small areas are by chance, exactly: how many of a group an area of some size holds is hypergeometric."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from sim.measures.composition import Floats, logarithms


def mean_entropies_by_chance(totals: np.ndarray, members: np.ndarray) -> Floats:
    """Entropy of areas, mean over households, expected when households are dealt at random over them.

    An area is as mixed as the share of a group in it says; several groups are looked at, each by itself.

    Parameters
    ----------
    totals : ndarray, shape (n_areas,)
        Households in each area (count, above 0). Areas of one size are worked out once.
    members : ndarray, shape (n_groups,)
        Households of each group in the town (count).

    Returns
    -------
    float64 array, shape (n_groups,)
        0 (every area all of the group or without it) to log 2. Nats.

    References
    ----------
    Johnson, N. L., Kemp, A. W. & Kotz, S. (2005). Univariate discrete distributions, chapter 6. Wiley.

    Examples
    --------
    >>> bool(np.isclose(mean_entropies_by_chance(np.array([2, 2]), np.array([2]))[0], 2 / 3 * np.log(2)))
    True
    """
    sizes, n_areas = np.unique(np.asarray(totals, np.int64), return_counts=True)
    population, of_groups = int((sizes * n_areas).sum()), np.asarray(members, np.int64)[:, None]
    factorials: Floats = gammaln(np.arange(population + 1) + 1.0)
    summed = np.zeros(len(of_groups))
    for size, times in zip(sizes.tolist(), n_areas.tolist(), strict=True):
        inside = np.arange(size + 1)
        probability = _probabilities(inside, size, of_groups, population, factorials)
        summed += times * size * (probability @ entropies(inside / size))
    return summed / population


def entropies(shares: Floats) -> Floats:
    """Entropy of a town in which a group has some share, and all others the rest; nats."""
    rest = 1.0 - shares
    return np.asarray(-(shares * logarithms(shares) + rest * logarithms(rest)))


def _probabilities(
    inside: np.ndarray, size: int, members: np.ndarray, population: int, factorials: Floats
) -> Floats:  # fmt: skip
    """Chance that an area holds so many of a group; shape (n_groups, n_numbers). ``factorials`` are logarithms."""
    outside, others = members - inside, population - members
    others_outside = others - (size - inside)
    is_possible = (outside >= 0) & (others_outside >= 0)
    log_ways = factorials[members] - factorials[inside] - factorials[np.maximum(outside, 0)]
    log_ways = log_ways + factorials[others] - factorials[size - inside] - factorials[np.maximum(others_outside, 0)]
    log_all = factorials[population] - factorials[size] - factorials[population - size]
    return np.where(is_possible, np.exp(log_ways - log_all), 0.0)
