"""Workshop: ask, guess, run, discuss, keep; all tables on one board."""

from __future__ import annotations

from typing import Any

from sim.base.language import say
from sim.view import pieces
from sim.view.desk import Desk
from sim.view.effects import effects_data
from sim.view.meeting import cards_data, guess, host, keep, may_keep, refresh
from sim.view.pages.frame import box, caution, part
from sim.view.summary import summary
from sim.view.telling import flags
from sim.view.thumbnails import towns
from sim.view.verdicts import HEADLINES


def board(desk: Desk) -> Any:
    """The view."""
    language = desk.language
    refresh(desk)
    fault = desk.fault()
    return box("div", "hv-main-col hv-wide", [
        pieces.Board(
            t=part("board", language), cards=cards_data(desk), moved=[mark["text"] for mark in flags(desk)],
            answers=[[answer, say(f"view.answers.{answer}", language)] for answer in HEADLINES],
            guessed=desk.guess is not None, mayKeep=may_keep(desk), isHost=desk.is_host,
            isShown=desk.house.board.is_shown, problem=fault.text(language) if fault else "",
            towns=towns({card.link for card in desk.house.board.cards if card.picture}),
            all=summary(desk), lacks=list(desk.house.board.lacks),
            event_guess=lambda told: guess(desk, told),
            event_keep=lambda told: keep(desk, str(told["table"]), str(told["title"])),
            event_vote=lambda card: desk.house.board.vote(str(card)),
            event_take=lambda link: desk.take_link(str(link)), event_host=lambda told: host(desk, told),
        ),
        pieces.Effects(t=part("effects", language), map=effects_data(desk)),
        caution(desk),
    ])  # fmt: skip
