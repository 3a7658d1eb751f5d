"""Segregation by income itself: by rank, by the size of the gaps, and of the lowest and the highest incomes."""

from __future__ import annotations

import functools
from functools import partial

import numpy as np

from sim.base.errors import MeasureError
from sim.measures import chance, income
from sim.measures.census import Census
from sim.measures.chance import corrected
from sim.measures.memory import Memory
from sim.measures.names import named
from sim.measures.panel import Block, Blocks
from sim.measures.segregation import dissimilarity_of_each, entropy_index
from sim.measures.sorting import TOO_SMALL, or_nan


def sorting_of_incomes(census: Census, memory: Memory) -> Blocks:
    """Indices of households by area and hundredth of the incomes, and of incomes themselves."""
    tables, dealt = census.tables, memory.by_income
    by_rank = tables.by_rank
    yield from _of_ranks(by_rank, dealt)
    yield _of_tenth("poorest_tenth", by_rank, 0.1, dealt)
    yield _of_tenth("richest_tenth", by_rank, 0.9, dealt)
    yield Block.tried(_with_chance("inequality_index"), partial(_inequality, by_rank))
    yield Block.tried(_with_chance("neighbourhood_sorting"), partial(_neighbourhood_sorting, census))


@functools.cache
def _with_chance(word: str) -> tuple[str, ...]:
    return named(f"segregation.{word}"), named(f"segregation.{word}.chance")


def _of_ranks(by_rank: np.ndarray, dealt: dict[str, float]) -> Blocks:
    names = (*_with_chance("income_rank_entropy"), *_with_chance("income_rank_variance"))
    above_chance = tuple(f"{names[place]}.corrected" for place in (0, 2))
    try:
        cuts = income.cuts_of(by_rank)
    except MeasureError as fault:
        yield Block.undefined((*names, *above_chance), fault.key)
        return
    entropy, variance = income.rank_order_entropy(cuts), income.rank_order_variance(cuts)
    by_chance = dealt.get("income_rank_entropy", chance.expected_rank_order_entropy(cuts.town))
    of_variance = chance.expected_separation(cuts.town)
    yield Block(names, [entropy, by_chance, variance, of_variance])
    adjusted = [or_nan(corrected, entropy, by_chance), or_nan(corrected, variance, of_variance)]
    yield Block(above_chance, adjusted, TOO_SMALL)


def _of_tenth(word: str, by_rank: np.ndarray, share: float, dealt: dict[str, float]) -> Block:
    def measured() -> list[float]:
        town = income.parted_at(by_rank, share)
        return [entropy_index(town), dealt.get(word, chance.expected_entropy_index(town))]

    return Block.tried(_with_chance(word), measured)


def _inequality(by_rank: np.ndarray) -> list[float]:
    town = income.lowest_and_highest(by_rank)
    found, by_chance = dissimilarity_of_each(town)[0], chance.expected_dissimilarity_of_each(town)[0]
    return [100.0 * float(found), 100.0 * float(by_chance)]


def _neighbourhood_sorting(census: Census) -> list[float]:
    tables, households = census.tables, census.by_group.sum(axis=1)
    found = income.neighbourhood_sorting(households, tables.income, tables.squared_income)
    return [found, chance.expected_neighbourhood_sorting(households)]
