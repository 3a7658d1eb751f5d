"""How a level of prices or rents answers to what was taken and what was left, area by area."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.city.city import City

THIN = 2.0
"""Listings of the whole city that stand beside those of each area, so that one sale in a small area is no trend
(assumed)."""


@dataclass(frozen=True)
class Pace:
    """How fast a level moves.

    Attributes
    ----------
    speed : float
        Share of the mean sign that is taken over in a month.
    most : float
        Most that the level moves in a month, share.
    unsold : float
        Sign of a listing that nobody took, as a share of its price, at a target time of two months.
    target_time : float
        Months on the market at which the level rests, more than 1.
    """

    speed: float
    most: float
    unsold: float
    target_time: float

    def cut(self) -> float:
        """Sign of a listing that nobody took: with one in ``target_time`` taken at a premium, signs cancel."""
        return self.unsold / (self.target_time - 1.0)


def moved(city: City, level: np.ndarray, dwellings: np.ndarray, signs: np.ndarray, pace: Pace) -> np.ndarray:
    """A level after a month.

    Parameters
    ----------
    city : City
    level : float64 array, shape (n_areas, n_tenures)
        Any unit.
    dwellings : int32 array, shape (n,)
        Rows of the homes on offer.
    signs : float64 array, shape (n,)
        What each says: logarithm of what was paid over the level, or minus the cut.
    pace : Pace

    Returns
    -------
    float64 array, shape (n_areas, n_tenures)
    """
    n_tenures = level.shape[1]
    tenure = city.dwellings.tenure[dwellings].astype(np.int64)
    cell = city.dwellings.area[dwellings].astype(np.int64) * n_tenures + tenure
    everywhere = _mean(tenure, signs, n_tenures)
    n = np.bincount(cell, minlength=level.size).reshape(level.shape)
    total = np.bincount(cell, signs, level.size).reshape(level.shape)
    sign = (total + THIN * everywhere) / (n + THIN)
    return np.asarray(level * np.exp(np.clip(pace.speed * sign, -pace.most, pace.most)))


def _mean(cell: np.ndarray, value: np.ndarray, n_cells: int) -> np.ndarray:
    n = np.bincount(cell, minlength=n_cells)
    return np.asarray(np.bincount(cell, value, n_cells) / np.maximum(n, 1))
