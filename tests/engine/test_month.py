"""The month is a written list of phases, passed in its order."""

from dataclasses import dataclass

import numpy as np
import pytest
from cities import Quarter, addresses, differences, founded, lived_in, passed, scenario, town

from sim.engine import month
from sim.engine.history import History
from sim.engine.month import ONE_BY_ONE, PHASES, Engine, Phase
from sim.engine.timetable import Timetable
from sim.synthesis.founding import found

ROOMY = {"vacancy": dict.fromkeys(("public_rental", "private_rental", "cooperative", "owner_occupied"), 0.15)}


def test_the_list_is_that_of_the_model():
    assert [phase.name for phase in PHASES] == [
        "policy", "demography", "building", "rents", "payment", "search", "listing", "preference", "allocation",
        "moving", "record",
    ]  # fmt: skip
    assert [phase.name for phase in ONE_BY_ONE] == [
        "policy",
        "demography",
        "building",
        "rents",
        "payment",
        "search",
        "one by one",
        "record",
    ]


@dataclass
class Heard:
    told: list

    def phase(self, name):
        return Phase(name, lambda engine: self.told.append((engine.city.month, name)))


def test_every_phase_acts_once_a_month_in_its_order(monkeypatch):
    heard = Heard([])
    monkeypatch.setattr(month, "PHASES", tuple(heard.phase(phase.name) for phase in PHASES))
    engine = founded(town(), 1).engine
    engine.pass_month(), engine.pass_month()
    assert heard.told == [(n, phase.name) for n in (1, 2) for phase in PHASES]


def test_what_happened_last_month_is_forgotten_when_the_next_one_begins():
    engine = founded(town(stock=ROOMY), 1).engine
    engine.pass_month()
    first = engine.tally
    engine.pass_month()
    assert engine.tally is not first
    assert set(first.moves["household"].tolist()) != set(engine.tally.moves["household"].tolist())


def test_a_new_engine_has_looked_around_under_the_rules_of_its_month():
    loaded = scenario(town(burn_in=2))
    city, _ = found(loaded, founded(loaded, 1).engine.city.luck)
    engine = Engine.of(city, Timetable(loaded), threads=2)
    assert (engine.city.month, engine.threads) == (-2, 2)
    np.testing.assert_array_equal(engine.census.by_group, city.recount())
    assert len(engine.census.mean_log_income()) == city.n_areas
    np.testing.assert_array_equal(city.books.log_income, engine.census.mean_log_income())
    assert not engine.is_settled


def test_seekers_see_the_incomes_of_the_last_census():
    engine = founded(town(), 2).engine
    before = engine.city.books.log_income.copy()
    engine.pass_month()
    here = engine.city.households
    rows = here.rows()
    housed = rows[here.dwelling[rows] >= 0]
    log_income = np.log(here.income_per_unit(housed).astype(float))
    means = [log_income[here.area[housed] == area].mean() for area in range(3)]
    np.testing.assert_allclose(engine.city.books.log_income, means, atol=1e-4)  # logarithms of the census are of f4
    assert (engine.city.books.log_income != before).any()


def test_before_a_census_there_is_nothing_to_note():
    engine, history = founded(town(), 1).engine, History()
    engine.census = None
    engine.note(history)
    assert history.months == []
    engine.look_around()
    engine.note(history)
    assert history.months == [0]


# The other tempo

TURNS = town([Quarter((30, 20, 30, 10), 0.3)] * 2, stock=ROOMY, tempo="sequential")


def test_in_the_sequential_tempo_everybody_takes_a_turn_and_the_books_are_kept():
    simulation = founded(TURNS, 1)
    moved = 0
    for _ in range(6):
        before = addresses(simulation.engine.city)
        simulation.pass_month()
        simulation.engine.city.check()
        moves = simulation.engine.tally.moves
        told = dict(zip(moves["household"].tolist(), moves["dwelling"].tolist(), strict=True))
        after = addresses(simulation.engine.city)
        assert {name: after[name] for name in told} == told
        assert all(before.get(name) != home for name, home in told.items())
        moved += len(told)
    assert moved > 0


def test_a_home_that_is_left_may_be_taken_in_the_same_month():
    """In the monthly tempo it stands empty for a month; here who comes later in the lot sees it."""
    simulation, at_once = founded(TURNS, 2), 0
    for _ in range(12):
        before = lived_in(simulation.engine.city)
        simulation.pass_month()
        after = lived_in(simulation.engine.city)
        at_once += sum(after[home] != names for home, names in before.items() if home in after)
    assert at_once > 0


def test_the_sequential_tempo_repeats_to_the_bit_and_is_saved_like_the_other():
    one, two = passed(founded(TURNS, 3), 4), passed(founded(TURNS, 3), 2)
    two = passed(type(two).restored(two.save()), 2)
    assert differences(one.engine.city, two.engine.city) == []


@pytest.mark.parametrize("tempo", ["monthly", "sequential"])
def test_nobody_looks_and_nobody_moves(tempo):
    world = town([Quarter()], stock={"vacancy": {"public_rental": 0.1}}, demography={"rules": []}, tempo=tempo,
                 search={"sample": 5, "rules": []})  # fmt: skip
    world["population"]["without_home"]["share"] = 0.0
    simulation = founded(world, 1)
    before = addresses(simulation.engine.city)
    passed(simulation, 4)
    assert addresses(simulation.engine.city) == before
