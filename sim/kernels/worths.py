"""What homes are worth to a household by the share of its own group around them, wherever they lie."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kernels.jit import kernel
from sim.kernels.lattice import Residents
from sim.kernels.neighbours import neighbourhood_sum

LEAST_AROUND = 1e-9  # less than this is nobody: weights do not sum without rounding


class Places(NamedTuple):
    """Where the homes are; an area is whatever counts are kept by: an area with many homes, or one cell.

    Attributes
    ----------
    area : integer array, shape (n_homes,)
        Area of each home.
    start, neighbour, weight : int64, int32 and float64 arrays, shapes (n_areas + 1,), (n_links,), (n_links,)
        What is around a home in each area, see ``neighbourhood_sum``; an area that lies around itself has a link to
        itself (weight 1 where neighbour weights are off), a cell has none.
    around : float64 array, shape (n_areas,)
        Weight of all other homes around a home, lived in or not.
    """

    area: np.ndarray
    start: np.ndarray
    neighbour: np.ndarray
    weight: np.ndarray
    around: np.ndarray


def places_of(area: np.ndarray, start: np.ndarray, neighbour: np.ndarray, weight: np.ndarray) -> Places:
    """Places, all other homes around each counted."""
    n_areas = start.size - 1
    homes, around = np.bincount(area, minlength=n_areas).astype(np.float64), np.empty(n_areas)
    neighbourhood_sum(start, neighbour, weight, homes, around)
    from_area = np.repeat(np.arange(n_areas), np.diff(start))
    around -= np.bincount(from_area, weight * (neighbour == from_area), n_areas)  # a home is not around itself
    return Places(area, start, neighbour, weight, around)


class Taste(NamedTuple):
    """What a home is worth: f(share of own group around), f piecewise linear, and a fixed term.

    Attributes
    ----------
    knot, value : float64 arrays, shape (n_groups, n_points)
        Shares, rising, and their worth; level beyond the ends. Where groups have fewer points, the last is repeated.
    alone : float64 array, shape (n_groups,)
        Worth where there is nothing around to take a share of.
    fixed : float64 array, shape (n_groups, n_homes) or (n_groups, 0)
        A worth that never changes, added.
    over_places : bool
        Whether shares are of all other homes around, vacant ones too, and not of the occupied ones.
    scale : float
        Scale of the fresh shocks; 0 for the best home, equally good ones being equally likely.
    """

    knot: np.ndarray
    value: np.ndarray
    alone: np.ndarray
    fixed: np.ndarray
    over_places: bool
    scale: float


class Scratch(NamedTuple):
    """Homes that a household compares, its own first; what they are worth; their places among the vacant ones."""

    seen: np.ndarray
    worth: np.ndarray
    slot: np.ndarray


@kernel
def weigh(
    homes: np.ndarray,
    n: int,
    group: int,
    area: np.ndarray,
    start: np.ndarray,
    neighbour: np.ndarray,
    weight: np.ndarray,
    around: np.ndarray,
    knot: np.ndarray,
    value: np.ndarray,
    alone: np.ndarray,
    fixed: np.ndarray,
    over_places: bool,
    count: np.ndarray,
    out: np.ndarray,
) -> None:
    """Write what the first ``n`` homes are worth to a group, as the city stands without the chooser."""
    last = knot.shape[1] - 1
    for number in range(n):
        home = homes[number]
        here, like, whole = area[home], 0.0, 0.0
        for link in range(start[here], start[here + 1]):
            other = neighbour[link]
            like += weight[link] * count[other, group]
            for column in range(count.shape[1]):
                whole += weight[link] * count[other, column]
        whole = around[here] if over_places else whole
        share = like / max(whole, LEAST_AROUND)
        point = 0
        while point < last and share > knot[group, point]:
            point += 1
        worth = value[group, point]
        if point > 0 and share < knot[group, point]:
            along = (share - knot[group, point - 1]) / (knot[group, point] - knot[group, point - 1])
            worth = value[group, point - 1] + along * (worth - value[group, point - 1])
        worth = worth if whole > LEAST_AROUND else alone[group]
        out[number] = worth + (fixed[group, home] if fixed.shape[1] > 0 else 0.0)


@kernel
def own_worth(
    row: int, places: Places, taste: Taste, residents: Residents, count: np.ndarray, scratch: Scratch
) -> float:
    """Worth to a household of the home that it has."""
    home, group = residents.home[row], residents.group[row]
    scratch.seen[0] = home
    count[places.area[home], group] -= 1
    weigh(
        scratch.seen, 1, group, places.area, places.start, places.neighbour, places.weight, places.around,
        taste.knot, taste.value, taste.alone, taste.fixed, taste.over_places, count, scratch.worth,
    )  # fmt: skip
    count[places.area[home], group] += 1
    return float(scratch.worth[0])
