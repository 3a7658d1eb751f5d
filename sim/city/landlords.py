"""Landlords: who lets or sells, a row each; the rules they follow belong to their policy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

ESTATE = 30
"""Homes of a landlord that stand side by side (assumed)."""

KINDS = ("municipal_company", "private_company", "cooperative_sellers", "owner_occupiers", "developer")


@dataclass(frozen=True)
class Landlords:
    """All landlords of a city.

    Attributes
    ----------
    names : tuple of str, length n_landlords
    policy : uint8 array, shape (n_landlords,)
        Position in ``policies``, the scenario's list of landlords: whose rules apply.
    policies, kinds : tuple of str, length n_policies
        Id and kind of each entry of that list.
    """

    names: tuple[str, ...]
    policy: np.ndarray
    policies: tuple[str, ...]
    kinds: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.names)


def estate_size(scale: float) -> int:
    """Homes of an estate in a sample of the town: the rows of an estate follow each other."""
    return max(1, round(ESTATE * scale))
