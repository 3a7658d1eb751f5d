"""The stock changes: what is ready is handed out, what was decided happens, rules of investment decide what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.base.errors import RuleError
from sim.city import alterations, changes
from sim.city.dwellings import COOPERATIVE, PRIVATE_RENTAL, TENURES, Fate
from sim.city.households import NEVER, NOBODY, Cause
from sim.engine.newly_built import complete, landlords_for
from sim.engine.phases.rehousing import invite_back, rehouse
from sim.rules.works import NOTHING, Works

if TYPE_CHECKING:
    from sim.engine.month import Engine

MONTHS = 12


def building(engine: Engine) -> None:
    """Ask each rule in turn; each sees what the ones before it did."""
    city, book = engine.city, engine.rulebook
    if not book.investment and not city.sites.n_used:
        return
    alterations.count_stock(city)
    invite_back(engine, complete(engine))
    rehouse(engine)
    _put_up_for_sale(engine)
    _phase_in(engine)
    for line, rule in book.investment:
        works = rule.propose(city.readonly(), city.luck)
        if works is not NOTHING:
            apply(engine, line, works)


def apply(engine: Engine, line: str, works: Works) -> None:
    """Make what a rule of investment proposes come true, in the order that its contract states.

    Raises
    ------
    RuleError
        If homes get a tenure that no landlord of the scenario lets or sells.
    """
    city, counts = engine.city, engine.tally.counts
    _refuse_ownerless(engine, line, np.concatenate([works.projects.tenure, works.to_tenure]))
    if len(works.projects.area):
        alterations.begin(city, **vars(works.projects))
    counts["homes_begun"] += int(works.projects.homes.sum())
    _doom(engine, works)
    hand_over(engine, works.handed, works.to_tenure)
    _convert(engine, works)
    alterations.renovate(city, works.renovated, works.goal, works.step)
    cause = np.full(len(works.leaving), Cause.RENOVATED, np.uint8)
    changes.look(city, works.leaving, cause, works.leaving_until)
    counts["homes_handed_over"] += len(works.handed)
    counts["homes_renovated"] += len(works.renovated)
    counts["homes_sold_to_tenants"] += len(works.sold)
    if len(works.uplift):
        alterations.add_amenity(city, works.uplift)
    for paid in works.payments:
        changes.book(city, line, paid.amount, paid.payer, paid.payee)


def _refuse_ownerless(engine: Engine, line: str, tenures: np.ndarray) -> None:
    for tenure in np.unique(tenures):
        if engine.rulebook.policy_of_tenure[tenure] == NOBODY:
            raise RuleError("rule.tenure_without_landlord", id=line, tenure=TENURES[tenure])


def hand_over(engine: Engine, homes: np.ndarray, tenures: np.ndarray) -> None:
    """Homes get another tenure, and a landlord who has homes of that tenure nearby."""
    if not len(homes):
        return
    city = engine.city
    policy = np.asarray(engine.rulebook.policy_of_tenure, np.int64)[tenures]
    landlord = landlords_for(city, homes.astype(np.int64), city.dwellings.area[homes], policy)
    alterations.hand_over(city, homes, tenures, policy.astype(np.uint8), landlord)


def _doom(engine: Engine, works: Works) -> None:
    """Homes are to be demolished: who lives there is told to look for another, and some may return."""
    city = engine.city
    here, stock = city.households, city.dwellings
    alterations.decide(city, works.doomed, Fate.DEMOLITION, works.doomed_from)
    lived_in = stock.occupant[works.doomed] != NOBODY
    rows = stock.occupant[works.doomed[lived_in]]
    cause = np.full(len(rows), Cause.DEMOLISHED, np.uint8)
    changes.look(city, rows, cause, works.doomed_from[lived_in])
    alterations.grant_return(city, works.returning, here.area[works.returning])
    engine.tally.counts["homes_doomed"] += len(works.doomed)


def _convert(engine: Engine, works: Works) -> None:
    """Tenants become owners; who does not buy stays a tenant, of the association, until the home is vacated."""
    if not len(works.sold):
        return
    city = engine.city
    fees = _become_cooperative(engine, works.sold)
    interest = engine.rulebook.credit.user_cost / 12.0
    alterations.sell_to_tenants(city, works.sold, works.price, fees, interest)
    if engine.rulebook.policy_of_tenure[PRIVATE_RENTAL] != NOBODY:
        hand_over(engine, works.kept, np.full(len(works.kept), PRIVATE_RENTAL, np.int8))
    alterations.decide(city, works.kept, Fate.SALE, city.month)


def _phase_in(engine: Engine) -> None:
    """Rents after a renovation rise by a step a year, and to the full where a new tenant will move in."""
    city, stock = engine.city, engine.city.dwellings
    rows = np.flatnonzero(stock.lift < stock.lift_goal).astype(np.int32)
    vacant = stock.occupant[rows] == NOBODY
    rows = rows[vacant | ((city.month - stock.renovated[rows]) % MONTHS == 0)]
    if len(rows):
        goal, step = stock.lift_goal[rows].astype(np.int64), stock.lift_step[rows].astype(np.int64)
        next_step = np.minimum(stock.lift[rows] + step, goal)
        alterations.lift(city, rows, np.where(stock.occupant[rows] == NOBODY, goal, next_step).astype(np.uint8))


def _put_up_for_sale(engine: Engine) -> None:
    """Homes of associations that their last tenants have left are sold as cooperative homes."""
    city, stock = engine.city, engine.city.dwellings
    waiting = np.flatnonzero(stock.fate == Fate.SALE)
    homes = waiting[stock.occupant[waiting] == NOBODY].astype(np.int32)
    if not len(homes):
        return
    alterations.set_fees(city, homes, _become_cooperative(engine, homes))
    alterations.decide(city, homes, Fate.NONE, NEVER)


def _become_cooperative(engine: Engine, homes: np.ndarray) -> np.ndarray:
    """Rentals become cooperative homes; the fees that such homes have there, SEK per month, float32."""
    city, stock = engine.city, engine.city.dwellings
    to = np.full(len(homes), COOPERATIVE, np.int8)
    fees = alterations.mean_rents(city)[stock.area[homes], COOPERATIVE] * stock.m2[homes]
    alterations.open_markets(city, stock.area[homes], to)
    hand_over(engine, homes, to)
    return np.asarray(fees, np.float32)
