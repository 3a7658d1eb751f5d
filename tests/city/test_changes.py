"""The only room that writes: every change keeps the books, and refuses what cannot be."""

import numpy as np
import pytest
from towns import ABROAD, IN_SWEDEN, newcomers, settle, village

from sim.base.errors import CityError
from sim.city import changes, rounds
from sim.city.dwellings import COOPERATIVE
from sim.city.households import NEVER, NOBODY, Cause


@pytest.fixture
def city():
    return village(spare_rows=4)


def rows(*numbers):
    return np.array(numbers, np.int32)


def purse(city, row, savings=0.0, loan=0.0):
    city.households.savings[row], city.households.loan[row] = savings, loan


# Coming and going


def test_who_enters_has_no_home_yet(city):
    city.month = 3
    new = changes.enter(city, newcomers([201, 202], [0, 1], 25e3))
    here = city.households
    assert here.id[new].tolist() == [201, 202]
    assert here.dwelling[new].tolist() == [NOBODY, NOBODY]
    assert here.since[new].tolist() == here.without_since[new].tolist() == [3, 3]
    assert (here.own_month[new] < 12).all()
    assert city.books.count.sum() == 4
    city.check()


def test_who_leaves_vacates_the_home_and_the_row(city):
    city.month = 5
    changes.leave(city, rows(0, 4))
    stock = city.dwellings
    assert (stock.occupant[0], stock.vacant_since[0]) == (NOBODY, 5)
    assert city.households.id[0] == -1
    assert city.books.count.tolist() == [[0, 2], [1, 0], [0, 0]]
    city.check()
    assert changes.enter(city, newcomers([301], 0, 1e4)).tolist() == [0]
    assert city.households.dwelling[0] == NOBODY


def test_who_vacates_stands_without_a_home_and_knows_where_it_lived(city):
    city.month = 2
    changes.vacate(city, rows(1))
    here = city.households
    assert (here.dwelling[1], here.area[1], here.tenure[1]) == (NOBODY, NOBODY, NOBODY)
    assert (here.roots[1], here.without_since[1], here.moved_in[1], here.cost[1]) == (0, 2, NEVER, 0)
    city.check()


# Moving


def test_who_moves_leaves_one_home_and_has_another(city):
    city.month = 7
    city.households.cause[0], city.households.search_until[0] = Cause.LIFE_COURSE, 12
    settle(city, [0], [5])
    here, stock = city.households, city.dwellings
    assert (stock.occupant[0], stock.vacant_since[0]) == (NOBODY, 7)
    assert (stock.occupant[5], stock.vacant_since[5]) == (0, NEVER)
    assert (here.dwelling[0], here.area[0], here.tenure[0], here.roots[0]) == (5, 2, 1, 2)
    assert (here.moved_in[0], here.without_since[0], here.cost[0]) == (7, NEVER, 7500)
    assert (here.cause[0], here.search_until[0] < city.month) == (Cause.NONE, True)
    assert city.books.count.tolist() == [[0, 2], [1, 0], [1, 0]]
    city.check()


def test_homes_may_be_exchanged_only_by_way_of_vacancies(city):
    changes.vacate(city, rows(0, 1))
    settle(city, [0, 1], [1, 0])
    assert city.households.dwelling[:2].tolist() == [1, 0]
    city.check()


@pytest.mark.parametrize(
    ("who", "where", "key"),
    [
        ([4], [0], "moved_into_lived_in"),
        ([0], [0], "moved_into_lived_in"),
        ([0, 4], [5, 5], "moved_into_lived_in"),
        ([4, 4], [5, 6], "moved_twice"),
        ([7], [5], "moved_twice"),
    ],
)
def test_impossible_moves_are_refused_by_name_and_change_nothing(city, who, where, key):
    before = city.households.state(), city.dwellings.state(), city.books.count.copy()
    with pytest.raises(CityError) as caught:
        settle(city, who, where)
    assert caught.value.key == f"city.{key}"
    assert "fault of hemvist" in str(caught.value)
    for table, state in zip((city.households, city.dwellings), before[:2], strict=True):
        for name, column in table.state().items():
            np.testing.assert_array_equal(column, state[name])
    np.testing.assert_array_equal(city.books.count, before[2])


