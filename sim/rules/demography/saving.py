"""Households put money aside, use some of it up, and pay off their loans: what a first home is bought with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.base.streams import Luck
from sim.city.city import City
from sim.kernels.lives import saved
from sim.rules.proposals import Lives


@rule("demography", "saving")
@dataclass(frozen=True)
class Saving:
    """Once a year savings grow by a share of what housing leaves, and shrink by a share of themselves.

    So they settle at ``puts_aside / uses_up`` years of what is left, sooner or later; who pays much for its home saves
    less. Equity in a home is no part of savings until the home is sold.
    """

    puts_aside: float = quantity(
        0.07, unit="share", low=0, high=1, source="assumed; with the next gives the savings of the founding by age"
    )
    uses_up: float = quantity(0.05, unit="share/year", low=0, high=1, source="assumed")
    lodging: float = quantity(0.3, unit="share", low=0, high=1, source="assumed: of income, where one has no home")
    pays_off: float = quantity(
        0.02,
        unit="share/year",
        low=0,
        high=1,
        source="rules of amortisation: 1-2 % of a loan a year",
        status="recalled",
    )

    def propose(self, city: City, luck: Luck) -> Lives:
        """Savings and loans of the households whose own month it is."""
        here, rows = city.households, city.due()
        savings, loan = np.empty(len(rows), np.float32), np.empty(len(rows), np.float32)
        saved(
            rows, here.dwelling, here.income, here.cost, here.savings, here.loan, np.float32(self.lodging),
            np.float32(12.0 * self.puts_aside), np.float32(1.0 - self.uses_up), np.float32(1.0 - self.pays_off),
            savings, loan,
        )  # fmt: skip
        return Lives(saving=rows, savings=savings, loan=loan)
