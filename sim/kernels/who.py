"""Columns that the loop over seekers reads."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

FIRST_OWNED = 2


class Who(NamedTuple):
    """Columns of the households; see ``sim.city.households``."""

    id: np.ndarray
    group: np.ndarray
    profile: np.ndarray
    adults: np.ndarray
    children: np.ndarray
    income: np.ndarray
    savings: np.ndarray
    loan: np.ndarray
    dwelling: np.ndarray
    area: np.ndarray
    tenure: np.ndarray
    roots: np.ndarray
    cost: np.ndarray
    moved_in: np.ndarray
    queue_since: np.ndarray
    since: np.ndarray


class Homes(NamedTuple):
    """Columns of the dwellings; see ``sim.city.dwellings``."""

    rooms: np.ndarray
    m2: np.ndarray
