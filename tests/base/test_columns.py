"""Tables of columns: rows are recycled, names are not; who may only read cannot write."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.base.columns import Table, column
from sim.base.errors import CityError


class Boats(Table):
    """A fleet."""

    name: np.ndarray = column("i8", meaning="persistent name", empty=-1)
    length: np.ndarray = column("f4", unit="m", meaning="from bow to stern")


class Ferries(Boats):
    """Boats with a timetable."""

    seats: np.ndarray = column("u1", meaning="places to sit")


def test_a_new_table_has_empty_rows_of_the_declared_types():
    fleet = Boats(3)
    assert (len(fleet), fleet.n_used, fleet.rows().tolist()) == (3, 0, [])
    assert (fleet.name.dtype, fleet.length.dtype) == (np.int64, np.float32)
    assert fleet.name.tolist() == [-1, -1, -1]
    assert fleet.bytes_per_row == 1 + 8 + 4


def test_the_lowest_empty_rows_are_taken_first():
    fleet = Boats(5)
    assert fleet.take(3).tolist() == [0, 1, 2]
    fleet.give_back(np.array([2, 0], np.int32))
    assert fleet.rows().tolist() == [1]
    assert fleet.n_used == 1
    fleet.take(2)
    assert set(fleet.rows().tolist()) == {0, 1, 2}


def test_a_row_that_is_given_back_is_empty():
    fleet = Boats(2)
    rows = fleet.take(2)
    fleet.name[rows], fleet.length[rows] = [7, 8], [3.0, 4.0]
    fleet.give_back(rows[:1])
    assert (fleet.name[0], fleet.length[0], fleet.is_used[0]) == (-1, 0, False)
    assert (fleet.name[1], fleet.length[1]) == (8, 4)


@pytest.mark.parametrize("rows", [[0, 0], [3], [1]])
def test_a_row_is_given_back_once(rows):
    fleet = Boats(4)
    fleet.take(1)
    with pytest.raises(CityError, match="Boats") as caught:
        fleet.give_back(np.array(rows, np.int32))
    assert caught.value.key == "city.row_given_back_twice"
    assert fleet.n_used == 1


def test_a_table_grows_when_it_is_full_and_keeps_what_it_holds():
    fleet = Boats(2)
    fleet.length[fleet.take(2)] = [3, 4]
    more = fleet.take(3)
    assert more.tolist() == [2, 3, 4]
    assert fleet.length[:2].tolist() == [3, 4]
    assert len(fleet) >= 5
    assert fleet.n_used == 5


@given(st.lists(st.integers(0, 6), max_size=12))
def test_rows_in_use_are_those_taken_and_not_given_back(steps):
    fleet, held = Boats(3), []
    for n in steps:
        if n % 2 and held:
            back = held[:n]
            fleet.give_back(np.array(back, np.int32))
            held = held[n:]
        else:
            held += fleet.take(n).tolist()
    assert sorted(held) == fleet.rows().tolist()
    assert fleet.n_used == len(held)
    assert len(set(held)) == len(held)


def test_a_reader_sees_what_is_there_and_cannot_write():
    fleet = Boats(2)
    seen = fleet.readonly()
    fleet.length[fleet.take(1)] = 9
    assert seen.length[0] == 9
    assert type(seen) is Boats
    for name in ("name", "length", "is_used"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(seen, name)[0] = 1


@given(st.integers(0, 5), st.integers(0, 5))
def test_a_restored_table_goes_on_as_the_one_it_was_taken_of(taken, back):
    fleet = Boats(4)
    rows = fleet.take(taken)
    fleet.name[rows] = rows + 100
    fleet.give_back(rows[: min(back, taken)])
    state, twin = fleet.state(), Boats(0)
    twin.restore(state)
    assert fleet.take(3).tolist() == twin.take(3).tolist()
    np.testing.assert_array_equal(fleet.name, twin.name)
    np.testing.assert_array_equal(fleet.is_used, twin.is_used)


def test_a_kept_state_does_not_follow_the_table():
    fleet = Boats(1)
    state = fleet.state()
    fleet.length[fleet.take(1)] = 5
    assert state["length"].tolist() == [0]


def test_columns_are_inherited_and_say_what_they_mean():
    assert list(Ferries.columns) == ["name", "length", "seats"]
    assert (Boats.columns["length"].unit, Boats.columns["length"].meaning) == ("m", "from bow to stern")
    assert "seats" not in Boats.columns
