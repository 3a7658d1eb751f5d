"""Margins: what is published about a town, on which axes, and whether it can all be true at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sim.base.errors import Fault, ScenarioError

CONTRADICTORY = 0.01
"""Relative difference beyond which two margins contradict each other (assumed)."""

FEW = 100.0
"""Households below which a cell is judged as if it had so many: half a household in a hundred is no miss."""


@dataclass(frozen=True)
class Frame:
    """The axes of a table: their labels, and for some what each label counts for in a mean.

    Attributes
    ----------
    labels : dict
        Labels of each axis, by name of the axis, in the order of the table's dimensions.
    scores : dict
        Worth of each label, for axes of which a mean is taken (persons of a household size, for example).
    """

    labels: dict[str, tuple[str, ...]]
    scores: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def axes(self) -> tuple[str, ...]:
        """Names of the axes, in order."""
        return tuple(self.labels)

    @property
    def shape(self) -> tuple[int, ...]:
        """Length of each axis."""
        return tuple(len(labels) for labels in self.labels.values())

    def sum_to(self, table: np.ndarray, axes: Sequence[str]) -> np.ndarray:
        """Sum a table over all axes but these, which keep the order of the frame."""
        gone = tuple(i for i, axis in enumerate(self.axes) if axis not in axes)
        return np.asarray(table.sum(axis=gone))

    def spread(self, values: np.ndarray, axes: Sequence[str]) -> np.ndarray:
        """``values``, which stand on ``axes``, in a shape that broadcasts against the whole table."""
        return values.reshape([len(self.labels[axis]) if axis in axes else 1 for axis in self.axes])

    def where(self, axes: Sequence[str], position: Sequence[int]) -> str:
        """A cell in words: ``area 11, tenure cooperative``."""
        return ", ".join(f"{axis} {self.labels[axis][i]}" for axis, i in zip(axes, position, strict=True))


@dataclass(frozen=True)
class Margin:
    """Something published that a table must meet.

    Attributes
    ----------
    name, axes
        What it is called; the axes it stands on, in the order of the frame.
    target : float64 array, shape of the axes
        Counts, or means of the scores of ``of``; NaN where nothing is known.
    of : str or None
        Axis whose scores are averaged; None for a margin of counts.
    is_relative : bool
        Whether only the proportions between the means count, not their level.
    slack : float
        Relative half-width of a soft bound: a count this near to its target is left alone.
    """

    name: str
    axes: tuple[str, ...]
    target: np.ndarray
    of: str | None = None
    is_relative: bool = False
    slack: float = 0.0

    def is_complete(self) -> bool:
        """Whether it counts every household once."""
        return self.of is None and not np.isnan(self.target).any()


@dataclass(frozen=True)
class Miss:
    """How far a table is from a margin: the largest relative miss, where it is, what was wanted and what came out."""

    margin: str
    largest: float
    where: str
    wanted: float
    got: float


def miss_of(frame: Frame, table: np.ndarray, margin: Margin) -> Miss:
    """The largest miss of one margin; cells of fewer than a hundred households are judged by the household."""
    counts = frame.sum_to(table, margin.axes)
    if margin.of is None:
        got, wanted, weight = counts, margin.target, np.maximum(margin.target, FEW)
        away = np.maximum(np.abs(got - wanted) - margin.slack * wanted, 0.0) / weight
    else:
        got, wanted = means(frame, table, margin.axes, margin.of), level(margin, counts)
        away = np.abs(got - wanted) / np.abs(wanted) * np.minimum(1.0, counts / FEW)
    away = np.where(np.isnan(away), -1.0, away)
    at = tuple(int(i) for i in np.unravel_index(int(away.argmax()), away.shape))
    return Miss(margin.name, max(float(away[at]), 0.0), frame.where(margin.axes, at), float(wanted[at]), float(got[at]))


def means(frame: Frame, table: np.ndarray, axes: Sequence[str], of: str) -> np.ndarray:
    """Mean score of an axis in every cell of others; NaN where nobody is."""
    counts = frame.sum_to(table, axes)
    scored = frame.sum_to(table * frame.spread(frame.scores[of], (of,)), axes)
    return np.asarray(np.divide(scored, counts, out=np.full(counts.shape, np.nan), where=counts > 0))


def level(margin: Margin, counts: np.ndarray) -> np.ndarray:
    """The means to reach, shape of the margin's axes; relative ones are scaled until their mean over all is 1.

    Parameters
    ----------
    margin : Margin
    counts : float64 array, shape of the margin's axes
        Households in each of its cells.
    """
    known = ~np.isnan(margin.target) & (counts > 0)
    over = float((counts[known] * margin.target[known]).sum())
    if not margin.is_relative or over <= 0:
        return margin.target
    return np.asarray(margin.target * (float(counts[known].sum()) / over))


def reconcile(frame: Frame, margins: Sequence[Margin]) -> list[Margin]:
    """Margins of one total: those that agree within one per cent are scaled to the earlier one.

    Raises
    ------
    ScenarioError
        If two disagree by more on what they share; all such pairs are named, with their numbers.
    """
    faults: list[Fault] = []
    agreed: list[Margin] = []
    for margin in margins:
        scaled = margin
        for earlier in agreed:
            if earlier.is_complete() and scaled.is_complete():
                found = _contradiction(frame, earlier, scaled)
                faults += found
                scaled = scaled if found else _scaled(frame, earlier, scaled)
        agreed.append(scaled)
    if faults:
        raise ScenarioError.of(faults)
    return agreed


def _shared(frame: Frame, one: Margin, other: Margin) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """Axes that two margins of counts share, and what each says about them."""
    axes = tuple(axis for axis in frame.axes if axis in one.axes and axis in other.axes)
    return axes, _to(one, axes), _to(other, axes)


def _to(margin: Margin, axes: tuple[str, ...]) -> np.ndarray:
    return np.asarray(margin.target.sum(axis=tuple(i for i, axis in enumerate(margin.axes) if axis not in axes)))


def _contradiction(frame: Frame, one: Margin, other: Margin) -> list[Fault]:
    told: dict[str, object] = {"one": one.name, "other": other.name}
    first, second = float(one.target.sum()), float(other.target.sum())
    away = abs(first - second) / max(first, second, 1e-9)
    if away > CONTRADICTORY:
        told |= {"first": f"{first:,.0f}", "second": f"{second:,.0f}", "percent": f"{100 * away:.1f}"}
        return [Fault("founding.totals_differ", told)]
    axes, ones, others = _shared(frame, one, other)
    apart = np.abs(ones - others) / np.maximum(np.maximum(ones, others), FEW)
    if not axes or apart.max() <= CONTRADICTORY:
        return []
    at = tuple(int(i) for i in np.unravel_index(int(apart.argmax()), apart.shape))
    told |= {"first": f"{ones[at]:,.0f}", "second": f"{others[at]:,.0f}", "where": frame.where(axes, at)}
    return [Fault("founding.margins_differ", told)]


def _scaled(frame: Frame, one: Margin, other: Margin) -> Margin:
    axes, first, second = _shared(frame, one, other)
    factor = np.divide(first, second, out=np.ones_like(second), where=second > 0)
    shape = [len(frame.labels[axis]) if axis in axes else 1 for axis in other.axes]
    return replace(other, target=other.target * factor.reshape(shape))
