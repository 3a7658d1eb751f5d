"""Results of an experiment as arrays: a value per arm, point and replication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from sim.base.errors import StoreError
from sim.engine.arrow import joined, plain
from sim.experiment.differences import Window
from sim.experiment.store import DESIGN, Store, spans


@dataclass(frozen=True)
class Results:
    """A store, read.

    Attributes
    ----------
    store : Store
    manifest : dict
    """

    store: Store
    manifest: dict[str, Any]

    @classmethod
    def of(cls, store: Store) -> Results:
        """What lies in a folder.

        Raises
        ------
        StoreError
            If it holds no experiment.
        """
        return cls(store, store.manifest())

    @cached_property
    def design(self) -> pa.Table:
        """One row per planned run."""
        return self.store.design()

    @cached_property
    def shape(self) -> tuple[int, int, int]:
        """Arms, points and replications that are planned."""
        if not len(self.design):
            return len(self.manifest["arms"]), 1, 0
        return tuple(int(self._column(name).max()) + 1 for name in ("arm", "point", "replication"))  # type: ignore[return-value]

    def _column(self, name: str) -> np.ndarray:
        return plain(joined(self.design.column(name)))

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures that are kept."""
        return tuple(self.manifest["measures"])

    @property
    def months(self) -> int:
        """Months that every arm has."""
        return min(int(arm["months"]) for arm in self.manifest["arms"])

    @property
    def baseline(self) -> int:
        """Place of the arm that others are compared with."""
        return next(n for n, arm in enumerate(self.manifest["arms"]) if arm["baseline"])

    def finished(self) -> np.ndarray:
        """Which planned runs are there, bool, shape (n_planned,)."""
        done = self.store.survey().finished(self.measures)
        return np.array([run in done for run in self.design.column("run_id").to_pylist()], np.bool_)

    def missing(self) -> list[str]:
        """Run ids that are planned and not there."""
        ids = self.design.column("run_id").to_pylist()
        return list(dict.fromkeys(run for run, is_there in zip(ids, self.finished(), strict=True) if not is_there))

    def paths(self, measure: str) -> tuple[np.ndarray, np.ndarray]:
        """A measure month by month.

        Returns
        -------
        months : int array, shape (n_months,)
        values : float64 array, shape (n_arms, n_points, n_replications, n_months)
            NaN where a run is missing or the measure undefined; a run that came to rest stays as it ended.

        Raises
        ------
        StoreError
            If the measure is not kept.
        """
        self._check(measure)
        table = self.store.table("series", ["month", measure])
        months, values = plain(joined(table.column("month"))), plain(joined(table.column(measure)))
        every = int(self.manifest["every"])
        axis = np.unique(np.append(np.arange(0, self.months + 1, every), self.months))
        runs = spans(table.column("run_id").to_pylist())
        rows = {run: _laid(months[a:b], values[a:b], axis) for run, a, b in runs}
        found = np.full((*self.shape, len(axis)), np.nan)
        for run, arm, point, replication in self._places():
            if run in rows:
                found[arm, point, replication] = rows[run]
        return axis, found

    def _places(self) -> list[tuple[str, int, int, int]]:
        columns = [self._column(name).tolist() for name in ("arm", "point", "replication")]
        return list(zip(self.design.column("run_id").to_pylist(), *columns, strict=True))

    def _check(self, measure: str) -> None:
        if measure not in self.measures:
            raise StoreError("store.measure_not_kept", measure=measure, known=", ".join(self.measures))

    def values(self, measure: str, window: Window) -> np.ndarray:
        """Mean of a measure over the months of a window in which it is defined.

        Returns
        -------
        float64 array, shape (n_arms, n_points, n_replications)
            NaN where a run is missing or the measure never defined.
        """
        months, paths = self.paths(measure)
        return window_mean(months, paths, window)

    def points(self) -> list[dict[str, Any]]:
        """The value of every varied path at each point."""
        paths = [name for name in self.design.column_names if name not in DESIGN]
        _, first = np.unique(self._column("point"), return_index=True)
        rows = self.design.select(paths).take(pa.array(first))
        return [dict(row) for row in rows.to_pylist()] if paths else [{} for _ in first]


def _laid(months: np.ndarray, values: np.ndarray, axis: np.ndarray) -> np.ndarray:
    """A run on the common months; after it came to rest, its last value."""
    place = np.searchsorted(months, axis, side="right") - 1
    laid = np.where(place >= 0, values[np.maximum(place, 0)], np.nan)
    at_rest = axis > months[-1]
    exact = months[np.maximum(place, 0)] == axis
    return np.where(exact | at_rest, laid, np.nan)


def window_mean(months: np.ndarray, paths: np.ndarray, window: Window) -> np.ndarray:
    """Mean over a window of what is defined, along the last axis; NaN where nothing is."""
    inside = paths[..., (months >= window.first) & (months <= window.last)]
    counts = (~np.isnan(inside)).sum(axis=-1)
    sums = np.nansum(inside, axis=-1)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def over_points(values: np.ndarray) -> np.ndarray:
    """Mean over the points of each arm and replication, NaN unless all points are there.

    Parameters
    ----------
    values : float64 array, shape (n_arms, n_points, n_replications)

    Returns
    -------
    float64 array, shape (n_arms, n_replications)
    """
    return np.asarray(values.mean(axis=1))


def labels(entries: Sequence[dict[str, Any]], language: str) -> list[str]:
    """What arms or factors are called in a language."""
    return [
        str(one["label"].get(language) or one["label"].get("en") or one.get("path") or one.get("id")) for one in entries
    ]
