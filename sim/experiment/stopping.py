"""When enough replications have been run: looked at in fixed steps, so that speed decides nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.experiment.differences import half_width
from sim.experiment.file.sections import ReplicationsSection, StopSection
from sim.experiment.file.windows import window_of
from sim.experiment.results import Results, over_points


def rounds(section: ReplicationsSection) -> Iterator[tuple[int, int]]:
    """Replications of each round, from and up to; the caller stops asking when enough have been run.

    Examples
    --------
    >>> list(rounds(ReplicationsSection(n=5)))
    [(0, 5)]
    """
    stop = section.stop
    if stop is None:
        yield 0, section.n or 0
        return
    first, last = 0, min(stop.min, stop.max)
    while first < stop.max:
        yield first, last
        first, last = last, min(stop.max, last + stop.batch)


def widths(results: Results, stop: StopSection) -> list[float]:
    """Half-width of the interval of each contrast (or mean), over replications of the mean over all points.

    A width that cannot be computed, since too few runs are there, is infinite. The first looks make the intervals a
    little too narrow: they stop where chance made them so.

    References
    ----------
    Law, A. M. (2015). Simulation Modeling and Analysis, 5th ed., section 9.4.1 (sequential procedures).
    """
    means = over_points(results.values(stop.measure, window_of(stop.window, results.months)))
    base = results.baseline
    gaps = [means[arm] - means[base] for arm in range(len(means)) if arm != base]
    rows = list(means) if stop.on == "mean" else gaps
    found = [half_width(row[~np.isnan(row)], stop.confidence) for row in rows]
    return [width if np.isfinite(width) else float("inf") for width in found]


def is_enough(results: Results, stop: StopSection) -> bool:
    """Whether every interval is narrow enough."""
    return max(widths(results, stop)) <= stop.half_width
