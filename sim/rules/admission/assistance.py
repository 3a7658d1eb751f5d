"""Who lives on social assistance: the model knows no source of an income, so it goes by how low it is."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.base.parameters import quantity
from sim.city.city import City

LIMIT = 11_000.0
"""Income per consumption unit below which a household counts as living on assistance, SEK per month (assumed: about
six in a hundred households of Gothenburg, a little more than receive it in a year)."""


def limit() -> Any:
    """The limit as a parameter, the same wherever it is asked."""
    return quantity(LIMIT, unit="SEK/month", low=0, high=1e5, source="assumed: about six in a hundred households")


def on_assistance(city: City, rows: np.ndarray, below: float) -> np.ndarray:
    """Whether households live on assistance, bool, shape (n_rows,); ``below`` in SEK per month and consumption unit."""
    return np.asarray(city.households.income_per_unit(rows) < below)
