"""Where the time of a run goes."""

import pickle

import pytest
from cities import scenario, town

from sim.engine.clock import Clock
from sim.engine.load import load
from sim.engine.month import PHASES
from sim.engine.simulation import Simulation


def test_a_clock_adds_up_each_part_and_how_often_it_came(monkeypatch):
    moments = iter([1.0, 1.5, 2.0, 4.0, 5.0, 5.25])
    monkeypatch.setattr("sim.engine.clock.perf_counter", lambda: next(moments))
    clock = Clock()
    for part in ("search", "moving", "search"):
        with clock.at(part):
            pass
    assert clock == Clock({"search": 0.75, "moving": 2.0}, {"search": 2, "moving": 1})


def test_what_fails_has_taken_its_time_too():
    clock = Clock()
    with pytest.raises(KeyError), clock.at("search"):
        raise KeyError
    assert clock.times == {"search": 1}


def test_a_copy_of_a_clock_starts_at_nothing():
    assert pickle.loads(pickle.dumps(Clock({"search": 1.0}, {"search": 1}))) == Clock()


def test_every_phase_and_all_measures_are_timed_and_a_branch_begins_anew():
    simulation = Simulation.founded(scenario(town()), 1)
    simulation.pass_month(), simulation.pass_month()
    times = simulation.engine.clock.times
    assert times == {"founding": 1, "measures": 3, **{phase.name: 2 for phase in PHASES}}
    branch = simulation.fork()
    branch.pass_month()
    assert branch.engine.clock.times == {"measures": 1, **{phase.name: 1 for phase in PHASES}}
    assert simulation.engine.clock.times == times


def test_a_town_without_money_times_its_rounds():
    simulation = Simulation.founded(load("schelling", set={"space.width": 8, "space.height": 8}), 1)
    simulation.pass_month()
    assert simulation.engine.clock.times == {"founding": 1, "measures": 2, "round": 1}
