"""What a household's age does to its income: shared by the founding and by the rules that move incomes."""

from __future__ import annotations

import numpy as np

AGES = (18.0, 25.0, 35.0, 50.0, 62.0, 68.0, 95.0)
LOG_INCOME = (-0.55, -0.22, 0.0, 0.12, 0.10, -0.12, -0.22)


def log_profile(age: np.ndarray) -> np.ndarray:
    """Log income by age of the oldest adult, 0 at 35: income = exp(profile + lasting part + passing part).

    Parameters
    ----------
    age : array, shape (n,)
        Years.

    Returns
    -------
    float64 array, shape (n,)

    References
    ----------
    Assumed: low when young, highest at fifty, lower as a pensioner; differences by group and by number of earners are
    in the lasting part.
    """
    return np.asarray(np.interp(age, AGES, LOG_INCOME))


def consumption_units(adults: np.ndarray, children: np.ndarray) -> np.ndarray:
    """How many single adults a household costs as much as, float64, shape (n,).

    References
    ----------
    Statistics Sweden's scale for disposable income: 1, .51 for a second adult, .60 for further adults, .52 for a
    first child, .42 for further children (recalled).
    """
    grown, small = adults.astype(np.float64), children.astype(np.float64)
    further = 0.51 * (grown >= 2) + 0.60 * np.maximum(grown - 2, 0)
    return np.asarray(1.0 + further + 0.52 * (small >= 1) + 0.42 * np.maximum(small - 1, 0))
