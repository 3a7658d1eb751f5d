"""What founded households bring along: their home and since when, queue time, savings, loans, needs."""

from __future__ import annotations

import numpy as np

from sim.city.dwellings import COOPERATIVE, TENURES, Dwellings
from sim.city.households import NEVER, NOBODY, Households, Need
from sim.kernels.budget import rooms_needed
from sim.synthesis.draws import Drawn, Draws
from sim.synthesis.plan import Plan

WISH_INCOME, WISH_CHANCE = 0.5, 0.9
"""How income, and chance, count beside log persons for who has the larger homes of a block (assumed)."""

LEAVE_A_YEAR = (0.14, 0.14, 0.12, 0.05)
"""Households that leave a home in a year, by tenure: contracts, not persons (assumed; held in a first rough model)."""

AGE_ENDS, LEAVE_BY_AGE = (30, 45, 65), (2.2, 1.3, 0.7, 0.45)
"""Times that by age of the oldest adult (assumed)."""

QUEUE_YEARS = (0.0, 3.0, 6.0, 13.0, 17.0, 30.0)
QUEUE_LEFT = (1.0, 0.845, 0.657, 0.266, 0.12, 0.0)
"""Share of the registered who have been so for longer: from the registered of 2008, 2012, 2019 and 2022 (Boplats),
of whom 5.6 per cent a year left or were let a home (derived)."""

REGISTERS_BY_TENURE = (1.25, 1.25, 1.0, 0.55)
"""How much more or less often households of each tenure are registered (assumed)."""

POOL_REGISTERED, POOL_WAIT, POOL_MONTHS = 0.95, 0.5, 18.0
"""Those without a home: share registered, queue time against that of others, mean months without (assumed)."""

PRIORITY = 0.096
"""Share of those without a home who are homeless in the city's count: 2,359 households of some 24,600 (derived)."""

SAVED_AGES, SAVED_MONTHS, SAVED_SPREAD = (18, 30, 45, 65, 80), (1.5, 4.0, 7.0, 11.0, 12.0), 1.0
"""Median savings in months of income by age, standard deviation of their logarithm (assumed)."""

LOAN_SHARE, LOAN_YEARS, LOAN_TO_INCOME = 0.85, 25.0, 8.0
"""Loan at the purchase as a share of the price, years in which it falls to 1/e, most years of income (assumed)."""

LARGEST = 16


def move_in(plan: Plan, draws: Draws, here: Households, stock: Dwellings) -> None:
    """Put the first households into the homes that are not to be vacant, block by block.

    Both are in order of blocks. The larger and richer households of a block have its larger homes, with a good deal
    of chance.
    """
    homes = np.flatnonzero(stock.vacant_since == NEVER)
    block = stock.area[homes].astype(np.int64) * len(TENURES) + stock.tenure[homes]
    rows = np.arange(len(homes))
    chance = WISH_CHANCE * draws.normal(Drawn.WISH, here.id[rows])
    wish = np.log(here.persons(rows)) + WISH_INCOME * np.log(here.income[rows].astype(np.float64)) + chance
    by_wish, homes = np.lexsort((wish, block)), homes[np.lexsort((stock.m2[homes], block))]
    here.dwelling[by_wish] = homes
    stock.occupant[homes] = by_wish
    here.area[by_wish], here.tenure[by_wish] = stock.area[homes], stock.tenure[homes]


def bring_along(plan: Plan, draws: Draws, here: Households, stock: Dwellings) -> None:
    """Fill what depends on the home, or on having none."""
    age = here.age_years(np.arange(len(here)), plan.founded_at)
    is_housed = here.dwelling != NOBODY
    _set_stays(plan, draws, here, age, is_housed)
    _set_roots(plan, draws, here, is_housed)
    _set_queue(plan, draws, here, age, is_housed)
    _set_money(plan, draws, here, stock, age, is_housed)
    _set_need(draws, here, stock, is_housed)


def _set_stays(plan: Plan, draws: Draws, here: Households, age: np.ndarray, is_housed: np.ndarray) -> None:
    """When they moved in, came to the city, lost a home: nobody before the age of eighteen."""
    grown = np.maximum((age - 18) * 12, 1)
    by_age = np.array(LEAVE_BY_AGE)[np.searchsorted(AGE_ENDS, age, side="right")]
    rate = np.array(LEAVE_A_YEAR)[np.maximum(here.tenure, 0)] * by_age / 12.0
    drawn = -np.log1p(-draws.uniform(Drawn.MOVED_IN, here.id)) / rate
    stay = np.where(drawn < grown, drawn, draws.uniform(Drawn.MOVED_IN_YOUNG, here.id) * grown)
    without = np.minimum(-np.log1p(-draws.uniform(Drawn.WITHOUT, here.id)) * POOL_MONTHS, grown)
    here.moved_in[:] = np.where(is_housed, plan.founded_at - 1 - np.floor(stay), NEVER)
    here.without_since[:] = np.where(is_housed, NEVER, plan.founded_at - np.floor(without))
    here.since[:] = plan.founded_at - 1 - np.maximum(stay, draws.uniform(Drawn.SINCE, here.id) * grown)


