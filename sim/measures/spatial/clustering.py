"""Clustering: do the areas of a group lie near each other?"""

from __future__ import annotations

import numpy as np

from sim.base.errors import MeasureError
from sim.measures.composition import Floats, against_the_rest
from sim.measures.segregation.evenness import dissimilarity
from sim.measures.spatial.weights import Weights, seen, within


def morans_i(group: np.ndarray, total: np.ndarray, weights: Weights) -> float:
    """Whether areas near each other have like shares of a group (Moran's I).

    Areas count alike, however many live there. By chance it is -1 / (areas - 1).

    Parameters
    ----------
    group, total : ndarray, shape (n_areas,)
        Households of the group, and all households, in each area (count); areas where nobody lives are left out.
    weights : ndarray or csr_array, shape (n_areas, n_areas)
        What lies near what, an area not being near itself.

    Returns
    -------
    float
        About -1 (unlike neighbours) to 1 (like neighbours). Dimensionless.

    Raises
    ------
    MeasureError
        If all areas have the same share, or none has a neighbour.

    References
    ----------
    Moran, P. A. P. (1950). Notes on continuous stochastic phenomena. Biometrika 37, 17-23.
    Cliff, A. D. & Ord, J. K. (1981). Spatial processes: models and applications. Pion.
    """
    lived_in = np.asarray(total) > 0
    weights = within(weights, lived_in)
    return _autocorrelation(group[lived_in] / total[lived_in], weights)


def spatial_proximity(group: np.ndarray, total: np.ndarray, nearness: Weights) -> float:
    """Nearness within groups over nearness within the town (White's SP).

    Parameters
    ----------
    group, total : ndarray, shape (n_areas,)
        Households of the group, and all households, in each area (count).
    nearness : ndarray or csr_array, shape (n_areas, n_areas)
        From ``proximity``: it must fall with distance.

    Returns
    -------
    float
        1 is no clustering; above 1 members of a group live nearer to each other. Dimensionless.

    Raises
    ------
    MeasureError
        If the group is empty or is everyone.

    References
    ----------
    White, M. J. (1983). The measurement of spatial segregation. American Journal of Sociology 88(5), 1008-1018.
    """
    against_the_rest(group, total)
    group, total = np.asarray(group, dtype=np.float64), np.asarray(total, dtype=np.float64)
    rest = total - group
    return (_nearness(group, nearness) + _nearness(rest, nearness)) / _nearness(total, nearness)


def decay_isolation(group: np.ndarray, total: np.ndarray, nearness: Weights) -> float:
    """Share of the own group among those whom a member meets, nearer households being met more often (DPxx).

    Parameters
    ----------
    group, total : ndarray, shape (n_areas,)
        Households of the group, and all households, in each area (count).
    nearness : ndarray or csr_array, shape (n_areas, n_areas)
        From ``proximity``.

    Returns
    -------
    float
        0 to 1; it follows the group's share of the town. Dimensionless.

    Raises
    ------
    MeasureError
        If the group is empty.

    References
    ----------
    Morgan, B. S. (1983). An alternate approach to the development of a distance-based measure of racial segregation.
    American Journal of Sociology 88(6), 1237-1249.
    """
    group, total = np.asarray(group, dtype=np.float64), np.asarray(total, dtype=np.float64)
    if group.sum() <= 0:
        raise MeasureError("measure.group_empty")
    lived_in = total > 0
    group, total, nearness = group[lived_in], total[lived_in], within(nearness, lived_in)
    met = seen(nearness, group) / seen(nearness, total)
    return float((group * met).sum() / group.sum())


def border_adjusted_dissimilarity(group: np.ndarray, total: np.ndarray, contiguity: Weights) -> float:
    """Dissimilarity less the mean difference across the borders of areas (Morrill): like neighbours do not help.

    Parameters
    ----------
    group, total : ndarray, shape (n_areas,)
        Households of the group, and all households, in each area (count).
    contiguity : ndarray or csr_array, shape (n_areas, n_areas)
        Above 0 where two areas share a border.

    Returns
    -------
    float
        At most the dissimilarity. Dimensionless.

    Raises
    ------
    MeasureError
        If the group is empty or is everyone, or no areas share a border.

    References
    ----------
    Morrill, R. L. (1991). On the measure of geographic segregation. Geography Research Forum 11, 25-36.
    """
    lived_in = np.asarray(total) > 0
    shares = group[lived_in] / total[lived_in]
    from_area, to_area, border = _links(within(contiguity, lived_in))
    if border.sum() <= 0:
        raise MeasureError("measure.no_links")
    across = (border * np.abs(shares[from_area] - shares[to_area])).sum() / border.sum()
    return dissimilarity(group, total) - float(across)


def _autocorrelation(values: Floats, weights: Weights) -> float:
    """(n / sum of weights) z'Wz / z'z, z being the distance from the mean."""
    z = values - values.mean()
    spread, links = float((z * z).sum()), float(weights.sum())
    if links <= 0:
        raise MeasureError("measure.no_links")
    if spread <= 1e-24 * len(z):  # what rounding leaves of equal shares
        raise MeasureError("measure.areas_alike")
    return float(len(z) / links * (z * seen(weights, z)).sum() / spread)


def _nearness(households: Floats, nearness: Weights) -> float:
    """Sum of nearness over ordered pairs of households, per household."""
    return float((households * seen(nearness, households)).sum() / households.sum())


def _links(weights: Weights) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row, column and weight of every entry above 0."""
    if isinstance(weights, np.ndarray):
        rows, columns = np.nonzero(weights)
        return rows, columns, weights[rows, columns]
    entries = weights.tocoo()
    return entries.row, entries.col, entries.data
