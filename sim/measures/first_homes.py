"""How soon one gets a home: of those who begin to look without one, how many have their own within so many years."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from sim.city.city import City
from sim.city.households import NOBODY
from sim.city.tally import Tally
from sim.kernels.household_types import N_TYPES
from sim.kernels.ranks import N_FIFTHS
from sim.measures.breakdown import Breakdown, breakdown
from sim.measures.census import Census, types_of
from sim.measures.moved import Moved
from sim.measures.panel import Block, Blocks

YEARS, YEAR = 10, 12
HORIZONS = {"1_year": 1, "5_years": 5, "10_years": 10}
AT_RISK, HOUSED, GONE = range(3)


@dataclass(frozen=True)
class Standing:
    """Who was without a home when a month ended, from one position to the next in every field.

    Attributes
    ----------
    month : int
    rows, ids : int64 arrays, shape (n,)
    since : int64 array, shape (n,)
        Month in which they came to be without a home.
    cells : int64 array, shape (n,)
        By group, type of household and fifth of income.
    """

    month: int
    rows: np.ndarray
    ids: np.ndarray
    since: np.ndarray
    cells: np.ndarray


@dataclass
class FirstHomes:
    """What is kept of earlier months.

    Attributes
    ----------
    standing : Standing or None
        Of the month before; None before the first month.
    months : deque of float64 arrays, shape (3, n_rows, 10)
        Of each of the last twelve months: who stood without a home, who of them got one, who of them was gone, by row
        of the breakdown and full years without a home.
    """

    standing: Standing | None = None
    months: deque[np.ndarray] = field(default_factory=lambda: deque(maxlen=YEAR))


def first_homes(city: City, census: Census, tally: Tally, moved: Moved, kept: FirstHomes) -> Blocks:
    """Share of those who begin to look that has a home within 1, 5 and 10 years.

    A life table of the period, as life expectancy is: the chances of the last twelve months, by how long one has been
    without a home, are put one after the other. To leave the town, to die or to move in with others ends the search
    without a home (Aalen and Johansen's estimate). Chances are taken to be even within each year of looking; where
    nobody has looked for so long, nobody is taken to get a home, so that the share is rather too low than too high.

    References
    ----------
    Aalen, O. O. & Johansen, S. (1978). An empirical transition matrix for non-homogeneous Markov chains based on
    censored observations. Scandinavian Journal of Statistics 5(3), 141-150.
    Preston, S. H., Heuveline, P. & Guillot, M. (2001). Demography: measuring and modeling population processes.
    """
    by = breakdown(city.groups)
    if kept.standing is None or kept.standing.month != city.month:
        now = _standing(city, census)
        if kept.standing is not None:
            kept.months.append(_events(city, census, tally, moved, kept.standing, now, by))
        kept.standing = now
    found = shares_housed(np.sum(kept.months, axis=0)) if kept.months else np.full((len(by.by), YEARS), np.nan)
    for horizon, years in HORIZONS.items():
        yield Block.of(by.names(f"access.housed_within_{horizon}"), found[:, years - 1], "measure.no_beginners")


def shares_housed(events: np.ndarray) -> np.ndarray:
    """Share that has a home after each full year, from events by row and year of looking.

    Parameters
    ----------
    events : array, shape (3, n_rows, n_years)
        Months at risk, months that ended in a home, months that ended without.

    Returns
    -------
    float64 array, shape (n_rows, n_years)
        0 to 1, never falling along a row; NaN for a row in which nobody began to look.
    """
    at_risk = np.maximum(events[AT_RISK], 1.0)
    housed, over = events[HOUSED] / at_risk, (events[HOUSED] + events[GONE]) / at_risk
    stays = (1.0 - over) ** YEAR
    waits = np.cumprod(np.hstack([np.ones((len(stays), 1)), stays[:, :-1]]), axis=1)
    gets = np.divide(housed, over, out=np.zeros_like(over), where=over > 0) * (1.0 - stays)
    found = np.cumsum(waits * gets, axis=1)
    found[events[AT_RISK, :, 0] == 0] = np.nan
    return np.asarray(found)


def _standing(city: City, census: Census) -> Standing:
    here = city.households
    rows = np.flatnonzero(here.is_used & (here.dwelling == NOBODY))
    since = here.without_since[rows].astype(np.int64)
    return Standing(city.month, rows, here.id[rows], since, _cells(city, census, rows))


def _cells(city: City, census: Census, rows: np.ndarray) -> np.ndarray:
    here = city.households
    fifths = census.fifth_of(here.income_per_unit(rows))
    kinds = here.group[rows].astype(np.int64) * N_TYPES + types_of(city, rows)
    cells: np.ndarray = kinds * N_FIFTHS + fifths
    return cells


def _events(
    city: City, census: Census, tally: Tally, moved: Moved, before: Standing, now: Standing, by: Breakdown
) -> np.ndarray:
    """What became of those who stood without a home a month ago, and of those who began to look since."""
    here = city.households
    is_here = here.is_used[before.rows] & (here.id[before.rows] == before.ids)
    still = is_here & (here.dwelling[before.rows] == NOBODY) & (here.without_since[before.rows] == before.since)
    year = (city.month - before.since) // YEAR
    begins = now.cells[now.since == city.month]
    at_once = _cells(city, census, _housed_at_once(tally, moved, before))
    first = np.zeros(len(begins) + len(at_once), np.int64)
    got_one = is_here & ~still
    at_risk = _counted(by, np.concatenate([before.cells, begins, at_once]), np.concatenate([year, first]))
    housed = _counted(by, before.cells[got_one], year[got_one]) + _counted(by, at_once, first[: len(at_once)])
    return np.stack([at_risk, housed, _counted(by, before.cells[~is_here], year[~is_here])])


def _housed_at_once(tally: Tally, moved: Moved, before: Standing) -> np.ndarray:
    """Rows of those who came to be without a home this month and had another before it ended."""
    moves = tally.moves
    is_new = moves["was_without"] & (moved.rows != NOBODY) & ~_stood(before, moved.rows, moves["household"])
    rows: np.ndarray = moved.rows[is_new]
    return rows


def _stood(before: Standing, rows: np.ndarray, ids: np.ndarray) -> np.ndarray:
    """Whether households stood without a home: they keep their rows for life, and rows are in order."""
    if len(before.rows) == 0:
        return np.zeros(len(rows), np.bool_)
    place = np.minimum(np.searchsorted(before.rows, rows), len(before.rows) - 1)
    return np.asarray((before.rows[place] == rows) & (before.ids[place] == ids))


def _counted(by: Breakdown, cells: np.ndarray, year: np.ndarray) -> np.ndarray:
    """Households by row of the breakdown and full years of looking, the years that are counted."""
    n_cells, counts = by.cells.shape[1], year < YEARS
    table = np.bincount(cells[counts] * YEARS + year[counts], minlength=n_cells * YEARS)
    return by.sums(table.reshape(n_cells, YEARS))
