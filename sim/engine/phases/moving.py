"""The moves are made, queue time is used up, vacancy chains are traced, and levels answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.base.streams import Purpose
from sim.city import changes
from sim.city.dwellings import COOPERATIVE
from sim.city.households import NEVER, NOBODY
from sim.city.tally import LETTING_COLUMNS
from sim.engine.phases.rents import bounded
from sim.kernels.offers import Offers
from sim.rules.allocation.order import by_queue
from sim.rules.allocation.reserves import set_aside
from sim.rules.contracts import RentLevelRule
from sim.rules.proposals import Lettings, Sales

if TYPE_CHECKING:
    from sim.engine.month import Engine

RENEWS = 9
"""Which number of the registering stream says whether somebody registers anew after a letting."""


def moving(engine: Engine) -> None:
    """Everybody who was given a home moves into it."""
    market, city = engine.market, engine.city
    if market.offers is None:
        return
    got = np.flatnonzero(market.holder != NOBODY)
    rows, homes = market.applicants[market.holder[got]], market.offers.dwelling[got]
    noted = _noted(engine, rows, homes)
    _trace(engine, rows, homes)
    _move(engine, rows, homes, market.price[got].astype(np.float32))
    noted["cost"] = city.households.cost[rows]
    _use_queue_time(engine, rows[noted["by_queue"]])
    _settle_levels(engine, market.offers, got, noted["income"])
    _keep(engine, noted)


def offered(engine: Engine, rows: np.ndarray, homes: np.ndarray) -> None:
    """Households move into rentals that they were offered outside any queue, at the rents that stand."""
    noted = _noted(engine, rows, homes)
    noted["by_queue"] = np.zeros(len(rows), np.bool_)
    _trace(engine, rows, homes)
    _move(engine, rows, homes, engine.city.dwellings.rent[homes])
    noted["cost"] = engine.city.households.cost[rows]
    _keep(engine, noted)


def _move(engine: Engine, rows: np.ndarray, homes: np.ndarray, price: np.ndarray) -> None:
    city = engine.city
    owned = city.dwellings.tenure[homes] >= COOPERATIVE
    changes.set_rents(city, homes[~owned], bounded(city, homes[~owned], price[~owned]))
    paid = np.where(owned, price, np.float32(0))
    changes.move(city, rows, homes, city.dwellings.rent[homes], paid, engine.rulebook.credit.user_cost / 12.0)


def _noted(engine: Engine, rows: np.ndarray, homes: np.ndarray) -> dict[str, np.ndarray]:
    """What is remembered of each move, as things stand before it; see ``LETTING_COLUMNS``."""
    city = engine.city
    here, stock = city.households, city.dwellings
    return {
        "household": here.id[rows], "dwelling": homes, "area": stock.area[homes], "tenure": stock.tenure[homes],
        "policy": stock.policy[homes], "by_queue": _by_queue(engine, homes), "waited": here.waited(rows, city.month),
        "group": here.group[rows], "income": here.income[rows], "per_unit": here.income_per_unit(rows),
        "cause": here.cause[rows], "from_area": here.roots[rows], "from_tenure": here.tenure[rows],
        "was_without": here.dwelling[rows] == NOBODY,
    }  # fmt: skip


def _keep(engine: Engine, noted: dict[str, np.ndarray]) -> None:
    before = engine.tally.moves
    engine.tally.moves = {
        name: np.concatenate([before[name], noted[name].astype(dtype)]) for name, dtype in LETTING_COLUMNS.items()
    }


def _by_queue(engine: Engine, homes: np.ndarray) -> np.ndarray:
    """Whether each dwelling is let in order of queue time; what is set aside for tenants goes by no queue."""
    city, let = engine.city, np.zeros(len(homes), np.bool_)
    whose = city.dwellings.policy[homes]
    for number, policy in enumerate(engine.rulebook.policies):
        mine = whose == number
        let[mine] = by_queue(policy.allocation, city, homes[mine], city.luck)
        let[mine] &= ~set_aside(policy.reserves, "tenants", city, homes[mine], city.luck)
    return let


def _trace(engine: Engine, rows: np.ndarray, homes: np.ndarray) -> None:
    """A chain goes on in the home that is left; it ends where who moves in leaves none."""
    city = engine.city
    old = city.households.dwelling[rows]
    links = city.dwellings.link[homes] + 1
    goes_on = old != NOBODY
    engine.tally.chains = np.concatenate([engine.tally.chains, links[~goes_on].astype(np.int64)])
    changes.link(city, homes, np.zeros(len(homes), np.int16))
    changes.link(city, old[goes_on], links[goes_on])


def _use_queue_time(engine: Engine, used: np.ndarray) -> None:
    """Who got a home by its queue time loses that time, or all but a share; some register anew at once."""
    city = engine.city
    kept = np.floor(engine.rulebook.kept_time * city.households.waited(used, city.month)).astype(np.int64)
    draw = city.luck.stream(Purpose.REGISTERING, city.month).uniform(city.households.id[used], RENEWS)
    again = draw < engine.rulebook.keep_queue_time
    changes.register(city, used, np.where(again, city.month - kept, NEVER).astype(np.int16))


def _settle_levels(engine: Engine, offers: Offers, got: np.ndarray, earned: np.ndarray) -> None:
    """Levels of prices and of free rents answer to what was taken and what was not."""
    city, market = engine.city, engine.market
    incomes = np.zeros(len(offers.dwelling), np.float32)
    incomes[got] = earned
    for number, policy in enumerate(engine.rulebook.policies):
        mine = offers.policy == number
        asked, dwellings = market.asked[mine].astype(np.float32), offers.dwelling[mine]
        if policy.price is not None:
            paid = np.where(market.holder[mine] != NOBODY, market.price[mine], 0.0).astype(np.float32)
            level = policy.price.level(city.readonly(), Sales(dwellings, asked, paid))
            changes.set_levels(city, price_level=_merged(engine, number, city.books.price_level, level))
        if isinstance(policy.rent, RentLevelRule):
            level = policy.rent.level(city.readonly(), Lettings(dwellings, asked, incomes[mine]))
            changes.set_levels(city, rent_level=_merged(engine, number, city.books.rent_level, level))


def _merged(engine: Engine, policy: int, old: np.ndarray, new: np.ndarray) -> np.ndarray:
    """The new level in the columns of the tenures whose landlords follow the policy, the old one elsewhere."""
    theirs = np.array([number == policy for number in engine.rulebook.policy_of_tenure])
    return np.where(theirs, new, old)
