"""Inversion: constants of places that make the observed city one that stays as it is.

Prices are frozen at what was observed, and the city lives on under its rules. Where homes are more sought after than
their price says, the constant of area and tenure falls; where rentals wait shorter than observed, it rises; where the
share of a group falls behind the observed one, the constant of area and group rises. What the steps settle at is what
the model does not explain: alternative-specific constants, as in any choice model.

References
----------
Berry, S. T. (1994). Estimating discrete-choice models of product differentiation. RAND J. of Economics 25, 242-262.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.city import changes
from sim.city.city import City
from sim.city.dwellings import RENTALS, TENURES
from sim.engine.month import Engine

BOUND = 3.0
GROUP_BOUND = 1.5
EVERY = 6
PRICE_GAIN = 4.0
WAIT_GAIN = 0.004
SHARE_GAIN = 2.5
SETTLING = 48.0
THIN_LETTINGS = 2.0
THIN_HOMES = 20.0


@dataclass(frozen=True)
class Observed:
    """What the constants are to explain.

    Attributes
    ----------
    price_level : float64 array, shape (n_areas, n_tenures)
        SEK per m2, 0 for rentals.
    waits : float64 array, shape (n_areas,)
        Queue time at letting, months; NaN where unknown.
    shares : float64 array, shape (n_areas, n_groups)
        Share of each group among the households of each area.
    homes : float64 array, shape (n_areas, n_tenures)
        Dwellings, to tell thin cells.
    """

    price_level: np.ndarray
    waits: np.ndarray
    shares: np.ndarray
    homes: np.ndarray

    @classmethod
    def of(cls, city: City, waits: np.ndarray) -> Observed:
        """A city that has just been founded, with waits by area (months)."""
        stock, count = city.dwellings, city.books.count
        cell = stock.area.astype(np.int64) * len(TENURES) + stock.tenure
        homes = np.bincount(cell, minlength=city.n_areas * len(TENURES)).reshape(city.n_areas, -1)
        shares = count / np.maximum(count.sum(axis=1, keepdims=True), 1)
        return cls(city.books.price_level.copy(), waits, shares, homes.astype(np.float64))


@dataclass
class Inversion:
    """Steps towards the constants, month by month.

    Attributes
    ----------
    engine : Engine
    observed : Observed
    months : int
        How long it goes on; the constants are the mean over its last quarter.
    """

    engine: Engine
    observed: Observed
    months: int
    waited: np.ndarray = field(init=False)
    let: np.ndarray = field(init=False)
    kept: list[tuple[np.ndarray, np.ndarray]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with constants of nothing, so that what is found does not hang on what was found before."""
        city = self.engine.city
        self._set(np.zeros_like(city.constants.by_tenure), np.zeros_like(city.constants.by_group))
        self._forget_lettings()

    def pass_month(self, number: int) -> None:
        """One month of the city, and one step of the constants; steps become smaller with time."""
        self.engine.pass_month()
        gain = 1.0 / (1.0 + number / SETTLING)
        self._remember_lettings()
        self._answer_prices(gain)
        if number % EVERY == EVERY - 1:
            self._answer_waits(gain)
            self._answer_shares(gain)
            self._forget_lettings()
        if number >= 3 * self.months // 4:
            constants = self.engine.city.constants
            self.kept.append((constants.by_tenure.copy(), constants.by_group.copy()))

    def found(self) -> tuple[np.ndarray, np.ndarray]:
        """The constants: the mean of the last quarter, thin cells drawn towards their area or towards nothing."""
        by_tenure = np.mean([one for one, _ in self.kept], axis=0)
        by_group = np.mean([one for _, one in self.kept], axis=0)
        homes = self.observed.homes
        trust = homes / (homes + THIN_HOMES * self.engine.city.scale)
        whole = homes.sum(axis=1, keepdims=True)
        mean = (by_tenure * homes).sum(axis=1, keepdims=True) / np.maximum(whole, 1)
        return trust * by_tenure + (1 - trust) * mean, by_group * whole / (whole + THIN_HOMES * self.engine.city.scale)

    def _set(self, by_tenure: np.ndarray, by_group: np.ndarray) -> None:
        """Only differences between homes count: the mean rental of the town has the constant 0."""
        homes, rentals = self.observed.homes, list(RENTALS)
        middle = (by_tenure * homes)[:, rentals].sum() / max(homes[:, rentals].sum(), 1.0)
        bounded = np.clip(by_tenure - middle, -BOUND, BOUND), np.clip(by_group, -GROUP_BOUND, GROUP_BOUND)
        changes.explain(self.engine.city, *bounded)

    def _answer_prices(self, gain: float) -> None:
        """What prices would have done, the constants do the other way; then prices are as observed again."""
        city, fixed = self.engine.city, self.observed.price_level
        rise = np.log(np.where(fixed > 0, city.books.price_level, 1.0) / np.where(fixed > 0, fixed, 1.0))
        self._set(city.constants.by_tenure - PRICE_GAIN * gain * rise, city.constants.by_group)
        changes.set_levels(city, price_level=fixed.copy())

    def _answer_waits(self, gain: float) -> None:
        """Rentals that are waited for too long are worth less; only differences between areas count."""
        city, seen = self.engine.city, self.observed.waits
        if np.isnan(seen).all():
            return
        typical = np.nanmean(seen)
        wait = (self.waited + THIN_LETTINGS * typical) / (self.let + THIN_LETTINGS)
        step = np.nan_to_num(WAIT_GAIN * gain * ((seen - typical) - (wait - wait.mean())))
        by_tenure = city.constants.by_tenure.copy()
        for tenure in RENTALS:
            by_tenure[:, tenure] += step
        self._set(by_tenure, city.constants.by_group)

    def _answer_shares(self, gain: float) -> None:
        """A group that falls behind in an area is drawn there; the city's own change of shares is left alone."""
        city = self.engine.city
        count = city.books.count + 0.5
        now, before = count / count.sum(axis=1, keepdims=True), self.observed.shares
        gap = _logit(before) - _logit(now)
        step = SHARE_GAIN * gain * (gap - gap.mean(axis=0)) / 2.0
        self._set(city.constants.by_tenure, city.constants.by_group + step)

    def _remember_lettings(self) -> None:
        moves = self.engine.tally.moves
        queued = moves["by_queue"]
        n = self.engine.city.n_areas
        self.waited += np.bincount(moves["area"][queued], moves["waited"][queued], n)
        self.let += np.bincount(moves["area"][queued], minlength=n)

    def _forget_lettings(self) -> None:
        n = self.engine.city.n_areas
        self.waited, self.let = np.zeros(n), np.zeros(n)


def _logit(share: np.ndarray) -> np.ndarray:
    inside = np.clip(share, 0.005, 0.995)
    return np.asarray(np.log(inside / (1.0 - inside)))
