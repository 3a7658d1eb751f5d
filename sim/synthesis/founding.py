"""The founding: from a plan to the city of its first month."""

from __future__ import annotations

import numpy as np

from sim.base.streams import Luck, Purpose
from sim.city.city import ArrivalTable, City, Constants, opened_books
from sim.city.dwellings import COOPERATIVE, OWNER_OCCUPIED, TENURES, Dwellings
from sim.city.households import NEVER, NOBODY, Households, Need
from sim.city.landlords import Landlords
from sim.synthesis.draws import Drawn, Draws
from sim.synthesis.fitting import Fit, fit
from sim.synthesis.plan import Plan
from sim.synthesis.population import cells_of, settle_people
from sim.synthesis.stock import blocks_of, furnish

LEAVE_A_YEAR = (0.14, 0.14, 0.12, 0.05)
BY_AGE = ((30, 2.2), (45, 1.3), (65, 0.7), (200, 0.45))
QUEUE_YEARS = (0.0, 3.0, 6.0, 13.0, 17.0, 30.0)
QUEUE_LEFT = (1.0, 0.845, 0.657, 0.266, 0.12, 0.0)
REGISTERS = (1.25, 1.25, 1.0, 0.55)


def fitted(plan: Plan) -> Fit:
    """The table of households of the whole town; the same for every seed and scale."""
    return fit(plan.people.frame, plan.people.pattern, plan.people.margins)


def settle(plan: Plan, table: np.ndarray, luck: Luck) -> City:
    """The city of the first month: every home and household of the plan, at its scale.

    Parameters
    ----------
    plan : Plan
    table : float64 array, shape of the plan's frame
        Households of the town, see ``fitted``.
    luck : Luck
    """
    draws = Draws.of(luck)
    stock, is_vacant = furnish(plan, draws)
    here = _people(plan, table, draws, luck)
    _move_in(plan, draws, here, stock, is_vacant)
    _set_lives(plan, draws, here, stock)
    return _opened(plan, here, stock, luck, draws)


def _people(plan: Plan, table: np.ndarray, draws: Draws, luck: Luck) -> Households:
    blocks = blocks_of(plan.stock, plan.scale)
    by_block = table.reshape(blocks.lived_in.size, -1)
    _, cell = cells_of(by_block, blocks.lived_in, draws, Drawn.CELL)
    n_pool = round(plan.people.without_home * plan.stock.homes.sum() * plan.scale)
    _, waiting = cells_of(_pool_table(plan, by_block)[None], np.array([n_pool]), draws, Drawn.POOL)
    here = Households(len(cell) + n_pool)
    rows = here.take(len(here))
    here.id[rows] = np.arange(1, len(rows) + 1)
    here.own_month[rows] = luck.stream(Purpose.OWN_MONTH, 0).below(here.id[rows], 12)
    settle_people(plan, draws, here, rows, np.concatenate([cell, waiting]))
    return here


def _pool_table(plan: Plan, by_block: np.ndarray) -> np.ndarray:
    """Households without a home: young, small, poor, more of them in some groups (assumed)."""
    shape = plan.people.frame.shape[2:]
    cells = by_block.sum(axis=0).reshape(shape)
    by_age = np.array([0.65, 0.22, 0.10, 0.03])
    by_size = np.array([0.80, 0.12, 0.04, 0.03, 0.01, 0.0, 0.0])
    by_income = np.linspace(1.9, 0.1, shape[3])
    group = cells.sum(axis=(1, 2, 3))
    by_group = np.array(plan.people.without_home_by_group or group / group.sum())
    return np.einsum("g,s,a,i->gsai", by_group, by_size, by_age, by_income / by_income.sum()).ravel()


def _move_in(plan: Plan, draws: Draws, here: Households, stock: Dwellings, is_vacant: np.ndarray) -> None:
    """Larger and richer households of a block in its larger homes, with a good deal of chance."""
    blocks = blocks_of(plan.stock, plan.scale)
    homes = np.flatnonzero(~is_vacant)
    n = len(homes)
    rows, block = np.arange(n), np.repeat(np.arange(blocks.lived_in.size), blocks.lived_in)
    persons = here.persons(rows)
    wish = np.log(persons) + 0.3 * np.log(here.income[rows]) + 0.5 * draws.normal(Drawn.FIT, here.id[rows])
    order = np.lexsort((wish, block))
    home_block = stock.area[homes].astype(np.int64) * len(TENURES) + stock.tenure[homes]
    homes = homes[np.lexsort((stock.m2[homes], home_block))]
    here.dwelling[order] = homes
    stock.occupant[homes] = order
    here.area[rows], here.tenure[rows] = stock.area[here.dwelling[rows]], stock.tenure[here.dwelling[rows]]


def _set_lives(plan: Plan, draws: Draws, here: Households, stock: Dwellings) -> None:
    rows = np.arange(len(here))
    now, ids = -plan.burn_in, here.id[rows]
    age = here.age_years(rows, now)
    housed = here.dwelling[rows] != NOBODY
    stay = _stays(draws, ids, age, here.tenure[rows])
    here.moved_in[rows] = np.where(housed, now - 1 - stay, NEVER)
    here.since[rows] = now - 1 - np.maximum(stay, (age - 18) * 12 * draws.uniform(Drawn.SINCE, ids)).astype(np.int64)
    without = np.floor(-np.log1p(-draws.uniform(Drawn.WITHOUT, ids)) * 18)
    here.without_since[rows] = np.where(housed, NEVER, now - np.minimum(without, (age - 17) * 12))
    _set_roots(plan, draws, here, housed)
    _set_queue(plan, draws, here, housed, age)
    _set_savings(plan, draws, here, stock, housed, age)
    _set_need(here, stock, housed)


