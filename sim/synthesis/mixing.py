"""A mixed start: households spread over homes by lot, tenures and prices alike everywhere, groups with equal incomes.

What the tables say of the whole town stays: how many homes, households of each kind, mean rents and prices. Only where
they are, or who has which income, is no longer as today. So one can ask what a mechanism makes of a town by itself.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.city.dwellings import TENURES
from sim.scenario.world import Founding
from sim.synthesis.draws import Drawn, Draws
from sim.synthesis.homes import Homes
from sim.synthesis.margins import Frame
from sim.synthesis.rounding import combed
from sim.synthesis.stock import Blocks

GROUP, INCOME = 2, 5
"""Axes of the fitted table."""


def is_mixed(how: Founding | None) -> bool:
    """Whether households start elsewhere than the tables say."""
    return how is not None and how.households == "by_lot"


def mixed_homes(homes: Homes, how: Founding | None) -> Homes:
    """The homes of a town, with tenures or prices as they would be if they were the same everywhere.

    Parameters
    ----------
    homes : Homes
    how : Founding or None
        None: as the tables say.
    """
    if how is not None and how.tenures == "even":
        homes = replace(homes, **{name: _filled(getattr(homes, name), homes.homes) for name in _MEANS},
                        homes=_even(homes.homes))  # fmt: skip
    if how is not None and how.prices == "even":
        homes = replace(homes, **{name: _means(getattr(homes, name), homes.homes) for name in _MONEY})
    return homes


_MONEY = ("rent_per_m2", "price_per_m2")
_MEANS = ("rooms", *_MONEY)


def _even(homes: np.ndarray) -> np.ndarray:
    """As many homes in each area and of each tenure, every area with the same mix."""
    return np.asarray(homes.sum(axis=1, keepdims=True) * homes.sum(axis=0) / homes.sum())


def _means(values: np.ndarray, homes: np.ndarray) -> np.ndarray:
    """Mean of each tenure over the town, in every area."""
    counts = homes.sum(axis=0)
    means = np.divide((values * homes).sum(axis=0), counts, out=np.zeros(len(TENURES)), where=counts > 0)
    return np.broadcast_to(means, values.shape).copy()


def _filled(values: np.ndarray, homes: np.ndarray) -> np.ndarray:
    """The same, with the town's mean of the tenure where an area has had none of it."""
    return np.asarray(np.where(homes > 0, values, _means(values, homes)))


def kinds_of(frame: Frame, table: np.ndarray, how: Founding) -> np.ndarray:
    """Households of the whole town by cell (group, size, age, income), float64, shape (n_cells,).

    Parameters
    ----------
    frame : Frame
    table : float64 array, shape ``frame.shape``
        The fitted table.
    how : Founding
        With equal incomes of groups, the incomes of a size and age are drawn from all households of that size and age.
    """
    whole = table.reshape(frame.shape).sum(axis=(0, 1), keepdims=True)
    if how.group_incomes == "equal":
        alike = whole.sum(axis=GROUP, keepdims=True)
        of_kind = alike.sum(axis=INCOME, keepdims=True)
        shares = np.divide(alike, of_kind, out=np.zeros_like(alike), where=of_kind > 0)
        whole = whole.sum(axis=INCOME, keepdims=True) * shares
    return np.asarray(whole.ravel())


def by_lot(kinds: np.ndarray, blocks: Blocks, draws: Draws) -> np.ndarray:
    """Whole households of every block and cell, int64, shape (n_blocks, n_cells): who lives where is pure chance."""
    n = int(blocks.lived_in.sum())
    counts = combed(kinds.reshape(1, -1), np.array([n]), draws.uniform(Drawn.MIXED, np.zeros(1, np.int64)))
    cell = np.repeat(np.arange(counts.size), counts.ravel())
    cell = cell[np.argsort(draws.uniform(Drawn.MIXED, np.arange(1, n + 1)), kind="stable")]
    block = np.repeat(np.arange(len(blocks.lived_in)), blocks.lived_in)
    whole = np.bincount(block * counts.size + cell, minlength=len(blocks.lived_in) * counts.size)
    return np.asarray(whole.reshape(len(blocks.lived_in), -1), np.int64)
