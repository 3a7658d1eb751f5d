"""One city under one scenario with one seed: its months, its end, and what it says of where its numbers come from."""

import numpy as np
import pytest
from cities import extended, founded, passed, scenario, town

import sim
from sim import __version__
from sim.engine.simulation import Simulation
from sim.measures.catalogue import measure_named

WORLD = town(months=5, burn_in=3)


@pytest.fixture(scope="module")
def whole():
    simulation = founded(WORLD, 4)
    simulation.burn_in()
    while not simulation.is_over:
        simulation.pass_month()
    return simulation


def test_months_run_from_the_founding_to_the_end(whole):
    assert whole.record().months.tolist() == list(range(-3, 6))
    assert whole.month == 5
    assert whole.record().complete


def test_burn_in_ends_in_month_zero_and_may_be_stopped():
    simulation, ticks = founded(WORLD, 1), []
    simulation.burn_in(lambda months: ticks.append(months) or len(ticks) == 2)
    assert (simulation.month, ticks) == (-2, [1, 1])
    simulation.burn_in()
    assert simulation.month == 0
    assert not simulation.is_over
    simulation.burn_in()
    assert simulation.month == 0


def test_an_unfinished_run_is_marked(whole):
    begun = passed(founded(WORLD, 4), 4)
    assert not begun.record().complete
    np.testing.assert_array_equal(begun.record().months, whole.record().months[:5])


def test_where_the_numbers_come_from_is_told_in_full(whole):
    record = whole.record()
    told = record.provenance
    assert (told["scenario"], told["seed"], told["start"], told["burn_in"]) == ("two_towns", 4, "2026-01", 3)
    assert (told["planned"], told["complete"], told["scale"]) == (5, True, 1.0)
    assert told["title"]["sv"] != told["title"]["en"]
    assert told["resolved"] == scenario(WORLD).resolved()
    assert told["tables"].keys() == {"space", "stock", "population"}
    assert told["outside"] == {}
    assert told["versions"]["hemvist"] == __version__
    assert len(told["run_id"]) >= 12
    assert told["founding"]["homes"] == whole.engine.city.dwellings.n_used
    for name, unit in told["measures"].items():
        assert measure_named(name).unit == unit
        assert name in record.series
    for name, reason in told["undefined"].items():
        assert np.isnan(record.series[name]).any(), reason


def test_a_run_is_called_by_what_decides_its_numbers():
    def name(world=WORLD, seed=4, **changes):
        loaded = scenario(world, **changes)
        return passed(founded(loaded, seed), 1).record().run_id

    assert name() == name()
    others = [name(seed=5), name(time__months=6), name(listing__max_applications=3), name(town(months=5, burn_in=2))]
    assert len({name(), *others}) == 5


def test_a_saved_simulation_says_which_code_saved_it_and_remembers_all(whole):
    twin = Simulation.restored(whole.save())
    assert twin.record() == whole.record()
    assert twin.report == whole.report


def test_a_fork_under_another_scenario_is_another_run():
    trunk = passed(founded(WORLD, 1), 4)
    branch = trunk.fork(extended(WORLD, listing={"max_applications": 1}))
    assert branch.record().provenance["scenario"] == "child"
    assert branch.record().run_id != trunk.record().run_id
    assert trunk.record().provenance["scenario"] == "two_towns"


# Towns without money


@pytest.fixture
def lattice():
    return sim.load("schelling", set={"space.width": 15, "space.height": 12})


def test_a_lattice_runs_until_all_are_satisfied(lattice):
    simulation = Simulation.founded(lattice, 1)
    while not simulation.is_over:
        simulation.pass_month()
        simulation.engine.city.check()
    record = simulation.record()
    assert record.complete
    assert simulation.month < lattice.time.months
    assert simulation.engine.turns.n_restless(simulation.engine.city) == 0
    assert record.areas is not None


def test_a_lattice_is_saved_and_forked_like_any_city(lattice):
    straight = passed(Simulation.founded(lattice, 2), 2)
    twin, branch = Simulation.restored(straight.save()), straight.fork(lattice)
    for one in (straight, twin, branch):
        passed(one, 2)
    homes = straight.engine.city.households.dwelling
    np.testing.assert_array_equal(homes, twin.engine.city.households.dwelling)
    np.testing.assert_array_equal(homes, branch.engine.city.households.dwelling)
    assert straight.record().same_numbers(twin.record())
