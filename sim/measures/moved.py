"""Who moved in this month: the moves of the tally, and what the census knows of the households that made them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.city.city import City
from sim.city.dwellings import TENURES
from sim.city.households import NOBODY
from sim.city.tally import Tally
from sim.kernels.household_types import N_TYPES, OTHER
from sim.kernels.ranks import N_FIFTHS
from sim.measures.breakdown import Breakdown, breakdown
from sim.measures.census import Census, types_of


@dataclass(frozen=True)
class Moved:
    """One position per move, as in ``Tally.moves``.

    Attributes
    ----------
    rows : int64 array, shape (n,)
        Row of the household, -1 if it has moved on or left since.
    fifths : int64 array, shape (n,)
        Fifth of the city's incomes per consumption unit, 0 to 4.
    cells : int64 array, shape (n,)
        By group, tenure moved into, type of household, and fifth.
    by : Breakdown
        The rows that the cells are summed into.
    """

    rows: np.ndarray
    fifths: np.ndarray
    cells: np.ndarray
    by: Breakdown

    def count(self, chosen: np.ndarray) -> np.ndarray:
        """Some of the moves, given as a mask or as positions, counted for each row of the breakdown; float64."""
        return self.by.sums(np.bincount(self.cells[chosen], minlength=self.by.cells.shape[1]))


def those_who_moved(city: City, census: Census, tally: Tally) -> Moved:
    """Who moved in a month that has just ended."""
    moves, here = tally.moves, city.households
    rows = city.dwellings.occupant[moves["dwelling"]].astype(np.int64)
    rows[here.id[rows] != moves["household"]] = NOBODY
    stays = rows != NOBODY
    kinds = np.full(len(rows), OTHER, np.int64)
    kinds[stays] = types_of(city, rows[stays])
    fifths = census.fifth_of(moves["per_unit"])
    cells = (moves["group"].astype(np.int64) * len(TENURES) + moves["tenure"]) * N_TYPES + kinds
    return Moved(rows, fifths, cells * N_FIFTHS + fifths, breakdown(city.groups, TENURES))
