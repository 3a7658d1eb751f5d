"""Where on the map groups live."""

import numpy as np
import pytest
from looking import look, two_towns

from sim.city.geography import separate
from sim.measures.memory import Memory
from sim.measures.panel import Panel
from sim.measures.sorting import sorting, tables_of
from sim.measures.sorting_on_the_map import sorting_on_the_map
from sim.measures.spatial import linked, morans_i


def panel(city, tables, memory):
    taken = Panel()
    for block in sorting_on_the_map(city, tables, memory):
        taken.take_all(block)
    return taken


@pytest.fixture
def measured():
    city = two_towns()
    census, memory = look(city), Memory()
    memory.refresh(city, tables_of(census), census.tables.by_rank)
    return city, tables_of(census), memory


def test_morans_i_is_that_of_the_links_of_the_city_without_an_area_on_itself(measured):
    city, tables, memory = measured
    links = linked(city.geography.start, city.geography.neighbour, city.geography.weight).toarray()
    np.fill_diagonal(links, 0.0)
    found = panel(city, tables, memory).values
    for grouping, number, group in (("origin", 1, city.groups[1]), ("income", 0, "1")):
        counts = tables[grouping]
        expected = morans_i(counts[:, number], counts.sum(axis=1), links)
        assert found[f"segregation.morans_i.{grouping}@group={group}"] == pytest.approx(expected, rel=1e-9)
        by_chance = found[f"segregation.morans_i.{grouping}.chance@group={group}"]
        assert by_chance == pytest.approx(-1 / (city.n_areas - 1))


def test_who_lives_around_counts_by_the_links_of_the_city_with_every_area_around_itself(measured):
    city, tables, memory = measured
    weights = linked(city.geography.start, city.geography.neighbour, city.geography.weight).toarray()
    assert (weights.diagonal() > 0).all()
    found, apart = panel(city, tables, memory).values, sorting_panel(city, tables, memory)
    for grouping in ("origin", "income", "tenure"):
        counts = tables[grouping]
        shares = weights @ counts / (weights @ counts).sum(axis=1, keepdims=True)
        totals, city_shares = counts.sum(axis=1), counts.sum(axis=0) / counts.sum()
        mixed, whole = (shares * (1 - shares)).sum(axis=1), (city_shares * (1 - city_shares)).sum()
        expected = 1 - (totals * mixed).sum() / totals.sum() / whole
        assert found[f"segregation.spatial_relative_diversity.{grouping}"] == pytest.approx(expected, rel=1e-12)
        for kind, in_own_area in (("entropy_index",) * 2, ("dissimilarity",) * 2, ("relative_diversity", "separation")):
            name = f"segregation.spatial_{kind}.{grouping}"
            assert 0 < found[f"{name}.chance"] < found[name] < apart[f"segregation.{in_own_area}.{grouping}"]


def sorting_panel(city, tables, memory):
    taken = Panel()
    for block in sorting(city, tables, memory):
        taken.take_all(block)
    return taken.values


def test_the_map_at_the_start_is_itself_and_one_turned_round_is_its_opposite(measured):
    city, tables, memory = measured
    name = f"segregation.map_correlation.origin@group={city.groups[0]}"
    assert panel(city, tables, memory).values[name] == pytest.approx(1.0)
    turned = {**tables, "origin": tables["origin"][:, ::-1]}
    assert panel(city, turned, memory).values[name] == pytest.approx(-1.0)


def test_an_area_that_nobody_lives_in_any_more_has_no_part_in_the_likeness(measured):
    city, tables, memory = measured
    emptied = tables["origin"].copy()
    emptied[2] = 0
    name = f"segregation.map_correlation.origin@group={city.groups[0]}"
    assert panel(city, {**tables, "origin": emptied}, memory).values[name] == pytest.approx(1.0)


def test_areas_without_links_or_people_say_why(measured):
    city, tables, memory = measured
    empty = {name: 0 * table for name, table in tables.items()}
    name = f"origin@group={city.groups[0]}"
    for family in ("map_correlation", "morans_i"):
        assert panel(city, empty, memory).undefined[f"segregation.{family}.{name}"] == "measure.nobody"
    assert panel(city, empty, memory).undefined["segregation.spatial_dissimilarity.tenure"] == "measure.nobody"
    city.geography, memory = separate(city.n_areas), Memory()
    census = look(city)
    memory.refresh(city, tables, census.tables.by_rank)
    assert panel(city, tables, memory).undefined[f"segregation.morans_i.{name}"] == "measure.no_links"
    assert panel(city, tables, memory).undefined["segregation.spatial_entropy_index.origin"] == "measure.no_links"
