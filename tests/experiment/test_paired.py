"""Pairs of runs: one seed for all arms of a replication, whole pairs alone are compared."""

import numpy as np
import pytest
from toys import broken, toy, unfinished

from sim.base.errors import SimError
from sim.engine.record import Record
from sim.experiment.brake import Brake
from sim.experiment.headlines import SECTIONS, SENTENCES, chosen
from sim.experiment.paired import compare, seeds
from sim.measures.catalogue import measure_named

ARMS = ((("today"), 0.0), ("market", 1.0), ("right", -1.0))


def run(arms=ARMS, play=toy, n=4, seed=1, **settings):
    settings = {"brake": Brake(), "workers": 0, "months": 24, "work": 72} | settings
    return compare(arms, play=play, replications=n, seed=seed, **settings)


def test_seeds_are_different_fixed_and_a_longer_list_begins_with_the_shorter():
    assert len(set(seeds(1, 100))) == 100
    assert seeds(1, 100)[:3] == seeds(1, 3)
    assert seeds(1, 3) != seeds(2, 3)
    assert all(0 <= seed < 2**63 for seed in seeds(7, 20))


def test_all_arms_of_a_replication_have_its_seed():
    found = run()
    assert [pair[0].seed for pair in found.pairs] == list(seeds(1, 4))
    assert all(len({record.seed for record in pair}) == 1 for pair in found.pairs)


def test_a_known_shift_is_found_to_the_last_digit():
    found = run().contrast("m", 1).end
    assert found.mean == pytest.approx(1.0)
    assert found.verdict == "higher"
    assert found.correlation == pytest.approx(1.0)


@pytest.mark.parametrize("workers", [1, 2])
def test_the_result_is_the_same_to_the_bit_for_any_number_of_workers(workers):
    here, there = run(), run(workers=workers)
    assert here.pairs == there.pairs


def test_whole_records_are_kept_and_slim_ones_returned(tmp_path):
    found = run(n=2, folder=tmp_path)
    kept = {path.name: Record.load(path) for path in tmp_path.iterdir()}
    assert len(kept) == 6
    assert {record.provenance["replication"] for record in kept.values()} == {0, 1}
    slim = found.pairs[0][1]
    assert slim.areas is None
    assert kept[slim.name].areas is not None
    assert kept[slim.name].series["m"].tobytes() == slim.series["m"].tobytes()


def test_a_replication_that_breaks_is_left_out_and_told():
    found = run(play=broken)
    assert len(found.pairs) == 3
    assert found.planned == 4
    assert "second thoughts" in found.faults[0].text()
    assert found.contrast("m", 1).end.pairs == 3


def test_a_replication_that_was_stopped_is_no_pair():
    found = run(play=unfinished)
    assert len(found.pairs) == 3
    assert not found.faults


def test_a_pulled_brake_gives_what_is_finished():
    brake = Brake()

    def watch(progress):
        brake.pulled = progress.done >= 144

    found = run(brake=brake, watch=watch)
    assert found.interrupted
    assert 1 <= len(found.pairs) < 4


def test_a_brake_pulled_before_anything_is_no_fault():
    brake = Brake()
    brake.pulled = True
    assert run(brake=brake).pairs == ()


def always_broken(arms, seed, tick):
    raise ZeroDivisionError("always")


def test_nothing_to_compare_is_said_in_words():
    with pytest.raises(SimError, match="at least two scenarios"):
        run(ARMS[:1])
    with pytest.raises(SimError, match="at least 2"):
        run(n=1)
    with pytest.raises(SimError, match=r"none of the 4 pairs(.|\n)*always"):
        run(play=always_broken)


def test_measures_that_an_arm_lacks_are_not_compared():
    assert run().measures == ("m",)
    assert run(arms=(("today", 0.0), ("extra", 0.0))).measures == ("m",)


def test_the_mean_of_a_measure_is_over_runs_and_months():
    found = run()
    assert found.mean("m", 1, slice(None)) == pytest.approx(found.mean("m", 0, slice(None)) + 1)
    assert found.mean("m", 0, -1) == pytest.approx(np.mean([record.series["m"][-1] for record in found.records(0)]))
    assert np.isnan(found.mean("unknown", 0, 0))


def test_every_headline_is_a_measure_of_the_catalogue():
    for name in (*SENTENCES, *(name for names in SECTIONS.values() for name in names)):
        measure_named(name)


def test_only_recorded_headlines_are_chosen():
    assert chosen(["access.without_home", "m"]) == {"access": ("access.without_home",)}
