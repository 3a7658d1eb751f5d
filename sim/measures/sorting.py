"""The segregation family of a month: by origin, by income and by tenure, each beside its level by chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from sim.base.errors import MeasureError
from sim.city.city import City
from sim.city.dwellings import TENURES
from sim.city.tally import Tally
from sim.measures import chance, income
from sim.measures.census import Census
from sim.measures.chance import corrected, corrected_dissimilarity
from sim.measures.names import named
from sim.measures.segregation.together import Indices, indices

Pairs = Iterator[tuple[str, Callable[[], float]]]
FIFTHS = ("1", "2", "3", "4", "5")


def sorting(city: City, census: Census, tally: Tally) -> Pairs:
    """Every index of segregation, with its name."""
    yield from of_grouping("origin", census.by_group, city.groups)
    yield from of_grouping("income", income.fifths(census.tables.by_rank), FIFTHS)
    yield from of_grouping("tenure", census.tables.by_tenure, TENURES)
    yield from of_incomes(census.tables.by_rank)


def of_grouping(grouping: str, counts: np.ndarray, groups: tuple[str, ...]) -> Pairs:
    """Indices of a table of households by area and group."""
    present = [group for group, size in zip(groups, counts.sum(axis=0), strict=True) if size]

    def name(family: str, form: str = "", **by: str) -> str:
        base = ".".join(part for part in (f"segregation.{family}", grouping, form) if part)
        return named(base, **by)

    try:
        found = indices(counts)
    except MeasureError as fault:
        yield name("dissimilarity"), partial(_fail, fault)
        yield name("entropy_index"), partial(_fail, fault)
        return
    yield from _of_all(name, found, counts)
    yield from _of_each(name, found, counts, present)


def _of_all(name: Callable[..., str], found: Indices, counts: np.ndarray) -> Pairs:
    by_chance = {
        "dissimilarity": chance.expected_dissimilarity_of_groups(counts),
        "entropy_index": chance.expected_entropy_index(counts),
        "separation": chance.expected_separation(counts),
    }
    raw = {
        "dissimilarity": found.dissimilarity, "entropy_index": found.entropy_index,
        "separation": found.relative_diversity, "gini": found.gini, "divergence": found.divergence,
        "diversity": found.diversity,
    }  # fmt: skip
    for family, value in raw.items():
        yield name(family), partial(float, value)
    for family, level in by_chance.items():
        adjust = corrected_dissimilarity if family == "dissimilarity" else corrected
        yield name(family, "chance"), partial(float, level)
        yield name(family, "corrected"), partial(adjust, raw[family], level)


def _of_each(name: Callable[..., str], found: Indices, counts: np.ndarray, present: list[str]) -> Pairs:
    met_by_chance = chance.expected_exposure_matrix(counts)
    even_by_chance = chance.expected_dissimilarity_of_each(counts)
    for g, group in enumerate(present):
        yield name("share", group=group), partial(float, found.city_shares[g])
        yield name("dissimilarity", group=group), partial(float, found.dissimilarity_of_each[g])
        yield name("dissimilarity", "chance", group=group), partial(float, even_by_chance[g])
        yield name("separation", group=group), partial(float, found.separation_of_each[g])
        yield name("gini", group=group), partial(float, found.gini_of_each[g])
        yield name("atkinson", group=group), partial(float, found.atkinson_of_each[g])
        yield name("isolation", group=group), partial(float, found.exposure[g, g])
        yield name("isolation", "chance", group=group), partial(float, met_by_chance[g, g])
        for other, met in enumerate(present):
            if other != g:
                yield name("exposure", group=group, to=met), partial(float, found.exposure[g, other])


def of_incomes(by_rank: np.ndarray) -> Pairs:
    """Indices of households by area and hundredth of the incomes."""
    level = partial(chance.expected_rank_order_entropy, by_rank)
    yield "segregation.inequality_index", partial(income.inequality_index, by_rank)
    yield "segregation.income_rank_entropy", partial(income.rank_order_entropy, by_rank)
    yield "segregation.income_rank_entropy.chance", level
    yield "segregation.income_rank_entropy.corrected", lambda: corrected(income.rank_order_entropy(by_rank), level())
    yield "segregation.income_rank_variance", partial(income.rank_order_variance, by_rank)
    yield "segregation.income_rank_variance.chance", partial(chance.expected_separation, by_rank)
    yield "segregation.poorest_tenth", partial(income.entropy_below, by_rank, 0.1)
    yield "segregation.richest_tenth", partial(income.entropy_below, by_rank, 0.9)


def _fail(fault: MeasureError) -> float:
    raise fault
