"""What the views share: elements, sentences, the clock."""

from __future__ import annotations

from typing import Any, cast

from solara import v

from sim.base.errors import SimError
from sim.base.language import say, words
from sim.scenario.laid import PLUS, intervention_titles, short
from sim.view import pieces
from sim.view.desk import Desk
from sim.view.lives import cities, follow_data
from sim.view.takeaway import KINDS, give
from sim.view.telling import waiting


def part(key: str, language: str) -> dict[str, Any]:
    """All sentences of one part of the page."""
    return cast(dict[str, Any], words(language, "view")[key])


def box(tag: str, name: str, children: list[Any], **attributes: str) -> Any:
    """An element of the page."""
    return v.Html(tag=tag, class_=name, children=children, attributes=attributes)


def scenario_title(desk: Desk, source: str) -> str:
    """What a scenario is called; its name where it cannot be read."""
    try:
        return desk.house.scenario(desk.house.worlds()[source]).title.say(desk.language)
    except (SimError, KeyError):
        return source


def scenario_titles(desk: Desk) -> list[dict[str, str]]:
    """All that may be opened."""
    named = [source for source in desk.house.worlds() if PLUS not in source or source == desk.house.world.source]
    return [{"id": source, "title": scenario_title(desk, source)} for source in named]


def laid_titles(desk: Desk) -> list[dict[str, str]]:
    """The town with an intervention upon it, for each that ships."""
    town = desk.house.town.source
    name = short(scenario_title(desk, town))
    found = {one: f"{town}{PLUS}{one}" for one in intervention_titles()}
    return [{"id": source, "title": f"{name} {PLUS} {intervention_titles()[one][desk.language]}"}
            for one, source in found.items() if source in desk.house.worlds()]  # fmt: skip


def clock(desk: Desk, marks: list[dict[str, Any]], *, has_undo: bool) -> Any:
    """Run, pause, go back and forth."""
    fault = desk.fault()
    return pieces.Clock(
        t=part("clock", desk.language), flags=marks, hasUndo=bool(desk.proposal.past) if has_undo else None,
        hasRedo=bool(desk.proposal.undone), waiting=waiting(desk) or say("view.clock.loading", desk.language),
        problem=fault.text(desk.language) if fault else "", link=desk.link(), isRounds=desk.has_rounds(),
        takes=[[kind, say(f"view.take.kinds.{kind}", desk.language)] for kind in KINDS if desk.view != "story"],
        event_take=lambda told: give(desk, told) and None, event_undo=desk.undo,
        event_clear=lambda *_: desk.propose(desk.proposal.to(())),
    )  # fmt: skip


def followed(desk: Desk, names: list[str]) -> Any:
    """One household in the cities of the view."""
    return pieces.Follow(
        t=part("follow", desk.language), told=follow_data(desk, names),
        event_begin=lambda _: desk.following.begin(cities(desk)) and None,
        event_another=lambda _: desk.following.another(), event_cancel=lambda _: desk.following.cancel(),
    )  # fmt: skip


def caution(desk: Desk) -> Any:
    """What stands under every view."""
    return box("p", "hv-small", [say("view.caution", desk.language)])
