"""The dwellings of the founding: how many stand where, their size, age and standard, and what they cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.city.dwellings import COOPERATIVE, OWNER_OCCUPIED, TENURES, Dwellings
from sim.synthesis.draws import Drawn, Draws
from sim.synthesis.fitting import tilts
from sim.synthesis.owners import set_landlords
from sim.synthesis.plan import Plan, StockPlan
from sim.synthesis.rounding import rounded

FLAT_ROOMS = np.array([0.20, 0.36, 0.28, 0.12, 0.03, 0.01])
HOUSE_ROOMS = np.array([0.01, 0.04, 0.10, 0.25, 0.30, 0.18, 0.08, 0.04])
"""Shares of homes by rooms before an area's mean is met (assumed)."""

FLAT_M2, HOUSE_M2, M2_SPREAD = (15.0, 21.0), (35.0, 18.5), 0.12
"""m2 besides the rooms, m2 per room; standard deviation of the logarithm around that (assumed)."""

MAIN_PERIOD, OLDEST = 0.75, 1900
"""Share of an area's homes that its main period built; year of the oldest homes (assumed)."""

NEW, POST_WAR = 15, (45, 65)
"""Age in years below which a home is new; age of the homes of the record years, on average of lower standard."""

STANDARD, NEW_BONUS, POST_WAR_BONUS, STANDARD_SPREAD = 0.5, 0.25, -0.08, 0.15
"""Standard of an ordinary home, 0 to 1, and what age adds to it (assumed)."""

SIZE_ELASTICITY, STANDARD_WORTH, NEW_RENT = 0.68, 0.3, 1.4
"""Rent rises with m2 to this power: from the rents of one to four rooms in greater Gothenburg in 2018 (Hyresgast-
foreningen); with standard (assumed); new homes against others: 1,996 against some 1,400 SEK per m2 and year (SCB)."""

VACANT_MONTHS = 1.5
"""Mean months that a vacant home has stood so (assumed)."""


@dataclass(frozen=True)
class Blocks:
    """Homes by block (``area * n_tenures + tenure``): lived in and vacant, int64 arrays of shape (n_blocks,)."""

    lived_in: np.ndarray
    vacant: np.ndarray

    @property
    def all(self) -> np.ndarray:
        """All homes of each block."""
        return np.asarray(self.lived_in + self.vacant)


def blocks_of(plan: Plan) -> Blocks:
    """Whole homes of every block at the plan's scale, vacant ones on top of those lived in."""
    homes, vacancy = plan.stock.homes * plan.scale, plan.stock.vacancy
    return Blocks(rounded(homes), rounded(homes * (vacancy / (1.0 - vacancy))))


def furnish(plan: Plan, blocks: Blocks, draws: Draws) -> Dwellings:
    """All dwellings by area and tenure, nobody in any of them; those to stay vacant have a ``vacant_since``."""
    block = np.repeat(np.arange(plan.n_blocks), blocks.all)
    stock = Dwellings(len(block))
    rows = stock.take(len(block)).astype(np.int64)
    stock.area[:], stock.tenure[:] = np.divmod(block, len(TENURES))
    stock.rooms[:] = _rooms(plan.stock, draws, rows, block)
    is_house = stock.tenure == OWNER_OCCUPIED
    base, per_room = np.where(is_house[:, None], HOUSE_M2, FLAT_M2).T
    stock.m2[:] = (base + per_room * stock.rooms) * np.exp(M2_SPREAD * draws.normal(Drawn.M2, rows))
    stock.built[:] = _built(plan, draws, rows, stock.area)
    stock.standard[:] = _standard(plan, draws, rows, stock.built)
    _set_money(plan, stock, block)
    set_landlords(plan, draws, stock, rows)
    _set_vacant(plan, blocks, draws, stock, block)
    return stock


def _rooms(plan: StockPlan, draws: Draws, rows: np.ndarray, block: np.ndarray) -> np.ndarray:
    """Rooms, with the mean of each block, evenly drawn."""
    rooms = np.zeros(len(rows), np.int64)
    u = draws.even(Drawn.ROOMS, rows, block)
    for is_house, base in ((False, FLAT_ROOMS), (True, HOUSE_ROOMS)):
        here = (block % len(TENURES) == OWNER_OCCUPIED) == is_house
        shares = np.broadcast_to(base, (plan.rooms.size, len(base)))
        shares = shares * tilts(shares, np.arange(1.0, len(base) + 1), plan.rooms.ravel())
        steps = np.cumsum(shares, axis=1)[:, :-1]
        rooms[here] = 1 + (u[here, None] >= steps[block[here]]).sum(axis=1)
    return rooms


def _built(plan: Plan, draws: Draws, rows: np.ndarray, area: np.ndarray) -> np.ndarray:
    """Month in which each was built, before the founding: mostly in the main period of its area."""
    first, last = plan.stock.built[area].T
    u, in_main = draws.uniform(Drawn.YEAR, rows), draws.uniform(Drawn.PERIOD, rows) < MAIN_PERIOD
    now = (plan.start + plan.founded_at) / 12
    year = np.where(in_main, first + u * (last + 1 - first), OLDEST + u * (now - OLDEST))
    return np.asarray(np.minimum(np.floor(year * 12) - plan.start, plan.founded_at - 1), np.int64)


def _standard(plan: Plan, draws: Draws, rows: np.ndarray, built: np.ndarray) -> np.ndarray:
    years = (plan.founded_at - built.astype(np.int64)) / 12.0
    post_war = (years >= POST_WAR[0]) & (years < POST_WAR[1])
    mean = STANDARD + NEW_BONUS * (years < NEW) + POST_WAR_BONUS * post_war
    return np.asarray(np.clip(mean + STANDARD_SPREAD * draws.normal(Drawn.STANDARD, rows), 0.05, 1.0))


def _set_money(plan: Plan, stock: Dwellings, block: np.ndarray) -> None:
    """Rents by use value, scaled to the mean of each block; fees; prices."""
    m2 = stock.m2.astype(np.float64)
    per_m2, price = plan.stock.rent_per_m2.ravel()[block], plan.stock.price_per_m2.ravel()[block]
    is_new = (plan.founded_at - stock.built.astype(np.int64)) < 12 * NEW
    worth = m2**SIZE_ELASTICITY * (1 + STANDARD_WORTH * (stock.standard - STANDARD)) * np.where(is_new, NEW_RENT, 1.0)
    asked, worths = (np.bincount(block, each, plan.n_blocks) for each in (per_m2 * m2, worth))
    scale = np.divide(asked, worths, out=np.zeros(plan.n_blocks), where=worths > 0)
    stock.rent[:] = np.where(stock.tenure >= COOPERATIVE, per_m2 * m2, worth * scale[block])
    stock.price[:] = price * m2


def _set_vacant(plan: Plan, blocks: Blocks, draws: Draws, stock: Dwellings, block: np.ndarray) -> None:
    """As many homes of each block as stand vacant there, by lot; for some weeks or months already."""
    rows = np.arange(len(block))
    order = np.lexsort((draws.uniform(Drawn.VACANT, rows), block))
    rank = np.arange(len(block)) - (np.cumsum(blocks.all) - blocks.all)[block[order]]
    vacant = np.sort(order[rank < blocks.vacant[block[order]]])
    months = np.floor(-np.log1p(-draws.uniform(Drawn.VACANT_SINCE, vacant)) * VACANT_MONTHS)
    stock.vacant_since[vacant] = plan.founded_at - months
