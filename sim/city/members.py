"""Who is in a set of agents: thirteen bytes each, and no agent made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

OTHER = 255
"""Kind of the agents that a user made and registered."""


@dataclass(frozen=True, slots=True)
class Members:
    """The agents of a set, in order, one position per agent.

    Attributes
    ----------
    kinds : uint8 array, shape (n,), or int
        Position in the set's list of handle classes, or ``OTHER``; one number where all are of one kind.
    rows : int32 array, shape (n,)
        Row of the table; for ``OTHER`` the position in ``others``.
    ids : int64 array, shape (n,)
        Persistent name, so that whoever takes over a row is not mistaken for who was meant.
    others : sequence of agents
    """

    kinds: np.ndarray | int
    rows: np.ndarray
    ids: np.ndarray
    others: Sequence[Any] = ()

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def nbytes(self) -> int:
        """Bytes that the set takes."""
        kinds = 0 if isinstance(self.kinds, int) else self.kinds.nbytes
        return kinds + self.rows.nbytes + self.ids.nbytes

    def at(self, index: slice | np.ndarray) -> Members:
        """Those at some positions (or where a mask is true), in that order."""
        kinds = self.kinds if isinstance(self.kinds, int) else _folded(self.kinds[index])
        return Members(kinds, self.rows[index], self.ids[index], self.others)

    def parts(self) -> Iterator[tuple[int, slice | np.ndarray]]:
        """Each kind that occurs, and the positions where it does."""
        if isinstance(self.kinds, int):
            yield self.kinds, slice(None)
            return
        for kind in np.unique(self.kinds):
            yield int(kind), np.flatnonzero(self.kinds == kind)

    def same(self, kind: int, unique_id: int) -> np.ndarray:
        """Where the member of that kind and name is."""
        return np.asarray((self.ids == unique_id) & (self.kinds == kind))


def joined(parts: Sequence[Members]) -> Members:
    """Members of several kinds, one after the other; at most one part has ``others``."""
    if len(parts) == 1:
        return parts[0]
    kinds = np.concatenate([np.broadcast_to(np.asarray(part.kinds, np.uint8), part.rows.shape) for part in parts])
    others = next((part.others for part in parts if part.others), ())
    rows = np.concatenate([part.rows for part in parts])
    return Members(_folded(kinds), rows, np.concatenate([part.ids for part in parts]), others)


def _folded(kinds: np.ndarray) -> np.ndarray | int:
    if len(kinds) and (kinds == kinds[0]).all():
        return int(kinds[0])
    return kinds
