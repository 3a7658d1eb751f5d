"""Presentation: a story, step by step, the same every time."""

from __future__ import annotations

from typing import Any

from sim.view import pieces
from sim.view.desk import Desk
from sim.view.pages.frame import box, caution, clock, part
from sim.view.stories import stories

TONES = ("market", "right")


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
        {"name": film, "title": name, "tone": tone} for film, name, tone in zip(films, names, TONES, strict=False)
    ]  # fmt: skip
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
            pieces.Charts(t=part("charts", language), lines=lines, flags=[], bands={}, only=list(step.charts)),
            caution(desk),
        ]),
    ])  # fmt: skip
