"""Dissimilarity of persons, who are dealt with their household."""

from types import SimpleNamespace

import numpy as np
import pytest
from looking import look, two_towns

from sim.measures.chance import corrected_dissimilarity, expected_dissimilarity_of_each
from sim.measures.panel import Panel
from sim.measures.segregation import dissimilarity, dissimilarity_of_groups
from sim.measures.sorting_of_persons import dissimilarity_by_chance, sorting_of_persons


def panel(persons, squared, groups=("a", "b")):
    census = SimpleNamespace(tables=SimpleNamespace(persons=np.asarray(persons), squared_persons=squared))
    taken = Panel()
    for block in sorting_of_persons(census, groups):
        taken.take_all(block)
    return taken


def test_it_is_the_dissimilarity_of_the_table_of_persons():
    city = two_towns()
    census = look(city)
    persons, taken = census.tables.persons, Panel()
    for block in sorting_of_persons(census, city.groups):
        taken.take_all(block)
    name = "segregation.dissimilarity_of_persons.origin"
    assert taken.values[name] == pytest.approx(dissimilarity_of_groups(persons), rel=1e-12)
    for number, group in enumerate(city.groups):
        expected = dissimilarity(persons[:, number], persons.sum(axis=1))
        assert taken.values[f"{name}@group={group}"] == pytest.approx(expected, rel=1e-12)
    level = taken.values[f"{name}.chance"]
    assert taken.values[f"{name}.corrected"] == pytest.approx(corrected_dissimilarity(taken.values[name], level))
    assert taken.values.keys() == panel(0 * persons, 0.0, city.groups).values.keys()


def test_where_everybody_lives_alone_chance_is_that_of_persons_one_by_one():
    persons = np.random.default_rng(1).integers(5, 60, (20, 2))
    found = dissimilarity_by_chance(persons, float(persons.sum()))
    assert found == pytest.approx(expected_dissimilarity_of_each(persons), rel=1e-12)


def test_chance_is_what_dealing_whole_households_gives():
    """Households of one to six, dealt 400 times over 30 areas of 60: the formula lies within 5 per cent of the mean.

    The standard error of the mean is 0.6 per cent. The formula deals with replacement, which is 1.7 per cent too much
    with 30 areas, and takes the number of persons in an area as given, some 2 more; persons one by one miss a quarter.
    """
    luck = np.random.default_rng(2)
    size, group = luck.choice(6, 1800, p=[0.4, 0.25, 0.12, 0.12, 0.07, 0.04]) + 1, luck.random(1800) < 0.3
    area, found = np.repeat(np.arange(30), 60), []
    for _ in range(400):
        where = luck.permutation(area)
        members, all_ = np.bincount(where, size * group), np.bincount(where, size)
        found.append(dissimilarity(members, all_))
    persons = np.stack([np.bincount(area, size * ~group), np.bincount(area, size * group)], axis=1)
    by_chance = dissimilarity_by_chance(persons, float((size**2).sum()))
    assert by_chance[1] == pytest.approx(np.mean(found), rel=0.05)
    assert by_chance[1] > 1.2 * expected_dissimilarity_of_each(persons)[1]


def test_one_group_or_nobody_says_why():
    one = panel([[3, 0], [4, 0]], 7.0)
    assert one.undefined["segregation.dissimilarity_of_persons.origin@group=a"] == "measure.one_group_only"
    assert one.undefined["segregation.dissimilarity_of_persons.origin@group=b"] == "measure.group_empty"
    assert panel(np.zeros((2, 2)), 0.0).undefined["segregation.dissimilarity_of_persons.origin"] == "measure.nobody"
