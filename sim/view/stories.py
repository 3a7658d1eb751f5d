"""Stories: what a trainer tells, step by step, as data: each step names what is shown, the same every time."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources
from typing import Any

from sim.base.errors import SimError

FORMAT = "hemvist-story/1"
MOST_WORDS = 40
"""Words of a step's text, so that a room can read it while somebody speaks."""


@dataclass(frozen=True)
class Scene:
    """One of the cities that a step shows.

    Attributes
    ----------
    scenario : str
        The name of one that ships.
    set : tuple of pairs of str
        What is laid upon it, as ``--set`` takes it.
    name : dict of str to str
        What it is called, by language.
    """

    scenario: str
    set: tuple[tuple[str, str], ...]
    name: dict[str, str]


@dataclass(frozen=True)
class Step:
    """One step of a story.

    Attributes
    ----------
    title, text, notes : dict of str to str
        By language; the notes are for the speaker.
    scenes : tuple of Scene
        One city, or two side by side.
    charts : tuple of str
        Measures that are drawn.
    layer : str
        What the map shows.
    month, until : int
        Where the clock stands, and where it stops.
    runs : bool
        Whether it starts by itself.
    """

    title: dict[str, str]
    text: dict[str, str]
    notes: dict[str, str]
    scenes: tuple[Scene, ...]
    charts: tuple[str, ...]
    layer: str
    month: int
    until: int
    runs: bool


@dataclass(frozen=True)
class Story:
    """A story of some steps."""

    id: str
    title: dict[str, str]
    seed: int
    steps: tuple[Step, ...]


@functools.cache
def stories() -> tuple[Story, ...]:
    """The stories that ship, by their ids."""
    folder = resources.files("sim.view").joinpath("stories")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    return tuple(story_of(file.read_text(encoding="utf-8"), file.name) for file in files)


def story_of(text: str, name: str) -> Story:
    """A story from its text.

    Raises
    ------
    SimError
        If it is not written as a story is; the first fault is told.
    """
    import yaml

    try:
        data = yaml.safe_load(text)
        if data["schema"] != FORMAT:
            raise ValueError(f"schema: {data['schema']}")
        steps = tuple(_step(step) for step in data["steps"])
        return Story(str(data["id"]), _both(data["title"]), int(data["seed"]), steps)
    except (yaml.YAMLError, ValueError, KeyError, TypeError) as fault:
        raise SimError("view.broken_story", name=name, reason=f"{type(fault).__name__}: {fault}") from fault


def _step(data: dict[str, Any]) -> Step:
    text = _both(data["text"])
    too_long = [language for language, said in text.items() if len(said.split()) > MOST_WORDS]
    if too_long:
        raise ValueError(f"{text[too_long[0]][:40]}... has more than {MOST_WORDS} words")
    scenes = tuple(_scene(scene) for scene in data["scenes"])
    if len(scenes) not in (1, 2):
        raise ValueError(f"scenes: {len(scenes)}")
    return Step(
        _both(data["title"]), text, _both(data["notes"]), scenes, tuple(data["charts"]), str(data["layer"]),
        int(data["month"]), int(data["until"]), bool(data["runs"]),
    )  # fmt: skip


def _scene(data: dict[str, Any]) -> Scene:
    changes = tuple((str(path), str(value)) for path, value in (data.get("set") or {}).items())
    return Scene(str(data["scenario"]), changes, _both(data["name"]))


def _both(data: dict[str, str]) -> dict[str, str]:
    """A text in both languages."""
    return {language: str(data[language]) for language in ("en", "sv")}
