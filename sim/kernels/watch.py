"""What a seeker watches of what it comes upon: areas good enough in its eyes, rooms enough, new homes or not."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kernels.draws import another, uniform
from sim.kernels.jit import inlined


class Watch(NamedTuple):
    """What seekers watch.

    Attributes
    ----------
    area_rank : float32 array, shape (n_profiles * n_groups, n_areas)
        Rank of each area in the eyes of the group, 0 (worst) to 1.
    n_groups : int
    choosy : float
        Share of households that watch better areas only, each from a rank of its own.
    top_rank : float
        The highest rank that somebody asks for at least.
    rooms_slack : int
        How many rooms too few a home may have to be looked at.
    shuns_new : float
        Share of households that do not look at new homes, which cost more.
    """

    area_rank: np.ndarray
    n_groups: int
    choosy: float
    top_rank: float
    rooms_slack: int
    shuns_new: float


@inlined
def rank_asked(mood: np.uint64, choosy: float, top_rank: float) -> float:
    """Lowest rank of area that a household watches; its mood is a word of its own that never changes."""
    asks = uniform(mood)
    return asks / choosy * top_rank if asks < choosy else 0.0


@inlined
def shuns(mood: np.uint64, shuns_new: float) -> bool:
    """Whether a household does not look at new homes, by the same word."""
    return uniform(another(mood, 1)) < shuns_new
