"""The baseline of a town: readings, targets, verdicts, and the same numbers however they are run."""

import json
import math

import numpy as np
import pytest

import sim
from sim.base.errors import ScenarioError
from sim.base.language import say
from sim.experiment.baseline import Baseline, Estimate, Held, measure_baseline, without_constants
from sim.experiment.brake import Brake
from sim.experiment.paired import seeds
from sim.experiment.targets import Target, targets_of
from sim.report.baseline import as_data, baseline_table, target_words

WITH_TERM = {"preferences.profiles.all.terms.constants.weight": "1"}
SHORT = {"time.months": 14, "time.burn_in": 12, "scale": 0.3}


@pytest.fixture(scope="module")
def found():
    town = sim.load("two-towns", set=SHORT)
    with Brake() as brake:
        return measure_baseline(town, None, replications=2, seed=1, brake=brake, workers=0)


def held(target, founding, settled, end):
    runs = (({"x": founding}, {"x": settled}, {"x": end}),)
    return Baseline((target,), (runs,)).holds("x")


def test_a_target_holds_only_if_it_is_met_after_settling_in_and_at_the_end():
    value = Target("x", 1.0, 2.0, "value", "", "")
    assert [held(value, 9.0, *means) for means in ((1.5, 2.0), (0.9, 1.5), (1.5, 2.1))] == [True, False, False]
    assert held(Target("x", -0.1, 0.1, "change", "", ""), 5.0, 5.05, 4.95)
    assert not held(Target("x", 0.98, 1.02, "ratio", "", ""), 50.0, 50.0, 51.5)
    assert held(Target("x", math.nan, 2.0, "value", "", ""), 0.0, -7.0, 2.0)
    assert held(Target("y", 0.0, 1.0, "value", "", ""), 0.0, 0.0, 0.0) is None


def test_an_estimate_leaves_out_what_is_undefined_and_has_students_interval():
    estimate = Estimate.of([1.0, 2.0, 3.0, math.nan])
    assert estimate.mean == 2.0
    assert estimate.half == pytest.approx(4.30 * 1.0 / math.sqrt(3), rel=1e-3)
    assert math.isnan(Estimate.of([1.0]).half)
    assert math.isnan(Estimate.of([math.nan]).mean)


def test_every_reading_of_a_run_is_a_number_and_shares_are_shares(found):
    last = found.arms[0][0][2]
    unknown = {"wait.order", "wait.shortest", "wait.longest", "stay.likeness"}  # two-towns has no published figures
    assert {name for name, value in last.items() if np.isnan(value)} <= unknown
    for name in ("crowded.rental", "vacancy.rental", "stay.persons", "leave.rental", "without.all", "wait.years_2"):
        assert 0.0 <= last[name] <= 1.0, name
    assert found.arms[0][0][0]["price.lowest"] == found.arms[0][0][0]["price.highest"] == pytest.approx(1.0)
    assert found.arms[0][0][0]["map.miss"] == 0.0


def test_a_run_gives_the_same_readings_again(found):
    town = sim.load("two-towns", set=SHORT)
    again = Held(town, seeds(1, 2)[0])(lambda months: False)
    assert again[2] == pytest.approx(found.arms[0][0][2], nan_ok=True, rel=0, abs=0)


def test_a_run_that_is_called_off_has_no_readings():
    town = sim.load("two-towns", set=SHORT)
    assert Held(town, 1)(lambda months: True) is None
    with Brake() as brake:
        brake.pulled = True
        assert measure_baseline(town, None, replications=1, seed=1, brake=brake, workers=0) is None


def test_a_town_without_money_is_refused():
    with Brake() as brake, pytest.raises(ScenarioError) as refused:
        measure_baseline(sim.load("schelling"), None, replications=1, seed=1, brake=brake, workers=0)
    assert refused.value.key == "scenario.no_money_to_hold"


def test_constants_are_switched_off_by_their_weight():
    assert without_constants(sim.load("two-towns")) == {}
    assert without_constants(sim.load("two-towns", set=WITH_TERM)) == {next(iter(WITH_TERM)): "0"}


def test_the_targets_of_gothenburg_are_read_and_each_is_a_reading_that_has_words():
    targets = targets_of(sim.load("gothenburg"))
    assert len(targets) > 20
    for target in targets:
        assert not say(f"report.baseline.rows.{target.row}", "sv").startswith("report.")
        assert target.low <= target.high or math.isnan(target.low) or math.isnan(target.high)


def test_targets_are_no_part_of_what_a_run_is():
    """A target that is written down anew must not make other runs of the same runs."""
    assert "targets" not in sim.load("gothenburg").resolved()


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_table_says_every_reading_in_words(found, language):
    plain = baseline_table(found, 14 / 12, language).plain(100)
    assert "report." not in plain
    assert len(plain.splitlines()) > 30


def test_the_data_are_whole_and_can_be_written_as_json(found):
    data = as_data(found)
    assert set(data["rows"]) == set(found.rows)
    assert json.loads(json.dumps(data))["seeds"] == 2


def test_bounds_in_words():
    bounds = [
        target_words(Target("x", low, high, of, "", ""), unit, "en")
        for low, high, of, unit in (
            (0.17, 0.23, "value", "share"), (0.95, math.nan, "value", "index"), (math.nan, 0.02, "value", "share"),
            (-0.03, 0.03, "change", "index"), (0.98, 1.02, "ratio", "persons"),
        )
    ]  # fmt: skip
    assert bounds == [
        "17.0 to 23.0", "at least 0.950", "at most 2.0", "founding ± 0.030", "0.98 to 1.02 x founding"
    ]  # fmt: skip
    assert target_words(None, "share", "en") == ""
