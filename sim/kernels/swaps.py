"""Two households of different groups meet, and perhaps exchange homes."""

from __future__ import annotations

import math

import numpy as np

from sim.kernels.draws import below, uniform, word
from sim.kernels.jit import kernel
from sim.kernels.lattice import Residents
from sim.kernels.worths import Places, Scratch, Taste, own_worth


def by_group(residents: Residents, rows: np.ndarray, n_groups: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows group by group, in an order that goes by names, int32; and where each group begins, with the end, int64."""
    by_name = np.asarray(rows[np.argsort(residents.id[rows])])
    group = residents.group[by_name]
    first = np.concatenate([[0], np.cumsum(np.bincount(group, minlength=n_groups))])
    return by_name[np.argsort(group, kind="stable")], first


@kernel
def swap_all(
    order: np.ndarray,
    places: Places,
    taste: Taste,
    residents: Residents,
    count: np.ndarray,
    partners: tuple[np.ndarray, np.ndarray],
    see: np.uint64,
    choose: np.uint64,
    month: int,
    scratch: Scratch,
) -> int:
    """Let each household meet one of another group, drawn uniformly, and perhaps exchange homes; returns who moved."""
    others, first = partners
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