def _stays(draws: Draws, ids: np.ndarray, age: np.ndarray, tenure: np.ndarray) -> np.ndarray:
    """Months since the last move: by tenure and age, not from before eighteen."""
    bands, factors = zip(*BY_AGE, strict=True)
    rate = np.array(LEAVE_A_YEAR)[np.maximum(tenure, 0)] * np.array(factors)[np.searchsorted(bands, age, side="right")]
    drawn = -np.log1p(-draws.uniform(Drawn.MOVED_IN, ids)) * 12 / rate
    longest = np.maximum((age - 18) * 12, 12)
    return np.where(drawn < longest, drawn, draws.uniform(Drawn.MOVED_CAP, ids) * longest).astype(np.int64)


def _set_roots(plan: Plan, draws: Draws, here: Households, housed: np.ndarray) -> None:
    rows = np.flatnonzero(~housed)
    here.roots[housed] = here.area[housed]
    for g in range(len(plan.people.groups)):
        mine = rows[here.group[rows] == g]
        homes = np.bincount(here.area[housed & (here.group == g)], minlength=len(plan.areas)).astype(float)
        homes = homes if homes.sum() else np.ones(len(homes))
        u = draws.uniform(Drawn.ROOTS, here.id[mine])
        here.roots[mine] = np.searchsorted(np.cumsum(homes / homes.sum())[:-1], u, side="right")


def _set_queue(plan: Plan, draws: Draws, here: Households, housed: np.ndarray, age: np.ndarray) -> None:
    now, rows, ids = -plan.burn_in, np.arange(len(here)), here.id
    target = plan.people.queue.registered * housed.sum() - 0.95 * (~housed).sum()
    weight = np.array(REGISTERS)[np.maximum(here.tenure, 0)]
    chance = np.where(housed, np.clip(weight * target / max(weight[housed].sum(), 1e-9), 0, 0.98), 0.95)
    u = draws.uniform(Drawn.WAIT, ids)
    years = np.interp(1 - u, QUEUE_LEFT[::-1], QUEUE_YEARS[::-1])
    wait = np.minimum(np.where(housed, years, years / 2) * 12, (age - 17) * 12)
    lost = housed & (here.tenure < COOPERATIVE) & (draws.uniform(Drawn.KEEPS, ids) > plan.people.queue.keeps)
    wait = np.where(lost, np.minimum(wait, now - here.moved_in.astype(np.int64)), wait)
    joined = draws.uniform(Drawn.REGISTERED, ids) < chance
    here.queue_since[rows] = np.where(joined, now - np.floor(wait), NEVER)


def _set_savings(
    plan: Plan, draws: Draws, here: Households, stock: Dwellings, housed: np.ndarray, age: np.ndarray
) -> None:
    ids = here.id
    months = np.interp(age, (18, 30, 45, 65, 80), (1.5, 4.0, 7.0, 11.0, 12.0))
    here.savings[:] = here.income * months * np.exp(draws.normal(Drawn.SAVINGS, ids))
    owns = housed & (here.tenure >= COOPERATIVE)
    homes = here.dwelling[housed]
    years = (-plan.burn_in - here.moved_in[owns]) / 12.0
    price = stock.price[here.dwelling[owns]]
    here.loan[owns] = np.minimum(0.85 * price * np.exp(-years / 25.0), 6.0 * 12 * here.income[owns])
    here.cost[housed] = stock.rent[homes] + here.loan[housed] * plan.user_cost / 12.0


def _set_need(here: Households, stock: Dwellings, housed: np.ndarray) -> None:
    adults, children = here.adults.astype(np.int64), here.children.astype(np.int64)
    rooms = np.where(adults + children == 1, 1, 1 + (adults + 1) // 2 + (children + 1) // 2)
    here.need[~housed] = Need.NO_HOME
    crowded = housed & (stock.rooms[np.maximum(here.dwelling, 0)] < rooms)
    here.need[crowded] = Need.CROWDED


def _opened(plan: Plan, here: Households, stock: Dwellings, luck: Luck, draws: Draws) -> City:
    books = opened_books(plan.areas, stock, len(plan.people.groups))
    owned = np.zeros((1, len(TENURES)))
    owned[:, [COOPERATIVE, OWNER_OCCUPIED]] = 1.0
    books.price_level[:] = plan.stock.price_per_m2 * owned
    books.founding_price[:] = books.price_level
    housed = np.flatnonzero(here.dwelling != NOBODY)
    n = np.bincount(here.area[housed], minlength=len(plan.areas))
    logs = np.log(here.income[housed].astype(np.float64))
    sums = np.bincount(here.area[housed], logs, len(plan.areas))
    books.log_income[:] = np.where(n > 0, sums / np.maximum(n, 1), logs.mean() if len(logs) else 0.0)
    landlords = Landlords(
        tuple(c.name for c in plan.owners.companies), np.array([c.policy for c in plan.owners.companies], np.uint8),
        plan.owners.policies, plan.owners.kinds,
    )  # fmt: skip
    constants = Constants(np.zeros((len(plan.areas), len(TENURES))), np.zeros((len(plan.areas), len(plan.people.groups))))
    city = City(
        -plan.burn_in, plan.start, plan.scale, plan.people.groups, plan.profiles, plan.areas, plan.geography,
        stock, here, landlords, books, constants, _templates(here, draws, -plan.burn_in), luck, True, -plan.burn_in,
    )  # fmt: skip
    books.count[:] = city.recount()
    return city


def _templates(here: Households, draws: Draws, now: int) -> ArrivalTable:
    rows = here.rows()[:4096]
    return ArrivalTable(
        here.group[rows], here.adults[rows], here.children[rows], here.age_years(rows, now).astype(np.int16),
        here.log_permanent[rows], here.savings[rows],
    )  # fmt: skip
