"""Landlords: companies by name, or so many drawn from a distribution of sizes; and what each of them has."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.city.dwellings import Dwellings
from sim.city.landlords import Landlords, estate_size
from sim.synthesis.draws import Drawn, Draws
from sim.synthesis.plan import Company, Plan

LARGEST = 3.0
"""How flat sizes of drawn landlords are: the k-th has a share in proportion to 1 / (k + this) (Zipf; assumed)."""


def drawn_companies(name: str, policy: int, number: int) -> tuple[Company, ...]:
    """Landlords without a name of their own, from large to small.

    References
    ----------
    Sizes of firms fall with their rank roughly as 1 / rank: Axtell, R. L. (2001). Zipf distribution of U.S. firm
    sizes. Science 293, 1818-1820. That landlords in a Swedish city do too is assumed.
    """
    weights = 1.0 / (np.arange(number) + 1.0 + LARGEST)
    shares = weights / weights.sum()
    return tuple(Company(f"{name} {k + 1}", policy, float(share)) for k, share in enumerate(shares))


def landlords_of(plan: Plan) -> Landlords:
    """The landlords of a plan, a row each."""
    companies = plan.owners.companies
    policy = np.array([company.policy for company in companies], np.uint8)
    return Landlords(tuple(c.name for c in companies), policy, plan.owners.policies, plan.owners.kinds)


def set_landlords(plan: Plan, draws: Draws, stock: Dwellings, rows: np.ndarray) -> None:
    """Give every estate, some thirty homes side by side, a landlord of the entry that has its tenure."""
    stock.policy[:] = np.asarray(plan.owners.by_tenure)[stock.tenure]
    estate = rows // estate_size(plan.scale)
    for policy in sorted(set(plan.owners.by_tenure)):
        here = np.flatnonzero(stock.policy == policy)
        mine = [i for i, company in enumerate(plan.owners.companies) if company.policy == policy]
        stock.landlord[here] = _everywhere(plan.owners.companies, mine, _by_estate(draws, Drawn.LANDLORD, estate[here]))
        _set_local(plan.owners.companies, mine, draws, stock, here, estate)


def _by_estate(draws: Draws, what: Drawn, estate: np.ndarray) -> np.ndarray:
    """One number in [0, 1) per home, the same in an estate and evenly spread over estates, so that shares are met."""
    estates, mine = np.unique(estate, return_inverse=True)
    return draws.even(what, estates, np.zeros(len(estates), np.int64))[mine]


def _everywhere(companies: Sequence[Company], mine: list[int], u: np.ndarray) -> np.ndarray:
    open_to_all = [i for i in mine if not companies[i].areas] or mine
    shares = np.array([companies[i].share for i in open_to_all])
    return np.asarray(open_to_all)[np.searchsorted(np.cumsum(shares / shares.sum())[:-1], u, side="right")]


def _set_local(
    companies: Sequence[Company], mine: list[int], draws: Draws, stock: Dwellings, here: np.ndarray, estate: np.ndarray
) -> None:
    """Landlords that keep to some areas take their share of all homes there, as far as there are so many."""
    total = sum(companies[i].share for i in mine)
    for i in mine:
        if companies[i].areas:
            there = here[np.isin(stock.area[here], companies[i].areas)]
            chance = companies[i].share / total * len(here) / max(len(there), 1)
            taken = _by_estate(draws, Drawn.LOCAL_LANDLORD, estate[there]) < chance
            stock.landlord[there[taken]] = i
