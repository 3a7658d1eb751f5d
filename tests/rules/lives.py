"""Makes proposals about lives come true, and houses people at random: demography by itself."""

import numpy as np

from sim.base.streams import Purpose
from sim.city import changes
from sim.city.households import NOBODY


def live(city, rule, luck):
    """Apply what a rule of demography proposes, in the order of its contract; returns the proposal."""
    lives = rule.propose(city.readonly(), luck)
    changes.join(city, lives.guest, lives.host)
    changes.resize(city, lives.resized, lives.adults, lives.children)
    changes.earn(city, lives.earning, lives.log_permanent, lives.log_transitory, lives.income)
    changes.save(city, lives.saving, lives.savings, lives.loan)
    changes.register(city, lives.registered, lives.queue_since)
    if lives.newcomers is not None:
        changes.enter(city, lives.newcomers)
    changes.leave(city, lives.left)
    return lives


def house_at_random(city, luck):
    """Those without a home move into the homes that stand vacant, by lot."""
    here, rows = city.households, city.households.rows()
    waiting = rows[here.dwelling[rows] == NOBODY]
    vacant = np.flatnonzero(city.dwellings.is_vacant() & (city.dwellings.vacant_since < city.month)).astype(np.int32)
    waiting = waiting[np.argsort(luck.stream(Purpose.MEASURE, city.month).uniform(here.id[waiting]))]
    n = min(len(waiting), len(vacant))
    rents = city.dwellings.rent[vacant[:n]].copy()
    changes.move(city, waiting[:n], vacant[:n], rents, np.zeros(n, np.float32))
