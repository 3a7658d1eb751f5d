"""Presentation: a story, step by step, the same every time."""

from __future__ import annotations

from typing import Any

from sim.view import pieces
from sim.view.desk import Desk
from sim.view.pages.frame import box, caution, clock, part
from sim.view.stories import stories

NAMED_TONES = ("market", "right")
OTHER_TONES = ("base", "mine")


def tones(scenarios: list[str]) -> list[str]:
    """A colour for each city: that of the market or of the right if its scenario is one of these."""
    return [
        next((word for word in NAMED_TONES if word in scenario), OTHER_TONES[place % len(OTHER_TONES)])
        for place, scenario in enumerate(scenarios)
    ]


def story(desk: Desk) -> Any:
    """The view."""
    language, narrator = desk.language, desk.narrator
    step = narrator.step
    names = [scene.name[language] for scene in step.scenes]
    films = ["one", "other"][: len(names)]
    t = part("map", language)
    maps = [
        pieces.CityMap(t=t, title=name, names={film: name}, gap=[], told=[film], want=step.layer, isShared=False)
        for film, name in zip(films, names, strict=True)
    ]
    lines = [
        {"name": film, "title": name, "tone": tone}
        for film, name, tone in zip(films, names, tones([scene.scenario for scene in step.scenes]), strict=True)
    ]
    return box("div", "hv-story", [
        pieces.Story(
            t=part("story", language), stories=[{"id": one.id, "title": one.title[language]} for one in stories()],
            story=narrator.story.id, title=step.title[language], text=step.text[language], notes=step.notes[language],
            at=narrator.at, n=len(narrator.story.steps), event_turn=desk.turn, event_tell=desk.tell,
            event_try=lambda _: desk.take_over(),
        ),
        box("div", "hv-main-col", [
            clock(desk, [], has_undo=False),
            box("div", f"hv-scenes hv-scenes-{len(maps)}", maps),
            pieces.Charts(t=part("charts", language), lines=lines, flags=[], bands={}, isRounds=desk.has_rounds(),
                          only=list(step.charts), hidesFuture=True),
            caution(desk),
        ]),
    ])  # fmt: skip
