"""No screening."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.registry import rule
from sim.base.streams import Luck
from sim.city.city import City
from sim.rules.proposals import Applications


@rule("screening", "none")
@dataclass(frozen=True)
class NoScreening:
    """Everybody who may apply is ranked."""

    def passes(self, city: City, applications: Applications, luck: Luck) -> np.ndarray:
        """True, shape (n_applications,)."""
        return np.ones(len(applications), np.bool_)
