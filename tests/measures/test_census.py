"""The census of a founded town and of a village: its tables agree with each other and with the city."""

import numpy as np
import pytest
from looking import NORMS, look, two_towns, village

from sim.city.households import NOBODY
from sim.measures.census import types_of


@pytest.fixture(scope="module")
def city():
    return two_towns()


@pytest.fixture(scope="module")
def census(city):
    return look(city)


def test_everybody_is_counted_once_in_every_table(city, census):
    here, tables = city.households, census.tables
    rows = here.rows()
    housed = rows[here.dwelling[rows] != NOBODY]
    assert tables.households.sum() == len(rows)
    assert tables.households[:, -1].sum() == len(rows) - len(housed)
    assert tables.people.sum() == here.persons(rows).sum()
    assert tables.persons.sum() == here.persons(housed).sum()
    assert tables.squared_persons == (here.persons(housed) ** 2).sum()
    for table in (tables.by_rank, tables.by_tenure, census.by_group, tables.burden, tables.residual, tables.cost):
        assert table.sum() == len(housed)
    assert (tables.by_rank.sum(axis=1) == census.by_group.sum(axis=1)).all()
    assert (tables.by_tenure.sum(axis=1) == census.by_group.sum(axis=1)).all()
    assert (tables.households[:, :-1].sum(axis=(2, 3)).sum(axis=0) == tables.by_tenure.sum(axis=0)).all()
    income = here.income_per_unit(housed).astype(float)
    assert tables.income.sum() == pytest.approx(income.sum(), rel=1e-12)
    assert tables.squared_income.sum() == pytest.approx((income**2).sum(), rel=1e-12)


def test_homes_are_lived_in_or_vacant(city, census):
    stock = city.dwellings
    for table, rows in ((census.n_dwellings, stock.is_used), (census.vacant, stock.is_vacant())):
        counted = np.zeros_like(table)
        np.add.at(counted, (stock.area[rows], stock.tenure[rows]), 1)
        assert (table == counted).all()


def test_fifths_are_a_fifth_each_and_in_the_order_of_incomes(city, census):
    """Households of one bin of income share a rank: at most a hundredth of this town's households."""
    here = city.households
    income = np.sort(here.income_per_unit(here.rows()))
    fifths = census.fifth_of(income)
    assert (np.diff(fifths) >= 0).all()
    assert np.bincount(fifths, minlength=5) / len(income) == pytest.approx(np.full(5, 0.2), abs=0.01)


def test_the_mean_log_income_of_an_area_is_that_of_who_lives_there():
    city = village()
    census = look(city)  # 2, 4, 1 and 3 persons: 1.51, 2.45, 1 and 2.03 consumption units
    income = np.log([40e3 / 1.51, 20e3 / 2.45, 10e3, 60e3 / 2.03])
    expected = [income[:3].mean(), income[3], income.mean()]
    assert census.mean_log_income() == pytest.approx(expected, abs=1e-5)


def test_the_village_is_counted_as_its_table_says():
    census = look(village())
    tables = census.tables
    assert census.by_group.tolist() == [[1, 2], [1, 0], [0, 0]]
    assert tables.persons.tolist() == [[2, 5], [3, 0], [0, 0]]
    assert tables.by_tenure.tolist() == [[2, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]
    assert census.vacant.tolist() == [[0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 1, 0]]
    assert tables.people.sum(axis=(0, 2, 3)).tolist() == [6, 1, 3, 0, 1]
    assert [table.sum() for table in (tables.crowded, tables.below_norm, tables.in_arrears)] == [0, 0, 0]
    assert np.argwhere(tables.waits).tolist() == [[1, 2, 1]]  # household 105 has been in the queue for a month
    assert census.norms == NORMS


def test_who_is_crowded_poor_or_behind_is_counted_where_it_lives():
    """102 (four persons) needs three rooms, and 17,061 to live on: of 20,000 less 9,000 with 5,400 it has 16,400."""
    city = village()
    city.dwellings.rooms[1], city.households.cost[1], city.households.arrears[2] = 2, 9000, 1
    tables = look(city).tables
    assert np.argwhere(tables.crowded).tolist() == np.argwhere(tables.below_norm).tolist() == [[1, 0, 0, 0]]
    assert np.argwhere(tables.in_arrears).tolist() == [[1, 1, 3, 1]]


def test_types_of_household():
    city = village()
    assert types_of(city, np.array([0, 1, 2, 3])).tolist() == [3, 0, 3, 0]
    city.households.adults[1], city.households.birth_month[2] = 1, -65 * 12
    assert types_of(city, np.array([1, 2])).tolist() == [1, 2]
