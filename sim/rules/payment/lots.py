"""Whom help is meant for: those with the lowest incomes, and so many a year by lot."""

from __future__ import annotations

import numpy as np

from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.incomes import per_unit
from sim.rules.amounts import MONTHS, whole


def lowest_incomes(city: City, rows: np.ndarray, share: float) -> np.ndarray:
    """Which of some households have own incomes, per consumption unit, among the lowest share of them, bool."""
    here = city.households
    if not len(rows):
        return np.zeros(0, np.bool_)
    own = per_unit(here.income[rows] - here.support[rows], here.adults[rows], here.children[rows])
    return np.asarray(own <= np.quantile(own, share))


def by_lot(city: City, rows: np.ndarray, number: float, luck: Luck, purpose: Purpose) -> np.ndarray:
    """As many of the rows as are due this month, of ``number`` a year in the whole town, int32."""
    n = int(whole(np.array([number * city.scale / MONTHS]), city.month, luck, purpose)[0])
    if n <= 0 or not len(rows):
        return np.zeros(0, np.int32)
    words = luck.stream(purpose, city.month).words(city.households.id[rows])
    return np.sort(rows[np.argsort(words)[:n]]).astype(np.int32)
