"""What a home costs those who live in it, and the public."""

from __future__ import annotations

import functools

import numpy as np

from sim.city.city import City
from sim.city.dwellings import COOPERATIVE, OWNED, RENTALS, TENURES
from sim.city.households import NOBODY
from sim.city.ledger import PUBLIC, Ledger
from sim.city.tally import Tally
from sim.kernels.budget import left_over, net_costs
from sim.kernels.census import (
    BURDEN_STEPS_PER_UNIT,
    COST_STEPS_PER_SEK,
    FIRST_RESIDUAL,
    HALF_A_KRONA,
    RESIDUAL_STEPS_PER_SEK,
)
from sim.measures.breakdown import breakdown, ratios
from sim.measures.census import HOMES, Census
from sim.measures.median import quantiles_in_order, quantiles_of_steps
from sim.measures.moved import Moved
from sim.measures.names import named
from sim.measures.panel import Block, Blocks

RENTED = tuple(TENURES[tenure] for tenure in RENTALS)
NEW = ("rent_burden", "rent_burden_p90", "residual_income", "below_norm", "median_rent")


def affordability(city: City, census: Census, tally: Tally, moved: Moved) -> Blocks:
    """Every measure of cost.

    Parameters
    ----------
    city, census, tally
        As in ``monthly.month_panel``.
    moved : Moved
        Who moved in this month.
    """
    yield from _budgets(city, census)
    yield from _rents(census)
    yield from _prices(city, tally)
    yield from _of_the_new(city, census, tally, moved)
    yield _arrears(city, census)
    yield Block(("affordability.evictions",), [float(tally.counts["evicted"])])
    yield from _public_cost(city.ledger)


def _public_cost(ledger: Ledger) -> Blocks:
    """What municipality and state pay this month less what they are paid: in all, by payer, by line so far."""
    base = "affordability.public_cost"
    yield Block((base,), [ledger.public_cost()])
    yield Block(tuple(named(base, payer=party) for party in PUBLIC), [ledger.paid_by(party) for party in PUBLIC])
    lines = ledger.lines()
    yield Block(tuple(named(base, lever=line) for line in lines), [ledger.public_cost(line) for line in lines])


def _budgets(city: City, census: Census) -> Blocks:
    """What a home takes of the income, and what it leaves."""
    tables, by = census.tables, breakdown(city.groups, TENURES)
    burden = quantiles_of_steps(by.sums(tables.burden), 0.0, BURDEN_STEPS_PER_UNIT)
    residual = quantiles_of_steps(by.sums(tables.residual), FIRST_RESIDUAL, RESIDUAL_STEPS_PER_SEK)
    below = ratios(by.sums(tables.below_norm), by.sums(tables.households[:, :HOMES]))
    yield Block.of(by.names("affordability.rent_burden"), burden[:, 0])
    yield Block.of(by.names("affordability.rent_burden_p90"), burden[:, 1])
    yield Block.of(by.names("affordability.residual_income"), residual[:, 0])
    yield Block.of(by.names("affordability.below_norm"), below)


def _rents(census: Census) -> Blocks:
    rented = census.tables.cost[list(RENTALS)]
    counted = np.vstack([rented.sum(axis=0), rented])
    yield Block.of(_by("median_rent", RENTED), quantiles_of_steps(counted, 0.0, COST_STEPS_PER_SEK)[:, 0])


def _prices(city: City, tally: Tally) -> Blocks:
    """Of homes sold this month; the price last paid is that of this month's sale."""
    tenure, paid = tally.moves["tenure"], city.dwellings.price[tally.moves["dwelling"]]
    sold = [tenure >= COOPERATIVE, *(tenure == one for one in OWNED)]
    medians = [quantiles_in_order(np.sort(paid[which]))[0] for which in sold]
    yield Block(_by("median_price", tuple(TENURES[one] for one in OWNED)), medians, "measure.no_sales")


@functools.cache
def _by(word: str, tenures: tuple[str, ...]) -> tuple[str, ...]:
    base = f"affordability.{word}"
    return (base, *(named(base, tenure=tenure) for tenure in tenures))


def _of_the_new(city: City, census: Census, tally: Tally, moved: Moved) -> Blocks:
    """The same for those who moved in this month."""
    here, rows, norms = city.households, moved.rows[moved.rows != NOBODY], census.norms
    income = np.maximum(here.income[rows].astype(np.float64), 1.0)
    net, left = np.empty(len(rows), np.float32), np.empty(len(rows), np.float32)
    net_costs(rows, here.cost, here.income, here.adults, here.children, norms, net)
    columns = (here.is_used[rows], here.cost[rows], here.income[rows], here.adults[rows], here.children[rows])
    left_over(*columns, norms, left)
    burden, tail = quantiles_in_order(np.sort(net / income))
    residual, _ = quantiles_in_order(np.sort(income - net))
    below = float((left < -HALF_A_KRONA).mean()) if len(rows) else np.nan
    rent, _ = quantiles_in_order(np.sort(tally.moves["cost"][tally.moves["tenure"] < COOPERATIVE]))
    yield Block(_new_names(), [burden, tail, residual, below, rent], "measure.nobody_moved")


@functools.cache
def _new_names() -> tuple[str, ...]:
    return tuple(named(f"affordability.{word}", stay="new") for word in NEW)


def _arrears(city: City, census: Census) -> Block:
    by, rented = breakdown(city.groups, RENTED), slice(RENTALS[0], RENTALS[-1] + 1)
    owing, tenants = census.tables.in_arrears[:, rented], census.tables.households[:, rented]
    return Block.of(by.names("affordability.arrears"), ratios(by.sums(owing), by.sums(tenants)))
