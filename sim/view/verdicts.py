"""What can be said of a difference: over pairs of films on the same luck, in words, never more than they carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiment.differences import Difference, Window, difference, windows
from sim.view.film import Film

FEWEST_PAIRS = 3
"""Pairs below which nothing is called clear (assumed; an interval from two is wider than any difference)."""

HEADLINES = {
    "segregation": ("segregation.inequality_index", "theory.similarity"),
    "access": ("access.housed_within_5_years@income=1", "theory.satisfied"),
    "cost": ("affordability.residual_income@income=1",),
}
"""The measure of each of the three answers, the first that a city has."""


@dataclass(frozen=True)
class Verdict:
    """What the pairs say of one measure at the end of one window."""

    measure: str
    found: Difference

    @property
    def word(self) -> str:
        """``higher``, ``lower``, ``no_clear_difference``, or ``too_few``."""
        if self.found.pairs < FEWEST_PAIRS:
            return "too_few"
        return self.found.verdict


def headline_measures(measures: Sequence[str]) -> dict[str, str]:
    """The measure of each of the three answers."""
    found = {name: next((one for one in known if one in measures), None) for name, known in HEADLINES.items()}
    return {name: measure for name, measure in found.items() if measure is not None}


def verdict(measure: str, pairs: Sequence[tuple[Film, Film]], window: Window) -> Verdict:
    """What films of the baseline and of the proposal, paired by their luck, say of a measure."""
    baselines = np.array([one.mean(measure, window.first, window.last) for one, _ in pairs])
    values = np.array([other.mean(measure, window.first, window.last) for _, other in pairs])
    return Verdict(measure, difference(measure, "proposal", window, baselines, values))


def verdicts(measures: Sequence[str], pairs: Sequence[tuple[Film, Film]], months: int) -> list[Verdict]:
    """All measures at every window that a run of so many months has."""
    done = [pair for pair in pairs if all(len(film) > months for film in pair)]
    return [verdict(measure, done, window) for window in windows(months) for measure in measures]


def band(measure: str, films: Sequence[Film]) -> tuple[np.ndarray, np.ndarray]:
    """Least and largest value of a measure over films, month by month, float32; empty before all have begun."""
    columns = [film.values()[:, film.ground.measures.index(measure)] for film in films if film.ground and len(film)]
    n = min(map(len, columns), default=0)
    if len(columns) < 2 or not n:
        return np.zeros(0, np.float32), np.zeros(0, np.float32)
    rows = np.stack([column[:n] for column in columns])
    known = ~np.isnan(rows).all(axis=0)
    low, high = np.full(n, np.nan, np.float32), np.full(n, np.nan, np.float32)
    low[known], high[known] = np.nanmin(rows[:, known], axis=0), np.nanmax(rows[:, known], axis=0)
    return low, high
