"""What a household's age does to its income: shared by the founding and by the rules that move incomes."""

from __future__ import annotations

import numpy as np

from sim.kernels import budget

AGES = (18.0, 25.0, 35.0, 50.0, 62.0, 68.0, 95.0)
LOG_INCOME = (-0.65, -0.33, 0.0, 0.06, 0.04, -0.25, -0.35)


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
    Assumed: low when young, highest at fifty, lower as a pensioner; so that, with those who have children to share with
    at each age, incomes per consumption unit by age are those of the tables of Gothenburg. Differences by group and by
    number of earners are in the lasting part.
    """
    return np.asarray(np.interp(age, AGES, LOG_INCOME))


def consumption_units(adults: np.ndarray, children: np.ndarray) -> np.ndarray:
    """How many single adults each household costs as much as, float64, shape (n,); see ``kernels.budget``."""
    units = budget.consumption_units(adults.astype(np.float64), children.astype(np.float64))  # type: ignore[arg-type]
    return np.asarray(units)


def per_unit(income: np.ndarray, adults: np.ndarray, children: np.ndarray) -> np.ndarray:
    """Income per consumption unit, SEK per month, float32, shape (n,): the income by which households are ranked."""
    found = np.empty(len(income), np.float32)
    budget.per_unit(income, adults, children, found)
    return found
