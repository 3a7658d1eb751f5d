"""The number of an area is no property of it: renumbering changes no index, nor where anybody moves."""

import dataclasses

import numpy as np
import pytest
from cities import QUARTERS, Quarter, addresses, founded, passed, seeds, series_bytes, town, towns
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.city.city import Books, Constants
from sim.city.geography import Geography
from sim.measures.census import take_census
from sim.measures.memory import nearness, surroundings
from sim.measures.monthly import month_panel

FEW = settings(max_examples=8)
BY_AREA = ("lat", "lon", "amenity", "service", "travel")


def renumbered(simulation, order):
    """The same city with areas in another order; ``order[new]`` is the old number."""
    city = simulation.engine.city
    new_of = np.argsort(order)
    areas = dataclasses.replace(
        city.areas,
        **{name: tuple(getattr(city.areas, name)[old] for old in order) for name in ("ids", "names", "municipalities")},
        **{name: getattr(city.areas, name)[order] for name in BY_AREA},
    )
    city.areas, city.geography = areas, _geography(city.geography, order, new_of)
    city.books = Books(**{field.name: getattr(city.books, field.name)[order] for field in dataclasses.fields(Books)})
    city.constants = Constants(city.constants.by_tenure[order], city.constants.by_group[order])
    memory = simulation.engine.memory
    memory.near, memory.around = nearness(city.geography), surroundings(city.geography)
    memory.at_start = {name: at[order] for name, at in memory.at_start.items()}
    for column in (city.dwellings.area, city.households.area, city.households.roots):
        column[:] = np.where(column >= 0, new_of[column], column)
    return simulation


def _geography(old, order, new_of):
    spans = [slice(old.start[area], old.start[area + 1]) for area in order]
    sizes = [0, *(span.stop - span.start for span in spans)]
    return Geography(
        np.cumsum(sizes), np.concatenate([new_of[old.neighbour[span]] for span in spans]).astype(np.int32),
        np.concatenate([old.weight[span] for span in spans]), old.km[np.ix_(order, order)] if old.km.size else old.km,
    )  # fmt: skip


def found_by_deals(name):
    """Whether a level by chance stands behind it: deals are drawn area by area, so it varies with their order."""
    return name.partition("@")[0].endswith((".chance", ".corrected"))


def certain(values):
    """Without what is found by deals."""
    return {name: value for name, value in values.items() if not found_by_deals(name)}


@FEW
@given(world=towns(), seed=seeds, data=st.data())
def test_renumbering_areas_changes_no_index(world, seed, data):
    simulation = passed(founded(world, seed), 2)
    engine = simulation.engine
    order = np.array(data.draw(st.permutations(range(engine.city.n_areas))))
    before = month_panel(engine.city, take_census(engine.city, engine.rulebook.norms()), engine.tally)
    renumbered(simulation, order)
    engine.tally.moves["area"] = np.argsort(order)[engine.tally.moves["area"]]
    after = month_panel(engine.city, take_census(engine.city, engine.rulebook.norms()), engine.tally)
    assert certain(before.values) == pytest.approx(certain(after.values), rel=1e-9, abs=1e-12, nan_ok=True)
    assert before.undefined == after.undefined


@FEW
@given(seed=seeds, order=st.permutations(range(4)))
def test_renumbering_areas_changes_nobody_s_way_through_the_years(seed, order):
    """Ranks of equal areas would be broken by number, so no two areas here are alike."""
    world = town([*QUARTERS, Quarter((10, 10, 10, 10), 0.2, 0.4, 0.9)])
    plain, other = passed(founded(world, seed), 1), renumbered(passed(founded(world, seed), 1), np.array(order))
    passed(plain, 8), passed(other, 8)
    other.engine.city.check()
    assert addresses(plain.engine.city) == addresses(other.engine.city)
    one, two = certain(plain.record().series), certain(other.record().series)
    assert one.keys() == two.keys()
    for name, values in one.items():
        np.testing.assert_allclose(values, two[name], rtol=1e-9, atol=1e-12, err_msg=name)


@FEW
@given(seed=seeds)
def test_the_name_of_an_area_is_nothing_but_a_name(seed):
    world = town()
    renamed = town()
    for table, column in (("areas", "id"), ("stock", "area"), ("margins", "area")):
        for row in renamed["tables"][table]:
            row |= {column: f"{'zyx'[int(row[column][1])]}-other"} if row.get(column) else {}
    one, two = passed(founded(world, seed), 4), passed(founded(renamed, seed), 4)
    assert addresses(one.engine.city) == addresses(two.engine.city)
    assert series_bytes(one.record()) == series_bytes(two.record())


def test_a_renumbered_city_is_another_one_to_who_asks_for_numbers():
    city = renumbered(founded(town(), 1), np.array([2, 0, 1])).engine.city
    assert city.areas.ids == ("q2", "q0", "q1")
    city.check()
