"""The board keeps what tables put on it, through a crash too, and shows guesses when the host says so."""

import json
from dataclasses import replace

import pytest
from cast import FLOOR

from sim.base.errors import SimError
from sim.view.cards import MOST_CARDS, Board, Card, Outcome
from sim.view.desk import Desk
from sim.view.meeting import cards_data, guess, host, keep, lack, may_keep, refresh
from sim.view.plays import Move
from sim.view.summary import summary
from sim.view.thumbnails import towns

BETTER = Outcome("affordability.residual_income@income=1", "higher", 120.0, 80.0, 160.0, 6)


def card(table="Table 1", **more):
    return Card("", table, "Ours", "link", **more)


def at_table(house):
    one = Desk(house, lambda: None, lambda parcel: None)
    one.begin()
    return one


def test_a_board_is_there_again_after_a_crash(tmp_path):
    one = Board(tmp_path)
    one.keep(card(moved=("a",), guess={"cost": "higher"}, is_blind=True, outcome={"cost": BETTER}))
    one.vote(one.cards[0].id)
    assert Board(tmp_path).cards == one.cards
    assert one.cards[0].votes == 1


def test_a_board_that_cannot_be_read_is_left_as_it_is_and_told(tmp_path):
    (tmp_path / "board.json").write_text('{"schema": "hemvist-board/1", "cards": [{"id"')
    with pytest.raises(SimError) as fault:
        Board(tmp_path)
    assert fault.value.key == "view.broken_board"
    assert (tmp_path / "board.json").read_text().endswith('{"id"')


def test_a_board_has_an_end_and_texts_are_cut(tmp_path):
    one = Board(tmp_path)
    one.cards = tuple(card() for _ in range(MOST_CARDS - 1))
    one.keep(card("x" * 500))
    assert len(one.cards[-1].table) == 60
    with pytest.raises(SimError) as fault:
        one.keep(card())
    assert fault.value.key == "view.board_full"


def test_every_page_hears_of_a_change_until_it_is_closed(tmp_path):
    one, heard = Board(tmp_path), []
    call = heard.append
    listener = lambda: call(1)  # noqa: E731
    one.listen(listener)
    one.keep(card())
    one.forget(listener)
    one.keep(card())
    assert heard == [1]


def test_only_a_clear_improvement_is_called_the_best(tmp_path):
    one = Board(tmp_path)
    unclear = Outcome(BETTER.measure, "no_clear_difference", 900.0, -10.0, 1800.0, 6)
    worse = Outcome(BETTER.measure, "lower", -900.0, -950.0, -850.0, 6)
    for outcome in (unclear, worse):
        one.keep(card(outcome={"cost": outcome}))
    assert one.best("cost", True) is None
    one.keep(card(outcome={"cost": BETTER}))
    assert one.best("cost", True) == one.cards[-1].id


def test_a_table_guesses_runs_and_keeps_and_another_takes_over(house):
    ours, theirs = at_table(house), at_table(house)
    keep(ours, "Table 1", "Nothing")
    assert house.board.cards == ()  # today's rules are no proposal
    ours.move(FLOOR, 3.0, 0)
    guess(ours, {"cost": "lower", "access": "nonsense", "no such answer": "higher"})
    guess(ours, {"cost": "higher"})  # locked
    assert may_keep(ours)
    keep(ours, "Table 1 ", "A floor everywhere")
    kept = house.board.cards[0]
    assert (kept.table, kept.title) == ("Table 1", "A floor everywhere")
    assert kept.guess["cost"] == "lower"
    assert "access" not in kept.guess
    assert not kept.is_blind  # here the run is over at once
    assert set(kept.outcome) == {"segregation", "access", "cost"}
    assert kept.outcome["cost"].word == "too_few"
    theirs.take_link(kept.link)
    assert theirs.play == ours.play
    for desk in (ours, theirs):
        desk.close()


def test_a_card_tells_more_when_more_pairs_have_ended(house):
    house.pairs = 3
    desk = at_table(house)
    desk.move(FLOOR, 3.0, 0)
    while len(desk.pairing.pairs) < 3:
        desk.pairing.add()
    desk.pairing.most = 0  # nothing is added behind our back
    pairs = desk.pairing.pairs
    desk.pairing.pairs = pairs[:1]
    keep(desk, "Table 1", "A floor")
    desk.pairing.pairs = pairs
    assert house.board.cards[0].outcome["cost"].pairs == 1
    refresh(desk)
    assert house.board.cards[0].outcome["cost"].pairs == 3
    desk.undo(-1)
    kept = house.board.cards
    refresh(desk)
    assert house.board.cards is kept  # another proposal changes no card
    desk.close()


