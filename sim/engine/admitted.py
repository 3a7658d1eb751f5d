"""To which of the homes that it comes upon a seeker may not apply, by rules of admission."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.rules.proposals import Applications

if TYPE_CHECKING:
    from sim.city.city import City
    from sim.engine.rulebook import Rulebook
    from sim.kernels.offers import Offers

CLOSED = np.float32(-np.inf)
"""Worth of a home that one may not apply to."""


def asks(book: Rulebook) -> bool:
    """Whether any rule of admission is in force."""
    return bool(book.admission) or any(policy.admission for policy in book.policies)


def close(city: City, book: Rulebook, seekers: np.ndarray, offers: Offers, seen: np.ndarray, worth: np.ndarray) -> None:
    """Take its worth from every home that a seeker sees and may not apply to.

    Parameters
    ----------
    seekers : int32 array, shape (n_seekers,)
        Rows of households.
    seen : uint32 array, shape (n_seekers, n_seen)
        Positions of the listings that each comes upon.
    worth : float32 array, shape (n_seekers, n_seen)
        What they are worth beyond what the choice kernel knows; closed homes are overwritten.
    """
    rows, listing = np.repeat(seekers, seen.shape[1]), seen.ravel()
    pairs, flat, policy = Applications(rows, offers.dwelling[listing], offers.cost[listing]), worth.ravel(), None
    for rule in book.admission:
        flat[~rule.admits(city, pairs, city.luck)] = CLOSED
    for number, landlord in enumerate(book.policies):
        if not landlord.admission:
            continue
        policy = offers.policy[listing] if policy is None else policy
        mine = np.flatnonzero(policy == number)
        asked = pairs.only(mine)
        for rule in landlord.admission:
            flat[mine[~rule.admits(city, asked, city.luck)]] = CLOSED
