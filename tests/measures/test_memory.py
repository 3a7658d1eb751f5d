"""What is kept from month to month: levels by chance that are dealt, what lies near what, the map at the start."""

import pickle

import numpy as np
import pytest
from looking import look, two_towns, village

from sim.base.streams import Luck, Purpose
from sim.city.geography import Geography, neighbourhoods, separate
from sim.measures import memory as keeping
from sim.measures.chance import (
    by_chance,
    deal_households,
    expected_entropy_index,
    expected_separation,
)
from sim.measures.composition import Composition
from sim.measures.incomes_by_chance import incomes_by_chance
from sim.measures.memory import Memory, deal, n_deals, nearness, small_incomes
from sim.measures.segregation import atkinson, concentration_profile, entropy_index, gini_of_groups
from sim.measures.segregation.evenness import dissimilarity_of_each, gini_of_each
from sim.measures.segregation.separation import separation_of_each
from sim.measures.sorting import tables_of

LUCK = Luck(8).stream(Purpose.MEASURE, 0)
COUNTS = np.random.default_rng(6).integers(0, 12, (15, 3))
TABLES = deal_households(COUNTS, n_deals(15), LUCK)


def test_deals_as_one_table_give_each_group_of_each_deal_its_own_index():
    deals = Composition.of_deals(TABLES[:7])
    for measure in (gini_of_each, dissimilarity_of_each, separation_of_each):
        one_by_one = np.concatenate([measure(table) for table in TABLES[:7]])
        assert measure(deals) == pytest.approx(one_by_one, rel=1e-12)


def test_deals_leave_out_empty_areas_and_absent_groups():
    wider = np.zeros((5, 17, 4), np.int64)
    wider[:, 1:16, :3] = TABLES[:5]
    assert (Composition.of_deals(wider).by_group == Composition.of_deals(TABLES[:5]).by_group).all()


def test_what_is_dealt_is_the_mean_over_deals_of_each_index_by_itself():
    found = deal(COUNTS, LUCK)
    assert found.gini == pytest.approx(by_chance(gini_of_groups, TABLES).mean(), rel=1e-12)
    total = COUNTS.sum(axis=1)
    for group in range(3):
        profile = [concentration_profile(table[:, group], total) for table in TABLES]
        assert found.concentration_of_each[group] == pytest.approx(np.mean(profile, axis=0), rel=1e-12)
        mean = np.mean([atkinson(table[:, group], total) for table in TABLES])
        assert found.atkinson_of_each[group] == pytest.approx(mean, rel=1e-12)


def test_a_group_without_members_has_no_level():
    found = deal(np.insert(COUNTS, 1, 0, axis=1), LUCK)
    for each in (found.gini_of_each, found.atkinson_of_each, found.concentration_of_each[:, 4]):
        assert np.isnan(each).tolist() == [False, True, False, False]


def test_the_entropy_index_is_dealt_only_where_areas_are_small():
    assert deal(COUNTS, LUCK).entropy_index == pytest.approx(by_chance(entropy_index, TABLES).mean(), rel=1e-12)
    assert deal(COUNTS, LUCK).entropy_index > expected_entropy_index(COUNTS)
    assert deal(100 * COUNTS, LUCK).entropy_index is None


def test_dealt_separation_agrees_with_its_exact_form():
    """A check of the deals themselves: of 200 the mean lies within four standard errors."""
    values = by_chance(lambda table: float((separation_of_each(table) * Composition(table).variances).sum()), TABLES)
    level = values / Composition(COUNTS).interaction
    assert abs(level.mean() - expected_separation(COUNTS)) < 4 * level.std() / np.sqrt(len(level))


def test_incomes_are_worked_out_exactly_only_where_areas_are_small():
    by_rank = np.random.default_rng(7).integers(0, 2, (10, 100))
    assert small_incomes(by_rank) == incomes_by_chance(by_rank)
    assert small_incomes(50 * by_rank) == {}
    assert small_incomes(by_rank[:, 10:] @ np.eye(90, 100, 10, dtype=int)) == {}  # nobody in the lowest tenth


def test_more_areas_need_fewer_deals():
    assert [n_deals(n) for n in (1, 100, 400, 10_000)] == [200, 200, 50, 10]


def refreshed(memory, city):
    census = look(city)
    memory.refresh(city, tables_of(census), census.tables.by_rank)
    return memory


def test_levels_are_dealt_at_the_founding_and_each_january_and_held_in_between():
    city, memory, months = two_towns(), Memory(), []
    city.month, city.start = 0, 2026 * 12 + 10 - 1  # the founding is in October
    for _ in range(17):
        months.append(refreshed(memory, city).month)
        city.month += 1
    assert months == [0] * 3 + [3] * 12 + [15] * 2


def test_the_same_month_deals_the_same_and_another_month_anew():
    city = two_towns()
    first, again = refreshed(Memory(), city), refreshed(Memory(), city)
    assert first.dealt["origin"].gini == again.dealt["origin"].gini
    city.month += 1
    assert first.dealt["origin"].gini != refreshed(Memory(), city).dealt["origin"].gini


def test_what_is_remembered_survives_saving():
    memory = refreshed(Memory(), village())
    kept = pickle.loads(pickle.dumps(memory))
    assert (kept.month, kept.dealt.keys()) == (memory.month, memory.dealt.keys())
    assert kept.dealt["origin"].gini == memory.dealt["origin"].gini
    assert (kept.near == memory.near).all()
    assert (kept.at_start["tenure"] == memory.at_start["tenure"]).all()


def test_no_area_is_near_itself_and_areas_that_are_worlds_of_their_own_are_near_nothing():
    geography = neighbourhoods(np.array([[0, 1, 4], [1, 0, 2], [4, 2, 0]], np.float32), 1.0, 1)
    near = nearness(geography)
    assert near.diagonal().tolist() == [0, 0, 0]
    assert (near > 0).tolist() == [[False, True, False], [True, False, False], [False, True, False]]
    assert nearness(separate(3)) is None
    lattice = Geography(np.array([0, 1, 2]), np.array([1, 0]), np.ones(2), np.zeros((0, 0)), is_lattice=True)
    assert nearness(lattice) is None


def test_many_areas_have_a_sparse_table_of_the_same_weights(monkeypatch):
    geography = neighbourhoods(np.array([[0, 1, 4], [1, 0, 2], [4, 2, 0]], np.float32), 1.0, 1)
    dense = nearness(geography)
    monkeypatch.setattr(keeping, "DENSE_AREAS", 2)
    assert (nearness(geography).toarray() == dense).all()