@pytest.mark.parametrize("who", [[4], [0, 0], [7]])
@pytest.mark.parametrize("how", [changes.vacate, changes.evict])
def test_a_home_is_given_up_by_who_has_one_and_once(city, how, who):
    with pytest.raises(CityError) as caught:
        how(city, rows(*who))
    assert caught.value.key == "city.left_no_home"
    city.check()


def test_the_evicted_know_why_they_look(city):
    changes.evict(city, rows(2))
    assert city.households.cause[2] == Cause.EVICTED
    assert city.households.dwelling[2] == NOBODY
    city.check()


# Money


def test_an_owned_home_is_paid_out_of_savings_first_and_the_rest_is_a_loan(city):
    purse(city, 0, savings=400e3)
    changes.move(city, rows(0), rows(6), np.float32([4000]), np.float32([1e6]), interest=0.002)
    here = city.households
    assert (here.savings[0], here.loan[0]) == (0, 600e3)
    assert here.cost[0] == 4000 + 0.002 * 600e3
    assert city.dwellings.price[6] == 1e6


def test_who_can_pay_it_all_owes_nothing(city):
    purse(city, 0, savings=1.5e6)
    changes.move(city, rows(0), rows(6), np.float32([4000]), np.float32([1e6]))
    assert (city.households.savings[0], city.households.loan[0]) == (0.5e6, 0)


@pytest.mark.parametrize(("loan", "left"), [(1e6, 1e6), (2e6, 0.0), (3e6, 0.0)])
def test_who_leaves_an_owned_home_is_paid_its_worth_less_the_loan(city, loan, left):
    city.books.price_level[1, COOPERATIVE] = 20_000
    purse(city, 3, savings=7.0, loan=loan)
    assert changes.value(city, rows(3, 0)).tolist() == [2e6, 0]
    changes.vacate(city, rows(3))
    assert (city.households.savings[3], city.households.loan[3]) == (7.0 + left, 0)


def test_who_moves_from_an_owned_home_to_another_takes_its_worth_along(city):
    city.books.price_level[1, COOPERATIVE] = 20_000
    purse(city, 3, savings=100e3, loan=500e3)
    changes.move(city, rows(3), rows(6), np.float32([4000]), np.float32([3e6]))
    assert (city.households.savings[3], city.households.loan[3]) == (0, 3e6 - 1.6e6)


def test_a_rent_that_rises_is_paid_by_who_lives_there(city):
    changes.set_rents(city, rows(0, 4), np.float32([9000, 6600]))
    assert city.dwellings.rent[[0, 4]].tolist() == [9000, 6600]
    assert city.households.cost[0] == 9000


def test_prices_and_levels_are_set(city):
    changes.set_prices(city, rows(6), np.float32([1.7e6]))
    assert city.dwellings.price[6] == np.float32(1.7e6)
    level = np.full_like(city.books.price_level, 5.0)
    changes.set_levels(city, price_level=level)
    changes.set_levels(city, rent_level=2 * level)
    assert (city.books.price_level[0, 0], city.books.rent_level[0, 0]) == (5, 10)


def test_what_the_public_pays_adds_up_by_line(city):
    for line, amount in (("allowance", 3.0), ("allowance", 4.0), ("buildings", 1.0)):
        changes.book(city, line, amount)
    assert city.ledger.total == {
        ("allowance", "state", "household"): 7.0,
        ("buildings", "state", "household"): 1.0,
    }


# Two become one


def test_guests_join_their_hosts_with_all_they_have(city):
    city.month = 6
    purse(city, 2, savings=10.0)
    purse(city, 4, savings=5.0)
    changes.join(city, rows(4), rows(2))
    here = city.households
    assert (here.adults[2], here.children[2], here.income[2], here.savings[2]) == (2, 0, 25e3, 15)
    assert here.birth_month[2] == -25 * 12
    assert here.queue_since[2] == -1
    assert not here.is_used[4]
    city.check()


