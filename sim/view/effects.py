"""The effect map: what each lever does by itself, computed beforehand, so that a host knows which tasks pay off."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Any

from sim.base.language import say
from sim.experiment.differences import windows
from sim.experiment.effects import NONE, Effect, from_csv
from sim.measures.catalogue import measure_named
from sim.report.numbers import number, shown_gap
from sim.report.titles import not_counted, title, unit
from sim.scenario.levers import Lever
from sim.view.desk import Desk
from sim.view.levers import shown
from sim.view.verdicts import HEADLINES

CLEAR = ("higher", "lower")


@functools.cache
def shipped() -> tuple[Effect, ...]:
    """The table that ships; ``hemvist effects`` makes it anew."""
    return tuple(from_csv(resources.files("sim.view").joinpath("effects.csv").read_text(encoding="utf-8")))


def effects_data(desk: Desk) -> dict[str, Any]:
    """The map for the levers of the scenario that is open; empty where there are none."""
    language, scenario = desk.language, desk.scenario
    known = {(one.path, one.measure): one for one in shipped()}
    measures = _measures()
    levers = [state.lever for state in desk.levers]
    if not levers or not scenario.money:
        return {}
    first = shipped()[0]
    return {
        "heads": [[answer, say(f"view.answers.{answer}", language), title(measure, language, desk.labels())]
                  for answer, measure in measures.items()],
        "rows": [_row(lever, [known.get((lever.path, one)) for one in measures.values()], language)
                 for lever in levers],
        "notCounted": [f"{title(measure, language, desk.labels())}: {not_counted(measure, language)}"
                       for measure in measures.values()],
        "lead": say("view.effects.lead", language, months=windows(first.months)[-1].number),
        "made": say("view.effects.made", language, scenario=first.scenario, name=first.scenario.replace("_", "-"),
                    scale=number(first.scale, 2, language), pairs=max(one.pairs for one in shipped()),
                    years=first.months // 12, seed=first.seed, version=first.version),
    }  # fmt: skip


def _measures() -> dict[str, str]:
    """The measure of each answer in the table."""
    names = {one.measure for one in shipped()}
    return {answer: next(name for name in known if name in names) for answer, known in HEADLINES.items()}


def _row(lever: Lever, found: list[Effect | None], language: str) -> dict[str, Any]:
    one = found[0]
    decides = lever.decides or "nobody"
    return {
        "path": lever.path, "label": lever.label.say(language), "decides": lever.decides or "",
        "decidesShown": say(f"view.decides.{decides}", language),
        "range": "" if one is None else say("view.effects.from_to", language, today=shown(one.today, lever, language),
                                            value=shown(one.value, lever, language)),
        "cells": [_cell(effect, language) for effect in found],
    }  # fmt: skip


def _cell(one: Effect | None, language: str) -> dict[str, Any]:
    """One answer: in words, with its limits; ``size`` is how far beyond doubt it lies, 0 where nothing is clear."""
    if one is None:
        return {"text": say("view.effects.not_measured", language), "limits": "", "sign": "", "size": -1.0}
    kind, is_clear = unit(one.measure), one.word in CLEAR
    word = say(f"view.effects.words.{one.word}", language)
    gap, low, high = (shown_gap(value, kind, language, sign=True) for value in (one.mean, one.low, one.high))
    is_better = (one.word == "higher") == (measure_named(one.measure).better == "high")
    sign = ("▲ " if is_better else "▼ ") + say(f"view.gains.{'better' if is_better else 'worse'}", language)
    return {
        "text": gap if is_clear else word, "sign": sign if is_clear else "",
        "limits": "" if one.word in (NONE, "undefined") else say("view.facts.from_to", language, low=low, high=high),
        "size": abs(one.mean) if is_clear else 0.0,
    }  # fmt: skip
