"""The front of a search: packages that no other beats in everything."""

from __future__ import annotations

import numpy as np


def keeps(overshoot: np.ndarray) -> np.ndarray:
    """Which packages keep every limit, bool, shape (n_points,).

    Parameters
    ----------
    overshoot : float64 array, shape (n_points, n_limits)
        By how much each limit is broken.
    """
    return np.asarray((overshoot <= 0).all(axis=1))


def front(objectives: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """Packages that no allowed other beats: as good in every objective and better in one.

    Parameters
    ----------
    objectives : float64 array, shape (n_points, n_objectives)
        Less is better.
    allowed : bool array, shape (n_points,)

    Returns
    -------
    bool array, shape (n_points,)

    References
    ----------
    Pareto, V. (1906). Manuale di economia politica. Milan: Societa Editrice Libraria.

    Examples
    --------
    >>> cost_and_waiting = np.array([[1.0, 9.0], [2.0, 5.0], [3.0, 6.0], [0.0, 1.0]])
    >>> front(cost_and_waiting, np.array([True, True, True, False])).tolist()
    [True, True, False, False]
    """
    rivals = objectives[allowed]
    found = np.zeros(len(objectives), np.bool_)
    for place in np.flatnonzero(allowed):
        own = objectives[place]
        is_beaten = (rivals <= own).all(axis=1) & (rivals < own).any(axis=1)
        found[place] = not is_beaten.any()
    return found
