"""Measures of a town without money: who is around whom, and who is satisfied."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from sim.base.errors import MeasureError
from sim.city.city import City
from sim.city.tally import Tally
from sim.measures import chance
from sim.measures.composition import several_groups
from sim.measures.median import ratio
from sim.measures.monthly import Panel
from sim.measures.segregation.evenness import dissimilarity_of_groups, entropy_index
from sim.measures.segregation.separation import relative_diversity


def bare_panel(city: City, n_restless: int, around: Surroundings, tally: Tally) -> Panel:
    """Everything that is measured in a round.

    Parameters
    ----------
    city : City
        Read only.
    n_restless : int
        Households that would move now.
    around : Surroundings
    tally : Tally
        What happened in the round.
    """
    panel = Panel()
    n = city.households.n_used
    panel.take("theory.satisfied", partial(ratio, n - n_restless, n))
    panel.take("theory.moves", partial(float, tally.counts["moves"]))
    panel.take("theory.similarity", around.mean_share)
    panel.take("theory.similar_pairs", around.share_of_pairs)
    _take_indices(panel, city.books.count)
    return panel


def _take_indices(panel: Panel, counts: np.ndarray) -> None:
    try:
        town = several_groups(counts)
    except MeasureError as fault:
        panel.values["segregation.dissimilarity.origin"] = np.nan
        panel.undefined["segregation.dissimilarity.origin"] = fault.key
        return
    panel.take("segregation.dissimilarity.origin", partial(dissimilarity_of_groups, town))
    panel.take("segregation.dissimilarity.origin.chance", partial(chance.expected_dissimilarity_of_groups, town))
    panel.take("segregation.entropy_index.origin", partial(entropy_index, town))
    panel.take("segregation.entropy_index.origin.chance", partial(chance.expected_entropy_index, town))
    panel.take("segregation.separation.origin", partial(relative_diversity, town))
    panel.take("segregation.separation.origin.chance", partial(chance.expected_separation, town))


@dataclass(frozen=True)
class Surroundings:
    """How many households have how many neighbours, all arrays of one length, a position per situation.

    Attributes
    ----------
    households : array
        How many are in it.
    like, around : arrays
        Their neighbours of the own group, and all their neighbours.
    """

    households: np.ndarray
    like: np.ndarray
    around: np.ndarray

    def mean_share(self) -> float:
        """Mean share of like neighbours, over households that have any.

        Raises
        ------
        MeasureError
            If nobody has neighbours.
        """
        met = (self.around > 0) & (self.households > 0)
        share = self.like[met] / self.around[met]
        return ratio(float((share * self.households[met]).sum()), float(self.households[met].sum()))

    def share_of_pairs(self) -> float:
        """Like neighbours over all neighbours, pairs counted from both ends.

        Raises
        ------
        MeasureError
            If nobody has neighbours.
        """
        return ratio(float((self.like * self.households).sum()), float((self.around * self.households).sum()))


def within_areas(city: City) -> Surroundings:
    """Neighbours are those of the same area."""
    count = city.books.count
    around = np.repeat(count.sum(axis=1)[:, None] - 1, count.shape[1], axis=1)
    return Surroundings(count.ravel(), count.ravel() - 1, around.ravel())
