"""What the page says of the walk from a right to a commodity: a table for each order, with bars on end."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.base.language import say
from sim.experiment.differences import Difference
from sim.report.numbers import number, shown_gap
from sim.report.titles import title, unit
from sim.view.desk import Desk
from sim.view.dial import dial_of
from sim.view.verdicts import FEWEST_PAIRS
from sim.view.walk import ORDERS, Walk, walk_of

CLEAR = ("higher", "lower")


def walk_data(desk: Desk) -> dict[str, Any]:
    """The walk as far as it has come; empty where the town has no dial."""
    walk, language = walk_of(desk.house), desk.language
    if not walk.parts:
        return {}
    planned, done = len(walk.films), walk.n_done()
    failed = walk.fault()
    tables = {which: _table(desk, walk, which) for which in (*ORDERS, "mean") if len(walk.steps(which))}
    return {
        "isBegun": planned > 0, "tables": tables,
        "busy": say("view.walk.busy", language, done=done, planned=planned) if 0 < planned != done else "",
        "problem": say("view.walk.failed", language, reason=failed.fault.text(language))
        if failed is not None and failed.fault is not None else "",
    }  # fmt: skip


def _table(desk: Desk, walk: Walk, which: str) -> dict[str, Any]:
    language, measures = desk.language, walk.measures()
    found = walk.found(which)
    names = dict(zip(walk.parts, _labels(desk, walk), strict=True))
    places = [walk.parts.index(part) for part in (walk.order(which) if which in ORDERS else walk.parts)]
    bars = [list(_bars([found[place][at].mean for place in places])) for at in range(len(measures))]
    pairs = found[-1][0].pairs
    said = "made" if pairs >= FEWEST_PAIRS else "few"
    return {
        "heads": [[say(f"view.answers.{answer}", language), title(measure, language, desk.labels())]
                  for answer, measure in measures.items()],
        "rows": [
            {"title": names[walk.parts[place]],
             "cells": [_cell(one, found[-1][at], bars[at][row], language) for at, one in enumerate(found[place])]}
            for row, place in enumerate(places)
        ],
        "total": [_cell(one, None, bars[at][-1], language) for at, one in enumerate(found[-1])],
        "made": say(f"view.walk.{said}", language, done=pairs, pairs=pairs, months=walk.window().number),
    }  # fmt: skip


def _labels(desk: Desk, walk: Walk) -> list[str]:
    dial = dial_of(desk.house, walk.world) if walk.world is not None else None
    return [part.label.say(desk.language) for part in dial.sub_dials] if dial is not None else []


def _bars(gaps: list[float]) -> Iterator[dict[str, Any]]:
    """Where each bar lies, in shares of the column: it begins where the one before ended; last the whole way."""
    ends = np.concatenate([[0.0], np.nancumsum(gaps)])
    low, wide = float(ends.min()), float(np.ptp(ends)) or 1.0
    for start, end in (*itertools.pairwise(ends), (ends[0], ends[-1])):
        left, right = sorted(((start - low) / wide, (end - low) / wide))
        yield {"left": f"{100 * left:.1f}%", "width": f"{100 * (right - left):.1f}%", "isUp": bool(end > start)}


def _cell(one: Difference, whole: Difference | None, bar: dict[str, Any], language: str) -> dict[str, Any]:
    """One step and one answer: how much, how sure, and which part of the whole gap that is."""
    is_known = one.pairs >= FEWEST_PAIRS
    word = say(f"view.effects.words.{one.verdict}", language) if is_known else ""
    share = ""
    if whole is not None and whole.pairs >= FEWEST_PAIRS and whole.verdict in CLEAR:
        percent = say("report.units.per_cent", language, number=number(100 * one.mean / whole.mean, 0, language))
        share = say("view.walk.share", language, share=percent)
    elif whole is None and is_known and one.verdict not in CLEAR:
        share = say("view.walk.no_share", language)
    return {"text": shown_gap(one.mean, unit(one.measure), language, sign=True), "word": word, "share": share,
            "isClear": is_known and one.verdict in CLEAR, "bar": bar}  # fmt: skip
