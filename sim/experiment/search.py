"""A search: packages of levers, tried batch by batch, the best of them run again on luck that no trial had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import yaml

from sim.base.errors import ScenarioError
from sim.experiment import design as designs
from sim.experiment.brake import Brake
from sim.experiment.file.aims import LimitSection, SearchSection
from sim.experiment.file.load import load_text
from sim.experiment.file.study import Study
from sim.experiment.file.windows import window_of
from sim.experiment.front import front, keeps
from sim.experiment.results import Results
from sim.experiment.sampler import Sampler
from sim.experiment.store import Store
from sim.experiment.sweep import How, Swept, sweep
from sim.experiment.workers import Watch
from sim.scenario.reader import MAX_BYTES, read_text

FRESH = "fresh"
"""Folder, inside that of the search, of the runs on fresh luck: an experiment of its own."""


@dataclass(frozen=True)
class Tried:
    """What packages gave.

    Attributes
    ----------
    objectives : float64 array, shape (n_points, n_objectives)
        Mean over the replications, with its sign turned where more is better; NaN unless all are there.
    overshoot : float64 array, shape (n_points, n_limits)
        By how much a limit is broken, in the unit of its measure; 0 or less where it is kept.
    """

    objectives: np.ndarray
    overshoot: np.ndarray

    @property
    def on_front(self) -> np.ndarray:
        """Which keep the limits and are beaten by no other that does, bool, shape (n_points,)."""
        is_known = ~(np.isnan(self.objectives).any(axis=1) | np.isnan(self.overshoot).any(axis=1))
        return front(self.objectives, is_known & keeps(self.overshoot))


def search(study: Study, store: Store, how: How, brake: Brake, watch: Watch | None = None) -> Swept:
    """Try as many packages as the experiment says, then run the best of them on fresh luck.

    Every batch follows from the seed and from what the batches before gave, so a search that was stopped begins again
    from its stored runs, and goes the same way with any number of workers.

    Raises
    ------
    ScenarioError
        If the library that learns is missing.
    StoreError
        As for a sweep.
    """
    aims, n_wanted = aims_of(study), study.section.design.points or 0
    sampler = Sampler(aims, len(study.factors), n_wanted, study.section.design.seed)
    shares = np.empty((0, len(study.factors)))
    done = Swept()
    while len(shares) < n_wanted:
        asked = sampler.ask(min(aims.batch, n_wanted - len(shares)), shares, *_given(store, aims, len(shares)))
        shares = np.vstack([shares, asked])
        points = [*study.points[:1], *designs.placed(study.factors, shares)]
        done = _after(done, sweep(study.at(points), store, _rest(how, done), brake, watch))
        if done.left or done.interrupted or done.gave_up:
            return done
    again = sweep(fresh_study(study, store), Store(store.folder / FRESH), _rest(how, done), brake, watch)
    return replace(_after(done, again), planned=done.planned + again.planned, there=done.there + again.there,
                   failed=done.failed + again.failed)  # fmt: skip


def aims_of(study: Study) -> SearchSection:
    """What a search looks for.

    Raises
    ------
    ScenarioError
        If the experiment does not say.
    """
    if study.section.search is None:
        raise ScenarioError("experiment.no_search", id=study.id)
    return study.section.search


def most_runs(study: Study) -> int:
    """Runs that a search makes at most: the town as it stands, every trial, and all of the best on fresh luck."""
    aims = aims_of(study)
    n_wanted = study.section.design.points or 0
    return (1 + n_wanted) * study.most_replications + (1 + min(aims.candidates, n_wanted)) * aims.fresh


def _given(store: Store, aims: SearchSection, n: int) -> tuple[np.ndarray, np.ndarray]:
    """What the packages tried so far gave; the town as it stands is none of them."""
    if not n:
        return np.empty((0, len(aims.objectives))), np.empty((0, len(aims.limits)))
    found = tried(Results.of(store), aims)
    return found.objectives[1 : n + 1], found.overshoot[1 : n + 1]


def _rest(how: How, done: Swept) -> How:
    """The same way of running, with what is left of its limit."""
    return how if how.limit is None else replace(how, limit=max(0, how.limit - done.made))


def _after(done: Swept, swept: Swept) -> Swept:
    """Both together: a later sweep plans the runs of the earlier ones too."""
    made = done.made + swept.made
    return replace(swept, made=made, there=swept.there - done.made, seconds=done.seconds + swept.seconds)


def tried(results: Results, aims: SearchSection) -> Tried:
    """What the points that are there gave, over all their replications."""

    def means(measure: str, window: str) -> np.ndarray:
        found: np.ndarray = results.values(measure, window_of(window, results.months))[0].mean(axis=1)
        return found

    n = results.shape[1]
    objectives = [means(one.measure, one.window) * (1 if one.aim == "lowest" else -1) for one in aims.objectives]
    limits = [over(one, means(one.measure, one.window)) for one in aims.limits]
    return Tried(np.reshape(objectives, (-1, n)).T, np.reshape(limits, (-1, n)).T)


def over(limit: LimitSection, values: np.ndarray) -> np.ndarray:
    """By how much values break a limit; 0 or less where they keep it."""
    above = values - limit.max if limit.max is not None else np.full_like(values, -np.inf)
    below = limit.min - values if limit.min is not None else np.full_like(values, -np.inf)
    return np.asarray(np.maximum(above, below))


def candidates(found: Tried, most: int) -> list[int]:
    """Packages on the front, at most so many, spread along the first objective; the town as it stands left out."""
    on_front = np.flatnonzero(found.on_front)
    on_front = on_front[on_front > 0]
    ordered = on_front[np.argsort(found.objectives[on_front, 0], kind="stable")]
    if len(ordered) > most:
        ordered = ordered[np.unique(np.linspace(0, len(ordered) - 1, most).round().astype(int))]
    return [int(one) for one in ordered]


def fresh_study(study: Study, store: Store) -> Study:
    """The town as it stands and the candidates, on luck that no trial had: an experiment that stands alone."""
    aims, results = aims_of(study), Results.of(store)
    chosen = [0, *candidates(tried(results, aims), aims.candidates)]
    points = results.points()
    name = str(store.folder / FRESH / "experiment.yaml")
    fresh = load_text(_fresh_text(study, [points[one] for one in chosen]), study.registry, name=name,
                      beside=study.beside)  # fmt: skip
    return replace(fresh, path=study.path)


def _fresh_text(study: Study, points: Sequence[dict[str, Any]]) -> str:
    """The file of the candidates: what the search says, without the search."""
    written = read_text(study.text, study.id, MAX_BYTES).node.plain()
    aims, replications = aims_of(study), study.section.replications
    del written["search"]
    written["id"] = f"{study.id}_{FRESH}"
    factors = [
        {"path": one.path, "values": [_plain(one.is_whole, point[one.path]) for point in points],
         **({"label": dict(one.label)} if one.label else {})}
        for one in study.factors
    ]  # fmt: skip
    written["design"] = {"kind": "zip", "factors": factors}
    written["replications"] = {"n": aims.fresh, "root_seed": replications.root_seed + 1}
    text: str = yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=120)
    return text


def _plain(is_whole: bool, value: Any) -> Any:
    """A value as a file writes it; the store keeps whole numbers as fractions."""
    return int(value) if is_whole and isinstance(value, float) else value
