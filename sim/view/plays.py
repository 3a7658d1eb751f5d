"""What is played: a world, a seed, and which levers are moved when."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, replace

from sim.base.errors import ScenarioError
from sim.engine.load import registry
from sim.scenario.inherit import Built
from sim.scenario.laid import build
from sim.scenario.load import load_built
from sim.scenario.schema import Scenario


@dataclass(frozen=True)
class World:
    """A scenario by name or path, with what is laid upon it.

    Attributes
    ----------
    source : str
        As ``hemvist run`` takes it.
    overrides : tuple of pairs of str
        Dotted path and value, as ``--set`` takes them.
    """

    source: str
    overrides: tuple[tuple[str, str], ...] = ()

    def scenario(self) -> Scenario:
        """The scenario, checked.

        Raises
        ------
        ScenarioError
            With every fault.
        """
        return _read(self)


@dataclass(frozen=True, order=True)
class Move:
    """A lever that is moved: in force from ``month`` (months since the start, at least 1) on.

    Attributes
    ----------
    month : int
    path : str
        What it changes, dotted.
    value : float
        In the house unit of the path.
    """

    month: int
    path: str
    value: float


@dataclass(frozen=True)
class Play:
    """One run as a name: equal plays give equal films, to the bit.

    Attributes
    ----------
    world : World
    seed : int
    moves : tuple of Move
        In the order of the months.
    """

    world: World
    seed: int = 1
    moves: tuple[Move, ...] = ()

    def scenario(self) -> Scenario:
        """The world with its moves as a timeline, checked.

        Raises
        ------
        ScenarioError
            With every fault; also where the scenario has a timeline of its own, to which nothing can be added here.
        """
        if not self.moves:
            return self.world.scenario()
        if self.world.scenario().events:
            raise ScenarioError("view.own_timeline", source=self.world.source)
        written = json.dumps(timeline(self.moves))
        return replace(self.world, overrides=(*self.world.overrides, ("timeline", written))).scenario()

    def until(self, month: int) -> Play:
        """The same as far as it matters up to and including a month."""
        return replace(self, moves=tuple(move for move in self.moves if move.month <= month))

    def fork_month(self, other: Play) -> int:
        """Last month in which two plays of one world and seed are sure to be equal."""
        first = min(set(self.moves) ^ set(other.moves), default=None)
        return first.month - 1 if first is not None else max(self.last_month(), other.last_month())

    def last_month(self) -> int:
        """Month of the last move, 0 without any."""
        return max((move.month for move in self.moves), default=0)


@functools.lru_cache(maxsize=32)
def _read(world: World) -> Scenario:
    """A scenario is frozen, so it is read once for all who play it."""
    return load_built(_built(world.source), registry(()), dict(world.overrides))


@functools.lru_cache(maxsize=16)
def _built(source: str) -> Built:
    """The files of a scenario, read once however often a lever of it is moved: that is half of what loading takes."""
    return build(source)


def timeline(moves: tuple[Move, ...]) -> list[dict[str, object]]:
    """Moves as the timeline of a scenario file.

    Examples
    --------
    >>> timeline((Move(1, "listing.max_applications", 3),))
    [{'month': 1, 'set': {'listing.max_applications': 3}}]
    """
    months = sorted({move.month for move in moves})
    return [
        {"month": month, "set": {move.path: move.value for move in moves if move.month == month}} for month in months
    ]
