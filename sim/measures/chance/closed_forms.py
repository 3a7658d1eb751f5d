"""What chance alone gives, by formula: households dealt at random over areas of the sizes that the town has.

No index of small areas is 0 when everybody lives anywhere by lot. These levels are shown next to every index.
"""

from __future__ import annotations

import numpy as np

from sim.base.errors import MeasureError
from sim.measures.chance.binomial import absolute_deviations_by_chance
from sim.measures.composition import Composition, against_the_rest, composed, several_groups

LARGEST_SHORTFALL = 0.02
"""Share by which the first-order level of the entropy index may be too low before one permutes instead (assumed)."""


def expected_dissimilarity(group: np.ndarray, total: np.ndarray) -> float:
    """Dissimilarity by chance, every household being of the group independently of the others (binomial).

    Parameters
    ----------
    group, total : ndarray, shape (n_areas,)
        Households of the group, and all households, in each area (count). Of the group only the sum matters.

    Returns
    -------
    float
        0 to 1. Dimensionless.

    Raises
    ------
    MeasureError
        If the group is empty or is everyone.

    References
    ----------
    Winship, C. (1977). A revaluation of indexes of residential segregation. Social Forces 55(4), 1058-1066.
    De Moivre's mean absolute deviation: Diaconis, P. & Zabell, S. (1991). Closed form summation for classical
    distributions. Statistical Science 6(3), 284-302.

    Examples
    --------
    >>> round(expected_dissimilarity(np.full(100, 10), np.full(100, 20)), 3)
    0.176
    """
    return float(expected_dissimilarity_of_each(against_the_rest(group, total))[0])


def expected_dissimilarity_of_each(counts: np.ndarray | Composition) -> np.ndarray:
    """Dissimilarity by chance of each group that has members against all others; float64, shape (n_groups,).

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.
    """
    town = several_groups(counts)
    return np.asarray(absolute_deviations_by_chance(town) / (2.0 * town.population * town.variances))


def expected_dissimilarity_of_groups(counts: np.ndarray | Composition) -> float:
    """Dissimilarity of all groups by chance.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition
        Only its sums over areas and over groups matter.

    Returns
    -------
    float
        0 to 1. Dimensionless.

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.

    References
    ----------
    See ``expected_dissimilarity``.
    """
    town = several_groups(counts)
    return float(absolute_deviations_by_chance(town).sum() / (2.0 * town.population * town.interaction))


def expected_separation(counts: np.ndarray | Composition) -> float:
    """Separation by chance; exact, and the same for relative diversity, normalised exposure, squared coefficient, R^R.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition
        Only the numbers of areas and of households matter.

    Returns
    -------
    float
        (areas - 1) / (households - 1). Dimensionless.

    Raises
    ------
    MeasureError
        If fewer than two households live in the town.

    References
    ----------
    Analysis of variance under permutation: Fisher, R. A. (1935). The design of experiments.
    """
    town = composed(counts)
    if town.population < 2:
        raise MeasureError("measure.nobody")
    return (town.n_areas - 1) / (town.population - 1.0)


def expected_entropy_index(counts: np.ndarray | Composition) -> float:
    """Entropy index by chance, to first order; too low in small areas, see ``entropy_shortfall``.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition
        Only its sums over areas and over groups matter.

    Returns
    -------
    float
        0 or more. Dimensionless.

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.

    References
    ----------
    Miller, G. (1955). Note on the bias of information estimates. In Information theory in psychology, 95-100.
    """
    town = several_groups(counts)
    return (town.n_areas - 1) * (town.n_groups - 1) / (2.0 * town.population * town.diversity)


def entropy_shortfall(counts: np.ndarray | Composition) -> float:
    """Share by which ``expected_entropy_index`` is too low, by the next term of its series.

    Above ``LARGEST_SHORTFALL`` take the mean over permutations instead.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition

    Returns
    -------
    float
        0 or more; not finite if all live in one area. Dimensionless.

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.

    References
    ----------
    Harris, B. (1975). The statistical estimation of entropy in the non-parametric case. Colloquia Math. Soc. Janos
    Bolyai 16, 323-355.
    """
    town = several_groups(counts)
    if town.n_areas == 1:
        return 0.0
    next_term = ((1.0 / town.city_shares).sum() - 1.0) * (1.0 / town.totals).sum() / 12.0
    return float(next_term / (0.5 * (town.n_areas - 1) * (town.n_groups - 1)))


def expected_rank_order_entropy(by_bin: np.ndarray | Composition) -> float:
    """Rank-order entropy index of incomes by chance, to first order: (areas - 1) / households.

    Parameters
    ----------
    by_bin : ndarray, shape (n_areas, n_bins), or Composition

    Raises
    ------
    MeasureError
        If nobody lives in the town.

    References
    ----------
    Miller (1955), see ``expected_entropy_index``, integrated over the cuts.
    """
    town = composed(by_bin)
    return (town.n_areas - 1) / town.population


def expected_neighbourhood_sorting(households: np.ndarray) -> float:
    """Neighbourhood sorting index by chance: the root of the expected share of variance that lies between areas.

    Parameters
    ----------
    households : ndarray, shape (n_areas,)
        Households in each area (count).

    Raises
    ------
    MeasureError
        If fewer than two households live in the town.

    References
    ----------
    See ``expected_separation``, which holds for any quantity, income included.
    """
    return float(np.sqrt(expected_separation(households[:, None])))


def expected_isolation(group: np.ndarray, total: np.ndarray) -> float:
    """Isolation by chance: the group's share of the town, and a little more because a household meets itself.

    Parameters
    ----------
    group, total : ndarray, shape (n_areas,)
        Households of the group, and all households, in each area (count).

    Returns
    -------
    float
        0 to 1. Dimensionless.

    Raises
    ------
    MeasureError
        If the group is empty or is everyone.

    References
    ----------
    See ``expected_separation``: isolation is share + separation x (1 - share).
    """
    return float(expected_exposure_matrix(against_the_rest(group, total))[0, 0])


def expected_exposure_matrix(counts: np.ndarray | Composition) -> np.ndarray:
    """Exposure by chance, exact; float64, shape (n_groups, n_groups), isolations on the diagonal.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition

    Raises
    ------
    MeasureError
        If fewer than two households live in the town.

    References
    ----------
    Moments of the multivariate hypergeometric distribution, see ``expected_separation``.
    """
    town = composed(counts)
    by_itself = expected_separation(town)
    return np.asarray(by_itself * np.eye(town.n_groups) + (1.0 - by_itself) * town.city_shares)


def expected_unbiased_separation(total: np.ndarray) -> float:
    """Separation without the household itself, by chance: -1 / (households that have neighbours - 1).

    Parameters
    ----------
    total : ndarray, shape (n_areas,)
        All households in each area (count).

    Raises
    ------
    MeasureError
        If nobody has neighbours.

    References
    ----------
    Fossett, M. (2017). New methods for measuring and analyzing segregation. Springer.
    """
    neighbours = float(total[total > 1].sum())
    if neighbours < 2:
        raise MeasureError("measure.nobody")
    return -1.0 / (neighbours - 1.0)
