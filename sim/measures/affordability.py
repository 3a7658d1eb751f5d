"""What a home costs those who live in it, and the public."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from sim.city.city import City
from sim.city.dwellings import OWNED, RENTALS, TENURES
from sim.city.tally import Tally
from sim.kernels.census import BURDEN_STEP, COST_STEP, FIRST_RESIDUAL, RESIDUAL_STEP
from sim.measures.census import N_FIFTHS, Census
from sim.measures.median import median, quantile_of_steps, ratio
from sim.measures.names import named

Pairs = Iterator[tuple[str, Callable[[], float]]]


def affordability(city: City, census: Census, tally: Tally) -> Pairs:
    """Every measure of cost, with its name."""
    for by, chosen in _breakdowns(city):
        yield from _of_some(census, by, chosen)
    yield from _rents(city, census)
    yield _name("evictions"), partial(float, tally.counts["evicted"])
    yield _name("public_cost"), partial(float, tally.allowance)


def _name(family: str, **by: str | int) -> str:
    return named(f"affordability.{family}", **by)


def _breakdowns(city: City) -> Iterator[tuple[dict[str, str | int], tuple[object, ...]]]:
    """What to pick from tables of shape (n_groups, n_fifths, n_tenures, ...), and how it is called."""
    everybody = slice(None)
    yield {}, (everybody, everybody, everybody)
    for g, word in enumerate(city.groups):
        yield {"group": word}, (slice(g, g + 1), everybody, everybody)
    for q in range(N_FIFTHS):
        yield {"income": q + 1}, (everybody, slice(q, q + 1), everybody)
    for t, word in enumerate(TENURES):
        yield {"tenure": word}, (everybody, everybody, slice(t, t + 1))


def _of_some(census: Census, by: dict[str, str | int], chosen: tuple[object, ...]) -> Pairs:
    tables = census.tables
    burden = tables.burden[chosen].sum(axis=(0, 1, 2))
    residual = tables.residual[chosen].sum(axis=(0, 1, 2))
    housed = tables.households[:, :, :-1][chosen].sum()
    below = tables.below_norm[:, :, :-1][chosen].sum()
    yield _name("rent_burden", **by), partial(quantile_of_steps, burden, 0.5, 0.0, BURDEN_STEP)
    yield _name("rent_burden_p90", **by), partial(quantile_of_steps, burden, 0.9, 0.0, BURDEN_STEP)
    yield _name("residual_income", **by), partial(quantile_of_steps, residual, 0.5, FIRST_RESIDUAL, RESIDUAL_STEP)
    yield _name("below_norm", **by), partial(ratio, below, housed)


def _rents(city: City, census: Census) -> Pairs:
    for t in RENTALS:
        paid = census.tables.cost[t]
        yield _name("median_rent", tenure=TENURES[t]), partial(quantile_of_steps, paid, 0.5, 0.0, COST_STEP)
    for t in OWNED:
        yield _name("median_price", tenure=TENURES[t]), partial(median, _where_sold(city.books.price_level[:, t]))


def _where_sold(level: np.ndarray) -> np.ndarray:
    return level[level > 0]
