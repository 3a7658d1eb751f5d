"""Homes whose time has come are demolished; who still lives there is offered another rental first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.city import alterations
from sim.city.dwellings import RENTALS, Fate
from sim.city.households import NOBODY
from sim.engine.direct import suited
from sim.engine.phases.moving import offered

if TYPE_CHECKING:
    from sim.engine.month import Engine


def rehouse(engine: Engine) -> None:
    """Demolish what is due and empty; where somebody still lives and no other home is found, it waits for a month."""
    city = engine.city
    stock = city.dwellings
    due = np.flatnonzero((stock.fate == Fate.DEMOLITION) & (stock.fate_month <= city.month)).astype(np.int32)
    if not len(due):
        return
    rows = stock.occupant[due]
    offered(engine, *suited(engine, rows[rows != NOBODY], _vacant_rentals(engine), carried=False))
    empty = due[stock.occupant[due] == NOBODY]
    alterations.take_down(city, empty)
    _postpone(engine, due[stock.is_used[due]])
    engine.tally.counts["homes_demolished"] += len(empty)


def _postpone(engine: Engine, standing: np.ndarray) -> None:
    """Where homes stand that should be gone, what is rebuilt there has to wait."""
    city = engine.city
    areas = np.unique(city.dwellings.area[standing])
    sites = np.flatnonzero(city.sites.is_used & city.sites.for_return & np.isin(city.sites.area, areas))
    alterations.postpone(city, sites)


def invite_back(engine: Engine, homes: np.ndarray) -> None:
    """Who had to leave an area is offered the rentals that were rebuilt there, before anybody else."""
    city = engine.city
    here = city.households
    for area in np.unique(city.dwellings.area[homes]):
        rows = np.flatnonzero(here.is_used & (here.right_to == area)).astype(np.int32)
        there = homes[city.dwellings.area[homes] == area]
        returns, to = suited(engine, rows, there, carried=True)
        offered(engine, returns, to)
        alterations.grant_return(city, returns, np.full(len(returns), NOBODY))
        engine.tally.counts["returned"] += len(returns)


def _vacant_rentals(engine: Engine) -> np.ndarray:
    """Rentals that stood empty when the month began, and about which nothing else has been decided, int32."""
    stock = engine.city.dwellings
    rows = np.flatnonzero(stock.is_vacant()).astype(np.int32)
    rows = rows[np.isin(stock.tenure[rows], RENTALS) & (stock.vacant_since[rows] < engine.city.month)]
    return np.asarray(rows[stock.is_settled(rows)])
