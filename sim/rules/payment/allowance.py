"""Housing allowance: it fills the gap between what is left and the norm of living, up to a share of the cost."""

from __future__ import annotations

from dataclasses import dataclass

from sim.base.parameters import quantity
from sim.base.registry import rule
from sim.rules.proposals import Schedule
from sim.rules.sources import ROUGH


@rule("payment", "allowance")
@dataclass(frozen=True)
class Allowance:
    """All support towards the cost of a home in outline, as one schedule for everybody."""

    norm_adult: float = quantity(
        6090.0, unit="SEK/month", low=0, high=1e5, source="amount left to one adult after rent, 2024", status="verified"
    )
    norm_second_adult: float = quantity(
        3971.0, unit="SEK/month", low=0, high=1e5, source="10,061 for a couple less 6,090, 2024", status="derived"
    )
    norm_child: float = quantity(3500.0, unit="SEK/month", low=0, high=1e5, source="recalled", status="recalled")
    share: float = quantity(0.6, unit="share", low=0, high=1, source=ROUGH)
    rent_cap: float = quantity(11_000.0, unit="SEK/month", low=0, high=1e5, source=ROUGH)

    def schedule(self) -> Schedule:
        """Norms and allowance as numbers."""
        return Schedule(self.norm_adult, self.norm_second_adult, self.norm_child, self.share, self.rent_cap)
