"""A quota of groups by area, as in Singapore. Not lawful in Sweden; here to see what it would do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import by_group
from sim.base.registry import rule
from sim.base.streams import Luck
from sim.city.city import City
from sim.rules.proposals import Applications


@rule("admission", "group_quota")
@dataclass(frozen=True)
class GroupQuota:
    """A group that would pass its share of an area's households if one more moved in is turned away there.

    Who lives in the area already may move within it. Shares are those at the beginning of the month, so that several
    who move in together may pass the limit by a little.

    References
    ----------
    Benabbou, N. et al. (2018). Diversity constraints in public housing allocation. AAMAS: limits by block and estate
    in Singapore.
    """

    most: dict[str, float] = by_group(  # noqa: RUF009
        unit="share", low=0, high=1, source="assumed: who is not named has no limit"
    )

    @property
    def is_at_rest(self) -> bool:
        """Whether it turns nobody away."""
        return all(share >= 1.0 for share in self.most.values())

    def admits(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """Whether the area is open to each applicant's group, bool, shape (n_applications,)."""
        most = np.array([self.most.get(group, 1.0) for group in city.groups])
        count = city.books.count
        is_full = (count + 1) / (count.sum(axis=1, keepdims=True) + 1) > most
        here, rows = city.households, applications.household
        area = city.dwellings.area[applications.dwelling]
        return np.asarray(~is_full[area, here.group[rows]] | (here.area[rows] == area))
