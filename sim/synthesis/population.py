"""The households of the founding: whole ones out of the fitted table, and all that is drawn for each."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from sim.city.households import Households
from sim.synthesis.draws import Drawn, Draws
from sim.synthesis.plan import AGE_BANDS, N_CLASSES, Plan

SINGLE_PARENT = (0.10, 0.20, 0.15, 0.02)  # by age band, of households of two; assumed
THREE_ADULTS = (0.10, 0.05, 0.35, 0.90)  # by age band, of households of three and more; assumed


def whole(table: np.ndarray, counts: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Whole households of every cell: systematic sampling within blocks.

    Parameters
    ----------
    table : float64 array, shape (n_blocks, n_cells)
    counts : int64 array, shape (n_blocks,)
        Households of each block.
    u : float64 array, shape (n_blocks,)
        Start of each block's comb, 0 to 1.

    Returns
    -------
    int64 array, shape (n_blocks, n_cells)
        Rows sum to ``counts``; every cell, and every run of neighbouring cells, is within one of its expectation.
    """
    sums = np.cumsum(table, axis=1)
    total = np.where(sums[:, -1:] > 0, sums[:, -1:], 1.0)
    running = np.floor(sums / total * counts[:, None] + u[:, None])
    running[:, -1] = counts
    running = np.minimum(running, counts[:, None])
    return np.diff(running, axis=1, prepend=0.0).astype(np.int64)


def cells_of(table: np.ndarray, counts: np.ndarray, draws: Draws, what: Drawn) -> tuple[np.ndarray, np.ndarray]:
    """Block and cell of every household, in order of blocks."""
    n = whole(table, counts, draws.uniform(what, np.arange(len(counts))))
    flat = np.repeat(np.arange(n.size), n.ravel())
    return flat // n.shape[1], flat % n.shape[1]


def settle_people(plan: Plan, draws: Draws, here: Households, rows: np.ndarray, cell: np.ndarray) -> None:
    """Fill group, age, adults, children and income of rows from their cells (group, size, age, income)."""
    shape = plan.people.frame.shape[2:]
    group, size, band, decile = np.unravel_index(cell, shape)
    ids = here.id[rows]
    here.group[rows] = group
    age = _ages(draws.uniform(Drawn.AGE, ids), band)
    here.birth_month[rows] = np.floor(-plan.burn_in - age * 12).astype(np.int64)
    persons = size + 1 + (size == 6) * np.searchsorted((0.75, 0.95), draws.uniform(Drawn.SIZE, ids), side="right")
    adults = _adults(draws.uniform(Drawn.ADULTS, ids), persons, band)
    here.adults[rows], here.children[rows] = adults, persons - adults
    _set_income(plan, draws, here, rows, decile)


def _ages(u: np.ndarray, band: np.ndarray) -> np.ndarray:
    """Ages within bands; young heads are mostly past twenty, old ones mostly below eighty (assumed)."""
    low, high = np.array(AGE_BANDS, float).T
    power = np.array([0.7, 1.0, 1.0, 1.6])
    return low[band] + (high - low)[band] * u ** power[band]


def _adults(u: np.ndarray, persons: np.ndarray, band: np.ndarray) -> np.ndarray:
    """Adults of households of a size; assumed shares."""
    single, three = np.array(SINGLE_PARENT)[band], np.array(THREE_ADULTS)[band]
    two = np.where(u < single, 1, 2)
    more = np.where(u < 0.5 * single, 1, np.where(u > 1 - three, 3, 2))
    return np.where(persons == 1, 1, np.where(persons == 2, two, more))


def consumption_units(adults: np.ndarray, children: np.ndarray) -> np.ndarray:
    """How many single adults a household costs as much as.

    References
    ----------
    Statistics Sweden's scale for disposable income: 1, .51 for a second adult, .60 for further adults, .52 for a
    first child, .42 for further children (recalled).
    """
    a, c = adults.astype(np.float64), children.astype(np.float64)
    return np.asarray(
        1.0 + 0.51 * (a >= 2) + 0.60 * np.maximum(a - 2, 0) + 0.52 * (c >= 1) + 0.42 * np.maximum(c - 1, 0)
    )


def log_profile(age: np.ndarray) -> np.ndarray:
    """What age does to log income (assumed): low when young, highest at fifty, lower as pensioners."""
    return np.interp(age, (18, 25, 35, 50, 62, 68, 95), (-0.55, -0.22, 0.0, 0.12, 0.10, -0.12, -0.22))


def _set_income(plan: Plan, draws: Draws, here: Households, rows: np.ndarray, decile: np.ndarray) -> None:
    people, ids = plan.people, here.id[rows]
    spread = people.income_spread
    u = (decile + draws.even(Drawn.INCOME, ids, decile)) / N_CLASSES
    away = spread * ndtri(np.clip(u, 1e-6, 1 - 1e-6))
    kept = people.incomes.passing**2 / spread**2
    passing = kept * away + people.incomes.passing * np.sqrt(1 - kept) * draws.normal(Drawn.PASSING, ids)
    income = np.exp(away - spread**2 / 2) * people.incomes.mean
    income = income * consumption_units(here.adults[rows], here.children[rows])
    age = here.age_years(rows, -plan.burn_in)
    here.income[rows] = income
    here.log_transitory[rows] = passing
    here.log_permanent[rows] = np.log(income) - passing - log_profile(age)