def _set_roots(plan: Plan, draws: Draws, here: Households, is_housed: np.ndarray) -> None:
    """Who has a home is rooted there; who has none comes from where the households of the group live."""
    here.roots[is_housed] = here.area[is_housed]
    for group in range(len(plan.groups)):
        mine = np.flatnonzero(~is_housed & (here.group == group))
        lived = here.area[is_housed & (here.group == group)]
        homes = np.bincount(lived, minlength=len(plan.areas)) + 1e-9
        u = draws.uniform(Drawn.ROOTS, here.id[mine])
        here.roots[mine] = np.searchsorted(np.cumsum(homes / homes.sum())[:-1], u, side="right")


def _set_queue(plan: Plan, draws: Draws, here: Households, age: np.ndarray, is_housed: np.ndarray) -> None:
    """Who is registered since when: nobody before seventeen, and tenants may have lost their time at the letting."""
    weight = np.array(REGISTERS_BY_TENURE)[np.maximum(here.tenure, 0)] * is_housed
    wanted = plan.people.queue.registered * is_housed.sum() - POOL_REGISTERED * (~is_housed).sum()
    chance = np.where(is_housed, weight * max(wanted, 0.0) / max(float(weight.sum()), 1.0), POOL_REGISTERED)
    years = np.interp(1.0 - draws.uniform(Drawn.WAIT, here.id), QUEUE_LEFT[::-1], QUEUE_YEARS[::-1])
    wait = np.minimum(12 * years * np.where(is_housed, 1.0, POOL_WAIT), 12 * np.maximum(age - 17, 0))
    is_let = is_housed & (here.tenure < COOPERATIVE)
    loses = is_let & (draws.uniform(Drawn.KEEPS, here.id) >= plan.people.queue.keeps)
    wait = np.where(loses, np.minimum(wait, plan.founded_at - here.moved_in.astype(np.int64)), wait)
    joined = draws.uniform(Drawn.REGISTERED, here.id) < chance
    here.queue_since[:] = np.where(joined, plan.founded_at - np.floor(wait), NEVER)


def _set_money(
    plan: Plan, draws: Draws, here: Households, stock: Dwellings, age: np.ndarray, is_housed: np.ndarray
) -> None:
    """Savings, what is left of the loan on an owned home, and the monthly cost: rent, or fee and interest."""
    months = np.interp(age, SAVED_AGES, SAVED_MONTHS)
    here.savings[:] = here.income * months * np.exp(SAVED_SPREAD * draws.normal(Drawn.SAVINGS, here.id))
    owns = np.flatnonzero(is_housed & (here.tenure >= COOPERATIVE))
    price = stock.price[here.dwelling[owns]]
    years = (plan.founded_at - here.moved_in[owns].astype(np.int64)) / 12.0
    left = LOAN_SHARE * price * np.exp(-years / LOAN_YEARS)
    here.loan[owns] = np.minimum(left, LOAN_TO_INCOME * 12 * here.income[owns])
    here.cost[is_housed] = stock.rent[here.dwelling[is_housed]]
    here.cost[owns] += here.loan[owns] * np.float32(plan.user_cost / 12.0)


def _set_need(draws: Draws, here: Households, stock: Dwellings, is_housed: np.ndarray) -> None:
    needed = np.array([[rooms_needed(a, c) for c in range(LARGEST)] for a in range(LARGEST)])
    rooms = needed[np.minimum(here.adults, LARGEST - 1), np.minimum(here.children, LARGEST - 1)]
    is_crowded = is_housed & (stock.rooms[np.maximum(here.dwelling, 0)] < rooms)
    is_priority = ~is_housed & (draws.uniform(Drawn.PRIORITY, here.id) < PRIORITY)
    classes = np.where(is_housed, Need.NONE, Need.NO_HOME)
    here.need[:] = np.where(is_priority, Need.PRIORITY, np.where(is_crowded, Need.CROWDED, classes))
