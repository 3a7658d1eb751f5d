"""What a search found: the packages that were best at first, and what they give on luck that no trial had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.base.errors import StoreError
from sim.experiment.differences import Difference, Window, difference
from sim.experiment.file.aims import SearchSection
from sim.experiment.file.load import section_of
from sim.experiment.file.windows import window_of
from sim.experiment.front import keeps
from sim.experiment.results import Results
from sim.experiment.search import FRESH, tried
from sim.experiment.store import Store


@dataclass(frozen=True)
class Package:
    """One candidate of a search; number 0 is the town as it stands.

    Attributes
    ----------
    number : int
    point : dict
        The value of every path that is varied.
    first : tuple of float
        Each aim as it came out at first, on the luck by which it was chosen.
    gaps : tuple of Difference
        Each aim on fresh luck: the package minus the town as it stands, replication by replication.
    keeps, is_best : bool
        Whether it keeps every limit on fresh luck, and whether no other candidate beats it there.
    """

    number: int
    point: dict[str, Any]
    first: tuple[float, ...]
    gaps: tuple[Difference, ...]
    keeps: bool
    is_best: bool


@dataclass(frozen=True)
class Found:
    """What a search found.

    Attributes
    ----------
    aims : SearchSection
    n_tried : int
        Packages tried, without the town as it stands.
    kept, front : int
        Of these: that keep every limit; that besides no other beats.
    fresh, replications : int
        Replications on fresh luck, and of each package at first.
    measures : tuple of (str, Window)
        Every measure that is aimed at or limited, once for each window; objectives first.
    values : float64 array, shape (n_tried + 1, n_measures)
        What the town as it stands, and each package, gave at first.
    is_kept : bool array, shape (n_tried + 1,)
        Which of them kept every limit.
    packages : tuple of Package
        The town as it stands, then the candidates, the best in the first objective first.
    """

    aims: SearchSection
    n_tried: int
    kept: int
    front: int
    fresh: int
    replications: int
    measures: tuple[tuple[str, Window], ...]
    values: np.ndarray
    is_kept: np.ndarray
    packages: tuple[Package, ...]


def found(results: Results) -> Found:
    """What lies in the folder of a search.

    Raises
    ------
    StoreError
        If it is no search, or its candidates have not been run on fresh luck.
    """
    aims = section_of(results.store.experiment_text()).search
    if aims is None:
        raise StoreError("store.no_search", path=str(results.store.folder))
    fresh_store = Store(results.store.folder / FRESH)
    if not fresh_store.exists:
        raise StoreError("store.search_not_done", path=str(results.store.folder))
    fresh = Results.of(fresh_store)
    first = tried(results, aims)
    named = [(one.measure, one.window) for one in aims.objectives]
    named += [(one.measure, one.window) for one in aims.limits]
    measures = tuple(dict.fromkeys((measure, window_of(window, results.months)) for measure, window in named))
    values = np.array([results.values(*one)[0].mean(axis=1) for one in measures]).T
    is_kept = keeps(first.overshoot) & ~np.isnan(values).any(axis=1)
    packages = _packages(results.points(), fresh, aims, measures, values)
    return Found(aims, len(values) - 1, int(is_kept[1:].sum()), int(first.on_front[1:].sum()), fresh.shape[2],
                 results.shape[2], measures, values, is_kept, packages)  # fmt: skip


def _packages(
    tried_points: list[dict[str, Any]], fresh: Results, aims: SearchSection,
    measures: tuple[tuple[str, Window], ...], before: np.ndarray,
) -> tuple[Package, ...]:  # fmt: skip
    again = tried(fresh, aims)
    values = [fresh.values(*one)[0] for one in measures]
    is_kept, on_front = keeps(again.overshoot), again.on_front
    return tuple(
        Package(
            number, point,
            tuple(float(value) for value in before[tried_points.index(point)]),
            tuple(difference(measure, str(number), window, own[0], own[number])
                  for (measure, window), own in zip(measures, values, strict=True)),
            bool(is_kept[number]), bool(on_front[number]),
        )
        for number, point in enumerate(fresh.points())
    )  # fmt: skip
