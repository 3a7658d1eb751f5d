"""The small map on a card: where low incomes become more or fewer under a proposal, in five classes."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterable

import numpy as np

from sim.base.errors import SimError
from sim.view.film import Film
from sim.view.parcels import BREAKS
from sim.view.plays import World
from sim.view.proposals import from_link
from sim.view.shapes import outlines, plane

LAYER = "low_income"
WIDE = (BREAKS[LAYER][-1] - BREAKS[LAYER][0]) / 6
ENDS = (-WIDE, -WIDE / 4, WIDE / 4, WIDE)
"""Where the colours of a difference meet: the same as on the large map."""


def picture(base: Film, mine: Film) -> tuple[int, ...]:
    """The class of each area in the last month, 0 to 4, -1 where nobody lives; empty where there is no such map."""
    ground = base.ground
    if ground is None or LAYER not in ground.layers or not ground.names or not len(base) or not len(mine):
        return ()
    at = ground.layers.index(LAYER)
    one, other = (film.places(len(film) - 1, len(film))[0, at] for film in (base, mine))
    gap = other - one
    return tuple(np.where(np.isnan(gap), -1, np.searchsorted(ENDS, gap, side="right")).tolist())


def town(link: str) -> str:
    """The scenario that a link names; nothing where it cannot be read any more."""
    with contextlib.suppress(SimError):
        return from_link(link)[0].world.source
    return ""


def towns(links: Iterable[str]) -> dict[str, list[list[list[float]]]]:
    """Outlines of the areas of each town that links name, by its scenario; a link of no use is passed over."""
    found = {}
    for link in links:
        with contextlib.suppress(SimError):
            world = from_link(link)[0].world
            found[world.source] = _shapes(world)
    return found


@functools.lru_cache(maxsize=16)
def _shapes(world: World) -> list[list[list[float]]]:
    table = world.scenario().tables.get("space")
    if table is None:
        return []
    points = plane(table.numbers("lat"), table.numbers("lon"))
    return [np.round(shape, 1).tolist() for shape in outlines(points)]
