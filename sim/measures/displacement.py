"""Moves not chosen, by cause."""

from __future__ import annotations

import numpy as np

from sim.city.city import City
from sim.city.households import FORCED
from sim.city.tally import Tally
from sim.kernels.ranks import N_FIFTHS
from sim.measures.breakdown import breakdown
from sim.measures.moved import Moved
from sim.measures.panel import Block, Blocks


def displacement(city: City, tally: Tally, moved: Moved) -> Blocks:
    """Households that moved into another home this month from a forced cause, and those that left the town so."""
    by = breakdown(city.groups, with_types=False)
    cause = tally.moves["cause"]
    cells = tally.moves["group"].astype(np.int64) * N_FIFTHS + moved.fifths
    table = np.zeros((len(FORCED), by.cells.shape[1]))
    for place, forced in enumerate(FORCED):
        table[place] = np.bincount(cells[cause == forced], minlength=table.shape[1])
        yield Block.of(by.names(f"displacement.{forced.name.lower()}"), by.sums(table[place]))
    yield Block.of(by.names("displacement.moves"), by.sums(table.sum(axis=0)))
    yield Block(("displacement.left_town",), [float(tally.counts["left_forced"])])
