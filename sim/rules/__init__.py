"""What households, landlords and the state do: rules propose, and never write."""

from __future__ import annotations

from sim.rules.shelves import built_in, installed

__all__ = ["built_in", "installed"]
