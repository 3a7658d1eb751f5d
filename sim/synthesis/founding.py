"""The founding: from a scenario to the city of its first month."""

from __future__ import annotations

import numpy as np

from sim.base.streams import Luck
from sim.city.changes import explain, own_months
from sim.city.city import ArrivalTable, City, Constants, opened_books
from sim.city.dwellings import COOPERATIVE, TENURES, Dwellings
from sim.city.households import NOBODY, Households
from sim.scenario.schema import Scenario
from sim.synthesis.bare import bare_plan_of, settle_bare
from sim.synthesis.constants import constants_of
from sim.synthesis.draws import Draws
from sim.synthesis.fitting import Fit, fit
from sim.synthesis.lives import bring_along, move_in
from sim.synthesis.mixing import by_lot, is_mixed, kinds_of
from sim.synthesis.owners import landlords_of
from sim.synthesis.plan import Plan
from sim.synthesis.planning import plan_of
from sim.synthesis.population import cells_of, draw_pool, people, whole_table
from sim.synthesis.report import Report, bare_report, report_of
from sim.synthesis.stock import blocks_of, furnish

N_TEMPLATES = 4096
"""Most households that newcomers are drawn from."""


def found(scenario: Scenario, luck: Luck) -> tuple[City, Report]:
    """The city of the first month, and what its founding has to say for itself.

    Raises
    ------
    ScenarioError
        If the tables contradict themselves or each other, or hold more households than homes.
    """
    if not scenario.money:
        city = settle_bare(bare_plan_of(scenario), luck)
        return city, bare_report(city)
    plan = plan_of(scenario)
    fit = fitted(plan)
    whole = whole_households(scenario, plan, fit, luck)
    city = settle(plan, whole, luck)
    explain(city, *constants_of(scenario, city))
    return city, report_of(scenario, plan, fit, whole, city)


def whole_households(scenario: Scenario, plan: Plan, fit: Fit, luck: Luck) -> np.ndarray:
    """Households with a home by block and cell, int64: where the tables say, or by lot if the start is mixed."""
    blocks, draws = blocks_of(plan), Draws.of(luck)
    if scenario.founding is not None and is_mixed(scenario.founding):
        return by_lot(kinds_of(plan.people.frame, fit.table, scenario.founding), blocks, draws)
    return whole_table(plan, fit.table, blocks, draws)


def fitted(plan: Plan) -> Fit:
    """The table of the whole town's households: the same for every seed and scale.

    Raises
    ------
    ScenarioError
        If the margins contradict each other or cannot be met.
    """
    return fit(plan.people.frame, plan.people.pattern, plan.people.margins)


def settle(plan: Plan, whole: np.ndarray, luck: Luck) -> City:
    """The city of the first month: every home and household of a plan, at its scale.

    Parameters
    ----------
    plan : Plan
    whole : int64 array, shape (n_blocks, n_cells)
        Whole households with a home, see ``population.whole_table``.
    luck : Luck
    """
    draws = Draws.of(luck)
    stock = furnish(plan, blocks_of(plan), draws)
    cell = np.concatenate([cells_of(whole), draw_pool(plan, draws)])
    here = Households(len(cell))
    here.id[here.take(len(cell))] = np.arange(1, len(cell) + 1)
    people(plan, draws, here, cell)
    move_in(plan, draws, here, stock)
    bring_along(plan, draws, here, stock)
    return _opened(plan, here, stock, luck)


def _opened(plan: Plan, here: Households, stock: Dwellings, luck: Luck) -> City:
    """The tables as a city, with its books."""
    n_areas, n_groups = len(plan.areas), len(plan.groups)
    books = opened_books(plan.areas, stock, n_groups)
    books.price_level[:] = books.founding_price[:] = plan.stock.price_per_m2
    books.log_income[:] = _log_incomes(here, n_areas)
    constants = Constants(np.zeros((n_areas, len(TENURES))), np.zeros((n_areas, n_groups)))
    city = City(
        month=plan.founded_at, start=plan.start, scale=plan.scale, groups=plan.groups, profiles=plan.profiles,
        areas=plan.areas, geography=plan.geography, dwellings=stock, households=here, landlords=landlords_of(plan),
        books=books, constants=constants, templates=_templates(plan, here, stock), luck=luck,
        founded_at=plan.founded_at, founded_homes=stock.n_used,
    )  # fmt: skip
    here.own_month[:] = own_months(city, here.id)
    books.count[:] = city.recount()
    return city


def _log_incomes(here: Households, n_areas: int) -> np.ndarray:
    """Mean log income per consumption unit of those who live in each area; the mean of all where nobody does."""
    housed = here.dwelling != NOBODY
    logs = np.log(here.income_per_unit(np.flatnonzero(housed)).astype(np.float64))
    n = np.bincount(here.area[housed], minlength=n_areas)
    sums = np.bincount(here.area[housed], logs, n_areas)
    return np.asarray(np.divide(sums, n, out=np.full(n_areas, logs.mean() if len(logs) else 0.0), where=n > 0))


def _templates(plan: Plan, here: Households, stock: Dwellings) -> ArrivalTable:
    """An even sample of the founded households, with and without a home, to draw newcomers from.

    Who owned a home where it came from has sold it: what the loan left is with its savings.
    """
    n = min(N_TEMPLATES, len(here))
    rows = np.arange(n) * len(here) // max(n, 1)
    age = here.age_years(rows, plan.founded_at)
    owns = here.tenure[rows] >= COOPERATIVE
    equity = np.where(owns, np.maximum(stock.price[here.dwelling[rows]] - here.loan[rows], 0), 0)
    return ArrivalTable(
        here.group[rows], here.adults[rows], here.children[rows], age.astype(np.int16), here.log_permanent[rows],
        (here.savings[rows] + equity).astype(np.float32),
    )  # fmt: skip
