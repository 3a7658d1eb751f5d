"""What chance alone gives where households see more than their own area: a matter of how many they really see."""

from __future__ import annotations

import numpy as np

from sim.base.errors import MeasureError
from sim.measures.composition import Composition, Floats, several_groups
from sim.measures.spatial.weights import Weights, seen


def effective_sizes(totals: np.ndarray, weights: Weights) -> np.ndarray:
    """Households that each area's surroundings are worth: as many, unweighted, would differ as much by chance.

    Parameters
    ----------
    totals : ndarray, shape (n_areas,)
        All households in each area (count).
    weights : ndarray or csr_array, shape (n_areas, n_areas)
        The weight of each household; those of ``nearest`` too, for whole areas.

    Returns
    -------
    float64 array, shape (n_areas,)
        Households; 0 where nobody is seen.

    References
    ----------
    Kish, L. (1965). Survey sampling. Wiley. Effective sample size under weights.
    """
    totals = np.asarray(totals, dtype=np.float64)
    squares = seen(weights * weights, totals)
    return np.asarray(seen(weights, totals) ** 2 / np.where(squares > 0, squares, 1.0))


def expected_spatial_relative_diversity(counts: np.ndarray, weights: Weights) -> float:
    """R~ by chance, exact for households dealt over homes.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups)
        Only its sums over groups matter.
    weights : ndarray or csr_array, shape (n_areas, n_areas)

    Returns
    -------
    float
        0 to 1. Dimensionless.

    Raises
    ------
    MeasureError
        If fewer than two households live in the town, or only one group has members.

    References
    ----------
    Moments of sampling without replacement: Cochran, W. G. (1977). Sampling techniques. Wiley.
    """
    town, variances = _share_variances(counts, weights)
    return float((town.totals * variances).sum() / town.population)


def expected_spatial_entropy_index(counts: np.ndarray, weights: Weights) -> float:
    """H~ by chance, to first order; too low where few are seen, see ``sim.measures.chance.entropy_shortfall``.

    Parameters and errors are those of ``expected_spatial_relative_diversity``.

    References
    ----------
    Miller, G. (1955). Note on the bias of information estimates. In Information theory in psychology, 95-100.
    """
    town = several_groups(counts)
    return expected_spatial_relative_diversity(counts, weights) * (town.n_groups - 1) / (2.0 * town.diversity)


def expected_spatial_dissimilarity(counts: np.ndarray, weights: Weights) -> float:
    """D~ by chance, the shares around being taken as normal.

    Parameters and errors are those of ``expected_spatial_relative_diversity``.

    References
    ----------
    Mean absolute deviation of a normal distribution: Geary, R. C. (1935). The ratio of the mean deviation to the
    standard deviation as a test of normality. Biometrika 27, 310-332.
    """
    town, variances = _share_variances(counts, weights)
    deviations = np.sqrt(2.0 / np.pi * town.variances[:, None] * variances)
    return float((town.totals * deviations).sum() / (2.0 * town.population * town.interaction))


def expected_morans_i(n_areas: int) -> float:
    """Moran's I by chance, areas dealt over places: -1 / (areas - 1).

    Raises
    ------
    MeasureError
        If there is one area only.

    References
    ----------
    Cliff, A. D. & Ord, J. K. (1981). Spatial processes: models and applications. Pion.
    """
    if n_areas < 2:
        raise MeasureError("measure.one_area_only")
    return -1.0 / (n_areas - 1)


def _share_variances(counts: np.ndarray, weights: Weights) -> tuple[Composition, Floats]:
    """The town, and the variance of the share around each area that is lived in, over share x (1 - share)."""
    town = several_groups(counts)
    if town.population < 2:
        raise MeasureError("measure.nobody")
    totals = np.asarray(counts).sum(axis=1)
    sizes = effective_sizes(totals, weights)[totals > 0]
    if not sizes.all():
        raise MeasureError("measure.sees_nobody", area=int(np.flatnonzero(totals)[np.argmin(sizes)]))
    apart = np.maximum(1.0 / sizes - 1.0 / town.population, 0.0)  # who sees the whole town sees it but for rounding
    return town, apart * town.population / (town.population - 1.0)
