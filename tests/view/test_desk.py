"""What one does at the desk: pull, undo, share, change the language, without losing anything."""

import pytest
from cast import CITY, FLOOR

from sim.view.desk import Desk
from sim.view.meeting import fetch, lay
from sim.view.pages.frame import laid_titles, scenario_titles
from sim.view.shelf import MOST
from sim.view.telling import answers, bands, flags, gains


@pytest.fixture
def desk(house):
    one = Desk(house, lambda: None, lambda parcel: None)
    one.begin()
    yield one
    one.close()


def test_a_new_desk_shows_todays_rules_as_proposal(desk):
    assert desk.is_same
    assert desk.pairing.first[0] is desk.pairing.first[1]
    assert flags(desk) == []


def test_a_lever_pulled_in_mid_run_is_in_force_from_the_next_month_with_a_flag(desk):
    desk.move(FLOOR, 3.0, 12)
    base, mine = desk.pairing.first
    assert (base.values()[:13] == mine.values()[:13])[~_nan(base.values()[:13])].all()
    assert not (base.values()[26] == mine.values()[26])[~_nan(base.values()[26])].all()
    assert [flag["month"] for flag in flags(desk)] == [13]
    assert "2027-02" in flags(desk)[0]["text"]


def _nan(values):
    return values != values


def test_undo_and_back_to_today_show_the_films_that_were_there(desk):
    desk.move(FLOOR, 3.0, 0)
    moved = desk.pairing.first[1]
    desk.move("listing.max_applications", 2, 6)
    desk.undo(-1)
    assert desk.pairing.first[1] is moved
    desk.propose(desk.proposal.to(()))
    assert desk.is_same
    desk.undo(-1)
    assert desk.pairing.first[1] is moved


@pytest.mark.parametrize(("path", "value"), [("time.months", 3), (FLOOR, 99.0), (FLOOR, -1.0), ("nowhere", 1.0)])
def test_only_levers_move_and_only_within_their_range(desk, path, value):
    desk.move(path, value, 0)
    assert desk.is_same


def test_a_link_opens_the_same_proposal_at_another_desk(desk, house):
    desk.move(FLOOR, 3.0, 12)
    other = Desk(house, lambda: None, lambda parcel: None)
    other.begin(desk.link())
    assert other.play == desk.play
    assert other.proposal.moves == desk.proposal.moves
    other.close()


def test_a_broken_link_is_told_and_todays_rules_are_shown(house):
    one = Desk(house, lambda: None, lambda parcel: None)
    one.begin("nonsense")
    assert one.fault().key == "view.broken_link"
    assert one.is_same


def test_two_desks_do_not_see_each_others_proposals(desk, house):
    other = Desk(house, lambda: None, lambda parcel: None)
    other.begin()
    desk.move(FLOOR, 3.0, 0)
    assert other.is_same
    other.close()


def test_two_scenarios_are_compared_on_the_same_luck_and_explore_is_as_it_was_left(desk):
    desk.move(FLOOR, 3.0, 12)
    play = desk.play
    desk.go("compare")
    left, right = desk.pairing.first
    assert desk.sides == ("gothenburg-market", "gothenburg-right")
    assert (left.play.seed, left.play.world.overrides) == (right.play.seed, right.play.world.overrides)
    assert left.values(0, 1).tobytes() == right.values(0, 1).tobytes()  # the same founding and settling in
    assert left.values(26, 27).tobytes() != right.values(26, 27).tobytes()
    desk.side(0, "gothenburg")
    assert desk.pairing.first[0].play.world == CITY
    desk.side(0, "/etc/passwd")
    assert desk.sides[0] == "gothenburg"
    desk.go("explore")
    assert desk.play == play
    assert desk.pairing.first[1].play == play


def test_a_path_that_a_browser_names_is_not_opened(desk):
    desk.open("/etc/passwd")
    assert desk.world == CITY


def test_another_language_changes_words_and_nothing_else(desk):
    desk.move(FLOOR, 3.0, 12)
    play, english = desk.play, answers(desk)
    desk.speak("sv")
    swedish = answers(desk)
    assert desk.play == play
    assert [one["measure"] for one in swedish] == [one["measure"] for one in english]
    assert [one["heading"] for one in swedish][1:] == ["Tillgång till bostad", "Kostnad"]


def test_the_three_answers_say_how_certain_they_are(desk):
    desk.move(FLOOR, 3.0, 0)
    told = answers(desk)
    assert [one["id"] for one in told] == ["segregation", "access", "cost"]
    assert all(one["says"] == [] and one["pending"] for one in told)  # one pair says nothing
    assert bands(desk) == {}


def test_gains_are_told_for_incomes_households_tenures_and_groups(desk):
    rows = [row["title"] for row in gains(desk)[0]["rows"]]
    assert len(rows) == len(set(rows)) > 12


def test_with_pairs_the_answers_are_put_into_words(house):
    house.pairs = 3
    one = Desk(house, lambda: None, lambda parcel: None)
    one.begin()
    one.move(FLOOR, 3.0, 0)
    while len(one.pairing.pairs) < 3:
        one.pairing.add()
    told = answers(one)
    assert all(answer["says"] for answer in told)
    assert {said["word"] for answer in told for said in answer["says"]} <= {
        "higher", "lower", "no_clear_difference", "undefined",
    }  # fmt: skip
    assert len(bands(one)) == 6
    one.close()


def test_a_copy_under_a_name_is_gone_back_to_and_the_step_there_can_be_undone(desk):
    desk.move(FLOOR, 3.0, 0)
    first = desk.proposal.moves
    lay(desk, " With a floor ")
    desk.move(FLOOR, 1.0, 0)
    second = desk.proposal.moves
    assert desk.shelf.of(desk.world) == ["With a floor"]
    fetch(desk, "With a floor")
    assert desk.proposal.moves == first
    desk.undo(-1)
    assert desk.proposal.moves == second
    fetch(desk, "no such copy")
    assert desk.proposal.moves == second


def test_a_shelf_has_an_end_and_keeps_worlds_apart(desk):
    for number in range(MOST + 5):
        lay(desk, f"copy {number}")
    assert len(desk.shelf.laid) == MOST
    assert desk.shelf.of(desk.world)[0] == f"copy {MOST + 4}"
    desk.open("two-towns")
    assert desk.shelf.of(desk.world) == []


def test_a_practical_example_is_laid_upon_one_side_and_told(desk):
    source = "gothenburg+homeless_families"
    assert source in {one["id"] for one in laid_titles(desk)}
    assert source not in {one["id"] for one in scenario_titles(desk)}
    desk.go("compare")
    desk.side(0, "gothenburg")
    desk.side(1, source)
    left, right = desk.pairing.first
    assert right.play.world.overrides == left.play.world.overrides
    assert [one.id for one in desk.house.scenario(right.play.world).interventions] == ["homeless_families"]
    assert not (left.values()[-1] == right.values()[-1])[~_nan(left.values()[-1])].all()


def test_a_browser_opens_no_file_by_laying_it(desk):
    before = desk.sides
    desk.side(1, "gothenburg+../../secret.yaml")
    assert desk.sides == before
