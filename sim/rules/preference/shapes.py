"""What a share of one's own group around is worth: curves of straight lines, and their short names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import choice, points, quantity

SHAPES = ("points", "threshold", "linear", "peaked", "asymmetric")
ROUNDING = 1e-9


@dataclass(frozen=True)
class Taste:
    """A curve over the share of one's own group, 0 to 1.

    ``points``: straight lines through ``points``, level beyond the ends. ``threshold``: -1 below ``at``, 0 from there
    on. ``linear``: the share itself. ``peaked``: 0 at the ends, 1 at ``at``. ``asymmetric``: 0 at share 0, 1 at
    ``at``, ``alike`` at share 1: a mixed area is best, an area of one's own is better than one of others.

    References
    ----------
    Schelling, T. C. (1971). Dynamic models of segregation. Journal of Mathematical Sociology 1, 143-186.
    Pancs, R. & Vriend, N. J. (2007). Schelling's spatial proximity model of segregation revisited. Journal of Public
    Economics 91, 1-24.
    """

    shape: str = choice("points", of=SHAPES, source="assumed")
    points: tuple[tuple[float, float], ...] = points(
        ((0.0, 0.0),), unit="utility", source="assumed: no taste until points are stated"
    )
    at: float = quantity(0.5, unit="share", low=0, high=1, source="assumed: in the middle, as in Pancs & Vriend 2007")
    alike: float = quantity(0.5, unit="utility", low=0, high=1, source="assumed")

    def worth(self, share: np.ndarray) -> np.ndarray:
        """Worth of a share, before the weight of the term, float64, same shape."""
        shares, worths = self.corners()
        return np.asarray(np.interp(share, shares, worths))

    def corners(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Shares at which the curve bends, rising, and their worths; a threshold is a step as narrow as rounding."""
        if self.shape == "threshold":
            return (self.at - 2 * ROUNDING, self.at - ROUNDING), (-1.0, 0.0)
        if self.shape == "linear":
            return (0.0, 1.0), (0.0, 1.0)
        if self.shape in ("peaked", "asymmetric"):
            return self._peak(0.0 if self.shape == "peaked" else self.alike)
        shares, worths = zip(*self.points, strict=True)
        return shares, worths

    def _peak(self, end: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
        if self.at <= 0.0:
            return (0.0, 1.0), (1.0, end)
        if self.at >= 1.0:
            return (0.0, 1.0), (0.0, 1.0)
        return (0.0, self.at, 1.0), (0.0, 1.0, end)

    def best(self) -> float:
        """The highest worth there is: what satisfied means."""
        return float(max(self.corners()[1]))

    def worst(self) -> float:
        """The lowest worth there is."""
        return float(min(self.corners()[1]))
