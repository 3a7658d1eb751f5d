"""A city goes on from where it was: saved and restored, forked, in another process, over any number of processes."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from cities import (
    ORDERS,
    columns,
    differences,
    extended,
    founded,
    passed,
    scenario,
    seeds,
    series_bytes,
    town,
    towns,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.base.errors import RecordError
from sim.engine.record import Record
from sim.engine.simulation import Simulation
from sim.experiment.brake import Brake
from sim.experiment.paired import Replication
from sim.experiment.play import play, work
from sim.experiment.workers import run_all

FEW = settings(max_examples=6)
ROOT = Path(__file__).parents[2]
BURN_IN = 4
ELSEWHERE = """
import sys
from sim.engine.simulation import Simulation
simulation = Simulation.restored(sys.stdin.buffer.read())
for _ in range(int(sys.argv[1])):
    simulation.pass_month()
simulation.record().save(sys.argv[2])
sys.stdout.buffer.write(simulation.save())
"""


@FEW
@given(world=towns(burn_in=BURN_IN), seed=seeds, before=st.integers(0, 8), after=st.integers(1, 5))
def test_a_restored_city_continues_to_the_bit(world, seed, before, after):
    straight = passed(founded(world, seed), before)
    restored = Simulation.restored(straight.save())
    assert differences(straight.engine.city, restored.engine.city) == []
    passed(straight, after), passed(restored, after)
    assert differences(straight.engine.city, restored.engine.city) == []
    assert series_bytes(straight.record()) == series_bytes(restored.record())
    assert straight.record().lettings.equals(restored.record().lettings)


@FEW
@given(world=towns(), seed=seeds, before=st.integers(0, 6))
def test_a_fork_leaves_its_trunk_alone_and_goes_the_same_way(world, seed, before):
    trunk = passed(founded(world, seed), before)
    stood = columns(trunk.engine.city)
    branch = passed(trunk.fork(), 3)
    assert columns(trunk.engine.city) == stood
    passed(trunk, 3)
    assert differences(trunk.engine.city, branch.engine.city) == []


def test_a_fork_may_go_another_way_from_its_month_on():
    world = town()
    other = extended(world, landlords=[{"id": "municipal", "allocation": {"rule": "lottery"}}])
    trunk = passed(founded(world, 2), 6)
    branch = trunk.fork(other)
    passed(trunk, 12), passed(branch, 12)
    assert differences(trunk.engine.city, branch.engine.city) != []
    assert branch.record().provenance["scenario"] == "child"
    one, two = trunk.record(), branch.record()
    for name, values in one.series.items():
        np.testing.assert_array_equal(values[:7], two.series[name][:7])


def test_a_city_continues_to_the_bit_in_another_process(tmp_path):
    simulation = passed(founded(town(burn_in=BURN_IN), 11), 3)
    told = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, "6", str(tmp_path / "run")], input=simulation.save(), capture_output=True,
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True,
    )  # fmt: skip
    passed(simulation, 6)
    assert differences(simulation.engine.city, Simulation.restored(told.stdout).engine.city) == []
    assert series_bytes(simulation.record()) == series_bytes(Record.load(tmp_path / "run"))


@pytest.mark.parametrize("saved", [b"", b"nothing of ours", b"\x80\x05N.", b"\x80\x05K\x01K\x02K\x03\x87."])
def test_what_is_no_saved_city_is_refused(saved):
    with pytest.raises(RecordError, match="not a city that hemvist saved"):
        Simulation.restored(saved)


def test_a_city_saved_by_other_code_is_refused(monkeypatch):
    saved = founded(town(), 1).save()
    monkeypatch.setattr("sim.engine.simulation.model_code_hash", lambda: "0" * 64)
    with pytest.raises(RecordError, match="another version of the model"):
        Simulation.restored(saved)


# A pair of scenarios

OTHER_RULES = {
    "landlords": [
        {"id": "municipal", "rent": {"rule": "market"}, "allocation": ORDERS["posted"]},
        {"id": "private", "rent": {"rule": "market"}, "allocation": ORDERS["lottery"]},
    ],
    "listing": {"max_applications": 2, "keep_queue_time": 1.0},
    "loans": {"down_payment": 0.5},
    "payment": {"rules": [{"rule": "allowance", "share": 0.0}]},
}


@FEW
@given(seed=seeds)
def test_members_of_a_pair_begin_as_the_same_city_after_burn_in(seed):
    world = town(burn_in=BURN_IN)
    one, other = founded(scenario(world), seed), founded(extended(world, **OTHER_RULES), seed)
    for _ in range(BURN_IN):
        assert differences(one.engine.city, other.engine.city) == []
        one.pass_month(), other.pass_month()
    assert one.month == other.month == 0
    assert differences(one.engine.city, other.engine.city) == []
    assert series_bytes(one.record()) == series_bytes(other.record())
    passed(one, 9), passed(other, 9)
    assert differences(one.engine.city, other.engine.city) != []


def test_what_arms_share_may_be_passed_once():
    world = town(months=6, burn_in=BURN_IN)
    arms = (scenario(world), extended(world, **OTHER_RULES))
    together = play(arms, 8, lambda months: False)
    apart = [play((arm,), 8, lambda months: False)[0] for arm in arms]
    assert [series_bytes(record) for record in together] == [series_bytes(record) for record in apart]
    assert [record.provenance for record in together] == [record.provenance for record in apart]
    assert work(arms) == 6 + 6 + BURN_IN


def test_the_number_of_processes_changes_no_bit():
    world = town(months=4)
    arms = (scenario(world), extended(world, **OTHER_RULES))
    tasks = [Replication(number, seed, arms, play, 8) for number, seed in enumerate((5, 6, 7))]
    alone, by_two = (
        [[series_bytes(record) for record in done.value.records] for done in run_all(tasks, workers=n, brake=Brake())]
        for n in (0, 2)
    )
    assert len(alone) == 3
    assert alone == by_two
