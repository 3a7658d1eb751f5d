"""What all open pages share: the company of processes, and which scenarios may be opened."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from sim.engine.provenance import n_cores
from sim.scenario.find import shipped_names
from sim.scenario.laid import PLUS, intervention_titles
from sim.scenario.schema import Scenario
from sim.view.cards import Board
from sim.view.company import Company
from sim.view.plays import World

MOST_PROCESSES = 4
"""Processes beyond which nothing is gained for one group (assumed: one film to look at, others for the spread)."""


@dataclass(eq=False)
class House:
    """One server.

    Attributes
    ----------
    world : World
        What a new page opens.
    seed : int
    language : str
        Of a new page.
    company : Company
    folder : Path
        Where the workshop's board is kept.
    pairs : int
        Pairs of runs that tell the spread, the one on screen counted in.
    shared : dict
        What whoever needs it first makes for all pages, by name.
    """

    world: World
    seed: int
    language: str
    company: Company
    folder: Path
    pairs: int = 6
    board: Board = field(init=False)
    shared: dict[str, object] = field(default_factory=dict)
    _scenarios: dict[World, Scenario] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.board = Board(self.folder)

    def scenario(self, world: World) -> Scenario:
        """The scenario of a world, read once.

        Raises
        ------
        ScenarioError
            With every fault.
        """
        if world not in self._scenarios:
            self._scenarios[world] = world.scenario()
        return self._scenarios[world]

    def worlds(self) -> dict[str, World]:
        """What may be opened: what the server was started with, and what ships; never a path that a browser names."""
        known = {self.world.source: self.world}
        for name in shipped_names():
            known.setdefault(name, World(name, self.world.overrides if _is_like(name, self.world) else ()))
        return known | {f"{self.town.source}{PLUS}{name}": replace(self.town, source=f"{self.town.source}{PLUS}{name}")
                        for name in (intervention_titles() if self.scenario(self.town).money else ())}  # fmt: skip

    @property
    def town(self) -> World:
        """That upon which interventions are laid: the town of the first scenario under its own rules, if it ships."""
        own = self.world.source.partition(PLUS)[0].partition("-")[0]
        return replace(self.world, source=own) if own in shipped_names() else self.world


def _is_like(name: str, world: World) -> bool:
    """Whether what was laid upon the first scenario fits another: those that share their first word."""
    return name.split("-")[0] == Path(world.source).stem.split("-")[0]


_house: list[House] = []


def open_house(house: House) -> None:
    """Let pages find it."""
    _house[:] = [house]


def house() -> House:
    """The house of this server."""
    return _house[0]


def n_processes() -> int:
    """How many processes play films on this machine."""
    return max(1, min(MOST_PROCESSES, n_cores()))
