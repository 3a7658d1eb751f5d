"""The households of the founding, out of the cells of the fitted table: size, age, adults and children, income."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from sim.city.households import Households
from sim.city.incomes import consumption_units, log_profile
from sim.synthesis.draws import Drawn, Draws
from sim.synthesis.plan import AGES, SIZES, TENTHS, Plan
from sim.synthesis.rounding import balanced, combed
from sim.synthesis.stock import Blocks

AGE_FROM, AGE_TO, AGE_BEND = (18.0, 30.0, 45.0, 65.0), (30.0, 45.0, 65.0, 95.0), (0.7, 1.0, 1.0, 1.6)
"""Years at the ends of the bands; how ages crowd within: young heads are mostly past twenty, old ones below eighty
(assumed)."""

SEVEN_EIGHT = (0.75, 0.95)
"""Of households of seven and more, the share that is seven, and at most eight: 7.3 on average (assumed)."""

ONE_ADULT = (0.10, 0.20, 0.15, 0.02)
THREE_ADULTS = (0.10, 0.05, 0.35, 0.90)
"""By age band: households of two that are one adult and a child, and half that share of larger ones; households of
three and more that have three adults (assumed)."""

POOL_BY_AGE = (0.65, 0.22, 0.10, 0.03)
POOL_BY_SIZE = (0.80, 0.12, 0.04, 0.03, 0.01, 0.0, 0.0)
POOL_BY_INCOME = (0.19, 0.17, 0.15, 0.13, 0.11, 0.09, 0.07, 0.05, 0.03, 0.01)
"""Households without a home are mostly young, single and poor (assumed)."""


def income_scores(spread: float) -> np.ndarray:
    """Mean income of each tenth of a lognormal distribution of mean 1, shape (10,).

    Parameters
    ----------
    spread : float
        Standard deviation of the logarithm.
    """
    if spread <= 0:
        return np.ones(len(TENTHS))
    ends = ndtri(np.linspace(0.0, 1.0, len(TENTHS) + 1)) - spread
    return np.asarray(len(TENTHS) * np.diff(ndtr(ends)))


def whole_table(plan: Plan, table: np.ndarray, blocks: Blocks, draws: Draws) -> np.ndarray:
    """Whole households of every block and cell (group, size, age, income), int64, shape (n_blocks, n_cells)."""
    u = draws.uniform(Drawn.CELL, np.arange(plan.n_blocks))
    return balanced(plan.people.frame, table, blocks.lived_in, plan.people.margins, u)


def cells_of(whole: np.ndarray) -> np.ndarray:
    """Cell of every household with a home, in order of blocks, int64."""
    return np.asarray(np.repeat(np.arange(whole.size), whole.ravel()) % whole.shape[1])


def draw_pool(plan: Plan, draws: Draws) -> np.ndarray:
    """Cell of every household without a home, int64."""
    axes = (plan.people.pool.by_group, POOL_BY_SIZE, POOL_BY_AGE, POOL_BY_INCOME)
    table = np.einsum("g,s,a,i->gsai", *(np.asarray(axis, np.float64) for axis in axes)).reshape(1, -1)
    n = round(plan.people.pool.share * plan.stock.homes.sum() * plan.scale)
    counts = combed(table, np.array([n]), draws.uniform(Drawn.POOL, np.zeros(1, np.int64)))
    return np.repeat(np.arange(counts.size), counts.ravel())


def people(plan: Plan, draws: Draws, here: Households, cell: np.ndarray) -> None:
    """Fill group, profile, age, adults, children and income of all rows, which have their ids, from their cells."""
    shape = (len(plan.groups), len(SIZES), len(AGES), len(TENTHS))
    group, size, band, tenth = np.unravel_index(cell, shape)
    here.group[:] = group
    shares = np.cumsum(plan.profile_shares)[:-1]
    here.profile[:] = np.searchsorted(shares, draws.uniform(Drawn.PROFILE, here.id), side="right")
    age = _ages(draws.uniform(Drawn.AGE, here.id), band)
    here.birth_month[:] = np.floor(plan.founded_at - age * 12)
    persons = size + 1
    persons[size == len(SIZES) - 1] += _more_than_seven(draws, here.id[size == len(SIZES) - 1])
    adults = _adults(draws.uniform(Drawn.ADULTS, here.id), persons, band)
    here.adults[:], here.children[:] = adults, persons - adults
    _set_income(plan, draws, here, tenth)


def _more_than_seven(draws: Draws, ids: np.ndarray) -> np.ndarray:
    """Persons beyond seven, so that any twenty households in a row are fifteen of seven, four of eight, one of nine."""
    u = draws.even(Drawn.SIZE, ids, np.arange(len(ids)) // 20)
    return np.searchsorted(SEVEN_EIGHT, u, side="right")


def _ages(u: np.ndarray, band: np.ndarray) -> np.ndarray:
    low, high, bend = np.array(AGE_FROM)[band], np.array(AGE_TO)[band], np.array(AGE_BEND)[band]
    return np.asarray(low + (high - low) * u**bend)


def _adults(u: np.ndarray, persons: np.ndarray, band: np.ndarray) -> np.ndarray:
    one, three = np.array(ONE_ADULT)[band], np.array(THREE_ADULTS)[band]
    of_two = np.where(u < one, 1, 2)
    of_more = np.where(u < 0.5 * one, 1, np.where(u >= 1.0 - three, 3, 2))
    return np.where(persons == 1, 1, np.where(persons == 2, of_two, of_more))


def _set_income(plan: Plan, draws: Draws, here: Households, tenth: np.ndarray) -> None:
    """Income drawn evenly within each tenth; what is passing of it regresses towards the lasting part."""
    incomes = plan.people.incomes
    u = (tenth + draws.even(Drawn.INCOME, here.id, tenth)) / len(TENTHS)
    away = incomes.spread * ndtri(np.clip(u, 1e-6, 1.0 - 1e-6))
    kept = min(1.0, incomes.passing**2 / max(incomes.spread**2, 1e-12))
    noise = np.sqrt(kept * (1.0 - kept)) * incomes.spread
    passing = kept * away + noise * draws.normal(Drawn.PASSING, here.id)
    per_unit = incomes.mean * np.exp(away - incomes.spread**2 / 2)
    here.income[:] = per_unit * consumption_units(here.adults, here.children)
    here.log_transitory[:] = passing
    age = (plan.founded_at - here.birth_month.astype(np.int64)) / 12.0
    here.log_permanent[:] = np.log(here.income.astype(np.float64)) - passing - log_profile(age)
