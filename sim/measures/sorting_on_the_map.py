"""Where on the map groups live: do like areas lie side by side, and is it still the map of the start?"""

from __future__ import annotations

from functools import partial

import numpy as np

from sim.base.errors import MeasureError
from sim.city.city import City
from sim.measures.memory import Memory
from sim.measures.panel import Block, Blocks
from sim.measures.segregation import map_correlation
from sim.measures.sorting import groups_of, names_of
from sim.measures.spatial import (
    expected_morans_i,
    expected_spatial_dissimilarity,
    expected_spatial_entropy_index,
    expected_spatial_relative_diversity,
    morans_i,
    spatial_dissimilarity,
    spatial_entropy_index,
    spatial_relative_diversity,
    surrounding_shares,
)

MAPPED = {"origin": None, "income": ("1",)}
"""Which groups of a grouping are followed on the map: all by origin, and the lowest fifth of incomes."""

GROUPINGS = ("origin", "income", "tenure")
AROUND = (
    "spatial_entropy_index", "spatial_entropy_index.chance", "spatial_dissimilarity", "spatial_dissimilarity.chance",
    "spatial_relative_diversity", "spatial_relative_diversity.chance",
)  # fmt: skip
"""What is near counts by the weights of the geography, as it does for households: own area and those around it."""


def sorting_on_the_map(city: City, tables: dict[str, np.ndarray], memory: Memory) -> Blocks:
    """Who lives around whom, Moran's I, and likeness to the map at the start."""
    for grouping in GROUPINGS:
        yield Block.tried(names_of(grouping, AROUND), partial(_around, tables[grouping], memory))
    for grouping, followed in MAPPED.items():
        counts, groups = tables[grouping], groups_of(city)[grouping]
        totals = counts.sum(axis=1)
        for number, group in enumerate(groups):
            if followed is None or group in followed:
                names = names_of(grouping, ("morans_i", "morans_i.chance"), (group,))
                yield Block.tried(names, partial(_morans_i, counts[:, number], totals, memory))
                names = names_of(grouping, ("map_correlation",), (group,))
                yield Block.tried(names, partial(_likeness, counts, memory.at_start[grouping], number))


def _around(counts: np.ndarray, memory: Memory) -> list[float]:
    """Values of ``AROUND``."""
    if memory.around is None:
        raise MeasureError("measure.no_links")
    if not counts.any():
        raise MeasureError("measure.nobody")
    shares = surrounding_shares(counts, memory.around)
    return [
        spatial_entropy_index(counts, shares), expected_spatial_entropy_index(counts, memory.around),
        spatial_dissimilarity(counts, shares), expected_spatial_dissimilarity(counts, memory.around),
        spatial_relative_diversity(counts, shares), expected_spatial_relative_diversity(counts, memory.around),
    ]  # fmt: skip


def _morans_i(members: np.ndarray, totals: np.ndarray, memory: Memory) -> list[float]:
    if not totals.any():
        raise MeasureError("measure.nobody")
    if memory.near is None:
        raise MeasureError("measure.no_links")
    return [morans_i(members, totals, memory.near), expected_morans_i(int(np.count_nonzero(totals)))]


def _likeness(counts: np.ndarray, before: np.ndarray, number: int) -> list[float]:
    """Over the areas that are lived in at both times."""
    now, then = counts.sum(axis=1), before.sum(axis=1)
    both = (now > 0) & (then > 0)
    if not both.any():
        raise MeasureError("measure.nobody")
    shares, shares_before = counts[both, number] / now[both], before[both, number] / then[both]
    return [map_correlation(shares, shares_before, then[both])]
