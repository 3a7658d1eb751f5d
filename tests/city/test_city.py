"""A city knows its month, shows itself without being touched, and notices when its books do not balance."""

import numpy as np
import pytest
from towns import lattice, newcomers, village

from sim.base.errors import CityError
from sim.city import changes
from sim.city.areas import Areas
from sim.city.city import opened_books
from sim.city.dwellings import COOPERATIVE, OWNED, RENTALS, TENURES, Dwellings
from sim.city.households import NEVER, NOBODY, Cause, Households, Need
from sim.city.incomes import AGES, LOG_INCOME, consumption_units, log_profile
from sim.city.ledger import Entry
from sim.city.tally import LETTING_COLUMNS, Tally


@pytest.fixture
def city():
    return village(spare_rows=2)


def test_a_sound_city_passes_its_check(city):
    city.check()
    lattice(4, 9).check()


def broken(name):
    """Ways to spoil a city behind the back of its books."""

    def spoil(city):
        here, stock = city.households, city.dwellings
        if name == "two_in_one_home":
            here.dwelling[1] = here.dwelling[0]
        elif name == "home_and_household_disagree":
            stock.occupant[0], stock.occupant[1] = 1, 0
        elif name == "a home forgets":
            stock.occupant[0], stock.vacant_since[0] = NOBODY, 0
        elif name == "a home remembers":
            stock.occupant[4], stock.vacant_since[4] = 4, NEVER
        elif name == "address_wrong":
            here.area[0] = 2
        elif name == "tenure wrong":
            here.tenure[0] = COOPERATIVE
        elif name == "vacant_but_lived_in":
            stock.vacant_since[0] = 1
        elif name == "count_wrong":
            city.books.count[0, 0] += 1
        elif name == "places_wrong":
            city.books.places[2] += 1

    return spoil


@pytest.mark.parametrize(
    ("what", "key"),
    [
        ("two_in_one_home", "two_in_one_home"),
        ("home_and_household_disagree", "home_and_household_disagree"),
        ("a home forgets", "home_and_household_disagree"),
        ("a home remembers", "home_and_household_disagree"),
        ("address_wrong", "address_wrong"),
        ("tenure wrong", "address_wrong"),
        ("vacant_but_lived_in", "vacant_but_lived_in"),
        ("count_wrong", "count_wrong"),
        ("places_wrong", "places_wrong"),
    ],
)
def test_books_that_do_not_balance_are_noticed_by_name(city, what, key):
    broken(what)(city)
    with pytest.raises(CityError) as caught:
        city.check()
    assert caught.value.key == f"city.{key}"
    assert "fault of hemvist" in str(caught.value)


def test_months_of_the_year_go_round(city):
    assert city.start % 12 == 0  # January
    for month, expected in ((0, 1), (1, 2), (11, 12), (12, 1), (-1, 12), (-13, 12), (-12, 1)):
        city.month = month
        assert city.month_of_year == expected


def test_every_household_is_due_once_a_year(city):
    city.households.own_month[:] = [0, 3, 3, 11, 7, 0, 0]
    seen = []
    for month in range(12):
        city.month = month
        seen += city.due().tolist()
    assert sorted(seen) == [0, 1, 2, 3, 4]
    city.month = 3
    assert city.due().tolist() == [1, 2]
    assert city.due().dtype == np.int32


def test_a_reader_sees_the_city_and_cannot_write(city):
    seen = city.readonly()
    changes.enter(city, newcomers([301], 0, 1e4))
    assert city.readonly().households.n_used == 6
    assert seen.month == 0
    for table in (seen.households, seen.dwellings):
        for name in table.columns:
            with pytest.raises(ValueError, match="read-only"):
                getattr(table, name)[0] = 1
    for name, array in vars(seen.books).items():
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
        assert getattr(city.books, name).flags.writeable
    seen.ledger.add(Entry("allowance", "state", "household"), 1.0)
    assert city.ledger.total == {}


def test_books_open_with_nobody_and_all_places():
    zero = np.zeros(2)
    areas = Areas(("a", "b"), ("A", "B"), ("", ""), zero, zero, zero, zero, zero)
    stock = Dwellings(4)
    stock.area[stock.take(3)] = [0, 1, 1]
    books = opened_books(areas, stock, 2)
    assert books.count.tolist() == [[0, 0], [0, 0]]
    assert books.places.tolist() == [1, 2]
    assert books.rent_level.shape == (2, len(TENURES))
    assert (books.rent_level == 1).all()
    assert books.price_level is not books.founding_price


# Tables


def test_dwellings_know_whether_they_are_vacant_or_owned(city):
    assert city.dwellings.is_vacant().tolist() == [False, False, False, False, True, True, True]
    assert city.dwellings.is_owned(np.arange(7)).tolist() == [False, False, False, True, False, False, True]
    assert set(RENTALS) | set(OWNED) == set(range(len(TENURES)))


def test_households_count_persons_years_and_months_waited(city):
    here, rows = city.households, np.arange(5)
    assert here.persons(rows).tolist() == [2, 4, 1, 3, 1]
    assert here.age_years(rows, 0).tolist() == [40, 35, 25, 50, 20]
    assert here.age_years(rows[:1], 11).tolist() == [40]
    assert here.age_years(rows[:1], 12).tolist() == [41]
    assert here.waited(rows, 6).tolist() == [30, 12, 0, 0, 7]
    assert here.is_registered(rows).tolist() == [True, True, False, False, True]


def test_waits_longer_than_a_column_holds_do_not_wrap():
    here = Households(1)
    here.queue_since[here.take(1)] = -32000
    assert here.waited(np.array([0]), 32000).tolist() == [64000]


def test_codes_are_fixed():
    """They are written into records: renumbering would make old ones say something else."""
    assert [(need.name, int(need)) for need in Need] == [("NONE", 0), ("CROWDED", 1), ("NO_HOME", 2), ("PRIORITY", 3)]
    assert [cause.name for cause in Cause] == [
        "NONE", "LIFE_COURSE", "DISCONTENT", "NO_HOME", "EVICTED", "PRICED_OUT", "SEPARATED", "DEMOLISHED",
        "RENOVATED",
    ]  # fmt: skip


def test_a_household_takes_a_hundred_bytes_at_most():
    assert Households(0).bytes_per_row <= 100


def test_a_fresh_tally_has_nothing_to_tell():
    tally = Tally()
    assert {name: moves.dtype for name, moves in tally.moves.items()} == {
        name: np.dtype(dtype) for name, dtype in LETTING_COLUMNS.items()
    }
    assert all(len(moves) == 0 for moves in tally.moves.values())
    assert (len(tally.chains), tally.counts["anything"], tally.allowance) == (0, 0, 0.0)
    assert Tally().moves is not tally.moves


# Incomes


def test_incomes_follow_age_between_the_points_of_the_profile():
    np.testing.assert_allclose(log_profile(np.array(AGES)), LOG_INCOME)
    assert log_profile(np.array([35.0]))[0] == 0.0
    assert log_profile(np.array([15.0, 110.0])).tolist() == [LOG_INCOME[0], LOG_INCOME[-1]]
    assert LOG_INCOME[2] < log_profile(np.array([42.0]))[0] < LOG_INCOME[3]


def test_consumption_units_are_those_of_statistics_sweden():
    adults, children = np.array([1, 2, 3, 1, 2, 1]), np.array([0, 0, 0, 1, 3, 2])
    np.testing.assert_allclose(
        consumption_units(adults, children), [1, 1.51, 2.11, 1.52, 1.51 + 0.52 + 0.84, 1 + 0.52 + 0.42]
    )
