"""Homes that are ready: how large they are, who lets or sells them, what they cost; drawn by where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.base.streams import Purpose, Stream
from sim.city import alterations
from sim.city.alterations import NewHomes
from sim.city.city import City
from sim.city.dwellings import OWNER_OCCUPIED, RENTALS, TENURES
from sim.rules.proposals import NO_ROWS
from sim.synthesis.fitting import tilts
from sim.synthesis.stock import (
    FLAT_M2,
    FLAT_ROOMS,
    HOUSE_M2,
    HOUSE_ROOMS,
    M2_SPREAD,
    NEW_BONUS,
    STANDARD,
    STANDARD_SPREAD,
)

if TYPE_CHECKING:
    from sim.engine.month import Engine

ROOMS, M2, STANDARDS, LANDLORD = range(4)
"""Which number of the building stream says what of a home."""
MOST_OF_A_LOT = 1 << 32


def complete(engine: Engine) -> np.ndarray:
    """Homes of sites that are ready come to be; the rentals among them that some may return to, int32."""
    city = engine.city
    sites = city.sites
    ready = np.flatnonzero(sites.is_used & (sites.ready <= city.month))
    if not len(ready):
        return NO_ROWS
    ready = ready[np.lexsort((ready, sites.tenure[ready], sites.area[ready]))]
    lot = np.repeat(ready, sites.homes[ready])
    alterations.open_markets(city, sites.area[ready], sites.tenure[ready])
    rows = alterations.build(city, new_homes(engine, lot))
    returns = sites.for_return[lot] & np.isin(sites.tenure[lot], RENTALS)
    engine.tally.counts["homes_built"] += len(rows)
    alterations.finish(city, ready.astype(np.int32))
    return np.asarray(rows[returns])


def new_homes(engine: Engine, lot: np.ndarray) -> NewHomes:
    """Homes of some sites, one position per home; ``lot`` are rows of sites, sorted by area and tenure."""
    city = engine.city
    sites, luck = city.sites, city.luck.stream(Purpose.BUILDING, city.month)
    area, tenure = sites.area[lot], sites.tenure[lot]
    names = names_of(area, tenure)
    rooms, m2 = sizes(luck, names, sites.rooms[lot], tenure == OWNER_OCCUPIED)
    policy = np.asarray(engine.rulebook.policy_of_tenure, np.int64)[tenure]
    standard = np.clip(STANDARD + NEW_BONUS + STANDARD_SPREAD * luck.normal(names, STANDARDS), 0.05, 1.0)
    return NewHomes(
        area, tenure, policy.astype(np.uint8), landlords_for(city, names, area, policy), rooms, m2, standard,
        alterations.mean_rents(city)[area, tenure] * m2, sites.bound[lot], city.month + sites.bound_months[lot] - 1,
    )  # fmt: skip


def names_of(area: np.ndarray, tenure: np.ndarray) -> np.ndarray:
    """A name for the luck of each home of a month, int64: its place and tenure, and which of those it is.

    So what is built elsewhere in the month changes nothing about it. Homes are sorted by area and tenure.
    """
    cell = area.astype(np.int64) * len(TENURES) + tenure
    first = np.searchsorted(cell, cell, side="left")
    return np.asarray(cell * MOST_OF_A_LOT + np.arange(len(cell)) - first)


def sizes(luck: Stream, names: np.ndarray, means: np.ndarray, is_house: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rooms and m2 of new homes, int64 and float64; as the founding draws them, around the mean rooms asked for."""
    rooms, u = np.zeros(len(names), np.int64), luck.uniform(names, ROOMS)
    for houses, base in ((False, FLAT_ROOMS), (True, HOUSE_ROOMS)):
        here = np.flatnonzero(is_house == houses)
        asked, which = np.unique(means[here].astype(np.float64), return_inverse=True)
        shares = np.broadcast_to(base, (len(asked), len(base)))
        shares = shares * tilts(shares, np.arange(1.0, len(base) + 1), asked)
        steps = np.cumsum(shares, axis=1)[:, :-1]
        rooms[here] = 1 + (u[here, None] >= steps[which]).sum(axis=1)
    least, per_room = np.where(is_house[:, None], HOUSE_M2, FLAT_M2).T
    return rooms, (least + per_room * rooms) * np.exp(M2_SPREAD * luck.normal(names, M2))


def landlords_for(city: City, names: np.ndarray, area: np.ndarray, policy: np.ndarray) -> np.ndarray:
    """A landlord for each home, by lot among those with homes of the policy in the area (or anywhere), int64.

    Whoever has more homes there gets more.
    """
    owned = (city.stock_counts or city.counted_stock()).by_landlord
    u, found = city.luck.stream(Purpose.LANDLORD, city.month).uniform(names, LANDLORD), np.zeros(len(names), np.int64)
    for one in np.unique(policy):
        here, mine = np.flatnonzero(policy == one), np.flatnonzero(city.landlords.policy == one)
        there = owned[:, mine]
        there = np.where(there.any(axis=1, keepdims=True), there, np.maximum(there.sum(axis=0), 1))
        steps = np.cumsum(there, axis=1) / there.sum(axis=1, keepdims=True)
        found[here] = mine[(u[here, None] >= steps[area[here], :-1]).sum(axis=1)]
    return found
