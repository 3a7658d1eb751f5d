"""Explore: pull a lever, see the city answer."""

from __future__ import annotations

from typing import Any

from sim.base.language import say
from sim.view import pieces
from sim.view.desk import Desk
from sim.view.levers import ORDER, as_data
from sim.view.meeting import fetch, lay
from sim.view.pages.frame import box, caution, clock, followed, part, scenario_titles
from sim.view.telling import answers, bands, flags, gains


def explore(desk: Desk) -> Any:
    """The view."""
    language, marks = desk.language, flags(desk)
    names = {"mine": say("view.map.mine", language), "base": say("view.map.base", language),
             "gap": say("view.map.gap", language)}  # fmt: skip
    lines = [{"name": "base", "title": names["base"], "tone": "base", "dash": [5, 4]},
             {"name": "mine", "title": names["mine"], "tone": "mine"}]  # fmt: skip
    if desk.is_same:
        names, lines = {"base": names["base"]}, lines[:1]
    is_same = desk.pairing.is_same
    return box("div", "hv-explore", [
        levers(desk),
        box("div", "hv-main-col", [
            clock(desk, marks, has_undo=True),
            box("div", "hv-side-by-side", [
                pieces.CityMap(t=part("map", language), title=say("view.map.title", language), names=names,
                               gap=["base", "mine"], told=[name for name in names if name != "gap"]),
                pieces.Charts(t=part("charts", language), lines=lines, flags=[mark["month"] for mark in marks],
                              bands=bands(desk), isRounds=desk.has_rounds()),
            ]),
            pieces.Answers(t=part("answers", language), answers=answers(desk), films=["base", "mine"], isSame=is_same),
            *gained(desk),
            followed(desk, [say("view.map.base", language), say("view.map.mine", language)]),
            caution(desk),
        ]),
    ])  # fmt: skip


def gained(desk: Desk) -> list[Any]:
    """Who gets it better and who worse; nothing in a town without money."""
    if not desk.scenario.money:
        return []
    t = part("gains", desk.language)
    return [pieces.Gains(t=t, kinds=gains(desk), films=["base", "mine"], isSame=desk.pairing.is_same)]


def levers(desk: Desk) -> Any:
    """The levers of the scenario that is open."""
    language, scenario = desk.language, desk.scenario
    note = say(f"view.levers.scenario_is.{scenario.status}", language)
    if scenario.money and scenario.scale != 1:
        note += " " + say("view.levers.sample", language, one=f"{1 / scenario.scale:.0f}")
    return pieces.Levers(
        t=part("levers", language),
        levers=[as_data(one, desk.proposal, scenario.time.months, scenario, language) for one in desk.levers],
        headings=[[name, say(f"view.headings.{name}", language)] for name in ORDER],
        scenarios=scenario_titles(desk), scenario=desk.world.source, note=note,
        event_move=lambda told: desk.move(str(told["path"]), float(told["value"]), int(told["month"])),
        event_reset=lambda path: desk.propose(desk.proposal.without(path)),
        event_open=desk.open, laid=desk.shelf.of(desk.world),
        event_lay=lambda name: lay(desk, str(name)), event_fetch=lambda name: fetch(desk, str(name)),
    )  # fmt: skip
