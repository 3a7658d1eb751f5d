"""What each lever does by itself is measured like any other run, and a table of it says nothing that was not found."""

import numpy as np
import pytest

from sim.base.errors import SimError
from sim.experiment.brake import Brake
from sim.experiment.effects import NONE, Pulled, as_csv, effects, far_end, from_csv
from sim.experiment.play import play
from sim.view.plays import Move, Play, World

TOWN = World("gothenburg", (("scale", "0.004"), ("time.months", "6"), ("time.burn_in", "1")))
MEASURES = ("segregation.inequality_index", "access.housed_within_5_years@income=1",
            "affordability.residual_income@income=1")  # fmt: skip
ALLOWANCE = "payment.rules.allowance.share"
IDLE = "landlords.municipal.rent.presumption"


def pull(path, value):
    return Play(TOWN, 1, (Move(1, path, value),)).scenario()


@pytest.fixture(scope="module")
def few():
    """The town with two of its levers: one that acts at once, one that cannot in so few months."""
    copy = TOWN.scenario().model_copy()
    copy._levers = tuple(one for one in copy.levers if one.path in (ALLOWANCE, IDLE))
    return copy


@pytest.fixture(scope="module")
def found(few):
    return effects(few, pull, measures=MEASURES, pairs=2, seed=1, brake=Brake(), workers=0)


def test_months_that_are_not_looked_at_change_nothing(few):
    arms = (few, pull(ALLOWANCE, 0.0))
    short = Pulled(arms, 5, MEASURES)(lambda months: False)
    whole = play(arms, 5, lambda months: False)
    for row, record in zip(short, whole, strict=True):
        expected = [np.nanmean(record.series[name][record.months >= 1]) for name in MEASURES]
        assert row.tolist() == expected


def test_a_lever_that_acts_differs_and_one_that_touches_nobody_does_nothing_by_itself(found):
    words = {(one.path, one.measure): one.word for one in found}
    assert words[IDLE, MEASURES[0]] == NONE
    assert words[ALLOWANCE, MEASURES[2]] != NONE
    assert next(one for one in found if one.path == ALLOWANCE and one.measure == MEASURES[2]).mean < 0


def test_a_table_of_effects_is_read_as_it_was_written(found):
    again = from_csv(as_csv(found))
    assert as_csv(again) == as_csv(found)
    assert [(one.path, one.word, one.pairs) for one in again] == [(one.path, one.word, one.pairs) for one in found]


def test_a_lever_is_pulled_to_the_end_that_lies_farthest_from_today(few):
    by_path = {lever.path: lever for lever in few.levers}
    assert far_end(by_path[ALLOWANCE], 0.6) == 0
    assert far_end(by_path[ALLOWANCE], 0.4) == 1
    assert far_end(by_path[ALLOWANCE], None) == 1


def test_what_is_called_off_leaves_nothing(few):
    brake = Brake()
    brake.pulled = True
    assert effects(few, pull, measures=MEASURES, pairs=2, seed=1, brake=brake, workers=0) is None


def test_a_scenario_without_levers_is_refused():
    with pytest.raises(SimError) as fault:
        effects(World("two-towns").scenario(), pull, measures=MEASURES, pairs=2, seed=1, brake=Brake())
    assert fault.value.key == "experiment.no_levers"
