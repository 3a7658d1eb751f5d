"""Playing scenarios: what they share is passed once, and nobody can tell from the numbers."""

import numpy as np
import pytest

from sim.base.errors import ScenarioError, SimError
from sim.engine.load import load
from sim.experiment.brake import Brake
from sim.experiment.keeping import folder_name, keep
from sim.experiment.paired import compare
from sim.experiment.play import begins_like, play, work
from sim.experiment.sameness import check_arms

SHORT = {"time.months": 3, "time.burn_in": 2}


def scenario(name="small", months=3, **changes):
    """The shipped towns, cut short, under another id."""
    found = load("two-towns", set={**SHORT, "time.months": months, "id": name, **changes})
    return found


def never(_months):
    return False


@pytest.fixture(scope="module")
def today():
    return scenario()


@pytest.fixture(scope="module")
def reform():
    return scenario("reform", **{"listing.max_applications": 1})


def test_a_shared_burn_in_gives_the_same_numbers_as_a_burn_in_of_ones_own(today, reform):
    longer = scenario("longer", months=4)
    assert begins_like(longer, today)
    assert begins_like(reform, today), "the burn-in is passed under the rules at the root"
    shared = play((today, longer, reform), 5, never)
    apart = [play((one,), 5, never)[0] for one in (today, longer, reform)]
    assert all(one.same_numbers(other) for one, other in zip(shared, apart, strict=True))
    assert [record.run_id for record in shared] == [record.run_id for record in apart]
    assert not shared[0].same_numbers(shared[2])


def test_scenarios_whose_people_differ_are_each_burnt_in(today):
    restless = scenario("restless", **{"preferences.moving_cost": 0.1})
    assert not begins_like(restless, today)
    shared = play((today, restless), 5, never)
    assert shared[1].same_numbers(play((restless,), 5, never)[0])
    assert work((today, restless)) == 2 * (2 + 3)


def test_work_counts_every_month_that_is_passed(today):
    longer = scenario("longer", months=4)
    counted = []
    play((today, longer), 5, lambda n: counted.append(n) or False)
    assert sum(counted) == work((today, longer)) == 2 + 3 + 4


@pytest.mark.parametrize(("stop_after", "n_records", "last"), [(1, 1, None), (3, 1, 1), (6, 2, 1)])
def test_a_stop_keeps_the_finished_months(today, stop_after, n_records, last):
    passed = []
    records = play((today, scenario("longer", months=4)), 5, lambda n: passed.append(n) or len(passed) >= stop_after)
    assert len(records) == n_records
    assert not records[-1].complete
    assert records[-1].months[-1] == last if last is not None else records[-1].months[-1] < 0
    whole = play((today,), 5, never)[0]
    n = len(records[0].months)
    assert records[0].series["access.without_home"].tobytes() == whole.series["access.without_home"][:n].tobytes()


def test_a_comparison_of_real_towns_is_kept_with_its_differences(tmp_path, today):
    lottery = scenario("other", months=3, **{"listing.max_applications": 1})
    found = compare(
        (today, lottery), play=play, months=3, work=work((today, lottery)), replications=2, seed=1, brake=Brake(),
        workers=2, folder=tmp_path,
    )  # fmt: skip
    here = compare(
        (today, lottery), play=play, months=3, work=1, replications=2, seed=1, brake=Brake(), workers=0,
    )  # fmt: skip
    same = [
        one.same_numbers(other)
        for a, b in zip(found.pairs, here.pairs, strict=True)
        for one, other in zip(a, b, strict=True)
    ]
    assert all(same)
    text = keep(found, tmp_path / "c").read_text()
    assert '"baseline": "small"' in text
    assert "NaN" not in text
    assert len(list(tmp_path.glob("*/record.json"))) == 4


def test_the_pair_has_the_same_state_after_burn_in(today):
    first, second = play((today, scenario("longer", months=4)), 5, never)
    before = first.months <= 0
    for name in first.series:
        assert first.series[name][before].tobytes() == second.series[name][second.months <= 0].tobytes()


def test_scenarios_of_different_towns_are_not_compared(today):
    with pytest.raises(SimError, match="at least two"):
        check_arms([today])
    with pytest.raises(SimError, match="both called 'small'"):
        check_arms([today, scenario()])
    with pytest.raises(ScenarioError, match=r"scale differs(.|\n)*time\.burn_in differs"):
        check_arms([today, scenario("other", **{"scale": 0.5, "time.burn_in": 1})])
    check_arms([today, scenario("reform", **{"listing.max_applications": 1})])


def test_a_comparison_is_named_after_what_it_compares(today, reform, tmp_path):
    rules = tmp_path / "r.py"
    rules.write_text("")
    named = {
        folder_name([today, reform], seed=1, replications=2),
        folder_name([today, reform], seed=2, replications=2),
        folder_name([today, reform], seed=1, replications=3),
        folder_name([reform, today], seed=1, replications=2),
        folder_name([today, reform], seed=1, replications=2, rules=[rules]),
    }
    assert len(named) == 5
    assert folder_name([today, reform], seed=1, replications=2) in named
    assert all(name.startswith("compare-") for name in named)


def test_luck_differs_between_replications(today):
    found = compare(
        (today, scenario("b")), play=play, months=3, work=1, replications=2, seed=1, brake=Brake(), workers=0
    )
    one, two = found.records(0)
    assert one.series["access.without_home"].tobytes() != two.series["access.without_home"].tobytes()
    assert np.array_equal(one.months, two.months)
