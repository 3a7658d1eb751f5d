"""Towns without money: whoever moves, the same households live in as many homes, and the books are kept."""

import numpy as np
from cities import addresses, differences, passed, seeds, vacant
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.city.households import NOBODY
from sim.engine.simulation import Simulation

FEW = settings(max_examples=10)
SEARCHES = (
    {},
    {"search.judged": "at_turn"},
    {"search.accept": "best", "search.sample": 4},
    {"search.accept": "best", "search.sample": 4, "search.who": "all"},
)


@st.composite
def lattices(draw):
    """A small lattice of any shape, from half empty to nearly full, with any threshold and one of several searches."""
    wide, high = draw(st.integers(3, 12)), draw(st.integers(3, 12))
    taste = "preferences.profiles.all.terms.own_group"
    return sim.load(
        "schelling",
        set={
            "space.width": wide, "space.height": high, "space.torus": draw(st.booleans()),
            "population.fill": draw(st.sampled_from((0.5, 0.8, 0.95))),
            f"{taste}.at": draw(st.sampled_from((0.3, 0.5))),
            f"{taste}.alone": draw(st.sampled_from(("satisfied", "dissatisfied"))), "time.months": 30,
            **draw(st.sampled_from(SEARCHES)),
        },
    )  # fmt: skip


@FEW
@given(world=lattices(), seed=seeds)
def test_rounds_move_households_and_keep_the_books(world, seed):
    simulation = Simulation.founded(world, seed)
    city = simulation.engine.city
    people, groups, homes = sorted(addresses(city)), city.books.count.sum(axis=0), city.dwellings.n_used
    for _ in range(5):
        before = addresses(city)
        simulation.pass_month()
        city.check()
        after = addresses(city)
        assert sorted(after) == people
        assert NOBODY not in after.values()
        assert len(set(after.values())) == len(after)
        assert len(vacant(city)) + len(after) == homes
        np.testing.assert_array_equal(city.books.count.sum(axis=0), groups)
        assert sorted(simulation.engine.turns.vacant.tolist()) == vacant(city).tolist()
        moved = sum(after[name] != before[name] for name in people)
        assert moved <= simulation.engine.tally.counts["moves"]


@FEW
@given(world=lattices(), seed=seeds, before=st.integers(0, 3))
def test_rounds_repeat_to_the_bit_and_go_on_from_where_they_were_saved(world, seed, before):
    straight, other = (passed(Simulation.founded(world, seed), before) for _ in range(2))
    twin = Simulation.restored(other.save())
    passed(straight, 3), passed(twin, 3)
    assert differences(straight.engine.city, twin.engine.city) == []
    assert straight.record().same_numbers(twin.record())
    branch = passed(Simulation.founded(world, seed), before).fork(world)
    assert differences(straight.engine.city, passed(branch, 3).engine.city) == []


@FEW
@given(world=lattices(), seed=seeds)
def test_nobody_moves_once_all_are_satisfied(world, seed):
    simulation = Simulation.founded(world, seed)
    while not simulation.is_over:
        simulation.pass_month()
    if simulation.engine.turns.n_restless(simulation.engine.city) > 0 or world.search.who == "all":
        return
    homes = addresses(simulation.engine.city)
    simulation.pass_month()
    assert addresses(simulation.engine.city) == homes
