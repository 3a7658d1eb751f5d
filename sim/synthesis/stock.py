"""The dwellings of the founding: how many where, their size, age and standard, what they cost, and who lets or sells them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.city.dwellings import COOPERATIVE, OWNER_OCCUPIED, TENURES, Dwellings
from sim.synthesis.draws import Drawn, Draws
from sim.synthesis.fitting import tilts
from sim.synthesis.plan import Plan, StockPlan

FLAT_ROOMS = np.array([0.20, 0.36, 0.28, 0.12, 0.03, 0.01])
HOUSE_ROOMS = np.array([0.01, 0.04, 0.10, 0.25, 0.30, 0.18, 0.08, 0.04])
MAIN_PERIOD = 0.75
OLDEST, NEW_YEARS = 1900, 15


@dataclass(frozen=True)
class Blocks:
    """Homes by block, a block being an area and a tenure: ``area * n_tenures + tenure``.

    Attributes
    ----------
    lived_in, vacant : int64 arrays, shape (n_blocks,)
    """

    lived_in: np.ndarray
    vacant: np.ndarray


def rounded(wanted: np.ndarray) -> np.ndarray:
    """Whole numbers whose running sums are within one half of those of ``wanted``: totals stay, blocks are within one."""
    return np.diff(np.rint(np.concatenate([[0.0], np.cumsum(wanted.ravel())]))).astype(np.int64)


def blocks_of(stock: StockPlan, scale: float) -> Blocks:
    """Whole homes of every block at a scale."""
    homes = stock.homes * scale
    return Blocks(rounded(homes), rounded(homes * (stock.vacancy / (1.0 - stock.vacancy))))


def furnish(plan: Plan, draws: Draws) -> tuple[Dwellings, np.ndarray]:
    """All dwellings, by area and tenure, none lived in yet; and whether each is to stand vacant."""
    blocks = blocks_of(plan.stock, plan.scale)
    counts = blocks.lived_in + blocks.vacant
    block = np.repeat(np.arange(len(counts)), counts)
    n = len(block)
    stock = Dwellings(n)
    rows = stock.take(n).astype(np.int64)
    stock.area[:], stock.tenure[:] = block // len(TENURES), block % len(TENURES)
    stock.rooms[:] = _rooms(plan.stock, draws, rows, block)
    _furnish_rooms(plan, draws, stock, rows)
    _set_money(plan.stock, plan, stock, block)
    _set_landlords(plan, draws, stock, rows)
    is_vacant = _vacant(blocks, draws, rows, block)
    since = np.floor(-np.log1p(-draws.uniform(Drawn.VACANT_SINCE, rows)) * 1.5) - plan.burn_in
    stock.vacant_since[is_vacant] = (2 * -plan.burn_in - since)[is_vacant]
    return stock, is_vacant


def _rooms(plan: StockPlan, draws: Draws, rows: np.ndarray, block: np.ndarray) -> np.ndarray:
    """Rooms with the mean of each block, drawn evenly."""
    rooms = np.zeros(len(rows), np.int64)
    u = draws.even(Drawn.ROOMS, rows, block)
    for is_house, base in ((False, FLAT_ROOMS), (True, HOUSE_ROOMS)):
        here = (block % len(TENURES) == OWNER_OCCUPIED) == is_house
        shares = np.broadcast_to(base, (len(plan.rooms) * len(TENURES), len(base)))
        shares = shares * tilts(shares, np.arange(1.0, len(base) + 1), plan.rooms.ravel())
        steps = np.cumsum(shares, axis=1)[:, :-1]
        rooms[here] = 1 + (u[here, None] >= steps[block[here]]).sum(axis=1)
    return rooms


def _furnish_rooms(plan: Plan, draws: Draws, stock: Dwellings, rows: np.ndarray) -> None:
    """Floor area, year and standard."""
    is_house = stock.tenure == OWNER_OCCUPIED
    typical = np.where(is_house, 35.0 + 18.5 * stock.rooms, 15.0 + 21.0 * stock.rooms)
    stock.m2[:] = typical * np.exp(0.12 * draws.normal(Drawn.M2, rows))
    first, last = plan.stock.built[stock.area].T
    u, in_main = draws.uniform(Drawn.YEAR, rows), draws.uniform(Drawn.PERIOD, rows) < MAIN_PERIOD
    now = plan.start / 12 - plan.burn_in / 12
    year = np.where(in_main, first + u * (last + 1 - first), OLDEST + u * (now - OLDEST))
    stock.built[:] = np.minimum(np.floor(year * 12).astype(np.int64) - plan.start, -plan.burn_in - 1)
    age = (-plan.burn_in - stock.built) / 12.0
    bonus = np.where(age < NEW_YEARS, 0.25, np.where((age > 45) & (age < 65), -0.08, 0.0))
    stock.standard[:] = np.clip(0.5 + bonus + 0.15 * draws.normal(Drawn.STANDARD, rows), 0.05, 1.0)


def _set_money(plan: StockPlan, whole: Plan, stock: Dwellings, block: np.ndarray) -> None:
    """Rents by use value, scaled to the mean of each area; fees; prices."""
    m2 = stock.m2.astype(np.float64)
    per_m2, price = plan.rent_per_m2.ravel()[block], plan.price_per_m2.ravel()[block]
    is_owned = stock.tenure >= COOPERATIVE
    age = (-whole.burn_in - stock.built) / 12.0
    worth = m2**0.68 * (1 + 0.3 * (stock.standard - 0.5)) * np.where(age < NEW_YEARS, 1.4, 1.0)
    n_blocks = plan.homes.size
    scale = np.bincount(block, per_m2 * m2, n_blocks) / np.maximum(np.bincount(block, worth, n_blocks), 1e-9)
    stock.rent[:] = np.where(is_owned, per_m2 * m2, worth * scale[block])
    stock.price[:] = price * m2 * (1 + 0.3 * (stock.standard - 0.5))


def _set_landlords(plan: Plan, draws: Draws, stock: Dwellings, rows: np.ndarray) -> None:
    """A landlord for every estate: some thirty homes of one area and tenure side by side."""
    stock.policy[:] = np.asarray(plan.owners.by_tenure)[stock.tenure]
    estate = rows // max(1, round(30 * plan.scale))
    u = draws.uniform(Drawn.LANDLORD, estate)
    for policy in range(len(plan.owners.policies)):
        who = [i for i, company in enumerate(plan.owners.companies) if company.policy == policy]
        shares = np.array([plan.owners.companies[i].share for i in who])
        for area in range(len(plan.areas)):
            here = np.flatnonzero((stock.policy == policy) & (stock.area == area))
            may = np.array([not (c := plan.owners.companies[i].areas) or area in c for i in who], bool)
            if len(here):
                steps = np.cumsum(shares * may) / (shares * may).sum()
                stock.landlord[here] = np.asarray(who)[np.searchsorted(steps, u[here], side="right")]


def _vacant(blocks: Blocks, draws: Draws, rows: np.ndarray, block: np.ndarray) -> np.ndarray:
    """Which homes of each block stand vacant: as many as the block has vacant, by lot."""
    order = np.lexsort((draws.uniform(Drawn.VACANT, rows), block))
    counts = blocks.lived_in + blocks.vacant
    starts = np.cumsum(counts) - counts
    rank = np.arange(len(rows)) - starts[block[order]]
    vacant = np.zeros(len(rows), np.bool_)
    vacant[order] = rank < blocks.vacant[block[order]]
    return vacant
