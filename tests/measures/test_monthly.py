"""All measures of a month: none that the catalogue does not name, none missing and not listed, none that breaks."""

import math

import numpy as np
import pytest
from looking import look, moved_in, panel_of, two_towns
from towns import empty_city, named_areas, newcomers, settle

from sim.base.language import has
from sim.base.streams import Luck
from sim.city import changes
from sim.city.dwellings import Dwellings
from sim.city.geography import distances, neighbourhoods, separate
from sim.city.landlords import Landlords
from sim.city.tally import Tally
from sim.measures.catalogue import MEASURES, measure_named
from sim.measures.memory import Memory
from sim.measures.monthly import month_panel
from sim.measures.names import MeasureName
from sim.measures.unrecorded import NOT_BROKEN_DOWN, NOT_RECORDED


@pytest.fixture(scope="module")
def panel():
    city = two_towns()
    changes.book(city, "housing_allowance", 1e6)
    return panel_of(city, moved_in(city, np.flatnonzero(city.households.dwelling >= 0)[::9]))


def test_every_name_stands_in_the_catalogue_with_its_breakdowns(panel):
    for name in panel.values:
        assert str(MeasureName.parse(name)) == name
        assert measure_named(name)


def test_every_measure_of_the_catalogue_is_recorded_or_listed_as_not_yet(panel):
    recorded = {name.partition("@")[0] for name in panel.values}
    wanted = {measure.name for measure in MEASURES if not measure.name.startswith("theory.")}
    assert wanted - recorded == set(NOT_RECORDED)
    assert recorded <= wanted


def test_every_breakdown_of_the_catalogue_is_recorded_or_listed_as_not_yet(panel):
    recorded = {}
    for name in panel.values:
        one = MeasureName.parse(name)
        recorded.setdefault(one.base, set()).update(key for key, _ in one.by)
    for base, found in recorded.items():
        missing = set(measure_named(base).by) - found - NOT_BROKEN_DOWN[""]
        assert missing == NOT_BROKEN_DOWN.get(base, frozenset()), base
    assert NOT_BROKEN_DOWN.keys() - {""} <= recorded.keys()
    assert not any(key in found for key in NOT_BROKEN_DOWN[""] for found in recorded.values())


def test_values_lie_within_the_range_of_their_measure(panel):
    for name, value in panel.values.items():
        measure = measure_named(name)
        if not math.isnan(value):
            assert measure.low is None or value >= measure.low - 1e-12, name
            assert measure.high is None or value <= measure.high + 1e-12, name


def test_what_is_undefined_says_why_in_both_languages_and_nothing_else_does(panel):
    gaps = {name for name, value in panel.values.items() if math.isnan(value)}
    assert panel.undefined.keys() == gaps
    for reason in panel.undefined.values():
        assert has(f"errors.{reason}", "en")
        assert has(f"errors.{reason}", "sv")


def test_without_a_memory_levels_are_dealt_at_once_and_with_one_they_are_held():
    city = two_towns()
    memory, tally = Memory(), Tally()
    census = look(city)
    first = month_panel(city.readonly(), census, tally, memory)
    again = month_panel(city.readonly(), census, tally, memory)
    alone = month_panel(city.readonly(), census, tally)
    assert str(first.values) == str(again.values) == str(alone.values)
    changes.turn_month(city)
    later = month_panel(city.readonly(), look(city), tally, memory)
    name = "segregation.gini.origin.chance"
    assert city.month_of_year != 1
    assert later.values[name] == first.values[name]


def town(n_areas=4, homes=6, group=0, tenure=0, income=20_000.0, n=12, linked=True):
    """A town of equal areas; its first ``n`` households live in the first homes."""
    areas = named_areas([f"area {i}" for i in range(n_areas)])
    stock = Dwellings(n_areas * homes)
    rows = stock.take(n_areas * homes)
    stock.area[rows], stock.tenure[rows] = np.repeat(np.arange(n_areas), homes), tenure
    stock.rooms[rows], stock.m2[rows], stock.rent[rows], stock.vacant_since[rows] = 2, 60, 6000, 0
    km = distances(areas.lat, areas.lon)
    geography = neighbourhoods(km, 5.0, 3) if linked else separate(n_areas)
    city = empty_city(areas, geography, stock, Landlords((), np.zeros(0, np.uint8), (), ()), max(n, 1))
    city.luck = Luck(1)
    if n:
        ids = np.arange(1, n + 1)
        there = changes.enter(city, newcomers(ids, np.broadcast_to(group, n), np.broadcast_to(income, n)))
        settle(city, there[: n_areas * homes], np.arange(min(n, n_areas * homes)))
    return city


EXTREMES = {
    "one group": town(),
    "one area": town(n_areas=1, homes=20, group=np.arange(12) % 2),
    "one household": town(n=1),
    "nobody": town(n=0),
    "nobody housed": town(homes=0, group=np.arange(12) % 2),
    "no vacancies": town(n=24, group=np.arange(24) % 2, tenure=np.arange(24) % 4, income=1e4 * np.arange(1, 25)),
    "no income": town(group=np.arange(12) % 2, income=0.0),
    "no links": town(group=np.arange(12) % 2, linked=False),
}


@pytest.mark.parametrize("kind", EXTREMES)
def test_in_extreme_towns_nothing_breaks_and_gaps_have_a_reason(kind, panel):
    city = EXTREMES[kind]
    memory, found = Memory(), []
    for tally in (Tally(), moved_in(city, np.flatnonzero(city.households.dwelling >= 0)[:5])):
        found.append(month_panel(city.readonly(), look(city), tally, memory))
        gaps = {name for name, value in found[-1].values.items() if math.isnan(value)}
        assert found[-1].undefined.keys() == gaps
        assert not any(math.isinf(value) for value in found[-1].values.values())
    assert found[0].values.keys() == found[1].values.keys()
    assert {name.partition("@")[0] for name in found[0].values} == {name.partition("@")[0] for name in panel.values}


@pytest.mark.parametrize(
    ("kind", "name", "reason"),
    [
        ("one group", "segregation.dissimilarity.origin", "one_group_only"),
        ("one group", "segregation.isolation.origin@group=born_abroad", "group_empty"),
        ("one area", "segregation.morans_i.origin@group=born_abroad", "no_links"),
        ("nobody", "access.without_home", "nobody"),
        ("nobody", "segregation.income_rank_entropy", "nobody"),
        ("nobody housed", "access.vacancy", "no_homes"),
        ("nobody housed", "affordability.rent_burden", "nobody"),
        ("no income", "segregation.neighbourhood_sorting", "incomes_equal"),
        ("no links", "segregation.morans_i.origin@group=born_abroad", "no_links"),
    ],
)
def test_the_reason_is_the_one_that_holds(kind, name, reason):
    assert panel_of(EXTREMES[kind]).undefined[name] == f"measure.{reason}"


def test_numbers_that_have_a_meaning_in_extreme_towns():
    assert panel_of(EXTREMES["one area"]).values["segregation.dissimilarity.origin"] == 0
    assert panel_of(EXTREMES["nobody housed"]).values["access.without_home"] == 1
    assert panel_of(EXTREMES["no vacancies"]).values["access.vacancy"] == 0
    assert panel_of(EXTREMES["one household"]).values["access.without_home_count"] == 0
