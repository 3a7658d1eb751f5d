"""Entropy indices of incomes by chance, exactly, for towns whose areas are too small for the usual formulas."""

from __future__ import annotations

import numpy as np

from sim.measures.chance.hypergeometric import entropies, mean_entropies_by_chance
from sim.measures.income import Cuts, cuts_of, integral_over_cuts

TENTHS = {"poorest_tenth": 0.1, "richest_tenth": 0.9}
"""Measures of ``entropy_below``, and the share of the ranks where each is cut."""


def incomes_by_chance(by_rank: np.ndarray) -> dict[str, float]:
    """Levels by chance of the entropy indices of incomes, by measure; without a tenth that nobody is in.

    Parameters
    ----------
    by_rank : ndarray, shape (n_areas, n_bins)
        Households by area and bin of income rank.

    Raises
    ------
    MeasureError
        If all households are in one bin, or there are none.
    """
    cuts = cuts_of(by_rank)
    found = {"income_rank_entropy": expected_rank_order_entropy(cuts)}
    below = {name: by_rank[:, : round(share * by_rank.shape[1])].sum() for name, share in TENTHS.items()}
    for name, members in below.items():
        if 0 < members < cuts.town.population:
            found[name] = _expected_entropy_index(cuts.town.totals, int(members))
    return found


def expected_rank_order_entropy(cuts: Cuts) -> float:
    """``rank_order_entropy`` by chance, exact; 0 to 1. Dimensionless."""
    members = np.rint(cuts.of_town[:, 0] * cuts.town.population)
    nats = entropies(cuts.of_town[:, 0]) - mean_entropies_by_chance(cuts.town.totals, members)
    return 2.0 * integral_over_cuts(cuts.of_town, nats)


def _expected_entropy_index(totals: np.ndarray, members: int) -> float:
    """``entropy_index`` of a group against the rest by chance, exact."""
    of_town = entropies(np.array([members / totals.sum()]))
    return float(1.0 - (mean_entropies_by_chance(totals, np.array([members])) / of_town)[0])
