"""Hemvist: a town's housing market, and what its rules do to segregation, waiting and cost."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.city.agents import Household, Landlord
    from sim.engine.assemble import assemble, run
    from sim.engine.load import load
    from sim.engine.model import HousingModel
    from sim.engine.record import Record

__version__ = "0.1.0"
__all__ = ["Household", "HousingModel", "Landlord", "Record", "assemble", "load", "run"]

_HOMES = {
    "Household": "sim.city.agents",
    "Landlord": "sim.city.agents",
    "HousingModel": "sim.engine.model",
    "Record": "sim.engine.record",
    "assemble": "sim.engine.assemble",
    "load": "sim.engine.load",
    "run": "sim.engine.assemble",
}


def __getattr__(name: str) -> object:
    """Bring a name of the face when it is first asked for, so that ``import sim`` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