def test_guesses_are_hidden_until_the_host_shows_them(house):
    house.board.keep(card(guess={"cost": "lower"}, outcome={"cost": BETTER}))
    desk = at_table(house)
    said = lambda: cards_data(desk)[0]["rows"][0]["guess"]  # noqa: E731
    hidden = said()
    assert "clearly lower" not in json.dumps(cards_data(desk))
    host(desk, {"what": "show"})  # no host yet
    assert said() == hidden
    host(desk, {"what": "pin", "pin": "wrong"})
    assert not desk.is_host
    host(desk, {"what": "pin", "pin": house.board.pin})
    host(desk, {"what": "show"})
    assert said() == "becomes clearly lower"
    desk.close()


def test_only_a_host_takes_cards_away(house):
    house.board.keep(card())
    house.board.keep(card("Table 2"))
    desk = at_table(house)
    host(desk, {"what": "clear"})
    assert len(house.board.cards) == 2
    desk.is_host = True
    host(desk, {"what": "remove", "id": house.board.cards[0].id})
    assert [one.table for one in house.board.cards] == ["Table 2"]
    host(desk, {"what": "clear"})
    assert house.board.cards == ()
    desk.close()


def test_what_the_room_misses_is_kept_with_the_board_once_and_only_a_host_takes_it_away(house, tmp_path):
    desk = at_table(house)
    lack(desk, "  Schools \n and   teachers ")
    lack(desk, "Schools and teachers")
    lack(desk, " ")
    assert house.board.lacks == ("Schools and teachers",)
    assert Board(house.board.folder).lacks == house.board.lacks
    host(desk, {"what": "unlack", "text": "Schools and teachers"})
    assert len(house.board.lacks) == 1
    desk.is_host = True
    host(desk, {"what": "unlack", "text": "Schools and teachers"})
    assert house.board.lacks == ()
    house.board.keep(card())
    assert Board(house.board.folder).lacks == ()
    desk.close()


def test_a_board_of_before_there_was_such_a_list_is_read(tmp_path):
    (tmp_path / "board.json").write_text('{"schema": "hemvist-board/1", "cards": []}')
    assert Board(tmp_path).lacks == ()


def test_a_card_carries_a_small_map_of_the_difference_that_can_be_drawn_after_a_crash(house):
    desk = at_table(house)
    desk.move(FLOOR, 3.0, 0)
    keep(desk, "Table 1", "A floor")
    kept = Board(house.board.folder).cards[0]
    base, mine = desk.pairing.first
    gap = (mine.places(26, 27) - base.places(26, 27))[0, 0]
    assert set(kept.picture) <= {-1, 0, 1, 2, 3, 4}
    assert all((gap[at] > 0) == (one > 2) for at, one in enumerate(kept.picture) if one in (0, 1, 3, 4))
    assert len(towns([kept.link, "nonsense"])["gothenburg"]) == len(kept.picture) == 36
    desk.close()


def test_the_board_says_who_wins_on_what_and_which_levers_the_tables_pulled(house):
    desk = at_table(house)
    worse = Outcome("access.housed_within_5_years@income=1", "lower", -0.1, -0.2, -0.05, 6)
    for table, value in (("Table 1", 3.0), ("Table 2", 1.0)):
        desk.propose(desk.proposal.to((Move(1, FLOOR, value),)))
        house.board.keep(card(table, outcome={"cost": BETTER, "access": worse}))
        house.board.cards = (*house.board.cards[:-1], replace(house.board.cards[-1], link=desk.link()))
    told = summary(desk)
    assert [cell["way"] for cell in told["rows"][0]["cells"]] == ["too_few", "worse", "better"]
    assert told["conflicts"][0] == "Ours: better in cost, worse in access to a home."
    (lever,) = told["levers"]
    assert (lever["n"], lever["tables"]) == (2, 2)
    assert lever["values"] == ["1.0 x", "2.0 x", "3.0 x"]
    desk.close()
