"""The books of a town without money after a round, in one pass over those who moved."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kernels.jit import kernel


class Addresses(NamedTuple):
    """Where households live, and what a round does not bring up to date; all but the first four are overwritten.

    Attributes
    ----------
    group, home, moved_in : uint8, int32 and int16 arrays, shape (n_households,)
        Group, from 0; row of the home; month of the last move.
    area_of_home : int16 array, shape (n_homes,)
    area, roots : int16 arrays, shape (n_households,)
        Area as it was before the round, and where each lived last.
    vacant_since : int16 array, shape (n_homes,)
        Month, or a mark for homes that are lived in.
    households : int64 array, shape (n_areas, n_groups)
        How many live in each area, by group.
    """

    group: np.ndarray
    home: np.ndarray
    moved_in: np.ndarray
    area_of_home: np.ndarray
    area: np.ndarray
    roots: np.ndarray
    vacant_since: np.ndarray
    households: np.ndarray


@kernel
def write_addresses(addresses: Addresses, vacant: np.ndarray, month: int, lived_in: int) -> None:
    """Write where everybody lives who moved this month, and since when homes are vacant.

    Parameters
    ----------
    addresses : Addresses
    vacant : int32 array, shape (n_vacant,)
        Rows of all vacant homes now.
    month : int
    lived_in : int
        The mark of a home that is lived in.
    """
    group, home, moved_in, area_of_home = addresses.group, addresses.home, addresses.moved_in, addresses.area_of_home
    area, roots, vacant_since, count = addresses.area, addresses.roots, addresses.vacant_since, addresses.households
    for row in range(home.size):
        if moved_in[row] == month:
            there = area_of_home[home[row]]
            count[area[row], group[row]] -= 1
            count[there, group[row]] += 1
            area[row] = roots[row] = there
            vacant_since[home[row]] = lived_in
    for place in range(vacant.size):
        if vacant_since[vacant[place]] == lived_in:
            vacant_since[vacant[place]] = month
