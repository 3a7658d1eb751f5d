"""What the measures of a month keep of earlier ones: levels by chance, what lies near what, the start, who looked."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.base.streams import Purpose, Stream
from sim.city.city import City
from sim.city.geography import Geography
from sim.measures.chance import DRAWS, LARGEST_SHORTFALL, deal_households, entropy_shortfall
from sim.measures.composition import Composition
from sim.measures.first_homes import FirstHomes
from sim.measures.incomes_by_chance import incomes_by_chance
from sim.measures.segregation import atkinson_of_each, concentration_of_each, gini_of_each
from sim.measures.spatial import Weights, linked

JANUARY = 1
DEALT_AREAS = 20_000
"""Areas that are dealt in all: the more areas, the less one deal differs from the next (assumed, as is the least)."""

FEWEST_DEALS = 10
DENSE_AREAS = 150
"""Up to so many areas a full table of weights is quicker than a sparse one, as measured."""


@dataclass(frozen=True)
class Dealt:
    """Levels by chance that no formula gives, from deals of one table of households by area and group.

    Attributes
    ----------
    gini : float
        Of all groups at once.
    gini_of_each, atkinson_of_each : float64 arrays, shape (n_groups,)
        NaN for a group that has no members.
    concentration_of_each : float64 array, shape (n_groups, n_levels)
    entropy_index : float or None
        None where the formula is near enough.
    """

    gini: float
    gini_of_each: np.ndarray
    atkinson_of_each: np.ndarray
    concentration_of_each: np.ndarray
    entropy_index: float | None


@dataclass
class Memory:
    """Taken at the founding and each January, then held; it belongs to one city.

    Attributes
    ----------
    month : int or None
        When households were last dealt; None before the first time.
    dealt : dict of str to Dealt
        By grouping, for those of which several groups have members.
    by_income : dict of str to float
        By measure, levels by chance of entropy indices of incomes, where the formula is too low.
    near : Weights or None
        What lies near what, no area being near itself; None where areas are not linked.
    around : Weights or None
        The same with each area around itself, as households see it.
    at_start : dict of str to array, shape (n_areas, n_groups)
        By grouping, households by area and group when the city was first measured.
    first_homes : FirstHomes
        Who was without a home, and what became of them.
    """

    month: int | None = None
    dealt: dict[str, Dealt] = field(default_factory=dict)
    by_income: dict[str, float] = field(default_factory=dict)
    near: Weights | None = None
    around: Weights | None = None
    at_start: dict[str, np.ndarray] = field(default_factory=dict)
    first_homes: FirstHomes = field(default_factory=FirstHomes)

    def refresh(self, city: City, tables: dict[str, np.ndarray], by_rank: np.ndarray) -> None:
        """Deal anew if it is time.

        Parameters
        ----------
        city : City
            Read only.
        tables : dict of str to array, shape (n_areas, n_groups)
            By grouping, households by area and group.
        by_rank : array, shape (n_areas, 100)
            Households by area and hundredth of the incomes.
        """
        if self.month is None:
            self.near, self.around = nearness(city.geography), surroundings(city.geography)
            self.at_start = {grouping: table.copy() for grouping, table in tables.items()}
        elif self.month == city.month or city.month_of_year != JANUARY:
            return
        self.month = city.month
        luck = city.luck.stream(Purpose.MEASURE, city.month)
        several = {grouping: table for grouping, table in tables.items() if np.count_nonzero(table.any(axis=0)) > 1}
        self.dealt = {grouping: deal(table, luck) for grouping, table in several.items()}
        self.by_income = small_incomes(by_rank) if np.count_nonzero(by_rank.any(axis=0)) > 1 else {}


def nearness(geography: Geography) -> Weights | None:
    """Weights of the links between areas, links to themselves left out; None if no areas are linked."""
    if geography.is_lattice:
        return None
    from_area = np.repeat(np.arange(len(geography.start) - 1), np.diff(geography.start))
    weight = np.where(from_area == geography.neighbour, 0.0, geography.weight)
    return _weights(geography, weight) if weight.any() else None


def surroundings(geography: Geography) -> Weights | None:
    """Weights of all links, those of areas to themselves too; None if no areas are linked to others."""
    return _weights(geography, geography.weight) if nearness(geography) is not None else None


def _weights(geography: Geography, weight: np.ndarray) -> Weights:
    links = linked(geography.start, geography.neighbour, weight)
    return links.toarray() if links.shape[0] <= DENSE_AREAS else links


def n_deals(n_areas: int) -> int:
    """Deals for a level by chance: 200 up to 100 areas, fewer where each deal holds more.

    Examples
    --------
    >>> n_deals(36), n_deals(1000)
    (200, 20)
    """
    return min(DRAWS, max(DEALT_AREAS // max(n_areas, 1), FEWEST_DEALS))


def deal(counts: np.ndarray, luck: Stream) -> Dealt:
    """Levels by chance for households by area and group, of which several groups have members."""
    draws = n_deals(len(counts))
    town, deals = Composition(counts), Composition.of_deals(deal_households(counts, draws, luck))
    is_there = counts.sum(axis=0) > 0
    gini = _mean(gini_of_each(deals), draws)
    information = float(deals.information.sum()) / draws
    return Dealt(
        gini=float((gini * town.variances).sum() / town.interaction),
        gini_of_each=for_all(gini, is_there),
        atkinson_of_each=for_all(_mean(atkinson_of_each(deals), draws), is_there),
        concentration_of_each=for_all(_mean(concentration_of_each(deals), draws), is_there),
        entropy_index=information / (town.population * town.diversity) if _is_too_low(town) else None,
    )


def small_incomes(by_rank: np.ndarray) -> dict[str, float]:
    """Levels by chance of the entropy indices of incomes; none where the formula is near enough for the lowest tenth.

    The lowest tenth is where the formula is furthest from the truth, so it speaks for all of them.
    """
    lowest = by_rank[:, : by_rank.shape[1] // 10].sum(axis=1)
    rest = by_rank.sum(axis=1) - lowest
    if not lowest.any() or not rest.any() or not _is_too_low(Composition(np.stack([lowest, rest], axis=1))):
        return {}
    return incomes_by_chance(by_rank)


def for_all(values: np.ndarray, is_there: np.ndarray) -> np.ndarray:
    """Values of the groups that have members, NaN for the others; float64, first axis (n_groups,)."""
    whole = np.full((len(is_there), *values.shape[1:]), np.nan)
    whole[is_there] = values
    return whole


def _mean(values: np.ndarray, draws: int) -> np.ndarray:
    """Mean over deals of what was found for each group of each deal."""
    return np.asarray(values.reshape(draws, -1, *values.shape[1:]).mean(axis=0))


def _is_too_low(town: Composition) -> bool:
    return entropy_shortfall(town) > LARGEST_SHORTFALL
