"""Deaths, widowhood and births, once a year in each household's own month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import numbers, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.rules.contracts import DIED, Lives
from sim.rules.demography.persons import by_band, resized

TABLE_AGES = np.arange(20, 101, 10)
BIRTH_BANDS = (25, 30, 35, 40, 45)
OLDEST = 110


@rule("demography", "ageing")
@dataclass(frozen=True)
class Ageing:
    """Adults of one household are taken to be of one age. Ages need no change: they follow from birth months.

    Where one of several adults dies the household goes on; where the last one dies it ends, children moving to kin.
    """

    mortality: tuple[float, ...] = numbers(
        (0.0004, 0.0006, 0.0009, 0.0022, 0.0058, 0.0145, 0.043, 0.145, 0.37), unit="share/year", low=0, high=1,
        source="life tables of Statistics Sweden about 2023, at ages 20, 30, ... 100", status="recalled",
    )  # fmt: skip
    births_couple: tuple[float, ...] = numbers(
        (0.10, 0.14, 0.15, 0.08, 0.018, 0.0), unit="share/year", low=0, high=1,
        source="fertility by age in Sweden about 2023 (1.45 per woman), to couples; under 25, 30, ... 45, older",
        status="estimate",
    )  # fmt: skip
    births_single: tuple[float, ...] = numbers(
        (0.006, 0.012, 0.016, 0.009, 0.002, 0.0), unit="share/year", low=0, high=1,
        source="the same, to those who live without a partner", status="estimate",
    )  # fmt: skip
    by_children: tuple[float, ...] = numbers(
        (1.0, 1.7, 0.5, 0.4), unit="1", low=0, high=5,
        source="assumed, for two children as the usual number: with none, one, two, more children", status="estimate",
    )  # fmt: skip
    fertility: float = quantity(
        1.3, unit="1", low=0, high=5, source="assumed, so that households keep their mean size; about 1.8 per woman",
        status="estimate",
    )  # fmt: skip

    def propose(self, city: City, luck: Luck) -> Lives:
        """Who dies, who is widowed, who has a child."""
        here, rows = city.households, city.due()
        age = here.age_years(rows, city.month)
        lost = self._lost(luck, city, rows, age)
        adults = here.adults[rows].astype(np.int64)
        born = (lost == 0) & self._has_child(luck, city, rows, age)
        ends = lost >= adults
        changes = np.flatnonzero(~ends & ((lost > 0) | born))
        changed = rows[changes]
        return resized(
            city, changed, adults[changes] - lost[changes], here.children[changed].astype(np.int64) + born[changes],
            left=rows[ends], left_by=np.full(int(ends.sum()), DIED, np.uint8),
        )  # fmt: skip

    def death_rates(self) -> np.ndarray:
        """Probability of dying within a year at each age from 0 to 110, straight in logarithms between the table's."""
        logs = np.log(np.maximum(self.mortality, 1e-12))
        return np.asarray(np.exp(np.interp(np.arange(OLDEST + 1), TABLE_AGES, logs)))

    def _lost(self, luck: Luck, city: City, rows: np.ndarray, age: np.ndarray) -> np.ndarray:
        """Adults who die in each household: none, one, or all."""
        here = city.households
        q = self.death_rates()[np.clip(age, 0, OLDEST)]
        adults = here.adults[rows].astype(np.int64)
        draw = luck.stream(Purpose.DEATH, city.month).uniform(here.id[rows])
        all_die = q**adults
        one_dies = adults * q * (1.0 - q) ** (adults - 1)
        return np.where(draw < all_die, adults, np.where((adults > 1) & (draw < all_die + one_dies), 1, 0))

    def _has_child(self, luck: Luck, city: City, rows: np.ndarray, age: np.ndarray) -> np.ndarray:
        here = city.households
        young = np.flatnonzero(age < BIRTH_BANDS[-1])
        mine, years = rows[young], age[young]
        couple = by_band(self.births_couple, BIRTH_BANDS, years)
        single = by_band(self.births_single, BIRTH_BANDS, years)
        rate = self.fertility * np.where(here.adults[mine] >= 2, couple, single)
        rate *= np.asarray(self.by_children)[np.minimum(here.children[mine], 3)]
        born = np.zeros(len(rows), np.bool_)
        born[young] = luck.stream(Purpose.BIRTH, city.month).uniform(here.id[mine]) < rate
        return born
