"""One table at the workshop's board: its guess, its cards, and what it may see."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

from sim.base.errors import SimError
from sim.base.language import say
from sim.measures.catalogue import measure_named
from sim.report.numbers import shown_gap
from sim.report.titles import title, unit
from sim.view.cards import GUESSES, Card, Outcome
from sim.view.desk import Desk
from sim.view.telling import flags
from sim.view.thumbnails import picture, town
from sim.view.verdicts import headline_measures, verdicts


def guess(desk: Desk, told: dict[str, Any]) -> None:
    """Lock what a table thinks will happen to the three answers."""
    if desk.guess is None and not desk.is_same:
        known = {answer: str(word) for answer, word in told.items() if word in GUESSES}
        desk.guess = (known, not _is_over(desk))
        desk.changed()


def _is_over(desk: Desk) -> bool:
    return desk.pairing.first is not None and all(film.state == "done" for film in desk.pairing.first)


def may_keep(desk: Desk) -> bool:
    """Whether there is a proposal whose run has ended."""
    return not desk.is_same and _is_over(desk)


def keep(desk: Desk, table: str, name: str) -> None:
    """Put the proposal on the board."""
    if not may_keep(desk):
        return
    known, is_blind = desk.guess or ({}, False)
    moved = tuple(mark["text"] for mark in flags(desk))
    small = picture(*desk.pairing.first) if desk.pairing.first is not None else ()
    card = Card("", table.strip(), name.strip(), desk.link(name.strip()[:60]), moved, known, is_blind, outcomes(desk),
                picture=small)  # fmt: skip
    try:
        desk.kept = (desk.house.board.keep(card), desk.proposal.moves)
        desk.guess = None
    except SimError as fault:
        desk.problem = fault.faults[0]
    desk.changed()


def refresh(desk: Desk) -> None:
    """As long as a table stays with what it kept, its card tells what the pairs say that have ended since."""
    if desk.kept is None or desk.kept[1] != desk.proposal.moves or not _is_over(desk):
        return
    board, found = desk.house.board, outcomes(desk)
    card = next((one for one in board.cards if one.id == desk.kept[0]), None)
    n_known = max((one.pairs for one in card.outcome.values()), default=0) if card else 0
    if card is not None and max((one.pairs for one in found.values()), default=0) > n_known:
        board.refresh(card.id, found)


def outcomes(desk: Desk) -> dict[str, Outcome]:
    """What the pairs that are done say over the last months."""
    first = desk.pairing.first
    if first is None or first[0].ground is None:
        return {}
    measures = headline_measures(first[0].ground.measures)
    said = verdicts(tuple(measures.values()), desk.pairing.pairs, first[0].ground.months)
    last = {one.measure: one for one in said if one.found.window.kind == "last"}
    found = {}
    for answer, measure in measures.items():
        one = last[measure].found
        low, high = (0.0 if math.isnan(end) else end for end in (one.low, one.high))
        found[answer] = Outcome(measure, last[measure].word, one.mean, low, high, one.pairs)
    return found


def host(desk: Desk, told: dict[str, Any]) -> None:
    """What only a host may do: the number is asked for each time a page begins."""
    board, what = desk.house.board, str(told.get("what"))
    if what == "pin":
        desk.is_host = board.is_host(str(told.get("pin", "")))
        desk.changed()
    elif desk.is_host and what == "show":
        board.show_guesses(not board.is_shown)
    elif desk.is_host and what == "remove":
        board.remove(str(told["id"]))
    elif desk.is_host and what == "clear":
        board.remove(None)
    elif desk.is_host and what == "unlack":
        board.unlack(str(told["text"]))


def lack(desk: Desk, text: str) -> None:
    """Add to what the model does not have."""
    try:
        desk.house.board.lack(text)
    except SimError as fault:
        desk.problem = fault.faults[0]
        desk.changed()


def cards_data(desk: Desk) -> list[dict[str, Any]]:
    """The cards as this page may see them."""
    board, language = desk.house.board, desk.language
    found = []
    for card in reversed(board.cards):
        rows = [_row(desk, card, answer, one) for answer, one in card.outcome.items()]
        found.append({**dataclasses.asdict(card), "rows": rows, "guess": {}, "outcome": {}, "town": town(card.link),
                      "blind": say(f"view.board.{'blind' if card.is_blind else 'not_blind'}", language)})  # fmt: skip
    return found


def _row(desk: Desk, card: Card, answer: str, one: Outcome) -> dict[str, Any]:
    board, language = desk.house.board, desk.language
    kind, is_high = unit(one.measure), measure_named(one.measure).better == "high"
    guessed = card.guess.get(answer, "")
    said = say(f"view.board.guesses.{guessed}", language) if guessed else say("view.board.no_guess", language)
    is_clear = one.word in ("higher", "lower")
    better = is_clear and (one.word == "higher") == is_high
    return {
        "answer": say(f"view.answers.{answer}", language), "measure": title(one.measure, language, desk.labels()),
        "gap": shown_gap(one.mean, kind, language, sign=True),
        "word": say(f"view.board.words.{one.word}", language, pairs=one.pairs),
        "sign": ("▲ " + say("view.gains.better", language) if better else "▼ " + say("view.gains.worse", language))
        if is_clear else "",
        "guess": said if board.is_shown else say("view.board.hidden", language),
        "isBest": board.best(answer, is_high) == card.id,
        "mean": one.mean, "low": one.low, "high": one.high, "pairs": one.pairs,
    }  # fmt: skip


def lay(desk: Desk, name: str) -> None:
    """Lay a copy of the proposal aside under a name."""
    desk.shelf.lay(name, desk.world, desk.proposal.moves)
    desk.changed()


def fetch(desk: Desk, name: str) -> None:
    """Go on from a copy; what stood there can be undone to."""
    world, moves = desk.shelf.laid.get(name, (desk.world, desk.proposal.moves))
    if world == desk.world:
        desk.propose(desk.proposal.to(moves))
