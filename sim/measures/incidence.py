"""Incidence: who gains and who loses from a reform, household by household on the same luck.

The same household lives in two cities. In each respect it fares better in one, worse, or alike. Much of both is luck,
since one changed letting changes others down its chain, so what counts is by how much gains outnumber losses.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.kernels.ranks import N_FIFTHS
from sim.measures.cohort import AGES, Cohort, Lives

BETTER, WORSE, ALIKE = 0, 1, 2
CODES = 3

COST_STEP = 0.02
"""Share of income below which two monthly costs count as alike (assumed)."""

AMENITY_STEP = 0.05
"""Worth of an area below which two areas count as alike, in standard deviations of the table (assumed)."""

N_AGES = len(AGES) + 1


def _by_home(one: Lives, other: Lives) -> tuple[np.ndarray, np.ndarray]:
    return one.is_here & other.is_here, other.is_housed.astype(np.float64) - one.is_housed


def _by_cost(one: Lives, other: Lives) -> tuple[np.ndarray, np.ndarray]:
    income = np.maximum(np.minimum(one.income, other.income), 1.0)
    gap = (one.cost - other.cost) / income
    return _both_housed(one, other), np.where(np.abs(gap) < COST_STEP, 0.0, gap)


def _by_crowding(one: Lives, other: Lives) -> tuple[np.ndarray, np.ndarray]:
    return _both_housed(one, other), one.rooms_short.astype(np.float64) - other.rooms_short


def _by_waiting(one: Lives, other: Lives) -> tuple[np.ndarray, np.ndarray]:
    return one.is_here & other.is_here, one.months_without.astype(np.float64) - other.months_without


def _by_area(one: Lives, other: Lives) -> tuple[np.ndarray, np.ndarray]:
    gap = other.amenity - one.amenity
    return _both_housed(one, other) & ~np.isnan(gap), np.where(np.abs(gap) < AMENITY_STEP, 0.0, gap)


def _by_staying(one: Lives, other: Lives) -> tuple[np.ndarray, np.ndarray]:
    return one.is_here & other.is_here, one.was_forced.astype(np.float64) - other.was_forced


def _both_housed(one: Lives, other: Lives) -> np.ndarray:
    return np.asarray(one.is_housed & other.is_housed)


RESPECTS: dict[str, Callable[[Lives, Lives], tuple[np.ndarray, np.ndarray]]] = {
    "home": _by_home,
    "cost": _by_cost,
    "crowding": _by_crowding,
    "waiting": _by_waiting,
    "area": _by_area,
    "staying": _by_staying,
}
"""Each says of whom it can be said, and by how much the second life is better, above 0, or worse, below."""


def outcomes(respect: str, one: Lives, other: Lives) -> np.ndarray:
    """How each household fares in the second city: BETTER, WORSE or ALIKE, -1 where it cannot be said; int64.

    Parameters
    ----------
    respect : str
        A key of ``RESPECTS``.
    one, other : Lives
        The same cohort in the same month of two cities.
    """
    known, gap = RESPECTS[respect](one, other)
    code = np.where(gap > 0, BETTER, np.where(gap < 0, WORSE, ALIKE))
    return np.where(known, code, -1)


def incidence(cohort: Cohort, one: Lives, other: Lives, n_groups: int, n_tenures: int) -> np.ndarray:
    """Households that fare better, worse and alike in each respect.

    Returns
    -------
    int64 array, shape (n_respects, 3, n_groups, 5, n_tenures + 1, 3)
        By outcome, group, fifth of income at the start, tenure at the start (the last: without a home), and age group.
    """
    shape = (n_groups, N_FIFTHS, n_tenures + 1, N_AGES)
    tenure = np.where(cohort.tenure < 0, n_tenures, cohort.tenure)
    places = (cohort.group.astype(np.int64), cohort.fifth.astype(np.int64), tenure, cohort.age)
    cell = np.ravel_multi_index(tuple(np.asarray(place, np.int64) for place in places), shape)
    size = int(np.prod(shape))
    counts = []
    for respect in RESPECTS:
        code = outcomes(respect, one, other)
        said = code >= 0
        counts.append(np.bincount(code[said] * size + cell[said], minlength=CODES * size).reshape(CODES, *shape))
    return np.array(counts)


def left(one: Lives, other: Lives) -> tuple[int, int]:
    """Households that have left the second city but not the first, and the first but not the second."""
    return int((one.is_here & ~other.is_here).sum()), int((~one.is_here & other.is_here).sum())
