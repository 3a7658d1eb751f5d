"""Who moved in this month, and what they are counted as."""

import numpy as np
import pytest
from looking import look, moved_in, two_towns, village

from sim.measures.moved import those_who_moved


def test_each_move_is_counted_in_the_rows_it_belongs_to():
    city = village()
    tally = moved_in(city, [1, 3])
    moved = those_who_moved(city, look(city), tally)
    assert moved.rows.tolist() == [1, 3]
    found = dict(zip(moved.by.names("access.lettings"), moved.count(np.array([True, True])), strict=True))
    counted = {name for name, number in found.items() if number}
    assert counted == {
        "access.lettings", "access.lettings@group=born_in_sweden", "access.lettings@group=born_abroad",
        "access.lettings@tenure=public_rental", "access.lettings@tenure=cooperative",
        "access.lettings@household=families", "access.lettings@income=1", "access.lettings@income=5",
    }  # fmt: skip
    assert found["access.lettings@household=families"] == 2


def test_who_has_moved_on_is_of_no_type_and_still_counts():
    city = village()
    tally = moved_in(city, [1, 3], household=[999, 104])
    moved = those_who_moved(city, look(city), tally)
    assert moved.rows.tolist() == [-1, 3]
    found = dict(zip(moved.by.names("access.lettings"), moved.count(np.array([True, True])), strict=True))
    assert (found["access.lettings"], found["access.lettings@household=families"]) == (2, 1)


@pytest.mark.parametrize("by", ["group", "income", "tenure"])
def test_parts_add_up_to_the_whole(by):
    city = two_towns()
    housed = np.flatnonzero(city.households.is_used & (city.households.dwelling >= 0))[::7]
    moved = those_who_moved(city, look(city), moved_in(city, housed))
    found = dict(zip(moved.by.names("access.lettings"), moved.count(np.ones(len(housed), bool)), strict=True))
    assert found["access.lettings"] == len(housed)
    assert sum(number for name, number in found.items() if f"@{by}=" in name) == len(housed)
