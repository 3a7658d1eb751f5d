"""Levers are shown with everything that one must know to pull them."""

import pytest

from sim.base.language import LANGUAGES, has
from sim.view.levers import ORDER, as_data, group_of, shown, states
from sim.view.plays import Move, World
from sim.view.proposals import Proposal
from sim.view.units import key

CITY = World("gothenburg-levers").scenario()
STATES = states(CITY)


@pytest.mark.parametrize("state", STATES, ids=lambda one: one.lever.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lever_has_its_words_in_each_language(state, language):
    data = as_data(state, Proposal(), 240, CITY, language)
    for name in ("label", "help", "shown", "todayShown", "status", "decidesShown", "source"):
        assert data[name]
        assert "view." not in data[name]
    assert data["low"] <= data["today"] <= data["high"]
    assert not data["isMoved"]


@pytest.mark.parametrize("state", STATES, ids=lambda one: one.lever.id)
def test_a_lever_stands_under_a_heading_that_has_words(state):
    assert group_of(state.lever) in ORDER
    assert has(f"view.headings.{group_of(state.lever)}", "sv")


def test_values_are_written_as_a_reader_writes_them():
    by_id = {state.lever.id: state.lever for state in STATES}
    assert shown(0.03, by_id["priority_share"], "sv") == "3 %"
    assert shown(2.2, by_id["private_income_floor"], "sv") == "2,2 ggr"
    assert shown(2.2, by_id["private_income_floor"], "en") == "2.2 x"
    assert shown(None, by_id["public_income_floor"], "sv") == "inget"


def test_every_unit_of_a_lever_has_words():
    for state in STATES:
        assert has(key(state.lever.unit), "sv"), state.lever.unit


def test_a_lever_shows_where_the_proposal_puts_it_and_todays_value_beside():
    state = next(one for one in STATES if one.lever.id == "max_applications")
    data = as_data(state, Proposal().moved(Move(3, state.lever.path, 2.0), 8), 240, CITY, "en")
    assert (data["value"], data["today"], data["isMoved"]) == (2.0, 8.0, True)
    assert data["ticks"][1] == data["shown"]
