"""What is known of the households: from the rows of a long table to margins, and odds where margins are silent.

Each row is one figure. The columns area, tenure, group, size, age and income say of whom; those left empty are not
asked. ``kind`` says what the figure is: ``count``; ``share`` (of all households); ``share_of_area`` or
``share_of_tenure``; ``mean`` of the axis named in ``of``; ``index``, a mean of which only the proportions count;
``odds``, not to be met but kept as an association.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

import numpy as np

from sim.base.errors import Fault, ScenarioError
from sim.base.registry import nearest
from sim.scenario.tables import Table
from sim.synthesis.areas import known_numbers
from sim.synthesis.margins import Frame, Margin
from sim.synthesis.plan import AXES

SHARE, OF = "share", "share_of_"
KINDS = ("count", SHARE, f"{OF}area", f"{OF}tenure", "mean", "index", "odds")

SUM_OFF = 0.005
"""How far shares that should sum to 1 may be from it: they are rounded in print (assumed)."""


@dataclass(frozen=True)
class Known:
    """Margins to meet, and the pattern of odds to start from, shape of the frame."""

    margins: tuple[Margin, ...]
    pattern: np.ndarray


@dataclass(frozen=True)
class Rows:
    """The rows of one margin: which they are, of which kind, on which axes, and their figures in place.

    Attributes
    ----------
    target : float64 array, shape of the axes
        NaN where there is no row.
    """

    table: Table
    name: str
    kind: str
    axes: tuple[str, ...]
    target: np.ndarray
    first: int

    def refuse(self, column: str, key: str, **values: object) -> NoReturn:
        """Refuse the margin as a whole."""
        told: dict[str, object] = {"margin": self.name, **values}
        raise ScenarioError.of([Fault(f"founding.{key}", told, self.table.place(self.first, column))])


def known_of(table: Table, frame: Frame, homes: Margin) -> Known:
    """Margins and odds of a table.

    Parameters
    ----------
    table : Table
    frame : Frame
    homes : Margin
        Homes by area and tenure, which turn shares into counts.

    Raises
    ------
    ScenarioError
        If a label or kind is unknown, a figure missing or negative, rows of a margin differ in what they are about,
        or shares do not sum to 1.
    """
    values = known_numbers(table, "value")
    _refuse_unknown(table, frame, values)
    names = table.texts("margin")
    margins: list[Margin] = []
    pattern = np.ones(frame.shape)
    for name in dict.fromkeys(names):
        rows = _gather(table, frame, name, [row for row, found in enumerate(names) if found == name], values)
        if rows.kind == "odds":
            pattern *= frame.spread(np.nan_to_num(rows.target, nan=1.0), rows.axes)
        else:
            margins.append(_margin(frame, homes, rows))
    return Known(tuple(margins), pattern)


def _refuse_unknown(table: Table, frame: Frame, values: np.ndarray) -> None:
    faults = []
    for column, known in {**frame.labels, "kind": KINDS}.items():
        for row, label in enumerate(table.texts(column)):
            if label not in known and (label or column == "kind"):
                told: dict[str, object] = {"column": column, "found": label, "meant": nearest(label, known)}
                told["known"] = ", ".join(known[:12])
                key = "label_unknown_suggest" if told["meant"] else "label_unknown"
                faults.append(Fault(f"founding.{key}", told, table.place(row, column)))
    faults += [
        Fault("founding.negative", {"found": f"{values[row]:g}"}, table.place(int(row), "value"))
        for row in np.flatnonzero(values < 0)
    ]
    if faults:
        raise ScenarioError.of(faults)


def _gather(table: Table, frame: Frame, name: str, rows: list[int], values: np.ndarray) -> Rows:
    labels, kinds = {axis: table.texts(axis) for axis in AXES}, table.texts("kind")
    filled = [tuple(axis for axis in AXES if labels[axis][row]) for row in rows]
    faults = []
    for row, axes in zip(rows, filled, strict=True):
        if axes != filled[0] or kinds[row] != kinds[rows[0]] or not axes:
            told: dict[str, object] = {"margin": name, "axes": ", ".join(filled[0]) or "-", "kind": kinds[rows[0]]}
            faults.append(Fault("founding.margin_mixed", told, table.place(row, "margin")))
    if faults:
        raise ScenarioError.of(faults)
    target = np.full([len(frame.labels[axis]) for axis in filled[0]], np.nan)
    for row in rows:
        target[tuple(frame.labels[axis].index(labels[axis][row]) for axis in filled[0])] = values[row]
    return Rows(table, name, kinds[rows[0]], filled[0], target, rows[0])


def _margin(frame: Frame, homes: Margin, rows: Rows) -> Margin:
    if rows.kind in ("mean", "index"):
        of = rows.table.texts("of")[rows.first]
        if of not in frame.scores:
            rows.refuse("of", "mean_of_what", found=of, known=", ".join(frame.scores))
        return Margin(rows.name, rows.axes, rows.target, of=of, is_relative=rows.kind == "index")
    if rows.kind == "count":
        return Margin(rows.name, rows.axes, rows.target)
    return Margin(rows.name, rows.axes, _counts(frame, homes, rows))


def _counts(frame: Frame, homes: Margin, rows: Rows) -> np.ndarray:
    """Shares of all households, or of those in each cell of an axis, as counts."""
    within = rows.kind.removeprefix(OF) if rows.kind != SHARE else None
    if within is not None and within not in rows.axes:
        rows.refuse("kind", "share_of_what", axis=within)
    sums = rows.target.sum(axis=tuple(i for i, axis in enumerate(rows.axes) if axis != within), keepdims=True)
    most = np.nansum(rows.target, axis=tuple(i for i, axis in enumerate(rows.axes) if axis != within), keepdims=True)
    off = (np.abs(sums - 1.0) > SUM_OFF) | (most > 1.0 + SUM_OFF)
    if off.any():
        at = int(np.flatnonzero(off.ravel())[0])
        where = frame.where((within,), (at,)) if within is not None else rows.name
        rows.refuse("value", "shares_off", where=where, sum=f"{most.ravel()[at]:.3f}")
    shares = rows.target / np.where(np.isnan(sums), 1.0, sums)
    if within is None:
        return np.asarray(shares * homes.target.sum())
    whole = homes.target.sum(axis=tuple(i for i, axis in enumerate(homes.axes) if axis != within))
    return np.asarray(shares * whole.reshape([-1 if axis == within else 1 for axis in rows.axes]))
