"""Gains over pairs: cheaper rents are a gain for tenants, an arm like the baseline is none for anybody."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

import sim
from sim.base.language import say
from sim.experiment.brake import Brake
from sim.experiment.gains import Gain, Incidence, Incidences, incidence_of
from sim.experiment.keeping import keep
from sim.experiment.paired import Comparison, compare
from sim.experiment.play import play, work
from sim.measures.incidence import BETTER, RESPECTS
from sim.report.gains import heading, sentences, table

SHORT = {"time.months": 12, "time.burn_in": 2}
CHEAP = {f"landlords.{landlord}.rent.per_m2": 90 for landlord in ("municipal", "private")}


def pair(*changes: dict) -> Comparison:
    arms = [sim.load("two-towns", set={**SHORT, **change}) for change in changes]
    with Brake() as brake:
        return compare(arms, play=play, months=12, work=work(arms), replications=2, seed=1, brake=brake, workers=0,
                       groups=("a", "b"))  # fmt: skip


@pytest.fixture(scope="module")
def cheaper() -> Comparison:
    return pair({}, CHEAP)


def gain(found: Comparison, respect: str, by: str = "all", value: str = "all") -> Gain:
    assert found.incidences is not None
    gains = found.incidences.gains(1, 12)
    return next(one for one in gains if (one.respect, one.by, one.value) == (respect, by, value))


def test_cheaper_rents_are_a_gain_for_tenants_and_not_for_owners(cheaper: Comparison) -> None:
    assert gain(cheaper, "cost", "tenure", "public_rental").net > 0.5
    assert abs(gain(cheaper, "cost", "tenure", "owner_occupied").net) < 0.1
    assert gain(cheaper, "cost", "income", "1").net > gain(cheaper, "cost", "income", "5").net


def test_an_arm_like_the_baseline_is_no_gain_for_anybody() -> None:
    found = pair({}, {})
    assert found.incidences is not None
    for one in found.incidences.gains(1, 12):
        assert np.isnan(one.net) or one.better == one.worse == 0


def test_breakdowns_add_up_to_everybody(cheaper: Comparison) -> None:
    assert cheaper.incidences is not None
    gains = list(cheaper.incidences.gains(1, 12))
    for respect in RESPECTS:
        whole = gain(cheaper, respect).households
        for by in ("income", "group", "tenure", "age"):
            parts = sum(one.households for one in gains if (one.respect, one.by) == (respect, by))
            assert parts == pytest.approx(whole)


def test_gains_and_their_counts_are_kept(cheaper: Comparison, tmp_path: Path) -> None:
    found = json.loads(keep(cheaper, tmp_path).read_text())["incidence"]
    assert found[0]["month"] == 12
    assert {one["respect"] for one in found[0]["gains"]} == set(RESPECTS)
    kept = pq.read_table(tmp_path / "incidence.parquet")
    cost = kept.filter(np.array(kept["respect"].to_pylist()) == "cost")
    assert cheaper.incidences is not None
    counts = sum(one.counts[1, 12][list(RESPECTS).index("cost"), BETTER].sum() for one in cheaper.incidences.pairs)
    assert sum(cost["better"].to_pylist()) == counts


@pytest.mark.parametrize("language", ["en", "sv"])
def test_words_and_rows_say_who_gains(cheaper: Comparison, language: str) -> None:
    assert cheaper.incidences is not None
    said = list(sentences(cheaper, cheaper.incidences, 1, 12, language))
    assert any("95 %" in one for one in said)
    assert not any("gains." in one for one in [*said, heading(cheaper, 1, 12, language)])
    made = table(cheaper, cheaper.incidences, 1, 12, language)
    assert len(made.rows) == 1 + 5 + 2 + 5 + 3
    cost = made.columns.index(say("gains.respects.cost.column", language))
    assert made.rows[0].cells[cost].endswith("*")


def test_cities_that_begin_with_other_households_are_not_compared_household_by_household() -> None:
    from sim.engine.simulation import Simulation

    def cohort(seed: int, months: int):
        town = sim.load("two-towns", set={"time.months": 2, "time.burn_in": months})
        run = Simulation.founded(town, seed, look_at=(0,))
        run.burn_in()
        return run.history.cohort

    assert isinstance(incidence_of([cohort(1, 0), cohort(1, 0)], 2), Incidence)
    assert incidence_of([cohort(1, 0), cohort(1, 6)], 2) is None


def test_nobody_of_whom_it_can_be_said_is_undefined() -> None:
    empty = Incidence({(1, 12): np.zeros((len(RESPECTS), 3, 1, 5, 5, 3), np.int64)}, {(1, 12): (0, 0)})
    assert {one.verdict for one in Incidences((empty, empty), ("a",)).gains(1, 12)} == {"undefined"}