def test_a_guest_s_own_home_becomes_vacant(city):
    changes.join(city, rows(2), rows(0))
    assert city.dwellings.occupant[2] == NOBODY
    assert city.books.count.tolist() == [[1, 1], [1, 0], [0, 0]]
    city.check()


@pytest.mark.parametrize(("guests", "hosts"), [([1], [1]), ([1, 2], [0, 0]), ([1, 2], [2, 3]), ([7], [0])])
def test_nobody_joins_two_others_or_itself(city, guests, hosts):
    with pytest.raises(CityError) as caught:
        changes.join(city, rows(*guests), rows(*hosts))
    assert caught.value.key == "city.joined_twice"
    assert city.households.n_used == 5
    city.check()


# The rest


def test_what_an_owned_home_costs_follows_what_is_still_owed(city):
    """Household 104 owns home 3, whose fee is 6,000; the tenant beside it pays its rent as before."""
    changes.save(city, rows(0, 3), np.float32([5, 5]), np.float32([0, 1_000_000]), interest=0.024 / 12)
    assert city.households.cost[[0, 3]].tolist() == [8000, 6000 + 2000]


def test_small_changes_write_their_columns_and_no_others(city):
    before = city.households.state()
    changes.resize(city, rows(0), np.uint8([1]), np.uint8([3]))
    changes.earn(city, rows(1), np.float32([9]), np.float32([0.1]), np.float32([21e3]))
    changes.register(city, rows(2), np.int16([4]))
    changes.look(city, rows(3), np.uint8([Cause.DISCONTENT]), np.int16([9]))
    changes.need(city, rows(4), np.uint8([3]))
    changes.owe(city, np.array([0, 2, 0, 0, 0, 0, 0, 0, 0], np.uint8))
    changes.save(city, rows(0), np.float32([5]), np.float32([6]))
    here = city.households
    assert (here.adults[0], here.children[0]) == (1, 3)
    assert (here.log_permanent[1], here.income[1], here.arrears[1]) == (9, 21e3, 2)
    assert (here.queue_since[2], here.cause[3], here.search_until[3], here.need[4]) == (4, 2, 9, 3)
    assert (here.savings[0], here.loan[0]) == (5, 6)
    changed = {name for name, column in before.items() if not np.array_equal(column, here.state()[name])}
    assert changed == {
        "adults", "children", "log_permanent", "log_transitory", "income", "queue_since", "cause", "search_until",
        "need", "arrears", "savings", "loan",
    }  # fmt: skip


def test_chains_the_census_and_the_month_are_kept(city):
    changes.link(city, rows(4, 6), np.int16([1, 3]))
    assert city.dwellings.link[[4, 6]].tolist() == [1, 3]
    changes.census(city, np.array([1.0, 2.0, 3.0]))
    assert city.books.log_income.tolist() == [1, 2, 3]
    changes.turn_month(city)
    assert city.month == 1


def test_books_follow_households_that_a_kernel_moved(city):
    """What is left of a move when a kernel knows homes and months alone."""
    city.month = 4
    here, stock = city.households, city.dwellings
    stock.occupant[[0, 5]] = NOBODY, 0
    here.dwelling[0], here.moved_in[0] = 5, 4
    here.tenure[0] = stock.tenure[5]
    rounds.settle(city, rows(0, 4, 6))
    assert here.area[0] == here.roots[0] == 2
    assert city.books.count.tolist() == [[0, 2], [1, 0], [1, 0]]
    assert (stock.vacant_since[0], stock.vacant_since[4], stock.vacant_since[5]) == (4, 0, NEVER)
    city.check()


def test_groups_are_counted_where_they_live(city):
    assert city.books.count[:, IN_SWEDEN].tolist() == [1, 1, 0]
    assert city.books.count[:, ABROAD].tolist() == [2, 0, 0]
