"""After a round the books say where everybody lives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernels.settling import Addresses, write_addresses

LIVED_IN, NOW = 32767, 7
N_HOMES, N_AREAS, N_GROUPS = 12, 3, 2


@st.composite
def rounds(draw):
    """Homes in areas, households before and after a round, and who moved in it."""
    area_of_home = np.array(draw(st.lists(st.integers(0, N_AREAS - 1), min_size=N_HOMES, max_size=N_HOMES)), np.int16)
    n = draw(st.integers(1, N_HOMES))
    before = np.array(draw(st.permutations(range(N_HOMES)))[:n], np.int32)
    after = before.copy()
    movers = draw(st.lists(st.integers(0, n - 1), unique=True))
    for row in movers:
        free = sorted(set(range(N_HOMES)) - set(after.tolist()))
        if free:
            after[row] = draw(st.sampled_from(free))
    moved_in = np.where(np.isin(np.arange(n), movers), NOW, 0).astype(np.int16)
    group = np.array(draw(st.lists(st.integers(0, N_GROUPS - 1), min_size=n, max_size=n)), np.uint8)
    return area_of_home, group, before, after, moved_in


def books(area_of_home, group, before, after, moved_in):
    area = area_of_home[before]
    count = np.zeros((N_AREAS, N_GROUPS), np.int64)
    np.add.at(count, (area, group), 1)
    vacant_since = np.full(N_HOMES, LIVED_IN, np.int16)
    vacant_since[np.setdiff1d(np.arange(N_HOMES), before)] = 2
    return Addresses(group, after, moved_in, area_of_home, area, area.copy(), vacant_since, count)


@pytest.mark.parametrize("write", [write_addresses, getattr(write_addresses, "py_func", write_addresses)])
@given(passed=rounds())
def test_areas_counts_and_vacancies_are_those_of_a_recount(write, passed):
    found = books(*passed)
    area_of_home, group, before, after, _ = passed
    vacant = np.setdiff1d(np.arange(N_HOMES), after).astype(np.int32)
    write(found, vacant, NOW, LIVED_IN)
    assert found.area.tolist() == area_of_home[after].tolist()
    recount = np.zeros((N_AREAS, N_GROUPS), np.int64)
    np.add.at(recount, (area_of_home[after], group), 1)
    assert found.households.tolist() == recount.tolist()
    stood_empty = np.setdiff1d(np.arange(N_HOMES), before)
    for home in range(N_HOMES):
        since = LIVED_IN if home in after else 2 if home in stood_empty else NOW
        assert found.vacant_since[home] == since
