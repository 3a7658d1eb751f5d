"""Factors: what an experiment varies, each a path with its values or its ends in house units."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Factor:
    """A path that is varied.

    Attributes
    ----------
    path : str
        Dotted, lists by id.
    label : mapping of str to str
        What it is called, by language; empty where the file says nothing.
    unit : str
        House unit of the numbers.
    values : tuple or None
        What it may be, one after the other; None where it lies between two ends.
    low, high : float
        Ends, in ``unit``; both counted in.
    steps : int or None
        How many values a grid takes between the ends.
    is_log, is_whole : bool
        Whether shares are taken of the logarithm; whether only whole numbers are.
    """

    path: str
    label: Mapping[str, str]
    unit: str = ""
    values: tuple[Any, ...] | None = None
    low: float = 0.0
    high: float = 1.0
    steps: int | None = None
    is_log: bool = False
    is_whole: bool = False

    def at(self, share: float) -> Any:
        """The value at a share of the way from the first to the last.

        Examples
        --------
        >>> Factor("a", {}, low=1, high=100, is_log=True).at(0.5)
        10.0
        >>> [Factor("a", {}, low=1, high=3, is_whole=True).at(share) for share in (0.0, 0.5, 1.0)]
        [1, 2, 3]
        >>> Factor("a", {}, values=("queue", "lottery")).at(0.7)
        'lottery'
        """
        if self.values is not None:
            return self.values[min(int(share * len(self.values)), len(self.values) - 1)]
        if self.is_whole:
            return min(int(self.high), int(self.low) + int(share * (self.high - self.low + 1)))
        if self.is_log:
            return _tidy(math.exp(math.log(self.low) + share * (math.log(self.high) - math.log(self.low))))
        return _tidy(self.low + share * (self.high - self.low))

    def spread(self) -> tuple[Any, ...]:
        """Every value that a grid takes."""
        if self.values is not None:
            return self.values
        n = self.steps or 2
        if self.is_whole:
            return tuple(dict.fromkeys(round(self.low + k * (self.high - self.low) / max(1, n - 1)) for k in range(n)))
        return tuple(self.at(k / max(1, n - 1)) for k in range(n))

    def name(self, language: str) -> str:
        """What readers call it."""
        return self.label.get(language) or self.label.get("en") or self.path

    def plain(self) -> dict[str, Any]:
        """As plain data, for the manifest."""
        ends = {} if self.values is not None else {"low": self.low, "high": self.high}
        values = {} if self.values is None else {"values": list(self.values)}
        return {"path": self.path, "label": dict(self.label), "unit": self.unit, "log": self.is_log, **ends, **values}


def _tidy(value: float) -> float:
    """A number without the digits that only rounding made, so that a file that writes it means the same run."""
    return float(f"{value:.12g}")
