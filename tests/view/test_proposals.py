"""A proposal keeps what one did, gives it back, and travels in a link and in a file without losing anything."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sim.base.errors import SimError
from sim.engine.load import registry
from sim.scenario.load import load_text
from sim.view.plays import Move, Play, World
from sim.view.proposals import Proposal, as_link, as_yaml, from_link

A, B = Move(1, "listing.max_applications", 2), Move(25, "loans.down_payment", 0.1)
moves = st.lists(
    st.builds(Move, st.integers(1, 240), st.sampled_from(["a.b", "c.d.e"]), st.floats(-1e6, 1e6)), max_size=8
).map(lambda some: tuple(sorted(some)))


def test_undo_and_redo_return_the_identical_proposal():
    first = Proposal().moved(A, 8)
    second = first.moved(B, 0.15)
    assert second.undo().moves == first.moves
    assert second.undo().redo().moves == second.moves
    assert Proposal().undo() == Proposal()
    assert second.redo() == second


def test_a_new_change_forgets_what_was_undone():
    assert Proposal().moved(A, 8).undo().moved(B, 0.15).redo().moves == (B,)


def test_resetting_one_lever_never_clears_another():
    both = Proposal().moved(A, 8).moved(B, 0.15)
    assert both.without(A.path).moves == (B,)


def test_a_lever_put_back_in_the_month_in_which_it_was_moved_is_not_moved():
    assert Proposal().moved(A, 8).moved(Move(1, A.path, 8), 8).moves == ()


def test_a_lever_stands_where_its_last_move_before_a_month_put_it():
    proposal = Proposal().moved(A, 8).moved(Move(13, A.path, 5), 2)
    assert [proposal.value(A.path, month, 8) for month in (0, 1, 12, 13)] == [8, 2, 2, 5]


@given(moves, st.integers(0, 2**63 - 1), st.text(max_size=40))
def test_a_link_restores_a_play_exactly(some, seed, name):
    play = Play(World("two-towns", (("scale", "0.1"),)), seed, some)
    assert from_link(as_link(play, name))[:2] == (play, name)


def test_a_link_of_a_long_afternoon_fits_into_an_address():
    some = tuple(Move(month, f"landlords.municipal.rent.lever_{month}", month / 7) for month in range(1, 40))
    assert len(as_link(Play(World("gothenburg"), 1, some))) < 1500


@pytest.mark.parametrize("text", ["", "!", "AAAA", "x" * 5000, as_link(Play(World("two-towns")))[:-6]])
def test_a_broken_link_is_refused(text):
    with pytest.raises(SimError) as fault:
        from_link(text)
    assert fault.value.key == "view.broken_link"


def test_the_file_of_a_proposal_is_the_scenario_that_the_page_plays():
    play = Play(World("gothenburg", (("scale", "0.01"), ("time.months", "36"))), 3, (A, B))
    written = load_text(as_yaml(play, "Bord 3: färre ansökningar"), registry(()))
    assert written.resolved() == play.scenario().resolved() | {"id": "our_proposal"} or _same(written, play)
    assert yaml.safe_load(as_yaml(play, "x"))["extends"] == "gothenburg"


def _same(written, play):
    """Equal in everything that can affect a result, whatever the scenario is called."""
    one, other = written.resolved(), play.scenario().resolved()
    return {key: value for key, value in one.items() if key != "id"} == {
        key: value for key, value in other.items() if key != "id"
    }
