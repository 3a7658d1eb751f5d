"""Segregation by income itself."""

import numpy as np
import pytest
from looking import look, two_towns, village

from sim.measures import chance, income
from sim.measures.chance import corrected
from sim.measures.memory import Memory
from sim.measures.panel import Panel
from sim.measures.sorting_of_incomes import sorting_of_incomes


def panel(census, memory=None):
    taken = Panel()
    for block in sorting_of_incomes(census, memory or Memory()):
        taken.take_all(block)
    return taken


def test_indices_are_those_of_their_functions_and_stand_beside_chance():
    census = look(two_towns())
    by_rank, found = census.tables.by_rank, panel(census).values
    households = census.by_group.sum(axis=1)
    two = np.stack([by_rank[:, :10].sum(axis=1), by_rank[:, 10:].sum(axis=1)], axis=1)
    expected = {
        "income_rank_entropy": income.rank_order_entropy(by_rank),
        "income_rank_entropy.chance": chance.expected_rank_order_entropy(by_rank),
        "income_rank_variance": income.rank_order_variance(by_rank),
        "income_rank_variance.chance": chance.expected_separation(by_rank),
        "poorest_tenth": income.entropy_below(by_rank, 0.1),
        "poorest_tenth.chance": chance.expected_entropy_index(two),
        "richest_tenth": income.entropy_below(by_rank, 0.9),
        "inequality_index": income.inequality_index(by_rank),
        "neighbourhood_sorting.chance": chance.expected_neighbourhood_sorting(households),
    }
    for name, number in expected.items():
        assert found[f"segregation.{name}"] == pytest.approx(number, rel=1e-12), name
    adjusted = corrected(expected["income_rank_entropy"], expected["income_rank_entropy.chance"])
    assert found["segregation.income_rank_entropy.corrected"] == pytest.approx(adjusted, rel=1e-12)
    assert 0 < found["segregation.inequality_index.chance"] < found["segregation.inequality_index"]


def test_neighbourhood_sorting_is_that_of_the_incomes_themselves():
    city = two_towns()
    here = city.households
    rows = here.rows()
    rows = rows[here.dwelling[rows] >= 0]
    incomes, area = here.income_per_unit(rows).astype(float), here.area[rows]
    mean = np.bincount(area, incomes) / np.bincount(area)
    between = ((mean[area] - incomes.mean()) ** 2).mean()
    found = panel(look(city)).values["segregation.neighbourhood_sorting"]
    assert found == pytest.approx(np.sqrt(between / incomes.var()), rel=1e-9)


def test_levels_that_were_dealt_take_the_place_of_formulas():
    memory = Memory(by_income={"income_rank_entropy": 0.25, "poorest_tenth": 0.125})
    found = panel(look(two_towns()), memory).values
    assert found["segregation.income_rank_entropy.chance"] == 0.25
    assert found["segregation.poorest_tenth.chance"] == 0.125
    assert found["segregation.richest_tenth.chance"] < 0.125


def test_where_all_earn_alike_nothing_can_be_said():
    city = village()
    city.households.income[:], city.households.adults[:], city.households.children[:] = 20_000, 1, 0
    taken = panel(look(city))
    assert np.isnan(list(taken.values.values())).all()
    assert taken.undefined["segregation.income_rank_entropy"] == "measure.one_group_only"
    assert taken.undefined["segregation.poorest_tenth"] == "measure.two_groups_needed"
    assert taken.undefined["segregation.neighbourhood_sorting"] == "measure.incomes_equal"
