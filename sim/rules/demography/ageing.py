"""Deaths, widowhood and births, once a year in each household's own month."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.base.parameters import numbers, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.rules.demography.persons import resized
from sim.rules.happening import AGES, by_age, happens
from sim.rules.proposals import DIED, Lives

TABLE_AGES = np.arange(20, 101, 10)
BIRTH_BANDS = (25, 30, 35, 40, 45)
MOST = 4


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
        source="assumed, for two children as the usual number: with none, one, two, more children",
    )  # fmt: skip
    fertility: float = quantity(
        1.3, unit="1", low=0, high=5, source="assumed, so that households keep their mean size; about 1.8 per woman",
    )  # fmt: skip

    def propose(self, city: City, luck: Luck) -> Lives:
        """Who dies, who is widowed, who has a child."""
        here, rows = city.households, city.due()
        adults = here.adults[rows]
        bereft = happens(city, luck, Purpose.DEATH, rows, np.minimum(adults, MOST), self._any_death)
        lost = np.zeros(len(rows), np.int64)
        lost[bereft] = self._lost(city, luck, rows[bereft])
        parents = np.minimum(here.children[rows], 3) + 4 * (adults >= 2)
        born = np.zeros(len(rows), np.int64)
        born[happens(city, luck, Purpose.BIRTH, rows, parents, self._births)] = 1
        born[bereft] = 0
        ends = lost >= adults
        place = np.flatnonzero(~ends & (lost + born > 0))
        changed = rows[place]
        return resized(
            city, changed, adults[place] - lost[place], here.children[changed] + born[place],
            left=rows[ends], left_by=np.full(int(ends.sum()), DIED, np.uint8),
        )  # fmt: skip

    @cached_property
    def death_rates(self) -> np.ndarray:
        """Probability of dying within a year by age, straight in logarithms between the ages of the table."""
        logs = np.log(np.maximum(self.mortality, 1e-12))
        return np.asarray(np.exp(np.interp(AGES, TABLE_AGES, logs)))

    @cached_property
    def _any_death(self) -> np.ndarray:
        """Chance that an adult of a household dies, by number of adults and age: one at most, or all."""
        q = self.death_rates
        return np.stack([all_die(q, n) + one_dies(q, n) for n in range(MOST + 1)])

    def _lost(self, city: City, luck: Luck, rows: np.ndarray) -> np.ndarray:
        """How many die in households where somebody does: all, or one; by the same draw."""
        here = city.households
        adults = np.minimum(here.adults[rows], MOST)
        q = self.death_rates[np.clip(here.age_years(rows, city.month), 0, AGES[-1])]
        draw = luck.stream(Purpose.DEATH, city.month).uniform(here.id[rows])
        return np.where(draw < all_die(q, adults), here.adults[rows], 1)

    @cached_property
    def _births(self) -> np.ndarray:
        """Chance of a child by kind of household (children already there, without and with a partner) and age."""
        single, couple = by_age(self.births_single, BIRTH_BANDS), by_age(self.births_couple, BIRTH_BANDS)
        parity = self.fertility * np.asarray(self.by_children)[:, None]
        return np.concatenate([parity * single, parity * couple])


def all_die(q: np.ndarray, adults: np.ndarray | int) -> np.ndarray:
    """Chance that all adults of a household die within a year, each with probability ``q``."""
    return np.asarray(q**adults * (np.asarray(adults) > 0))


def one_dies(q: np.ndarray, adults: int) -> np.ndarray:
    """Chance that one of several adults does."""
    return np.asarray(adults * q * (1.0 - q) ** (adults - 1)) if adults > 1 else np.zeros_like(q)
