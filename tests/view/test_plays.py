"""A play is a name for a run: the same moves as a timeline, and how far two of them are equal."""

import pytest

from sim.base.errors import ScenarioError
from sim.view.plays import Move, Play, World, timeline

FEW = Move(7, "listing.max_applications", 2)
FEWER = Move(9, "listing.max_applications", 1)


def test_moves_become_the_timeline_of_the_scenario():
    scenario = Play(World("two-towns"), 1, (FEW, FEWER)).scenario()
    assert scenario.timeline_months() == (7, 9)
    values = [scenario.resolved_at(month).value(FEW.path) for month in (6, 7, 8, 9)]
    assert values == [8, 2, 2, 1]


def test_two_moves_of_one_month_are_one_event():
    other = Move(7, "loans.down_payment", 0.1)
    assert timeline((FEW, other)) == [{"month": 7, "set": {FEW.path: 2, other.path: 0.1}}]


def test_plays_are_equal_until_the_month_before_their_first_difference():
    none, one, two = (Play(World("two-towns"), 1, moves) for moves in ((), (FEW,), (FEW, FEWER)))
    assert none.fork_month(one) == 6
    assert one.fork_month(two) == two.fork_month(one) == 8
    assert two.until(8) == one
    assert two.until(6) == none


def test_a_scenario_with_a_timeline_of_its_own_is_left_alone(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text("schema: hemvist-scenario/1\nid: own\nextends: two-towns\ntitle: {en: Own}\n"
                    "timeline: [{month: 3, set: {listing.max_applications: 2}}]\n")  # fmt: skip
    with pytest.raises(ScenarioError) as fault:
        Play(World(str(file)), 1, (FEW,)).scenario()
    assert fault.value.key == "view.own_timeline"
