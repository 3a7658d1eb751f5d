"""Nobody lives twice, no home has two households, and every count is a recount, whatever the rules of the town."""

import numpy as np
from cities import TENURES, addresses, founded, lived_in, passed, seeds, towns, vacant
from hypothesis import given, settings

from sim.city import changes
from sim.city.households import NEVER, NOBODY

FEW = settings(max_examples=10)


@FEW
@given(world=towns(), seed=seeds)
def test_every_household_has_one_home_at_most_and_every_home_one_household(world, seed):
    simulation = founded(world, seed)
    for _ in range(9):
        simulation.pass_month()
        city = simulation.engine.city
        stock = city.dwellings
        said_by_homes = {
            home: int(city.households.id[row]) for home, row in enumerate(stock.occupant.tolist()) if row != NOBODY
        }
        said_by_households = lived_in(city)
        assert all(len(names) == 1 for names in said_by_households.values())
        assert {home: names.pop() for home, names in said_by_households.items()} == said_by_homes
        assert len(set(said_by_homes.values())) == len(said_by_homes)
        names = city.households.id[city.households.rows()]
        assert len(np.unique(names)) == len(names)
        assert names.min() > 0


@FEW
@given(world=towns(), seed=seeds)
def test_counts_are_what_a_recount_finds(world, seed):
    simulation = founded(world, seed)
    for _ in range(6):
        simulation.pass_month()
        city, census = simulation.engine.city, simulation.engine.census
        here, stock = city.households, city.dwellings
        counted = np.zeros((city.n_areas, len(city.groups)), int)
        by_tenure = np.zeros((city.n_areas, len(TENURES)), int)
        persons = np.zeros_like(counted)
        for row in here.rows():
            home = here.dwelling[row]
            if home != NOBODY:
                counted[stock.area[home], here.group[row]] += 1
                by_tenure[stock.area[home], stock.tenure[home]] += 1
                persons[stock.area[home], here.group[row]] += int(here.adults[row]) + int(here.children[row])
        assert (city.books.count == counted).all()
        assert (census.by_group == counted).all()
        assert (census.tables.by_tenure == by_tenure).all()
        assert (census.tables.persons == persons).all()
        assert census.tables.households.sum() == here.n_used
        assert census.vacant.sum() == len(vacant(city))
        city.check()


@FEW
@given(world=towns(), seed=seeds)
def test_every_home_that_was_vacant_or_vacated_is_moved_into_or_vacant(world, seed):
    simulation = founded(world, seed)
    city, given_up = simulation.engine.city, []

    def counted(city, rows):
        given_up.append(len(rows))
        vacate(city, rows)

    vacate, changes.vacate = changes.vacate, counted
    try:
        for _ in range(6):
            given_up.clear()
            before, homes = len(vacant(city)), city.dwellings.n_used
            simulation.pass_month()
            moved_in = len(simulation.engine.tally.moves["household"])
            assert before + sum(given_up) == moved_in + len(vacant(city))
            assert city.dwellings.n_used == homes
    finally:
        changes.vacate = vacate


@FEW
@given(world=towns(), seed=seeds)
def test_a_home_stands_empty_for_a_month_at_least_between_two_households(world, seed):
    simulation = founded(world, seed)
    for _ in range(6):
        before = lived_in(simulation.engine.city)
        simulation.pass_month()
        after = lived_in(simulation.engine.city)
        assert all(after[home] == names for home, names in before.items() if home in after)


@FEW
@given(world=towns(), seed=seeds)
def test_every_move_is_told_with_who_moved_where(world, seed):
    simulation = founded(world, seed)
    for _ in range(6):
        before = addresses(simulation.engine.city)
        simulation.pass_month()
        after, moves = addresses(simulation.engine.city), simulation.engine.tally.moves
        told = dict(zip(moves["household"].tolist(), moves["dwelling"].tolist(), strict=True))
        seen = {name: home for name, home in after.items() if home not in (NOBODY, before.get(name, NOBODY))}
        assert told == seen


@FEW
@given(world=towns(), seed=seeds)
def test_a_vacancy_chain_ends_only_with_somebody_who_leaves_no_home_behind(world, seed):
    simulation = founded(world, seed)
    ended = moves = 0
    for _ in range(12):
        simulation.pass_month()
        tally = simulation.engine.tally
        assert len(tally.chains) == int(tally.moves["was_without"].sum())
        ended, moves = ended + int(tally.chains.sum()), moves + len(tally.moves["household"])
        assert ended <= moves
    stock = simulation.engine.city.dwellings
    open_links = int(stock.link[vacant(simulation.engine.city)].sum())
    closed = int(stock.link[stock.is_used & (stock.occupant != NOBODY)].sum())
    assert (ended + open_links, closed) == (moves, 0)


@FEW
@given(world=towns(), seed=seeds)
def test_what_columns_say_of_a_month_lies_in_the_past(world, seed):
    city = passed(founded(world, seed), 6).engine.city
    here, stock = city.households, city.dwellings
    rows = here.rows()
    housed = here.dwelling[rows] != NOBODY
    assert (here.moved_in[rows[housed]] <= city.month).all()
    assert (here.moved_in[rows[~housed]] == NEVER).all()
    assert (here.without_since[rows[housed]] == NEVER).all()
    assert (here.without_since[rows[~housed]] <= city.month).all()
    registered = here.is_registered(rows)
    assert (here.queue_since[rows[registered]] <= city.month).all()
    assert (stock.vacant_since[vacant(city)] <= city.month).all()
    assert (here.adults[rows] >= 1).all()
    assert (here.income[rows] > 0).all()
    assert (here.birth_month[rows] < city.month).all()
