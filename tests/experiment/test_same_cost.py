"""A lever is scaled until two scenarios cost the public the same: really the same, and refused where none does."""

import numpy as np
import pytest

import sim
from sim.base.errors import SimError
from sim.experiment.brake import Brake
from sim.experiment.paired import compare, seeds
from sim.experiment.play import play, work
from sim.experiment.same_cost import COST, TOLERANCE, Bills, Level, same_cost

TOWN = {"time.months": 24, "time.burn_in": 3, "scale": 0.3}
SHARE = "payment.rules.allowance.share"
JOB = {"seed": 1, "replications": 2, "workers": 0}


def town(share):
    return sim.load("two-towns", set={**TOWN, SHARE: share})


def levels_of(share=0.4, ends=(0.0, 1.0), **job):
    with Brake() as brake:
        return same_cost(town(share), town, ends, is_whole=False, brake=brake, **{**JOB, **job})


def test_the_level_found_costs_as_much_in_a_comparison_of_its_own():
    few = {"homes": 4, "lead_time": 0, "subsidy_per_m2": 2000}
    few = {f"investment.rules.supported_rentals.{name}": value for name, value in few.items()}
    support = sim.load("two-towns+investment_support", set={**TOWN, **few})
    with Brake() as brake:
        found = same_cost(support, town, (0.0, 1.0), is_whole=False, brake=brake, **JOB)
        pair = (support, town(found.level.value))
        again = compare(pair, play=play, months=24, work=work(pair), brake=brake, **JOB)
    bills = [[np.nanmean(record.series[COST][record.months > 0]) * 12 / 0.3 for record in again.records(arm)]
             for arm in (0, 1)]  # fmt: skip
    assert found.level.costs.tolist() == pytest.approx(bills[1])
    assert found.level.others.tolist() == pytest.approx(bills[0])
    assert abs(found.level.gap) <= TOLERANCE * found.span
    assert found.level.left[0] <= found.level.gap <= found.level.left[1]


def test_a_town_costs_as_much_as_itself_at_the_level_it_has():
    found = levels_of()
    assert abs(found.level.gap) <= TOLERANCE * found.span
    assert found.level.value == pytest.approx(0.4, abs=0.05)
    assert len(found.tried) >= 4
    assert [level.value for level in found.tried] == sorted(level.value for level in found.tried)


def test_any_number_of_processes_finds_the_same(monkeypatch):
    monkeypatch.setattr("sim.experiment.same_cost.ROUNDS", 1)  # each round starts processes of its own
    one, two = levels_of(), levels_of(workers=2)
    assert one.level.value == two.level.value
    assert one.level.costs.tolist() == two.level.costs.tolist()


def test_a_range_in_which_no_level_costs_as_much_is_refused_with_both_ends():
    with pytest.raises(SimError) as fault:
        levels_of(ends=(0.6, 1.0))
    assert fault.value.key == "experiment.no_same_cost"
    assert "0.6" in fault.value.text("en")


def test_a_lever_of_whole_numbers_stops_at_the_nearest_one():
    def costly(n):
        return town(0.1 * n)

    with Brake() as brake:
        found = same_cost(town(0.43), costly, (0, 10), is_whole=True, brake=brake, **JOB)
    assert found.level.value == 4


def test_a_search_that_is_called_off_finds_nothing():
    with Brake() as brake:
        brake.pulled = True
        assert same_cost(town(0.4), town, (0.0, 1.0), is_whole=False, brake=brake, **JOB) is None


def test_a_town_without_money_has_no_cost():
    lattice = sim.load("schelling")
    with Brake() as brake, pytest.raises(SimError) as fault:
        same_cost(lattice, lambda value: lattice, (0, 1), is_whole=False, brake=brake, **JOB)
    assert fault.value.key == "experiment.no_cost_without_money"


def test_bills_are_for_the_whole_town_whatever_the_sample():
    one = town(0.4)
    (bill,) = Bills((one,), seeds(1, 1)[0])(lambda months: False)
    (record,) = play((one,), seeds(1, 1)[0], lambda months: False)
    assert bill == pytest.approx(float(np.nanmean(record.series[COST][record.months > 0])) * 12 / 0.3)


def test_what_is_left_has_an_interval_over_the_pairs():
    level = Level(1.0, np.array([3.0, 5.0, 4.0]), np.array([2.0, 3.0, 4.0]))
    assert level.gap == pytest.approx(1.0)
    assert level.left == pytest.approx((1 - 4.302652729911275 / np.sqrt(3), 1 + 4.302652729911275 / np.sqrt(3)))
