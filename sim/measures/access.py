"""Who gets a home and how long it takes: waits, those without a home, crowding, vacancy, turnover."""

from __future__ import annotations

import functools

import numpy as np

from sim.city.city import City
from sim.city.dwellings import TENURES
from sim.city.households import NOBODY, Cause
from sim.city.tally import Tally
from sim.measures.breakdown import breakdown, ratios
from sim.measures.census import HOMES, NO_HOME, Census
from sim.measures.median import quantiles_in_order, quantiles_of_steps
from sim.measures.moved import Moved
from sim.measures.names import named
from sim.measures.panel import Block, Blocks

MONTHS = 12
CAUSES = tuple(cause.name.lower() for cause in Cause if cause is not Cause.NONE)
"""Why one looks for a home; who looks always has one of these."""


def access(city: City, census: Census, tally: Tally, moved: Moved) -> Blocks:
    """Every measure of access.

    Parameters
    ----------
    city, census, tally
        As in ``monthly.month_panel``.
    moved : Moved
        Who moved in this month.
    """
    yield from _lettings(tally, moved)
    yield from _waiting(city, census)
    yield from _homes(city, census)
    yield from _market(census, tally)
    yield from _seekers(tally)
    yield from _persons(city, census, tally, moved)


def _lettings(tally: Tally, moved: Moved) -> Blocks:
    """Homes let and sold; and how long those waited who got theirs in order of queue time."""
    by_queue = tally.moves["by_queue"]
    yield Block.of(moved.by.names("access.lettings"), moved.count(np.ones(len(by_queue), np.bool_)))
    yield Block.of(moved.by.names("access.lettings_by_queue"), moved.count(by_queue))
    let = np.flatnonzero(by_queue)
    let = let[np.argsort(tally.moves["waited"][let], kind="stable")]
    waited, is_in = tally.moves["waited"][let], moved.by.cells[:, moved.cells[let]] > 0
    found = np.array([quantiles_in_order(waited[row]) for row in is_in])
    yield Block.of(moved.by.names("access.waiting_time"), found[:, 0])
    yield Block.of(moved.by.names("access.waiting_time_p90"), found[:, 1])


def _waiting(city: City, census: Census) -> Blocks:
    by = breakdown(city.groups, with_types=False)
    found = quantiles_of_steps(by.sums(census.tables.waits), 0.0, 1.0)
    yield Block.of(by.names("access.waiting_so_far"), found[:, 0])


def _homes(city: City, census: Census) -> Blocks:
    """Who has none, and who has too small a one."""
    households, crowded = census.tables.households, census.tables.crowded
    by = breakdown(city.groups)
    without = by.sums(households[:, NO_HOME])
    yield Block.of(by.names("access.without_home"), ratios(without, by.sums(households.sum(axis=1))))
    yield Block.of(by.names("access.without_home_count"), without)
    by = breakdown(city.groups, TENURES)
    yield Block.of(by.names("access.crowding"), ratios(by.sums(crowded), by.sums(households[:, :HOMES])))


def _market(census: Census, tally: Tally) -> Blocks:
    """How many homes stand empty, and how many get a new household."""
    vacant, homes = census.vacant.sum(axis=0), census.n_dwellings.sum(axis=0)
    moved = np.bincount(tally.moves["tenure"], minlength=HOMES)
    names = _by_tenure("access.vacancy") + _by_tenure("access.turnover")
    part, whole = np.stack([vacant, MONTHS * moved]), np.stack([homes, homes])
    part, whole = (np.hstack([numbers.sum(axis=1, keepdims=True), numbers]) for numbers in (part, whole))
    yield Block.of(names, ratios(part, whole), "measure.no_homes")


@functools.cache
def _by_tenure(base: str) -> tuple[str, ...]:
    return (base, *(named(base, tenure=tenure) for tenure in TENURES))


def _seekers(tally: Tally) -> Blocks:
    """Who looks, who has given up, and how hard it is."""
    counts = tally.counts
    names = ("access.seekers", *(named("access.seekers", cause=cause) for cause in CAUSES))
    yield Block(names, [float(counts["seekers"]), *(float(counts[f"looks.{cause}"]) for cause in CAUSES)])
    yield Block(("access.turned_away",), [float(counts["turned_away"])])
    per_listing = ratios(np.array(counts["applications"]), np.array(counts["listings"]))
    yield Block.of(("access.applications_per_listing",), per_listing, "measure.no_listings")
    chains = tally.chains
    length = ratios(np.array(chains.sum()), np.array(len(chains)))
    yield Block.of(("access.chain_length",), length, "measure.no_chains")


def _persons(city: City, census: Census, tally: Tally, moved: Moved) -> Blocks:
    """Moves of persons: alone, out of a household, and all of them against everybody."""
    alone = tally.counts["person_moves"] + tally.counts["joined"]
    together = city.households.persons(moved.rows[moved.rows != NOBODY]).sum()
    rate = ratios(np.array(MONTHS * (alone + together)), census.tables.people.sum())
    yield Block.of(("access.person_moves", "access.moving_rate"), np.array([alone, rate]))
