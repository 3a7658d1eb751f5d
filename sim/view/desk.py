"""The desk: what one open page works on. It knows nothing of how the page is drawn."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from sim import __version__
from sim.base.errors import Fault, SimError
from sim.base.language import say
from sim.scenario.dial import TODAY
from sim.scenario.schema import Scenario
from sim.view.dial import dial_world, first_sides, side_world
from sim.view.film import Film
from sim.view.following import Following
from sim.view.house import House
from sim.view.levers import LeverState, states
from sim.view.links import opened
from sim.view.narrator import Narrator
from sim.view.pairing import Pairing
from sim.view.parcels import ground_data
from sim.view.plays import Move, Play
from sim.view.proposals import Proposal, as_link
from sim.view.pump import Pump
from sim.view.shelf import Shelf
from sim.view.walk import walk_of

REST = 0.03
"""Seconds between two drawings, so that many changes are drawn as one."""

NAMES = {"explore": ("base", "mine"), "compare": ("left", "right"), "story": ("one", "other")}
"""Under which names the browser keeps the two films of a view."""


class Desk:
    """One page's scenario, proposal and films.

    Parameters
    ----------
    house : House
    redraw : callable
        Draws the page anew; called by the thread that runs ``watch``.
    send : callable
        Takes a parcel for the browser.
    """

    def __init__(self, house: House, redraw: Callable[[], None], send: Callable[[dict[str, Any]], None]) -> None:
        self.house, self._redraw = house, redraw
        self.language = house.language
        self.world, self.seed = house.world, house.seed
        self.proposal = Proposal()
        self.problem: Fault | None = None
        self.notice = ""
        self.gift: dict[str, Any] = {}
        self.pump = Pump(send, self._describe)
        self.pairing = Pairing(house, house.pairs, self.changed)
        self.staged = Pairing(house, 1, self.changed)
        self.narrator = Narrator(house)
        self.guess: tuple[dict[str, str], bool] | None = None
        self.is_host = False
        self.kept: tuple[str, tuple[Move, ...]] | None = None
        self.view = "explore"
        self.sides, self.dial = first_sides(house), TODAY
        self.following, self.shelf = Following(self.changed), Shelf()
        self._is_open = True
        self._is_stale = threading.Event()

    def watch(self) -> None:
        """Draw the page anew whenever something changed, until it is closed: what a thread does."""
        while self._is_open:
            self._is_stale.wait()
            self._is_stale.clear()
            if self._is_open:
                self._redraw()
            time.sleep(REST)

    def changed(self) -> None:
        """There is something else to say."""
        self._is_stale.set()

    # What it works on

    @property
    def scenario(self) -> Scenario:
        """The scenario as it is written: today's rules of this page."""
        return self.house.scenario(self.world)

    @property
    def levers(self) -> tuple[LeverState, ...]:
        """Its levers, and what they stand at."""
        return () if self.scenario.events else states(self.scenario)

    @property
    def play(self) -> Play:
        """The proposal."""
        return Play(self.world, self.seed, self.proposal.moves)

    @property
    def baseline(self) -> Play:
        """The same without any move."""
        return Play(self.world, self.seed)

    @property
    def is_same(self) -> bool:
        """Whether the proposal changes nothing."""
        return not self.proposal.moves

    @property
    def version(self) -> str:
        """Of hemvist."""
        return __version__

    def has_rounds(self) -> bool:
        """Whether what is shown passes rounds and not months."""
        film = self.on_screen.first[0] if self.on_screen.first else None
        world = film.play.world if film else self.world
        return not self.house.scenario(world).money

    def labels(self) -> dict[str, str]:
        """What the groups are called."""
        return _labels(self.scenario, self.language)

    # What a user does

    def begin(self, link: str = "") -> None:
        """Open what a link says, else what the server was started with."""
        if link:
            try:
                self._open_link(link)
            except SimError as fault:
                self.problem = fault.faults[0]
        self.house.board.listen(self.changed)
        walk_of(self.house).listen(self.changed)
        self.show()

    def take_link(self, link: str) -> None:
        """Go on from somebody else's proposal."""
        try:
            self._open_link(link)
        except SimError as fault:
            self.problem = fault.faults[0]
        self.go("explore")

    def _open_link(self, link: str) -> None:
        play, version = opened(self.house, link)
        self.world, self.seed, self.proposal = play.world, play.seed, Proposal().to(play.moves)
        if version != __version__:
            self.notice = say("view.notices.other_version", self.language, version=version, now=__version__)

    def open(self, source: str) -> None:
        """Another scenario, from its beginning."""
        world = self.house.worlds().get(source)
        if world is None:
            return
        try:
            self.house.scenario(world)
        except SimError as fault:
            self.problem = fault.faults[0]
            self.changed()
            return
        self.world, self.proposal, self.problem = world, Proposal(), None
        self.show(seek=0, forgetAxes=True)

    def move(self, path: str, value: float, month: int) -> None:
        """Pull a lever while the page shows a month: it is in force from the next one on."""
        state = next((one for one in self.levers if one.lever.path == path), None)
        if state is None or not state.lever.low <= value <= state.lever.high or state.lever.is_asleep:
            return
        month = min(max(int(month), 0), self.scenario.time.months - 1)
        standing = self.proposal.value(path, month, state.standing)
        step = Move(month + 1, path, float(value))
        self.propose(self.proposal.moved(step, standing))

    def propose(self, proposal: Proposal) -> None:
        """Another proposal."""
        if proposal != self.proposal:
            self.proposal, self.problem, self.guess = proposal, None, None
            self.show()

    def undo(self, way: int) -> None:
        """One change back (-1) or forth (1)."""
        self.propose(self.proposal.undo() if way < 0 else self.proposal.redo())

    def speak(self, language: str) -> None:
        """Another language; nothing else changes."""
        self.language = language
        self.pump.redescribe()
        self.changed()

    def go(self, view: str) -> None:
        """Another view."""
        self.view = view
        if view == "story":
            self._stage()
        else:
            self.show(seek=0, forgetAxes=True)

    def side(self, at: int, source: str) -> None:
        """Another scenario on one side of the comparison."""
        if source in self.house.worlds() and at in (0, 1):
            self.sides = (source, self.sides[1]) if at == 0 else (self.sides[0], source)
            self.show(seek=0, forgetAxes=True)

    def turn_dial(self, position: float) -> None:
        """The dial between a right and a commodity at another position, on the right side unless it is on one."""
        world = dial_world(self.house)
        if world is not None and 0 <= position <= 1:
            self.dial = float(position)
            self.sides = self.sides if world.source in self.sides else (self.sides[0], world.source)
            self.show()

    # A story

    def tell(self, story: str) -> None:
        """Another story."""
        self.narrator.tell(story)
        self._stage()

    def turn(self, way: int) -> None:
        """The next step, or the one before; nothing where no story is told."""
        if self.view == "story":
            self.narrator.turn(int(way))
            self._stage()

    def _stage(self) -> None:
        step = self.narrator.step
        self.show(seek=step.month, until=step.until, runs=step.runs)
        self.narrator.rehearse()

    def take_over(self) -> None:
        """The room goes on by itself from the last city of the step."""
        self.view = "explore"
        self.open(self.narrator.step.scenes[-1].scenario)

    # Films

    def show(self, **extra: Any) -> None:
        """Have what this view compares played, and send it to the browser."""
        if self.view == "story":
            one, other = self.narrator.plays()
        else:
            one, other = self.compared() if self.view == "compare" else (self.baseline, self.play)
        self.on_screen.show(one, other)
        films = dict(zip(NAMES.get(self.view, NAMES["explore"]), self.on_screen.first or (), strict=False))
        if self.view == "story" and one == other:
            del films["other"]
        self.pump.show(films, **({"until": None} | extra))
        (self.pairing if self.view == "story" else self.staged).rest()
        self.on_screen.sweep()
        self.changed()

    @property
    def on_screen(self) -> Pairing:
        """What this view looks at."""
        return self.staged if self.view == "story" else self.pairing

    def compared(self) -> tuple[Play, Play]:
        """The two plays of the view that compares."""
        left, right = (side_world(self.house, name, self.dial) for name in self.sides)
        return Play(left, self.seed), Play(right, self.seed)

    def close(self) -> None:
        """The page was closed."""
        self._is_open = False
        self._is_stale.set()
        self.pump.close()
        self.following.cancel()
        self.pairing.rest()
        self.staged.rest()
        self.house.board.forget(self.changed)
        walk_of(self.house).forget(self.changed)

    # What the page tells

    def _describe(self, film: Film) -> dict[str, Any]:
        labels = _labels(self.house.scenario(film.play.world), self.language)
        return ground_data(film.ground, labels, self.language) if film.ground is not None else {}

    def link(self, name: str = "") -> str:
        """The proposal as a text for an address."""
        return as_link(self.play, name)

    def fault(self) -> Fault | None:
        """What is wrong: with what was asked for, or with a run."""
        films = [film for film in self.on_screen.first or () if film.state == "failed"]
        return self.problem or (films[0].fault if films else None)


def _labels(scenario: Scenario, language: str) -> dict[str, str]:
    return {group.id: group.label.say(language) if group.label else group.id for group in scenario.population.groups}
