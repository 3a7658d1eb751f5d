"""The shelves of rules: those of this house, and those that other packages offer."""

from __future__ import annotations

import importlib
from importlib.metadata import entry_points

from sim.base.registry import Registry

GROUP = "hemvist.rules"
MODULES = {
    "rent": ("utility_value", "market", "indexed", "mixed"),
    "price": ("demand",),
    "search": ("life_course", "discontent", "forced"),
    "preference": (
        "cost", "own_group", "status", "relative_status", "amenity", "service", "travel", "constants", "space",
        "tenure", "roots",
    ),
    "allocation": ("queue", "lottery", "need", "bidding", "posted", "first_acceptable", "mixed"),
    "screening": ("none", "by_group"),
    "admission": (
        "work_income", "counted_income", "residence", "group_quota", "settling", "direct_offer",
    ),
    "demography": ("ageing", "forming", "couples", "migration", "income", "saving", "registering"),
    "investment": (
        "building", "infill", "demolition", "renovation", "conversion", "purchase", "sale", "dispersal",
        "area_investment",
    ),
    "payment": (
        "allowance", "arrears", "eviction", "cash_transfer", "child_supplement", "rescue", "property_tax",
        "mobility_voucher", "rent_guarantee",
    ),
}  # fmt: skip
"""One file per rule; the file is imported when somebody asks for the shelves."""


def built_in() -> Registry:
    """All rules of this house."""
    registry = Registry()
    for kind, names in MODULES.items():
        for name in names:
            module = importlib.import_module(f"sim.rules.{kind}.{name}")
            for value in vars(module).values():
                if isinstance(value, type) and value.__module__ == module.__name__ and "kind" in vars(value):
                    registry.add(value)
    return registry


def installed() -> tuple[type, ...]:
    """Rules of other packages, which offer each class as an entry point of the group ``hemvist.rules``."""
    return tuple(point.load() for point in entry_points(group=GROUP))
