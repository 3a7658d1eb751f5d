"""Where newcomers may settle: some of them are kept away from some areas for a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import areas, by_group, integer
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose
from sim.city.city import City
from sim.city.households import NOBODY
from sim.rules.lots import lots_of
from sim.rules.places import WORDS, where
from sim.rules.proposals import Applications


@rule("admission", "settling")
@dataclass(frozen=True)
class Settling:
    """So many newcomers of a group look for no home in the areas named, each for the same months; the others do.

    A newcomer is who came to town without having lived in it. Who is kept away is drawn once for each household.

    References
    ----------
    Lag (1994:137) 10 b §: from July 2020 an asylum seeker who settles in a listed area loses the daily allowance;
    2,368 did so within about seven months.
    """

    areas: str | tuple[str, ...] = areas("poor", of=WORDS, source="assumed: the poorest third")
    kept_away: dict[str, float] = by_group(  # noqa: RUF009
        unit="share", low=0, high=1, source="assumed: of a group that is not named nobody is kept away"
    )
    newcomer_months: int = integer(36, unit="month", low=1, high=240, source="assumed: as where homes are set aside")

    @property
    def is_at_rest(self) -> bool:
        """Whether it turns nobody away."""
        return not any(self.kept_away.values())

    def admits(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """Whether each applicant may settle there, bool, shape (n_applications,)."""
        shares = np.array([self.kept_away.get(group, 0.0) for group in city.groups])
        here, rows = city.households, applications.household
        is_new = (here.roots[rows] == NOBODY) & (city.month - here.since[rows].astype(np.int64) < self.newcomer_months)
        is_kept = lots_of(luck, Purpose.ADMISSION, 0, here.id[rows]) < shares[here.group[rows]]
        return np.asarray(~(is_new & is_kept & where(city, self.areas)[city.dwellings.area[applications.dwelling]]))
