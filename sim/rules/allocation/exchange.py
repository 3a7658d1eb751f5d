"""Landlords that leave the exchange when its rule costs them their choice, and come back when it does not."""

from __future__ import annotations

import numpy as np

from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.rules.allocation.mixed import Mixed
from sim.rules.lots import lots_of

GOING = 2
"""Which number of the landlords' stream says who leaves or comes back."""


def away(order: Mixed, city: City, policy: int, luck: Luck) -> np.ndarray:
    """Which landlords let nothing through the exchange from this month on, bool, shape (n_landlords,).

    The first part of the mix is the exchange. Where its rule leaves the landlord no choice, landlords of the policy
    leave it at the rate ``leaves``; where it does, those who left come back at the rate ``returns``. Each decides by
    itself, month by month.
    """
    before = city.away if city.away is not None else np.zeros(len(city.landlords), np.bool_)
    mine = city.landlords.policy == policy
    chooses = order.parts[0].rule.chooses_freely
    yearly = order.returns if chooses else order.leaves
    turns = lots_of(luck, Purpose.LANDLORD, city.month, np.arange(len(mine)), GOING) < 1.0 - (1.0 - yearly) ** (1 / 12)
    return np.asarray(np.where(mine & turns, not chooses, before))
