"""Exact levels by chance of entropy indices, against every deal there is and against deals at random."""

from itertools import permutations

import numpy as np
import pytest

from sim.base.streams import Luck, Purpose
from sim.measures.chance import by_chance, deal_households
from sim.measures.chance.hypergeometric import entropies, mean_entropies_by_chance
from sim.measures.composition import Composition
from sim.measures.income import entropy_below, rank_order_entropy
from sim.measures.incomes_by_chance import incomes_by_chance
from sim.measures.segregation import entropy_index

SMALL = np.random.default_rng(7).integers(0, 2, (10, 100))
LUCK = Luck(3).stream(Purpose.MEASURE, 1)


def every_deal(counts):
    """Tables of all the ways in which the households of a tiny town can be dealt over its places."""
    areas = np.repeat(np.arange(len(counts)), counts.sum(axis=1))
    groups = np.repeat(np.arange(counts.shape[1]), counts.sum(axis=0))
    for dealt in permutations(groups):
        table = np.zeros(counts.shape, int)
        np.add.at(table, (areas, list(dealt)), 1)
        yield table


def test_it_is_the_mean_over_every_deal_there_is():
    counts = np.array([[2, 1], [1, 0], [0, 3]])
    town = Composition(counts)
    members = counts.sum(axis=0)
    exact = 1.0 - mean_entropies_by_chance(town.totals, members) / entropies(members / members.sum())
    assert exact == pytest.approx(np.mean([entropy_index(table) for table in every_deal(counts)]), rel=1e-12)


def test_ranks_too():
    by_rank = np.array([[1, 1, 0], [0, 1, 1], [2, 0, 0]])
    dealt = np.mean([rank_order_entropy(table) for table in every_deal(by_rank)])
    assert incomes_by_chance(by_rank)["income_rank_entropy"] == pytest.approx(dealt, rel=1e-12)


def test_a_hundred_ranks_agree_with_deals_at_random():
    """The mean of 400 deals lies within four of its standard errors."""
    found, tables = incomes_by_chance(SMALL), deal_households(SMALL, 400, LUCK)
    dealt = {
        "income_rank_entropy": by_chance(rank_order_entropy, tables),
        "poorest_tenth": by_chance(lambda table: entropy_below(table, 0.1), tables),
        "richest_tenth": by_chance(lambda table: entropy_below(table, 0.9), tables),
    }
    assert found.keys() == dealt.keys()
    for name, values in dealt.items():
        assert abs(values.mean() - found[name]) < 4 * values.std() / np.sqrt(len(values)), name


def test_a_group_that_is_nobody_or_everybody_leaves_every_area_unmixed():
    assert mean_entropies_by_chance(np.array([3, 4]), np.array([0, 7])).tolist() == [0.0, 0.0]


def test_a_tenth_that_nobody_is_in_has_no_level():
    by_rank = np.zeros((3, 100), int)
    by_rank[:, 20:60] = 1
    assert incomes_by_chance(by_rank).keys() == {"income_rank_entropy"}
