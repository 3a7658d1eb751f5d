"""What the board says of all cards together: who wins on what, at whose cost, and which levers the tables touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from sim.base.errors import SimError
from sim.base.language import say
from sim.measures.catalogue import measure_named
from sim.view.cards import Card, Outcome
from sim.view.desk import Desk
from sim.view.levers import shown
from sim.view.proposals import from_link
from sim.view.verdicts import HEADLINES

WAYS = ("better", "worse", "no_clear_difference", "too_few")


def way(one: Outcome) -> str:
    """Whether an outcome is clearly better or worse than today's rules, or neither."""
    if one.word not in ("higher", "lower"):
        return "too_few" if one.word == "too_few" else "no_clear_difference"
    return "better" if (one.word == "higher") == (measure_named(one.measure).better == "high") else "worse"


def summary(desk: Desk) -> dict[str, Any]:
    """The whole board for the page."""
    cards, language = desk.house.board.cards, desk.language
    return {
        "heads": [say(f"view.answers.{answer}", language) for answer in HEADLINES],
        "rows": [_row(desk, card) for card in cards],
        "conflicts": [said for card in cards for said in _conflict(card, language)],
        "levers": list(_levers(desk, cards)),
    }


def _row(desk: Desk, card: Card) -> dict[str, Any]:
    """One card: a cell per answer."""
    cells = []
    for answer in HEADLINES:
        found = card.outcome.get(answer)
        what = way(found) if found is not None else "too_few"
        is_best = found is not None and desk.house.board.best(answer, measure_named(found.measure).better == "high")
        cells.append({"way": what, "text": say(f"view.summary.ways.{what}", desk.language),
                      "isBest": is_best == card.id})  # fmt: skip
    return {"id": card.id, "title": card.title, "table": card.table, "votes": card.votes, "cells": cells}


def _conflict(card: Card, language: str) -> Iterator[str]:
    """A sentence where a proposal helps on one answer and hurts on another."""
    ways = {answer: way(one) for answer, one in card.outcome.items()}
    wins, costs = ([answer for answer, found in ways.items() if found == what] for what in WAYS[:2])
    if wins and costs:
        better, worse = (_answers(some, language) for some in (wins, costs))
        yield say("view.summary.conflict", language, title=card.title, better=better, worse=worse)


def _answers(some: Sequence[str], language: str) -> str:
    return ", ".join(say(f"view.answers.{one}", language).lower() for one in some)


def _levers(desk: Desk, cards: Sequence[Card]) -> Iterator[dict[str, Any]]:
    """Each lever that somebody pulled: by how many tables, and to what, least, mean and most."""
    pulled: dict[str, list[tuple[str, float]]] = {}
    for card in cards:
        for path, value in _last(card).items():
            pulled.setdefault(path, []).append((card.table, value))
    levers = {state.lever.path: state.lever for state in desk.levers}
    for path, found in sorted(pulled.items(), key=lambda one: -len(one[1])):
        if path in levers:
            lever, values = levers[path], np.array([value for _, value in found])
            ends = (values.min(), values.mean(), values.max())
            tables = len({table for table, _ in found})
            yield {"title": lever.label.say(desk.language), "n": len(found), "tables": tables,
                   "values": [shown(float(value), lever, desk.language) for value in ends]}  # fmt: skip


def _last(card: Card) -> dict[str, float]:
    """What a proposal leaves each lever at; nothing where its link cannot be read any more."""
    try:
        return {move.path: move.value for move in from_link(card.link)[0].moves}
    except SimError:
        return {}
