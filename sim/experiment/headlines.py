"""Which measures a comparison shows unless others are asked for: what staff ask first comes first."""

from __future__ import annotations

from collections.abc import Iterable

from sim.experiment.cost_lines import cost_lines

SECTIONS: dict[str, tuple[str, ...]] = {
    "segregation": (
        "segregation.inequality_index",
        "segregation.income_rank_entropy",
        "segregation.isolation.income@group=1",
        "segregation.dissimilarity.origin",
        "segregation.isolation.origin@group=born_abroad",
    ),
    "access": (
        "access.housed_within_5_years",
        "access.housed_within_5_years@income=1",
        "access.without_home",
        "access.without_home@income=1",
        "access.waiting_time",
        "access.waiting_time@income=1",
        "access.crowding",
        "access.turned_away",
    ),
    "cost": (
        "affordability.residual_income@income=1",
        "affordability.residual_income@stay=new",
        "affordability.rent_burden",
        "affordability.rent_burden@income=1",
        "affordability.below_norm",
        "affordability.below_norm@household=single_parent",
        "affordability.below_norm@household=families",
        "affordability.below_norm@household=elderly",
        "affordability.public_cost",
    ),
    "moves": ("displacement.moves", "displacement.left_town"),
    "theory": ("theory.similarity", "theory.satisfied", "theory.moves"),
}
"""Socio-economic segregation leads, then origin; access before waits, since those housed alone look perfect."""

SENTENCES = (
    "segregation.inequality_index",
    "segregation.dissimilarity.origin",
    "access.housed_within_5_years",
    "access.housed_within_5_years@income=1",
    "access.without_home",
    "access.waiting_time",
    "affordability.rent_burden@income=1",
    "affordability.residual_income@income=1",
    "theory.similarity",
)
"""Measures whose difference is also put into words."""


def chosen(recorded: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The headline measures that a record has, by section."""
    known = set(recorded)
    lines = cost_lines(known)
    found = {section: tuple(name for name in names if name in known) for section, names in SECTIONS.items()}
    if len(lines) > 1:
        found["cost"] += lines
    return {section: names for section, names in found.items() if names}
