"""Moves not chosen, by cause."""

from looking import moved_in, panel_of, village

from sim.city.households import Cause


def test_moves_are_counted_by_cause_group_and_fifth():
    city = village()
    tally = moved_in(city, [0, 1, 2, 3], cause=[Cause.EVICTED, Cause.SEPARATED, Cause.EVICTED, Cause.LIFE_COURSE])
    tally.counts["left_forced"] = 5
    found = panel_of(city, tally).values
    moves = {name: found[f"displacement.{name}"] for name in ("evicted", "separated", "priced_out", "demolished")}
    assert moves == {"evicted": 2, "separated": 1, "priced_out": 0, "demolished": 0}
    assert found["displacement.moves"] == 3
    assert found["displacement.moves@group=born_abroad"] == 2
    assert found["displacement.evicted@income=2"] == 1
    assert found["displacement.left_town"] == 5


def test_a_quiet_month_has_none():
    found = panel_of(village()).values
    assert {number for name, number in found.items() if name.startswith("displacement.")} == {0.0}
