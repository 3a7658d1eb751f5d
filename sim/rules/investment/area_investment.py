"""Money put into places: what is spent on an area lifts its worth to everybody, and wears off."""

from __future__ import annotations

from dataclasses import dataclass

from sim.base.parameters import areas, quantity
from sim.base.registry import rule
from sim.base.streams import Luck
from sim.city.city import City
from sim.rules.places import WORDS, where
from sim.rules.works import NOTHING, Payment, Works

MONTHS = 12


@rule("investment", "area_investment")
@dataclass(frozen=True)
class AreaInvestment:
    """So much a year for each home of the areas meant: care, safety, meeting places.

    The amenity of an area is its worth at the founding and what has been added since. Nobody has measured what a krona
    adds: the gain is a slider. Prices and waits answer, so that those who live there need not be those who gain.
    """

    spending: float = quantity(0.0, unit="SEK/home/year", low=0, high=200_000, source="assumed: at rest")
    areas: str | tuple[str, ...] = areas("poor", of=WORDS, source="assumed")
    gain: float = quantity(
        0.02, unit="utility", low=0, high=1,
        source="assumed: added amenity per 10,000 SEK a home; 0.2 in ten years from 10,000 a year is the aim of the "
        "development areas of Gothenburg",
    )  # fmt: skip
    decay: float = quantity(0.05, unit="share/year", low=0, high=1, source="assumed: of what was added, lost in a year")

    def propose(self, city: City, luck: Luck) -> Works:
        """What is added to each area this month, and what it costs."""
        left = (1.0 - self.decay) ** (1.0 / MONTHS)
        if self.spending <= 0:
            return Works(uplift=left * city.books.uplift) if city.books.uplift.any() else NOTHING
        is_meant = where(city, self.areas)
        monthly = self.spending / MONTHS
        cost = monthly * float(city.books.places[is_meant].sum())
        lifted = left * city.books.uplift + is_meant * (self.gain * monthly / 10_000.0)
        return Works(uplift=lifted, payments=(Payment("municipality", "landlord", cost),))
