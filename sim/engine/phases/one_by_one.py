"""The other tempo: one household at a time, by lot, sees some of the homes that are vacant now and moves at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.base.streams import Purpose
from sim.city.city import City
from sim.engine.market import Market
from sim.engine.phases.allocation import allocation
from sim.engine.phases.listing import offers_of
from sim.engine.phases.moving import moving
from sim.engine.phases.preference import score

if TYPE_CHECKING:
    from sim.engine.month import Engine


def one_by_one(engine: Engine) -> None:
    """Everybody who looks takes a turn; landlords, demands and prices are those of the monthly tempo.

    Nobody competes: who comes first takes what it likes best of what it sees and may have, at the asking rent or price.
    """
    city, seekers = engine.city, engine.market.seekers
    lot = city.luck.stream(Purpose.ORDER, city.month).words(city.households.id[seekers])
    engine.tally.counts["listings"] = len(_vacant(city))
    for row in seekers[np.argsort(lot)]:
        _take_turn(engine, row)


def _take_turn(engine: Engine, row: np.int32) -> None:
    seen = vacancies_seen(engine, row)
    if len(seen) == 0:
        return
    market = Market(np.array([row], np.int32))
    market.offers = offers_of(engine.city, engine.rulebook, seen)
    engine.market = market
    score(engine, np.arange(len(seen), dtype=np.uint32)[None, :], watches_all=True)
    allocation(engine)
    moving(engine)


def vacancies_seen(engine: Engine, row: np.int32) -> np.ndarray:
    """Vacant homes that one household sees, drawn without replacement by its name, int32 rows."""
    city = engine.city
    vacant = _vacant(city)
    name = np.full(len(vacant), city.households.id[row])
    drawn = city.luck.stream(Purpose.SAMPLE, city.month).pair_words(name, vacant)
    return np.asarray(vacant[np.argsort(drawn)[: engine.rulebook.n_seen]])


def _vacant(city: City) -> np.ndarray:
    """Vacant homes about which nothing else has been decided, int32."""
    rows = np.flatnonzero(city.dwellings.is_vacant()).astype(np.int32)
    return np.asarray(rows[city.dwellings.is_settled(rows)])
