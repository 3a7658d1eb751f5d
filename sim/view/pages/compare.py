"""Compare: two scenarios on the same people, homes, luck, clock, colours and axes."""

from __future__ import annotations

from typing import Any

from sim.base.language import say
from sim.view import pieces
from sim.view.desk import Desk
from sim.view.dial import dial_data
from sim.view.levers import WARNED
from sim.view.pages.frame import box, caution, clock, followed, laid_titles, part, scenario_title, scenario_titles
from sim.view.steps import walk_data
from sim.view.telling import answers, gains
from sim.view.walk import walk_of


def compare(desk: Desk) -> Any:
    """The view."""
    language = desk.language
    left, right = (scenario_title(desk, source) for source in desk.sides)
    t = part("map", language)
    lines = [{"name": "left", "title": left, "tone": "market", "dash": [7, 3]},
             {"name": "right", "title": right, "tone": "right"}]  # fmt: skip
    against = part("answers", language) | {"against": say("view.compare.against", language, other=left)}
    better = part("gains", language) | {"title": say("view.compare.gains", language, one=right, other=left)}
    is_same, told = desk.pairing.is_same, dial_data(desk.house, desk.sides, desk.dial, language)
    is_dialled = bool(told) and told["isShown"]  # then it stands beside what it moves
    dial = pieces.Dial(t=part("dial", language), dial=told, event_turn=lambda place: desk.turn_dial(float(place)),
                       event_use=lambda _: desk.turn_dial(desk.dial))
    return box("div", "hv-main-col hv-wide", [
        pieces.Sides(t=part("compare", language), scenarios=scenario_titles(desk), laid=laid_titles(desk),
                     sides=list(desk.sides), event_choose=lambda told: desk.side(int(told["at"]), str(told["id"]))),
        *interventions(desk),
        *([dial] if is_dialled else []),
        clock(desk, [], has_undo=False),
        box("div", "hv-three", [
            pieces.CityMap(t=t, title=left, names={"left": left}, gap=[], told=[], isShared=True),
            pieces.CityMap(t=t, title=say("view.compare.gap", language), names={"gap": say("view.map.gap", language)},
                           gap=["left", "right"], told=["left", "right"], isShared=True, heads=[left, right]),
            pieces.CityMap(t=t, title=right, names={"right": right}, gap=[], told=[], isShared=True),
        ]),
        pieces.Charts(t=part("charts", language), lines=lines, flags=[], bands={}, isRounds=desk.has_rounds()),
        pieces.Answers(t=against, answers=answers(desk), films=["left", "right"], isSame=is_same),
        pieces.Gains(t=better, kinds=gains(desk), films=["left", "right"], isSame=is_same),
        *([] if is_dialled else [dial]),
        pieces.Steps(t=part("walk", language), walk=walk_data(desk), event_begin=lambda _: walk_of(desk.house).begin()),
        followed(desk, [left, right]),
        caution(desk),
    ])  # fmt: skip


def interventions(desk: Desk) -> list[Any]:
    """What was done where, what is known of it, and what of it the model lacks, for each that is laid upon a side."""
    language = desk.language
    scenarios = [desk.house.scenario(desk.house.worlds()[source]) for source in desk.sides]
    laid = {one.id: one for scenario in scenarios for one in scenario.interventions}
    return [
        box("section", "hv-panel", [
            box("h2", "", [f"{one.title.say(language)} ({one.place.say(language)}, {one.years})"]),
            *(box("p", "hv-warned", [say(f"view.status.{word}", language)]) for word in {one.standing} & set(WARNED)),
            *(box("p", "hv-note", [f"{say(f'view.compare.laid.{key}', language)} {text.say(language)}"])
              for key, text in (("done", one.done), ("known", one.known), ("left_out", one.left_out))),
        ])
        for one in laid.values()
    ]  # fmt: skip
