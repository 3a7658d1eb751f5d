"""Segregation by origin with the person as unit: a large household counts for more, and still moves as one."""

from __future__ import annotations

import numpy as np

from sim.base.errors import MeasureError
from sim.measures.census import Census
from sim.measures.chance import corrected_dissimilarity, expected_dissimilarity_of_each
from sim.measures.composition import several_groups
from sim.measures.panel import Block, Blocks
from sim.measures.segregation import dissimilarity_of_each
from sim.measures.sorting import EMPTY, TOO_SMALL, names_of, or_nan

FORMS = ("dissimilarity_of_persons", "dissimilarity_of_persons.chance")
CORRECTED = ("dissimilarity_of_persons.corrected",)


def sorting_of_persons(census: Census, groups: tuple[str, ...]) -> Blocks:
    """Dissimilarity by origin of persons, in the groups of their households."""
    persons = census.tables.persons
    there = tuple(group for group, lives in zip(groups, persons.sum(axis=0), strict=True) if lives)
    absent = tuple(group for group in groups if group not in there)
    if absent:
        yield Block.undefined(names_of("origin", (*FORMS, *CORRECTED), absent), EMPTY)
    try:
        town = several_groups(persons)
    except MeasureError as fault:
        names = names_of("origin", (*FORMS, *CORRECTED)), names_of("origin", (*FORMS, *CORRECTED), there)
        yield Block.undefined((*names[0], *names[1]), fault.key)
        return
    found = dissimilarity_of_each(town)
    by_chance = dissimilarity_by_chance(persons, census.tables.squared_persons)
    whole = [float((values * town.variances).sum()) / town.interaction for values in (found, by_chance)]
    yield Block(names_of("origin", FORMS), whole)
    yield Block.of(names_of("origin", FORMS, there), np.stack([found, by_chance]))
    yield Block(names_of("origin", CORRECTED), [or_nan(corrected_dissimilarity, *whole)], TOO_SMALL)
    pairs = zip(found.tolist(), by_chance.tolist(), strict=True)
    each = [or_nan(corrected_dissimilarity, *pair) for pair in pairs]
    yield Block(names_of("origin", CORRECTED, there), each, TOO_SMALL)


def dissimilarity_by_chance(persons: np.ndarray, squared_persons: float) -> np.ndarray:
    """Dissimilarity of each group by chance, persons being dealt together with their household.

    Areas then differ as much as if fewer persons were dealt one by one: persons over the mean number of persons in
    the household of a person.

    Parameters
    ----------
    persons : array, shape (n_areas, n_groups)
        Of groups that have members.
    squared_persons : float
        Sum over households of the square of their number of persons.

    References
    ----------
    Kish, L. (1965). Survey sampling. Wiley. Effective sample size of clusters.
    """
    return expected_dissimilarity_of_each(persons * (persons.sum() / squared_persons))
