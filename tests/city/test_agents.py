"""Households, landlords and dwellings, shown: they say what is true, change nothing, and are never mistaken."""

import copy
import gc
import pickle
import weakref

import mesa
import numpy as np
import pytest
from towns import Town, lattice, newcomers, settle, village

from sim.base.errors import AgentError
from sim.city import changes
from sim.city.agents import Dwelling, Household, Landlord
from sim.city.crowd import Kind
from sim.city.facts import Shown
from sim.city.lazy import LazySet


@pytest.fixture
def town():
    return Town(village())


def everybody(town):
    return LazySet.everybody(town, (Household,))


def household(town, unique_id):
    row = int(np.flatnonzero(town.city.households.id == unique_id)[0])
    return Household(town, row, unique_id)


def test_a_household_says_what_its_columns_say(town):
    family = household(town, 102)
    assert isinstance(family, mesa.Agent)
    assert (family.group, family.profile) == ("born_abroad", "all")
    assert (family.income, family.cost, family.rent_burden) == (20000.0, 7000.0, 0.35)
    assert (family.adults, family.children, family.persons, family.age) == (2, 2, 4, 35)
    assert (family.area, family.roots, family.tenure, family.has_home) == ("North", "North", "public_rental", True)
    assert (family.queue_time, family.is_registered) == (6, True)
    assert (family.is_searching, family.cause, family.need) == (False, None, None)


def test_a_household_without_a_home_says_so(town):
    waiting = household(town, 105)
    assert (waiting.dwelling, waiting.landlord, waiting.area, waiting.tenure, waiting.has_home) == (None,) * 4 + (
        False,
    )
    assert np.isnan(waiting.rent_burden)
    assert (waiting.is_searching, waiting.cause, waiting.queue_time) == (True, "no_home", 1)
    assert list(waiting.neighbours()) == []


@pytest.mark.parametrize("kind", [Household, Landlord, Dwelling])
def test_every_fact_is_a_python_scalar_and_agrees_with_its_column(town, kind):
    rows = np.arange(3)
    for name, fact in kind.facts.items():
        column = fact.column(town.city, rows).tolist()
        for row in rows.tolist():
            shown = Dwelling(town, row) if kind is Dwelling else kind(town, row, int(kind.ids(town.city, rows)[row]))
            value = getattr(shown, name)
            assert value is None or type(value) in (int, float, bool, str)
            assert value == column[row]
        assert fact.__doc__


def test_a_household_knows_its_home_and_its_landlord(town):
    owner = household(town, 104)
    home = owner.dwelling
    assert (home.area, home.municipality, home.tenure, home.policy) == ("South", "Town", "cooperative", "sellers")
    assert (home.rooms, home.m2, home.rent, home.is_vacant, home.is_owned) == (4, 100.0, 6000.0, False, True)
    assert home.household == owner
    assert (owner.landlord.name, owner.landlord.kind, owner.landlord.policy) == (
        "Sellers",
        "cooperative_sellers",
        "sellers",
    )
    assert Dwelling(town, 6).household is None


def test_neighbours_are_the_others_of_the_area(town):
    assert [other.unique_id for other in household(town, 102).neighbours()] == [101, 103]
    assert list(household(town, 104).neighbours()) == []


def test_neighbours_on_a_lattice_are_those_on_the_cells_around():
    town = Town(lattice(side=5, n_households=13))  # rows 0 and 1 of five full, three of row 2
    corner = household(town, 1)  # cell 0: around it 1, 4, 5, 6, 9 are lived in, 20, 21, 24 are empty
    assert sorted(other.unique_id - 1 for other in corner.neighbours()) == [1, 4, 5, 6, 9]


def test_on_a_lattice_there_are_neither_tenures_nor_landlords():
    town = Town(lattice(side=5, n_households=13))
    one = household(town, 1)
    assert (one.tenure, one.landlord, one.dwelling.tenure, one.dwelling.policy) == (None,) * 4
    assert everybody(town).agg("tenure", set) == {None}
    assert list(LazySet.everybody(town, (Landlord,))) == []


def test_a_landlord_knows_its_homes_and_its_tenants(town):
    company = Landlord(town, 0, -1)
    assert [home.row for home in company.dwellings] == [0, 1, 4]
    assert [home.row for home in company.vacant] == [4]
    assert [tenant.unique_id for tenant in company.tenants] == [101, 102]
    assert company.dwellings.values("rooms").tolist() == [2, 3, 2]
    assert len(company.dwellings[1:]) == 2
    assert Landlord(town, 1, -2).kind == "private_company"


