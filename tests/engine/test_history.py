"""What a run remembers of each month."""

import numpy as np
import pytest
from cities import TENURES, Quarter, founded, passed, scenario, town

from sim.city.households import NOBODY, Cause
from sim.city.landlords import Landlords
from sim.engine.history import AREAS_EVERY, History, Sampled, areas_of, households_of
from sim.engine.simulation import Simulation
from sim.measures.monthly import Panel

ROOMY = {"vacancy": dict.fromkeys(TENURES, 0.1)}
WORLD = town([Quarter((30, 20, 30, 20), 0.3)] * 2, stock=ROOMY, months=30)


@pytest.fixture(scope="module")
def run():
    return passed(founded(WORLD, 1), 14)


def test_every_month_is_remembered_once_from_the_founding_on(run):
    record = run.record()
    assert record.months.tolist() == list(range(15))
    assert all(len(values) == 15 for values in record.series.values())


def test_areas_are_told_every_year_and_at_the_founding(run):
    months = run.record().areas.column("month").to_pylist()
    assert sorted(set(months)) == [0, AREAS_EVERY]
    assert len(months) == 4


def test_a_founding_in_the_middle_of_a_year_is_told_too():
    simulation = passed(founded(town(burn_in=5), 1), 6)
    assert sorted(set(simulation.record().areas.column("month").to_pylist())) == [-5, 0]


def test_areas_say_who_lives_there_in_what_and_at_what_cost(run):
    city = run.engine.city
    table = areas_of(city, run.engine.census).to_pydict()
    here, stock = city.households, city.dwellings
    assert table["area"] == list(city.areas.ids)
    for area in range(city.n_areas):
        lives = [row for row in here.rows() if here.dwelling[row] != NOBODY and here.area[row] == area]
        homes = [row for row in stock.rows() if stock.area[row] == area]
        let = [home for home in homes if stock.tenure[home] < 2]
        assert table["households"][area] == len(lives)
        assert table["households_b"][area] == sum(here.group[row] == 1 for row in lives)
        assert table["households_cooperative"][area] == sum(here.tenure[row] == 2 for row in lives)
        assert table["persons"][area] == sum(int(here.adults[row]) + int(here.children[row]) for row in lives)
        assert table["dwellings"][area] == len(homes)
        assert table["vacant"][area] == sum(stock.occupant[home] == NOBODY for home in homes)
        mean = sum(float(stock.rent[home]) for home in let) / sum(float(stock.m2[home]) for home in let)
        assert table["mean_rent_per_m2"][area] == pytest.approx(mean, rel=1e-5)
        assert table["price_per_m2_cooperative"][area] == pytest.approx(city.books.price_level[area, 2])
    assert sum(table["low_income"]) == pytest.approx(0.2 * sum(table["households"]), rel=0.35)


def test_where_nothing_is_let_or_sold_there_is_no_rent_and_no_price():
    world = town([Quarter((0, 0, 40, 0)), Quarter((40, 20, 0, 0))])
    engine = founded(world, 1).engine
    table = areas_of(engine.city, engine.census).to_pydict()
    assert np.isnan(table["mean_rent_per_m2"]).tolist() == [True, False]
    assert np.isnan(table["price_per_m2_cooperative"]).tolist() == [False, True]


def test_lettings_tell_each_move_in_words(run):
    fresh = founded(WORLD, 1)
    told = []
    for _ in range(14):
        fresh.pass_month()
        moves = fresh.engine.tally.moves
        for place in range(len(moves["household"])):
            told.append(
                (fresh.month, *(moves[name][place] for name in ("household", "dwelling", "by_queue", "waited")))
            )
    table = run.record().lettings.to_pylist()
    assert len(table) == len(told) > 20
    for row, (month, household, dwelling, by_queue, waited) in zip(table, told, strict=True):
        assert (row["month"], row["household"], row["dwelling"]) == (month, household, dwelling)
        assert row["waited"] == (waited if by_queue else None)
        assert row["area"] in ("q0", "q1")
        assert row["tenure"] in TENURES
        assert row["landlord"] in ("municipal", "private", "cooperative_sellers", "owners")
        assert row["group"] in ("a", "b")
        assert 1 <= row["income_fifth"] <= 5
        assert row["cause"] in [cause.name.lower() for cause in Cause]
        assert row["cost"] > 0
    assert isinstance(run.engine.city.landlords, Landlords)


def test_households_are_followed_on_request_as_long_as_they_live_here():
    sampled = Sampled(households=15, every=5)
    simulation = passed(Simulation.founded(scenario(WORLD), 2, sampled=sampled), 12)
    table = simulation.record().households.to_pylist()
    assert sorted({row["month"] for row in table}) == [0, 5, 10]
    first = [row["household"] for row in table if row["month"] == 0]
    assert len(first) == 15
    later = [row["household"] for row in table if row["month"] == 10]
    assert later
    assert set(later) <= set(first)
    for row in table:
        assert (row["area"] is None) == (row["tenure"] is None) == (row["dwelling"] == NOBODY)


def test_those_who_are_followed_come_from_all_over_the_town_and_are_the_same_for_any_seed():
    tables = [
        Simulation.founded(scenario(WORLD), seed, sampled=Sampled(40, 1)).record().households.to_pylist()
        for seed in (1, 2)
    ]
    assert {row["household"] for row in tables[0]} == {row["household"] for row in tables[1]}
    assert len({row["area"] for row in tables[0]}) > 2


def test_households_can_be_followed_by_their_ids():
    record = Simulation.founded(scenario(WORLD), 1, sampled=Sampled(0, 1, ids=(7, 3))).record()
    assert [row["household"] for row in record.households.to_pylist()] == [3, 7]


def test_nobody_is_followed_unless_asked_for(run):
    assert run.record().households is None


def test_a_followed_household_is_told_as_it_is(run):
    city = run.engine.city
    row = households_of(city, city.households.id[city.households.rows()[:3]]).to_pylist()[1]
    handle = int(np.flatnonzero(city.households.id == row["household"])[0])
    here = city.households
    assert row["income"] == pytest.approx(float(here.income[handle]))
    assert row["cost"] == pytest.approx(float(here.cost[handle]))
    assert row["age"] == here.age_years(np.array([handle]), city.month)[0]
    assert row["queue_time"] == here.waited(np.array([handle]), city.month)[0]
    assert row["group"] == city.groups[here.group[handle]]


def test_the_first_reason_why_a_measure_is_undefined_is_kept():
    history = History()
    city, engine = founded(WORLD, 1).engine.city, founded(WORLD, 1).engine
    for reason in ("measure.nobody", "measure.group_empty"):
        panel = Panel({"access.waiting_time": np.nan, "access.vacancy": 0.1}, {"access.waiting_time": reason})
        history.note(city, engine.census, engine.tally, panel)
    record = history.record({"measures": {}})
    assert record.provenance["undefined"] == {"access.waiting_time": "measure.nobody"}
    assert np.isnan(record.series["access.waiting_time"]).all()
    assert record.series["access.vacancy"].tolist() == [0.1, 0.1]


def test_a_measure_that_comes_later_has_a_gap_before():
    history, engine = History(), founded(WORLD, 1).engine
    for values in ({"access.vacancy": 1.0}, {"access.vacancy": 2.0, "access.turnover": 3.0}):
        history.note(engine.city, engine.census, engine.tally, Panel(values))
    record = history.record({})
    assert np.isnan(record.series["access.turnover"][0])
    assert record.series["access.turnover"][1] == 3.0


def test_an_empty_history_is_an_empty_record():
    record = History().record({})
    assert len(record.months) == 0
    assert record.areas is None
