"""The dial between a right and a commodity on the page: which scenario has it, where it stands, what it sets."""

from __future__ import annotations

from typing import Any

from sim.base.errors import SimError
from sim.base.language import has, say
from sim.scenario.dial import Dial, between
from sim.scenario.levers import Lever
from sim.scenario.nodes import split
from sim.scenario.schema import Scenario
from sim.scenario.walk import look
from sim.view.figures import shown_figure
from sim.view.house import House
from sim.view.plays import World

STEP = 0.05
"""Between two positions of the handle."""


def first_sides(house: House) -> tuple[str, str]:
    """What is compared at first: the pair of the scenario, if it has one, else the scenario with itself."""
    known, own = house.worlds(), house.world.source
    town = own.partition("-")[0]
    pair = (f"{town}-market", f"{town}-right")
    return pair if all(name in known for name in pair) else (own, own)


def dial_world(house: House) -> World | None:
    """The scenario with a dial, of the town that the server was started with; None if it has none."""
    own = house.world.source.partition("-")[0]
    worlds = house.worlds()
    named = [worlds[name] for name in worlds if name in (house.world.source, f"{own}-dial")]
    return next((world for world in named if dial_of(house, world) is not None), None)


def dial_of(house: House, world: World) -> Dial | None:
    """The dial of a scenario, if it can be read and has one."""
    try:
        return house.scenario(world).dial
    except SimError:
        return None


def turned(world: World, position: float, parts: dict[str, float] | None = None) -> World:
    """A scenario with its dial at a position, and some of its parts at positions of their own."""
    own = [(f"dial.sub_dials.{name}.position", f"{place:g}") for name, place in (parts or {}).items()]
    return World(world.source, (*world.overrides, ("dial.position", f"{position:g}"), *own))


def side_world(house: House, name: str, position: float) -> World:
    """The scenario of one side of a comparison; its dial, if it has one, at a position."""
    world = house.worlds()[name]
    return turned(world, position) if dial_of(house, world) is not None else world


def dial_data(house: House, sides: tuple[str, str], position: float, language: str) -> dict[str, Any]:
    """The dial for the page: where it stands, and what it sets there; empty where there is none."""
    world = dial_world(house)
    dial = dial_of(house, world) if world is not None else None
    if world is None or dial is None:
        return {}
    scenario = house.scenario(world)
    return {
        "position": position, "step": STEP, "isShown": world.source in sides,
        "said": say("view.dial.stands", language, position=shown_figure(position, "1", language)),
        "parts": [
            {"title": part.label.say(language),
             "rows": [_row(scenario, path, values, position, language) for path, values in part.sets.items()]}
            for part in dial.sub_dials
        ],
    }  # fmt: skip


def _row(scenario: Scenario, path: str, values: tuple[float, ...], position: float, language: str) -> dict[str, Any]:
    entry = look(scenario, split(path))
    unit = entry.quantity.unit if entry is not None and entry.quantity is not None else ""
    now, *ends = (shown_figure(one, unit, language) for one in (between(values, position), *values))
    return {"path": path, "title": named(scenario, path, language), "now": now, "ends": ends}


def named(scenario: Scenario, path: str, language: str) -> str:
    """What a path is called: in the words of the dial, else by its lever, else by the path itself."""
    key = f"view.dial.paths.{path.replace('.', '_')}"
    lever: Lever | None = next((one for one in scenario.levers if one.path == path), None)
    if has(key, language):
        return say(key, language)
    return path if lever is None else lever.label.say(language)
