"""Who gets a home and how long it takes: waits, those without a home, crowding, vacancy, turnover."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from sim.city.city import City
from sim.city.dwellings import TENURES
from sim.city.tally import Tally
from sim.measures.census import N_FIFTHS, Census
from sim.measures.median import median, ratio
from sim.measures.names import named

Pairs = Iterator[tuple[str, Callable[[], float]]]


def access(city: City, census: Census, tally: Tally) -> Pairs:
    """Every measure of access, with its name."""
    yield from _waits(city, census, tally)
    yield from _without_home(city, census)
    yield from _crowding(city, census)
    yield from _market(census, tally)


def _name(family: str, **by: str | int) -> str:
    return named(f"access.{family}", **by)


def _waits(city: City, census: Census, tally: Tally) -> Pairs:
    moves = tally.moves
    let = moves["by_queue"]
    waited, group, fifth = moves["waited"][let], moves["group"][let], census.fifth_of(moves["income"][let])
    yield _name("waiting_time"), partial(median, waited)
    yield _name("lettings"), partial(float, len(waited))
    for g, word in enumerate(city.groups):
        yield _name("waiting_time", group=word), partial(median, waited[group == g])
        yield _name("lettings", group=word), partial(float, np.count_nonzero(group == g))
    for q in range(N_FIFTHS):
        yield _name("waiting_time", income=q + 1), partial(median, waited[fifth == q])
        yield _name("lettings", income=q + 1), partial(float, np.count_nonzero(fifth == q))


def _without_home(city: City, census: Census) -> Pairs:
    households = census.tables.households
    yield from _shares("without_home", city, households[:, :, -1], households.sum(axis=2))
    yield _name("without_home_count"), partial(float, households[:, :, -1].sum())


def _crowding(city: City, census: Census) -> Pairs:
    crowded, households = census.tables.crowded[:, :, :-1], census.tables.households[:, :, :-1]
    yield from _shares("crowding", city, crowded.sum(axis=2), households.sum(axis=2))
    for t, word in enumerate(TENURES):
        yield _name("crowding", tenure=word), partial(ratio, crowded[:, :, t].sum(), households[:, :, t].sum())


def _shares(family: str, city: City, part: np.ndarray, whole: np.ndarray) -> Pairs:
    """A share of all, by group and by fifth, of tables of shape (n_groups, n_fifths)."""
    yield _name(family), partial(ratio, part.sum(), whole.sum())
    for g, word in enumerate(city.groups):
        yield _name(family, group=word), partial(ratio, part[g].sum(), whole[g].sum())
    for q in range(N_FIFTHS):
        yield _name(family, income=q + 1), partial(ratio, part[:, q].sum(), whole[:, q].sum())


def _market(census: Census, tally: Tally) -> Pairs:
    vacant, homes = census.vacant.sum(axis=0), census.n_dwellings.sum(axis=0)
    moved = np.bincount(tally.moves["tenure"], minlength=len(TENURES))
    yield _name("vacancy"), partial(ratio, vacant.sum(), homes.sum())
    yield _name("turnover"), partial(ratio, 12.0 * moved.sum(), homes.sum())
    for t, word in enumerate(TENURES):
        yield _name("vacancy", tenure=word), partial(ratio, vacant[t], homes[t])
        yield _name("turnover", tenure=word), partial(ratio, 12.0 * moved[t], homes[t])
    yield _name("seekers"), partial(float, tally.counts["seekers"])
    yield _name("applications_per_listing"), partial(ratio, tally.counts["applications"], tally.counts["listings"])
    yield _name("chain_length"), partial(_mean, tally.chains)


def _mean(numbers: np.ndarray) -> float:
    return ratio(float(numbers.sum()), len(numbers))
