"""How many rooms a household needs: the crowding norm in plain NumPy, the independent twin of the kernel."""

from __future__ import annotations

import numpy as np

from sim.city.city import City


def rooms_needed(adults: np.ndarray, children: np.ndarray) -> np.ndarray:
    """Rooms besides the kitchen so as not to be crowded: a living room, and a bedroom for every two; int64.

    One person alone needs one room.

    References
    ----------
    Boverket (2016:28). Trångboddheten i storstadsregionerna: crowding, norm 2.
    """
    grown, small = adults.astype(np.int64), children.astype(np.int64)
    return np.where(grown + small <= 1, 1, 1 + (grown + 1) // 2 + (small + 1) // 2)


def rooms_missing(city: City, households: np.ndarray, dwellings: np.ndarray) -> np.ndarray:
    """Rooms that a household would lack in the dwelling beside it, int64, shape (n_pairs,)."""
    here = city.households
    needed = rooms_needed(here.adults[households], here.children[households])
    return np.asarray(np.maximum(needed - city.dwellings.rooms[dwellings].astype(np.int64), 0))
