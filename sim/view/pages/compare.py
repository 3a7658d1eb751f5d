"""Compare: two scenarios on the same people, homes, luck, clock, colours and axes."""

from __future__ import annotations

from typing import Any

from sim.base.language import say
from sim.view import pieces
from sim.view.desk import Desk
from sim.view.dial import dial_data
from sim.view.pages.frame import box, caution, clock, followed, part, scenario_title, scenario_titles
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
        pieces.Sides(t=part("compare", language), scenarios=scenario_titles(desk), sides=list(desk.sides),
                     event_choose=lambda told: desk.side(int(told["at"]), str(told["id"]))),
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
