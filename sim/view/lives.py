"""What the page says of the household that is followed: its story in each city, side by side, and what differs."""

from __future__ import annotations

from typing import Any

from sim.base.language import say
from sim.report import story
from sim.view.desk import Desk
from sim.view.plays import Play


def cities(desk: Desk) -> tuple[Play, ...]:
    """The cities of the view, the one compared with first, each once."""
    plays = desk.compared() if desk.view == "compare" else (desk.baseline, desk.play)
    return tuple(dict.fromkeys(plays))


def follow_data(desk: Desk, names: list[str]) -> dict[str, Any]:
    """The story for the page; empty where nobody has a life to tell.

    Parameters
    ----------
    desk : Desk
    names : list of str
        What the cities of the view are called, in their order.
    """
    if not all(play.world.scenario().money for play in cities(desk)):
        return {}
    following, language = desk.following, desk.language
    is_here = following.plays == cities(desk)
    lives = following.lives(names[: len(following.plays)])
    return {
        "state": following.state, "busy": _busy(desk),
        "problem": following.fault.text(language) if following.fault is not None else "",
        "heading": story.heading(lives, language) if lives else "",
        "which": say("view.follow.which", language, number=following.at + 1, of=len(following.households)),
        "columns": [{"title": name, "lines": list(story.story(life, language))}
                    for name, life in zip(names, lives, strict=False)],
        "differences": [*story.differences(lives, language), say("story.meaning", language)] if lives else [],
        "note": say("view.follow.changed", language) if lives and not is_here else "",
    }  # fmt: skip


def _busy(desk: Desk) -> str:
    following = desk.following
    if following.state == "waiting":
        return say("view.follow.waiting", desk.language)
    if following.state != "running":
        return ""
    return say("view.follow.busy", desk.language, done=following.done, planned=following.planned)
