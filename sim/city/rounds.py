"""Rounds of towns without money: kernels move households from home to home, and the books follow."""

from __future__ import annotations

import numpy as np

from sim.city.city import City
from sim.city.households import NEVER
from sim.kernels.cells import Lattice
from sim.kernels.lattice import Residents
from sim.kernels.lattice import run as run_lattice
from sim.kernels.sequential import Turn, run_sequential
from sim.kernels.settling import Addresses, write_addresses
from sim.kernels.worths import Places, Taste


def pass_lattice_round(
    city: City, lattice: Lattice, state: np.ndarray, vacant: np.ndarray, is_restless: np.ndarray, at_turn: bool
) -> tuple[int, int]:
    """One round of Schelling's rule: the restless move to random vacant cells.

    ``state`` and ``vacant`` are kept up to date; see ``sim.kernels.lattice.run``. Returns how many were restless and
    how many moved. The books follow by ``settle``.
    """
    here = city.households
    residents = Residents(here.id, here.group, here.dwelling, here.moved_in, city.dwellings.occupant, vacant)
    restless, moves = np.zeros(1, np.int64), np.zeros(1, np.int64)
    run_lattice(lattice, state, residents, is_restless, at_turn, city.luck.seed, city.month, restless, moves)
    return int(restless[0]), int(moves[0])


def pass_choice_round(
    city: City, places: Places, taste: Taste, turn: Turn, count: np.ndarray, vacant: np.ndarray
) -> tuple[int, int]:
    """One round in which everybody chooses in turn; see ``sim.kernels.sequential.run_sequential``.

    ``count`` and ``vacant`` are kept up to date. Returns how many were not content and how many moved. The books follow
    by ``settle``.
    """
    here = city.households
    residents = Residents(here.id, here.group, here.dwelling, here.moved_in, city.dwellings.occupant, vacant)
    restless, moves = np.zeros(1, np.int64), np.zeros(1, np.int64)
    seed, month = city.luck.seed, city.month
    run_sequential(places, taste, turn, residents, count, here.rows(), seed, month, restless, moves)
    return int(restless[0]), int(moves[0])


def settle(city: City, vacant: np.ndarray) -> None:
    """Bring the books up to date after a kernel, which knows homes alone, moved households this month.

    Parameters
    ----------
    vacant : int32 array
        Rows of all vacant homes now.
    """
    here, stock = city.households, city.dwellings
    addresses = Addresses(
        here.group, here.dwelling, here.moved_in, stock.area, here.area, here.roots, stock.vacant_since,
        city.books.count,
    )  # fmt: skip
    write_addresses(addresses, vacant, city.month, NEVER)
