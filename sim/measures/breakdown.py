"""For whom a measure is taken: everybody; each group, tenure, type of household and fifth of income."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from sim.kernels.household_types import ELDERLY, N_TYPES, PARENTS, SINGLE_PARENT
from sim.kernels.ranks import N_FIFTHS
from sim.measures.names import named

FIFTHS = tuple(str(fifth + 1) for fifth in range(N_FIFTHS))
TYPES = {"families": (PARENTS, SINGLE_PARENT), "single_parent": (SINGLE_PARENT,), "elderly": (ELDERLY,)}
"""Types of household by their words: with children, one adult with children, 65 and older without children."""


@dataclass(frozen=True, eq=False)
class Breakdown:
    """The rows that a table of cells is summed into.

    Attributes
    ----------
    by : tuple of dict of str to str
        What each row is called in the name of a measure; the first is everybody.
    cells : float64 array, shape (n_rows, n_cells)
        1 where a row counts a cell, else 0.
    """

    by: tuple[dict[str, str], ...]
    cells: np.ndarray
    _names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def names(self, base: str) -> tuple[str, ...]:
        """The names of a measure for all rows."""
        if base not in self._names:
            self._names[base] = tuple(named(base, **by) for by in self.by)
        return self._names[base]

    def sums(self, table: np.ndarray) -> np.ndarray:
        """Rows of a table whose first axes are those of the cells; float64, shape (n_rows, n), or (n_rows,) if 1."""
        n_cells = self.cells.shape[1]
        flat = np.ascontiguousarray(table.reshape(n_cells, -1), np.float64)
        summed: np.ndarray = self.cells @ flat
        return summed[:, 0] if table.size == n_cells else summed


@functools.cache
def breakdown(groups: tuple[str, ...], tenures: tuple[str, ...] = (), *, with_types: bool = True) -> Breakdown:
    """Rows of a table of cells by group, tenure (if any are named), type of household (if wanted), fifth of income.

    Examples
    --------
    >>> breakdown(("a", "b"), with_types=False).names("access.crowding")[:3]
    ('access.crowding', 'access.crowding@group=a', 'access.crowding@group=b')
    """
    axes = tuple(_axes(groups, tenures, with_types))
    shape = [members.shape[1] for _, _, members in axes]
    by: list[dict[str, str]] = [{}]
    rows = [np.ones(shape)]
    for number, (key, words, members) in enumerate(axes):
        by += [{key: word} for word in words]
        along = [1] * len(shape)
        for member in members:
            along[number] = len(member)
            rows.append(np.broadcast_to(member.reshape(along), shape))
    return Breakdown(tuple(by), np.stack(rows).reshape(len(rows), -1))


def _axes(
    groups: tuple[str, ...], tenures: tuple[str, ...], with_types: bool
) -> Iterator[tuple[str, tuple[str, ...], np.ndarray]]:
    """Each axis of the cells: its key, its words, and which positions belong to each word."""
    yield "group", groups, np.eye(len(groups))
    if tenures:
        yield "tenure", tenures, np.eye(len(tenures))
    if with_types:
        members = [np.isin(np.arange(N_TYPES), kinds) for kinds in TYPES.values()]
        yield "household", tuple(TYPES), np.array(members, np.float64)
    yield "income", FIFTHS, np.eye(N_FIFTHS)


def ratios(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Each part as a share of its whole; NaN where the whole is nothing."""
    return np.asarray(np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=np.asarray(whole) > 0))
