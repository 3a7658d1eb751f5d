"""Direct offers instead of choice: the landlord names one home a month, and one may take it or go on waiting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.rules.lots import lots_of_pairs
from sim.rules.proposals import Applications
from sim.rules.vacancies import vacancy_draw


@rule("admission", "direct_offer")
@dataclass(frozen=True)
class DirectOffer:
    """Of the homes that go by direct offer, a household may answer to one a month, which it does not choose itself.

    Which vacancies go so is drawn when they fall vacant; which of those that a seeker comes upon it is named, by lot.
    It may refuse without loss. In what order households are asked is the landlord's rule, as with choice.

    References
    ----------
    A simulation for the London borough of Southwark (Int. J. Housing Markets and Analysis, 2025) ranks matching
    above choice and choice above direct offers, in match and in welfare.
    """

    share: float = quantity(0.0, unit="share", low=0, high=1, source="assumed: at rest everybody chooses")

    @property
    def is_at_rest(self) -> bool:
        """Whether it turns nobody away."""
        return self.share <= 0.0

    def admits(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """Whether the home is one that the applicant chooses itself, or the one it was named; bool."""
        admits = np.ones(len(applications), np.bool_)
        draw = vacancy_draw(city, applications.dwelling, luck, Purpose.DIRECT)
        named = np.flatnonzero(draw < self.share)
        rows, homes = applications.household[named], applications.dwelling[named]
        lot = lots_of_pairs(luck, Purpose.OFFER, city.month, city.households.id[rows], homes)
        order = np.lexsort((homes, lot, rows))
        first = np.ones(len(order), np.bool_)
        first[1:] = rows[order][1:] != rows[order][:-1]
        admits[named] = False
        admits[named[order[first]]] = True
        return admits
