"""All measures of one month, by the names of the catalogue, from its census and its events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from sim.base.errors import MeasureError
from sim.city.city import City
from sim.city.tally import Tally
from sim.measures.access import access
from sim.measures.affordability import affordability
from sim.measures.census import Census
from sim.measures.displacement import displacement
from sim.measures.sorting import sorting


@dataclass
class Panel:
    """Values of one month, and why some are undefined.

    Attributes
    ----------
    values : dict of str to float
        By name; NaN where undefined.
    undefined : dict of str to str
        Key of the error that says why.
    """

    values: dict[str, float] = field(default_factory=dict)
    undefined: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, measured: Callable[[], float]) -> None:
        """Take one measure; where it is undefined, remember why."""
        try:
            self.values[name] = float(measured())
        except MeasureError as fault:
            self.values[name] = np.nan
            self.undefined[name] = fault.key


def month_panel(city: City, census: Census, tally: Tally) -> Panel:
    """Everything that is measured each month.

    Parameters
    ----------
    city : City
        Read only.
    census : Census
        Of this month's end.
    tally : Tally
        What happened this month.
    """
    panel = Panel()
    for family in (sorting, access, affordability, displacement):
        for name, measured in family(city, census, tally):
            panel.take(name, measured)
    return panel
