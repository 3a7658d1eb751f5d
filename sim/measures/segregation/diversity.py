"""Diversity: how mixed the town itself is, and how far its areas are from that mixture, in nats."""

from __future__ import annotations

import numpy as np

from sim.measures.composition import Composition, composed


def diversity(counts: np.ndarray | Composition) -> float:
    """Entropy of the groups in the town (E): how mixed the town is. Never to be shown as segregation.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition

    Returns
    -------
    float
        0 (one group) to the logarithm of the number of groups. Nats.

    Raises
    ------
    MeasureError
        If nobody lives in the town.

    References
    ----------
    Theil, H. (1972). Statistical decomposition analysis. North-Holland.
    """
    return composed(counts).diversity


def interaction(counts: np.ndarray | Composition) -> float:
    """Chance that two households drawn from the town are of different groups (Simpson's I).

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition

    Returns
    -------
    float
        0 (one group) to 1 less one over the number of groups. Dimensionless.

    Raises
    ------
    MeasureError
        If nobody lives in the town.

    References
    ----------
    Simpson, E. H. (1949). Measurement of diversity. Nature 163, 688.
    """
    return composed(counts).interaction


def divergence(counts: np.ndarray | Composition) -> float:
    """How far the average area is from the composition of the town: the entropy index times the diversity.

    It splits exactly into a part between districts and a part within them.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition

    Returns
    -------
    float
        0 (even) to the diversity of the town (complete separation). Nats.

    Raises
    ------
    MeasureError
        If nobody lives in the town.

    References
    ----------
    Roberto, E. (2016). The divergence index: a decomposable measure of segregation and inequality. arXiv:1508.01167.

    Examples
    --------
    >>> divergence(np.array([[5, 5], [7, 7]]))
    0.0
    """
    town = composed(counts)
    return float(town.information.sum() / town.population)