def test_setting_a_value_is_refused_with_the_right_way(town):
    family = household(town, 101)
    with pytest.raises(AgentError) as refused:
        family.income = 0.0
    assert "rules and levers" in str(refused.value)
    for shown, name in (
        (family, "anything"),
        (family, "unique_id"),
        (family.dwelling, "rent"),
        (family.landlord, "kind"),
    ):
        with pytest.raises(AgentError, match="cannot be set"):
            setattr(shown, name, 1)
    assert family.income == 40000.0


def test_a_household_is_neither_made_nor_removed_by_hand(town):
    with pytest.raises(AgentError, match="made by hand"):
        Household(town)
    with pytest.raises(AgentError, match="made by hand"):
        Landlord.create_agents(town, 2)
    with pytest.raises(AgentError, match="removed by hand"):
        household(town, 101).remove()


def test_a_household_that_left_says_so_whoever_has_its_row(town):
    family, row = household(town, 101), 0
    changes.leave(town.city, np.array([row], np.int32))
    assert not family.is_here
    taken = changes.enter(town.city, newcomers([900], 1, 12e3))
    assert taken.tolist() == [row]  # the row is used again, which is what this test is about
    assert not family.is_here
    for name in ("income", "dwelling", "landlord", "area"):
        with pytest.raises(AgentError, match="household 101 does not live in this city"):
            getattr(family, name)
    assert family.unique_id == 101
    assert family != household(town, 900)
    assert "not in the city" in repr(family)


def test_handles_are_equal_by_name_within_one_city(town):
    again, other_city = household(town, 101), Town(village())
    assert household(town, 101) == again
    assert hash(household(town, 101)) == hash(again)
    assert len({again, household(town, 101), household(town, 102)}) == 2
    assert household(other_city, 101) != again
    assert Landlord(town, 0, -1) != again
    assert again != 101


def test_a_handle_is_small_and_holds_no_values(town):
    assert not vars(household(town, 101))


def test_a_copied_handle_is_the_handle_and_drags_no_city_along(town):
    family = household(town, 101)
    assert copy.deepcopy(family) is family
    assert copy.copy(family.dwelling) == family.dwelling != family
    assert copy.deepcopy([family])[0].model is town


def test_a_handle_crosses_a_process_border_with_its_city(town):
    there, home = pickle.loads(pickle.dumps((household(town, 102), household(town, 102).dwelling)))
    assert there.area == home.area == "North"
    assert there.model is home.model


def test_handles_show_the_city_of_the_moment(town):
    waiting = household(town, 105)
    settle(town.city, [waiting.key[0]], [4])
    assert (waiting.area, waiting.dwelling.row, waiting.is_searching, waiting.cause) == ("South", 4, False, None)
    town.city = village()
    assert waiting.area is None


def test_a_handle_dies_when_nobody_holds_it_and_another_is_made(town):
    once = weakref.ref(everybody(town)[0])
    gc.collect()
    assert once() is None
    assert everybody(town)[0].unique_id == 101


def test_what_a_handle_is_shows_in_one_line(town):
    assert (
        repr(household(town, 102))
        == "<Household 102: born_abroad, 4 persons, 20000 SEK a month, public_rental in North>"
    )
    assert "no home" in repr(household(town, 105))
    assert repr(Landlord(town, 0, -1)) == "<Landlord -1: Townhomes, municipal_company>"
    assert repr(Dwelling(town, 3)) == "<Dwelling 3: cooperative in South, 4 rooms, 100 m2>"
    assert repr(Landlord(town, 0, -1).dwellings) == "<3 dwellings>"


def test_the_books_balance_in_the_towns_that_are_built_here():
    village().check()
    lattice(5, 13).check()


def test_what_a_kind_must_say_is_asked_of_each_kind(town):
    with pytest.raises(NotImplementedError):
        Kind(town)
    for ask in (Kind.count, Kind.everybody, Kind.rows):
        with pytest.raises(NotImplementedError):
            ask(town.city)
    for ask in (Kind.ids, Kind.alive):
        with pytest.raises(NotImplementedError):
            ask(town.city, *[np.zeros(0)] * (2 if ask == Kind.alive else 1))
    with pytest.raises(NotImplementedError):
        Shown.place(household(town, 101))
