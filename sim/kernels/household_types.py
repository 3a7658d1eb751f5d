"""Types of household that a comparison shows apart: with children, with one parent, old."""

from __future__ import annotations

import numpy as np

from sim.kernels.jit import kernel

N_TYPES = 4
PARENTS, SINGLE_PARENT, ELDERLY, OTHER = np.arange(N_TYPES, dtype=np.uint32)
OLD_MONTHS = 65 * 12


@kernel
def household_type(adults: int, children: int, is_old: bool) -> np.uint32:
    """Two parents or more, one parent, old without children, or any other."""
    if children > 0:
        return SINGLE_PARENT if adults <= 1 else PARENTS
    return ELDERLY if is_old else OTHER


@kernel
def household_types(
    rows: np.ndarray, adults: np.ndarray, children: np.ndarray, birth_month: np.ndarray, month: int, out: np.ndarray
) -> None:
    """Type of some households.

    Parameters
    ----------
    rows : integer array, shape (n,)
    adults, children, birth_month : columns of all households
    month : int
        Who was born ``OLD_MONTHS`` or more before it is old.
    out : integer array, shape (n,)
        Overwritten.
    """
    for place in range(rows.size):
        row = rows[place]
        out[place] = household_type(adults[row], children[row], birth_month[row] <= month - OLD_MONTHS)
