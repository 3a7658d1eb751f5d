"""How far shares stray from the town's by chance, every household being of a group independently of the others."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from sim.measures.composition import Composition, Floats


def absolute_deviations_by_chance(town: Composition) -> Floats:
    """``absolute_deviations`` of a Composition, expected; households, shape (n_groups,).

    Many areas have the same size, so each size is worked out once.
    """
    sizes, n_areas = _sizes(town.totals)
    deviations = _mean_absolute_deviation(sizes, town.city_shares[:, None])
    return np.asarray((n_areas * sizes * deviations).sum(axis=1))


def _sizes(totals: Floats) -> tuple[Floats, Floats]:
    """The sizes that areas have, and how many have each."""
    if totals.max() > 4 * totals.size or (totals != np.floor(totals)).any():
        return totals, np.ones_like(totals)
    n_areas = np.bincount(totals.astype(np.int64))
    sizes = np.flatnonzero(n_areas)
    return sizes.astype(np.float64), n_areas[sizes].astype(np.float64)


def _mean_absolute_deviation(n: Floats, share: Floats) -> Floats:
    """Mean distance of a binomial share from its expectation, in closed form (De Moivre)."""
    mode = np.floor(n * share) + 1.0
    log_ways = gammaln(n + 1.0) - gammaln(mode + 1.0) - gammaln(n - mode + 1.0)
    probability = np.exp(log_ways + mode * np.log(share) + (n - mode) * np.log1p(-share))
    return np.asarray(2.0 * mode * (1.0 - share) * probability / n)
