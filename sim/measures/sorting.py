"""Segregation by origin, by income and by tenure: every index of a table of counts, each beside its level by chance."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.base.errors import MeasureError
from sim.city.city import City
from sim.city.dwellings import TENURES
from sim.measures import chance, income
from sim.measures.breakdown import FIFTHS
from sim.measures.census import Census
from sim.measures.chance import corrected, corrected_dissimilarity, expected_delta_of_each
from sim.measures.composition import Composition, Floats, several_groups
from sim.measures.memory import Dealt, Memory
from sim.measures.names import named
from sim.measures.panel import Block, Blocks
from sim.measures.segregation import Indices, concentration_of_each, indices, lack_of_overlap
from sim.measures.segregation.concentration import LEVELS, delta_of_each

WHOLE = (
    "dissimilarity", "dissimilarity.chance", "entropy_index", "entropy_index.chance", "separation",
    "separation.chance", "gini", "normalised_exposure", "normalised_exposure.chance", "squared_coefficient",
    "squared_coefficient.chance", "divergence", "divergence.chance", "diversity", "interaction",
)  # fmt: skip
EACH = (
    "share", "dissimilarity", "dissimilarity.chance", "separation", "separation.chance", "gini", "minmax",
    "minmax.chance", "atkinson", "isolation", "isolation.chance",
)  # fmt: skip
WHOLE_CORRECTED = ("dissimilarity.corrected", "entropy_index.corrected", "separation.corrected")
EACH_CORRECTED = ("dissimilarity.corrected", "separation.corrected")
WHOLE_DEALT = ("gini.chance",)
EACH_DEALT = ("gini.chance", "atkinson.chance")
BY_LEVEL = ("concentration", "concentration.chance")
ON_LAND = ("delta", "delta.chance")
WITH_OTHERS = ("exposure", "exposure.chance")
EMPTY, TOO_SMALL, NOT_DEALT = "measure.group_empty", "measure.chance_is_complete", "measure.not_dealt"


def sorting(city: City, tables: dict[str, np.ndarray], memory: Memory) -> Blocks:
    """Every index of the tables of all groupings that needs no map.

    Parameters
    ----------
    city : City
        Read only.
    tables : dict of str to array, shape (n_areas, n_groups)
        From ``tables_of``.
    memory : Memory
    """
    for grouping, groups in groups_of(city).items():
        yield from of_grouping(grouping, tables[grouping], groups, memory.dealt.get(grouping))
        yield from on_land(grouping, tables[grouping], groups, city.areas.km2)


def groups_of(city: City) -> dict[str, tuple[str, ...]]:
    """The groups of every grouping."""
    return {"origin": city.groups, "income": FIFTHS, "tenure": TENURES}


def tables_of(census: Census) -> dict[str, np.ndarray]:
    """Households with a home by area and group, of every grouping."""
    tables = census.tables
    return {"origin": census.by_group, "income": income.fifths(tables.by_rank), "tenure": tables.by_tenure}


@functools.cache
def names_of(grouping: str, families: tuple[str, ...], groups: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """Names of families of measures, each for all groups; without groups, for all at once."""
    by: list[dict[str, str]] = [{}] if groups is None else [{"group": group} for group in groups]
    return tuple(named(base(grouping, family), **one) for family in families for one in by)


@functools.cache
def _names_by_level(grouping: str, groups: tuple[str, ...]) -> tuple[str, ...]:
    percent = [str(round(100 * level)) for level in LEVELS]
    bases = [base(grouping, family) for family in BY_LEVEL]
    return tuple(named(one, group=group, level=level) for one in bases for group in groups for level in percent)


@functools.cache
def _names_with_others(grouping: str, groups: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    pairs = [(group, to) for group in groups for to in others if group != to]
    bases = [base(grouping, family) for family in WITH_OTHERS]
    return tuple(named(one, group=group, to=to) for one in bases for group, to in pairs)


def base(grouping: str, family: str) -> str:
    """The name of a measure of a grouping: its form comes last.

    Examples
    --------
    >>> base("origin", "dissimilarity.chance")
    'segregation.dissimilarity.origin.chance'
    """
    word, _, form = family.partition(".")
    return ".".join(part for part in ("segregation", word, grouping, form) if part)


class Chance(NamedTuple):
    """Levels by chance of one table, as far as there is a formula."""

    dissimilarity: float
    dissimilarity_of_each: Floats
    entropy_index: float
    separation: float
    exposure: Floats

    @classmethod
    def of(cls, town: Composition, dealt: Dealt | None) -> Chance:
        """The levels of a town; the entropy index is dealt where the formula is too low."""
        of_each = chance.expected_dissimilarity_of_each(town)
        entropy_index = None if dealt is None else dealt.entropy_index
        return cls(
            float((of_each * town.variances).sum()) / town.interaction, of_each,
            chance.expected_entropy_index(town) if entropy_index is None else entropy_index,
            chance.expected_separation(town), chance.expected_exposure_matrix(town),
        )  # fmt: skip


def of_grouping(grouping: str, counts: np.ndarray, groups: tuple[str, ...], dealt: Dealt | None) -> Blocks:
    """Indices of households by area and group; those of groups without members are undefined."""
    is_there = counts.sum(axis=0) > 0
    there = tuple(group for group, lives in zip(groups, is_there, strict=True) if lives)
    yield from _absent(grouping, groups, there)
    try:
        town = several_groups(counts)
    except MeasureError as fault:
        yield from _undefined(grouping, there, fault.key)
        return
    found, level = indices(town), Chance.of(town, dealt)
    yield Block(names_of(grouping, WHOLE), _whole(found, level))
    yield Block.of(names_of(grouping, EACH, there), _each(found, level))
    yield from _corrected(grouping, there, found, level)
    yield Block.of(_names_with_others(grouping, there, there), _with_others(found, level))
    yield from _dealt(grouping, there, is_there, town, dealt)


def on_land(grouping: str, counts: np.ndarray, groups: tuple[str, ...], km2: np.ndarray | None) -> Blocks:
    """How unlike the land each group is spread, where the table of areas says how much land there is."""
    names = names_of(grouping, ON_LAND, groups)
    if km2 is None:
        yield Block.undefined(names, "measure.no_land")
    elif counts.any():
        yield Block.of(names, np.stack([delta_of_each(counts, km2), expected_delta_of_each(counts, km2)]), EMPTY)
    else:
        yield Block.undefined(names, EMPTY)


def _whole(found: Indices, level: Chance) -> list[float]:
    """Values of ``WHOLE``."""
    return [
        found.dissimilarity, level.dissimilarity, found.entropy_index, level.entropy_index, found.relative_diversity,
        level.separation, found.gini, found.normalised_exposure, level.separation, found.squared_coefficient,
        level.separation, found.divergence, level.entropy_index * found.diversity, found.diversity, found.interaction,
    ]  # fmt: skip


def _each(found: Indices, level: Chance) -> np.ndarray:
    """Values of ``EACH``, a row for each family."""
    return np.stack([
        found.city_shares, found.dissimilarity_of_each, level.dissimilarity_of_each, found.separation_of_each,
        np.full(len(found.city_shares), level.separation), found.gini_of_each,
        lack_of_overlap(found.dissimilarity_of_each), lack_of_overlap(level.dissimilarity_of_each),
        found.atkinson_of_each, found.exposure.diagonal(), level.exposure.diagonal(),
    ])  # fmt: skip


def _with_others(found: Indices, level: Chance) -> np.ndarray:
    """Values of ``WITH_OTHERS``, a row for each family: all that is not on the diagonal."""
    others = ~np.eye(len(found.city_shares), dtype=np.bool_)
    return np.stack([found.exposure[others], level.exposure[others]])


def _corrected(grouping: str, there: tuple[str, ...], found: Indices, level: Chance) -> Blocks:
    whole = [
        or_nan(corrected_dissimilarity, found.dissimilarity, level.dissimilarity),
        or_nan(corrected, found.entropy_index, level.entropy_index),
        or_nan(corrected, found.relative_diversity, level.separation),
    ]
    yield Block(names_of(grouping, WHOLE_CORRECTED), whole, TOO_SMALL)
    pairs = zip(found.dissimilarity_of_each.tolist(), level.dissimilarity_of_each.tolist(), strict=True)
    each = [or_nan(corrected_dissimilarity, *pair) for pair in pairs]
    each += [or_nan(corrected, value, level.separation) for value in found.separation_of_each.tolist()]
    yield Block(names_of(grouping, EACH_CORRECTED, there), each, TOO_SMALL)


def or_nan(adjust: Callable[[float, float], float], observed: float, expected: float) -> float:
    """An index with chance taken out; NaN where chance alone gives complete separation."""
    try:
        return adjust(observed, expected)
    except MeasureError:
        return np.nan


def _dealt(
    grouping: str, there: tuple[str, ...], is_there: np.ndarray, town: Composition, dealt: Dealt | None
) -> Blocks:
    """Levels by chance that were dealt, and concentration beside its own."""
    profile, unknown = concentration_of_each(town), np.full((len(there), len(LEVELS)), np.nan)
    whole, each = np.array(np.nan), np.full((2, len(there)), np.nan)
    if dealt is not None:
        whole, each = np.array(dealt.gini), np.stack([dealt.gini_of_each, dealt.atkinson_of_each])[:, is_there]
        unknown = dealt.concentration_of_each[is_there]
    yield Block.of(names_of(grouping, WHOLE_DEALT), whole, NOT_DEALT)
    yield Block.of(names_of(grouping, EACH_DEALT, there), each, NOT_DEALT)
    yield Block.of(_names_by_level(grouping, there), np.stack([profile, unknown]), NOT_DEALT)


def _absent(grouping: str, groups: tuple[str, ...], there: tuple[str, ...]) -> Blocks:
    """What cannot be said of groups without members."""
    absent = tuple(group for group in groups if group not in there)
    if absent:
        names = names_of(grouping, (*EACH, *EACH_CORRECTED, *EACH_DEALT), absent)
        met = (*_names_with_others(grouping, absent, groups), *_names_with_others(grouping, there, absent))
        yield Block.undefined((*names, *met, *_names_by_level(grouping, absent)), EMPTY)


def _undefined(grouping: str, there: tuple[str, ...], reason: str) -> Blocks:
    """A grouping with a single group, or none."""
    names = names_of(grouping, (*WHOLE, *WHOLE_CORRECTED, *WHOLE_DEALT))
    each = names_of(grouping, (*EACH, *EACH_CORRECTED, *EACH_DEALT), there)
    met = (*_names_with_others(grouping, there, there), *_names_by_level(grouping, there))
    yield Block.undefined((*names, *each, *met), reason)
