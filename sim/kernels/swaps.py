"""Two households of different groups meet, and perhaps exchange homes."""

from __future__ import annotations

import math

import numpy as np

from sim.kernels.draws import below, by_lot, uniform, word
from sim.kernels.jit import kernel
from sim.kernels.lattice import Residents
from sim.kernels.worths import Places, Scratch, Taste, own_worth


@kernel
def by_group(residents: Residents, rows: np.ndarray, out: np.ndarray, n_groups: int) -> np.ndarray:
    """Write rows group by group, in an order that goes by names; returns where each group begins, and the end."""
    by_name = rows.copy()
    by_lot(np.uint64(0), residents.id, by_name)
    first = np.zeros(n_groups + 1, np.int64)
    for place in range(rows.size):
        first[residents.group[rows[place]] + 1] += 1
    for group in range(n_groups):
        first[group + 1] += first[group]
    free = first.copy()
    for place in range(rows.size):
        group = residents.group[by_name[place]]
        out[free[group]] = by_name[place]
        free[group] += 1
    return first


@kernel
def swap_all(
    order: np.ndarray,
    places: Places,
    taste: Taste,
    residents: Residents,
    count: np.ndarray,
    others: np.ndarray,
    first: np.ndarray,
    see: np.uint64,
    choose: np.uint64,
    month: int,
    scratch: Scratch,
) -> int:
    """Let each household meet one of another group, drawn uniformly, and perhaps exchange homes; returns who moved."""
    moved = 0
    for place in range(order.size):
        row = order[place]
        name, group = residents.id[row], residents.group[row]
        own = first[group + 1] - first[group]
        if own == others.size:
            continue
        met = below(word(see, name), others.size - own)
        partner = others[met if met < first[group] else met + own]
        before = own_worth(row, places, taste, residents, count, scratch)
        before += own_worth(partner, places, taste, residents, count, scratch)
        _exchange(row, partner, places.area, residents, count)
        change = own_worth(row, places, taste, residents, count, scratch) - before
        change += own_worth(partner, places, taste, residents, count, scratch)
        if uniform(word(choose, name)) < _chance(change, taste.scale):
            residents.moved_in[row], residents.moved_in[partner] = month, month
            moved += 2
        else:
            _exchange(row, partner, places.area, residents, count)
    return moved


@kernel
def _chance(change: float, scale: float) -> float:
    """Chance that two exchange homes, by the change of the sum of their worths."""
    if scale > 0.0:
        return 1.0 / (1.0 + math.exp(min(-change / scale, 700.0)))
    return 0.5 if change == 0.0 else (1.0 if change > 0.0 else 0.0)


@kernel
def _exchange(row: int, partner: int, area: np.ndarray, residents: Residents, count: np.ndarray) -> None:
    """Let two households exchange homes."""
    one, other = int(residents.home[row]), int(residents.home[partner])
    for who, old, new in ((row, one, other), (partner, other, one)):
        count[area[old], residents.group[who]] -= 1
        count[area[new], residents.group[who]] += 1
        residents.home[who], residents.occupant[new] = new, who
