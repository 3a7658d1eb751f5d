"""What the catalogue names and no month records yet, so that no gap is silent."""

from __future__ import annotations

NOT_RECORDED = frozenset({
    "segregation.morans_i.tenure", "segregation.morans_i.tenure.chance", "segregation.map_correlation.tenure",
    *(f"segregation.nearest_entropy_index.{grouping}{form}"
      for grouping in ("origin", "income", "tenure") for form in ("", ".chance")),
    *(f"segregation.spatial_proximity.{grouping}" for grouping in ("origin", "income", "tenure")),
    "segregation.share_low_income",
    "affordability.owner_equity",
})  # fmt: skip
"""Measures that wait: those of the nearest so many and of proximity, which cost too much for every month, and that of
owners for what happened earlier. The share with low income is a column of the record's table of areas."""

NOT_BROKEN_DOWN: dict[str, frozenset[str]] = {
    "": frozenset({"scale", "age", "ladder", "cohort", "people"}),
    "access.waiting_so_far": frozenset({"tenure", "household"}),
    "access.without_home": frozenset({"tenure"}),
    "access.without_home_count": frozenset({"tenure"}),
    "access.seekers": frozenset({"group", "income", "tenure", "household"}),
    "access.applications_per_listing": frozenset({"tenure"}),
    "access.turned_away": frozenset({"group", "income"}),
    "affordability.median_rent": frozenset({"group", "income"}),
    "affordability.evictions": frozenset({"group", "income", "tenure"}),
    **{f"displacement.{cause}": frozenset({"tenure"})
       for cause in ("moves", "evicted", "priced_out", "demolished", "renovated", "separated")},
    "displacement.left_town": frozenset({"group", "income", "tenure"}),
}  # fmt: skip
"""Breakdowns that the catalogue allows and no month records yet: under the empty name those of every measure."""
