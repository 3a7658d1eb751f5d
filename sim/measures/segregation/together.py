"""All indices of one table at once, for the monthly record."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.measures.composition import Composition, several_groups
from sim.measures.segregation.diversity import divergence
from sim.measures.segregation.evenness import (
    atkinson_of_each,
    dissimilarity_of_each,
    dissimilarity_of_groups,
    entropy_index,
    gini_of_each,
    gini_of_groups,
)
from sim.measures.segregation.exposure import exposure_matrix
from sim.measures.segregation.separation import (
    normalised_exposure,
    relative_diversity,
    separation_of_each,
    squared_coefficient,
)


@dataclass(frozen=True)
class Indices:
    """Every index of a table of counts that needs no map; each is explained at the function of its name.

    Attributes
    ----------
    dissimilarity, gini, entropy_index, relative_diversity, normalised_exposure, squared_coefficient : float
        All groups at once, 0 to 1.
    divergence, diversity : float
        Nats.
    interaction : float
        0 to 1.
    dissimilarity_of_each, gini_of_each, separation_of_each, atkinson_of_each : float64 arrays, shape (n_groups,)
        Each group that has members against all others, 0 to 1.
    exposure : float64 array, shape (n_groups, n_groups)
        Row meets column, 0 to 1; the isolations are on the diagonal.
    city_shares : float64 array, shape (n_groups,)
        Share of the town, to be shown beside every isolation.
    """

    dissimilarity: float
    gini: float
    entropy_index: float
    relative_diversity: float
    normalised_exposure: float
    squared_coefficient: float
    divergence: float
    diversity: float
    interaction: float
    dissimilarity_of_each: np.ndarray
    gini_of_each: np.ndarray
    separation_of_each: np.ndarray
    atkinson_of_each: np.ndarray
    exposure: np.ndarray
    city_shares: np.ndarray


def indices(counts: np.ndarray | Composition) -> Indices:
    """All indices of one table; what they share is computed once.

    Parameters
    ----------
    counts : ndarray, shape (n_areas, n_groups), or Composition

    Raises
    ------
    MeasureError
        If only one group has members, or nobody lives in the town.
    """
    town = several_groups(counts)
    return Indices(
        dissimilarity=dissimilarity_of_groups(town),
        gini=gini_of_groups(town),
        entropy_index=entropy_index(town),
        relative_diversity=relative_diversity(town),
        normalised_exposure=normalised_exposure(town),
        squared_coefficient=squared_coefficient(town),
        divergence=divergence(town),
        diversity=town.diversity,
        interaction=town.interaction,
        dissimilarity_of_each=dissimilarity_of_each(town),
        gini_of_each=gini_of_each(town),
        separation_of_each=separation_of_each(town),
        atkinson_of_each=atkinson_of_each(town),
        exposure=exposure_matrix(town),
        city_shares=town.city_shares,
    )
