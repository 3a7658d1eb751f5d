"""Why an index changed: because people moved, because groups grew, because areas grew; the parts add up exactly."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import numpy as np

from sim.base.errors import MeasureError
from sim.measures.composition import Floats

FACTORS = ("sorting", "groups", "areas")
"""Who lives where given the sizes; sizes of the groups; sizes of the areas."""

_MOST_ROUNDS = 10_000
_CLOSE_ENOUGH = 1e-12


def two_factors(change: Callable[[bool, bool], float]) -> tuple[float, float]:
    """Shares of two factors in a change, averaged over the two orders in which they can be exchanged (Shapley).

    Parameters
    ----------
    change : callable
        The index with the first and the second factor of the later time (True) or of the earlier (False).

    Returns
    -------
    tuple of float
        What the first and the second factor contribute; they add up to later minus earlier.

    References
    ----------
    Shapley, L. S. (1953). A value for n-person games. Shorrocks, A. F. (2013). Decomposition procedures for
    distributional analysis. Journal of Economic Inequality 11, 99-126.

    Examples
    --------
    >>> two_factors(lambda first, second: (2.0 if first else 1.0) * (5.0 if second else 3.0))
    (4.0, 3.0)
    """
    start, first_only = change(False, False), change(True, False)
    second_only, end = change(False, True), change(True, True)
    first = 0.5 * ((first_only - start) + (end - second_only))
    return first, (end - start) - first


def change_by_factor(
    measure: Callable[[np.ndarray], float], before: np.ndarray, after: np.ndarray
) -> dict[str, float]:
    """How much of a change in an index comes from sorting, from sizes of groups and from sizes of areas.

    A table with the sorting of one time and the sizes of another is made by proportional fitting, which keeps the odds
    by which groups prefer areas. The parts are averaged over the six orders in which the factors can be exchanged.

    Parameters
    ----------
    measure : callable
        An index of a table of counts.
    before, after : ndarray, shape (n_areas, n_groups)
        Counts at the two times.

    Returns
    -------
    dict of str to float
        A contribution for each of ``FACTORS``; they add up to after minus before.

    Raises
    ------
    MeasureError
        If the two tables cannot be mixed: a group or an area is empty at one time alone.

    References
    ----------
    Deming, W. E. & Stephan, F. F. (1940). On a least squares adjustment of a sampled frequency table when the expected
    marginal totals are known. Annals of Mathematical Statistics 11, 427-444.
    Elbers, B. (2023). A method for studying differences in segregation across time and space. Sociological Methods &
    Research 52(1), 5-42.
    """
    tables = (np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64))
    for axis in (0, 1):
        if ((tables[0].sum(axis=axis) > 0) != (tables[1].sum(axis=axis) > 0)).any():
            raise MeasureError("measure.not_mixable")
    value = {mix: measure(_mixed(tables, mix)) for mix in np.ndindex(2, 2, 2)}
    parts = dict.fromkeys(FACTORS, 0.0)
    for order in permutations(range(len(FACTORS))):
        mix = [0, 0, 0]
        for factor in order:
            earlier = value[tuple(mix)]
            mix[factor] = 1
            parts[FACTORS[factor]] += (value[tuple(mix)] - earlier) / 6.0
    return parts


def _mixed(tables: tuple[Floats, Floats], mix: tuple[int, ...]) -> Floats:
    """The sorting of one time with the group shares and the area shares of others, as shares of the town."""
    sorting, groups, areas = (tables[time] / tables[time].sum() for time in mix)
    return _fitted(sorting, areas.sum(axis=1), groups.sum(axis=0))


def _fitted(table: Floats, rows: Floats, columns: Floats) -> Floats:
    """The table stretched by rows and columns until they have these sums; empty rows and columns stay empty."""
    for _ in range(_MOST_ROUNDS):
        table = table * _ratio(rows, table.sum(axis=1))[:, None]
        if np.abs(table.sum(axis=0) - columns).max() <= _CLOSE_ENOUGH:
            return table
        table = table * _ratio(columns, table.sum(axis=0))
    raise MeasureError("measure.not_mixable")


def _ratio(wanted: Floats, found: Floats) -> Floats:
    return np.asarray(wanted / np.where(found > 0, found, 1.0))
