"""Direct offers: homes that some households are offered by name, outside any queue, each the one that suits it best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.base.streams import Purpose
from sim.city.households import NOBODY
from sim.rules.proposals import Schedule
from sim.rules.rooms import rooms_needed

if TYPE_CHECKING:
    from sim.engine.month import Engine

TOO_DEAR, A_ROOM = 1e6, 1e3
"""How much worse than a kilometre it is that a home costs too much, or lacks a room: so much that it comes first."""


def suited(
    engine: Engine, rows: np.ndarray, homes: np.ndarray, *, carried: bool, helped: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Who is offered what: by lot, each the home that costs not too much, has rooms enough and lies nearest.

    Parameters
    ----------
    rows : int32 array, shape (n_households,)
        Rows of households.
    homes : int32 array, shape (n_homes,)
        Rows of vacant rentals.
    carried : bool
        Whether who cannot carry the rent of a home is not offered it.
    helped : float
        What each is paid beside its income once it lives there, SEK per month.

    Returns
    -------
    int32 arrays, shape (n_offers,)
        Household and home, each at most once.
    """
    city = engine.city
    lot = city.luck.stream(Purpose.DEMOLITION, city.month).words(city.households.id[rows])
    free, got = np.ones(len(homes), np.bool_), []
    for row in rows[np.argsort(lot)]:
        worse = np.where(free, _how_bad(engine, row, homes, helped), np.inf)
        best = int(np.argmin(worse)) if len(homes) else 0
        if len(homes) and worse[best] < (TOO_DEAR if carried else np.inf):
            free[best] = False
            got.append((row, homes[best]))
    pairs = np.array(got, np.int32).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _how_bad(engine: Engine, row: np.int32, homes: np.ndarray, helped: float) -> np.ndarray:
    city, schedule = engine.city, engine.rulebook.schedule
    here, stock = city.households, city.dwellings
    one = np.array([row])
    missing = np.maximum(rooms_needed(here.adults[one], here.children[one]) - stock.rooms[homes].astype(np.int64), 0)
    purse = float(here.income[row]) + helped - float(schedule.norm(here.adults[one], here.children[one])[0])
    area = here.area[row] if here.area[row] != NOBODY else here.roots[row]
    far = city.geography.km[area, stock.area[homes]] if area != NOBODY else np.zeros(len(homes))
    too_dear = stock.rent[homes] > highest_rent(purse, schedule)
    return np.asarray(TOO_DEAR * too_dear + A_ROOM * missing + far)


def highest_rent(purse: float, schedule: Schedule) -> float:
    """The highest rent that income less the norm of living can carry with the allowance, SEK per month."""
    own = 1.0 - schedule.share
    return purse / own if own > 0.0 and purse <= own * schedule.rent_cap else purse + schedule.share * schedule.rent_cap
