"""Tables of columns: plain NumPy arrays of one length, each declared with dtype, unit and meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Self, cast

import numpy as np

from sim.base.errors import CityError


@dataclass(frozen=True)
class Column:
    """One column: its type, its unit, what it means, and what an empty row holds."""

    dtype: str
    unit: str
    meaning: str
    empty: float = 0


def column(dtype: str, *, unit: str = "", meaning: str, empty: float = 0) -> Any:
    """Declare a column of a ``Table`` as a class attribute."""
    return Column(dtype, unit, meaning, empty)


_SEEN = "_seen"


def locked(array: np.ndarray) -> np.ndarray:
    """The same array, for somebody who may not write."""
    view = array.view()
    view.flags.writeable = False
    return view


def has_twice(rows: np.ndarray) -> bool:
    """Whether a row is named more than once."""
    ordered = np.sort(rows)
    return bool((ordered[1:] == ordered[:-1]).any())


class Table:
    """Rows that are recycled, in columns that never are: an empty row waits until something new needs it.

    A subclass declares its columns; an instance holds one array per column, under the same name,
    and ``is_used``, which tells the rows that exist. What is found out about the rows that exist may be kept in
    ``known`` until some are taken or given back.

    Examples
    --------
    >>> class Boats(Table):
    ...     length: np.ndarray = column("f4", unit="m", meaning="from bow to stern")
    >>> fleet = Boats(2)
    >>> fleet.take(1)
    array([0], dtype=int32)
    >>> fleet.length
    array([0., 0.], dtype=float32)
    """

    columns: ClassVar[dict[str, Column]] = {}
    is_used: np.ndarray

    def __init_subclass__(cls) -> None:
        found = {name: value for name, value in vars(cls).items() if isinstance(value, Column)}
        cls.columns = {**cls.columns, **found}
        for name in found:
            delattr(cls, name)

    def __init__(self, n_rows: int) -> None:
        self.is_used = np.zeros(n_rows, np.bool_)
        for name, spec in self.columns.items():
            setattr(self, name, np.full(n_rows, spec.empty, spec.dtype))
        self._free = np.arange(n_rows - 1, -1, -1, dtype=np.int32)  # the next row to be taken stands last
        self.known: dict[str, Any] = {}

    def __setattr__(self, name: str, value: object) -> None:
        """A column that is another array is seen as such: the view of the old ones is dropped."""
        if name in self.columns or name == "is_used":
            vars(self).pop(_SEEN, None)
        object.__setattr__(self, name, value)

    def __len__(self) -> int:
        return len(self.is_used)

    @property
    def n_used(self) -> int:
        """How many rows exist."""
        return int(np.count_nonzero(self.is_used))

    def rows(self) -> np.ndarray:
        """The rows that exist, in order, int32."""
        return np.flatnonzero(self.is_used).astype(np.int32)

    def take(self, n: int) -> np.ndarray:
        """Use ``n`` empty rows, the lowest first; the table grows where it has too few."""
        if n > len(self._free):
            self._grow(n - len(self._free))
        left = len(self._free) - n
        taken = self._free[left:][::-1].copy()
        self._free = self._free[:left]
        self.is_used[taken] = True
        self.known.clear()
        return taken

    def give_back(self, rows: np.ndarray) -> None:
        """Empty rows that exist; something new may use them.

        Raises
        ------
        CityError
            If a row is already empty or named twice.
        """
        self.retire(rows)
        self._free = np.concatenate([self._free, rows[::-1].astype(np.int32)])

    def retire(self, rows: np.ndarray) -> None:
        """Empty rows that exist for good: where the row is the name, nothing new may use it.

        Raises
        ------
        CityError
            If a row is already empty or named twice.
        """
        if not self.is_used[rows].all() or has_twice(rows):
            raise CityError("city.row_given_back_twice", table=type(self).__name__)
        self.is_used[rows] = False
        for name, spec in self.columns.items():
            getattr(self, name)[rows] = spec.empty
        self.known.clear()

    def _grow(self, n_more: int) -> None:
        old, n_new = len(self), max(n_more, len(self) // 8 + 64)
        self.is_used = np.concatenate([self.is_used, np.zeros(n_new, np.bool_)])
        for name, spec in self.columns.items():
            setattr(self, name, np.concatenate([getattr(self, name), np.full(n_new, spec.empty, spec.dtype)]))
        self._free = np.concatenate([np.arange(old + n_new - 1, old - 1, -1, dtype=np.int32), self._free])

    def readonly(self) -> Self:
        """The same rows, seen by somebody who may not write; one view serves until a column is another array."""
        mine = vars(self)
        seen = cast("Self | None", mine.get(_SEEN))
        if seen is None:
            seen = object.__new__(type(self))
            columns = {name: locked(mine[name]) for name in ("is_used", *self.columns)}
            vars(seen).update(columns, _free=locked(self._free), known=self.known)
            mine[_SEEN] = seen
        return seen

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != _SEEN} | {"known": {}}

    def state(self) -> dict[str, np.ndarray]:
        """Copies of all columns and of the order of the empty rows: all that is needed to restore the table."""
        kept = {name: getattr(self, name).copy() for name in ("is_used", *self.columns)}
        kept["_free"] = self._free.copy()
        return kept

    def restore(self, state: dict[str, np.ndarray]) -> None:
        """Become the table that ``state`` was taken of."""
        for name in ("is_used", *self.columns):
            setattr(self, name, state[name].copy())
        self._free = state["_free"].astype(np.int32)
        self.known.clear()

    @property
    def bytes_per_row(self) -> int:
        """Bytes that one row takes."""
        return 1 + sum(np.dtype(spec.dtype).itemsize for spec in self.columns.values())
