"""The numbers of one month by the names of the catalogue, and why some of them are undefined."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import numpy as np

from sim.base.errors import MeasureError


class Block(NamedTuple):
    """Some measures that are worked out together.

    Attributes
    ----------
    names : tuple of str
    values : sequence of float, one per name
        NaN where undefined.
    reason : str
        Key of the error that says why those are undefined.
    """

    names: tuple[str, ...]
    values: Sequence[float]
    reason: str = "measure.nobody"

    @classmethod
    def of(cls, names: tuple[str, ...], values: np.ndarray | float, reason: str = "measure.nobody") -> Block:
        """The block of an array, in its order."""
        return cls(names, np.asarray(values, np.float64).ravel().tolist(), reason)

    @classmethod
    def undefined(cls, names: Iterable[str], reason: str) -> Block:
        """The block of measures none of which is defined."""
        names = tuple(names)
        return cls(names, [np.nan] * len(names), reason)

    @classmethod
    def tried(cls, names: tuple[str, ...], measured: Callable[[], Sequence[float]]) -> Block:
        """The block of what a function finds; undefined, and why, where it raises."""
        try:
            return cls(names, measured())
        except MeasureError as fault:
            return cls.undefined(names, fault.key)


Blocks: TypeAlias = Iterator[Block]


@dataclass
class Panel:
    """Values of one month, and why some are undefined.

    Attributes
    ----------
    values : dict of str to float
        By name; NaN where undefined.
    undefined : dict of str to str
        Key of the error that says why.
    """

    values: dict[str, float] = field(default_factory=dict)
    undefined: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, measured: Callable[[], float]) -> None:
        """Take one measure; where it is undefined, remember why."""
        try:
            self.values[name] = float(measured())
        except MeasureError as fault:
            self.values[name] = np.nan
            self.undefined[name] = fault.key

    def take_all(self, block: Block) -> None:
        """Take the measures of a block."""
        self.values.update(zip(block.names, block.values, strict=True))
        if math.isfinite(math.fsum(block.values)):
            return
        self.undefined.update((name, block.reason) for name, value in zip(*block[:2], strict=True) if math.isnan(value))
