"""The desk: what one open page works on. It knows nothing of how the page is drawn."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from sim.base.errors import Fault, SimError
from sim.base.language import say
from sim.base.months import show_month
from sim.experiment.paired import seeds
from sim.scenario.schema import Scenario
from sim.view.company import CHORUS
from sim.view.film import Film
from sim.view.house import House
from sim.view.levers import LeverState, states
from sim.view.parcels import ground_data
from sim.view.plays import Move, Play
from sim.view.proposals import Proposal, as_link, from_link
from sim.view.pump import Pump

REST = 0.03
"""Seconds between two drawings, so that many changes are drawn as one."""


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
        self.pump = Pump(send, self._describe)
        self.pairs: list[tuple[Film, Film]] = []
        self._lock = threading.RLock()
        self._shown: dict[str, Film] = {}
        self._states: tuple[Any, ...] = ()
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

    def _changed(self) -> None:
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

    def labels(self) -> dict[str, str]:
        """What the groups are called."""
        return {
            group.id: group.label.say(self.language) if group.label else group.id
            for group in self.scenario.population.groups
        }

    # What a user does

    def begin(self, link: str = "") -> None:
        """Open what a link says, else what the server was started with."""
        if link:
            try:
                self._open_link(link)
            except SimError as fault:
                self.problem = fault.faults[0]
        self.show()

    def _open_link(self, link: str) -> None:
        play, _name, version = from_link(link)
        if play.world not in self.house.worlds().values():
            raise SimError("view.unknown_link", source=play.world.source)
        known = {state.lever.path for state in states(self.house.scenario(play.world))}
        if not {move.path for move in play.moves} <= known:
            raise SimError("view.broken_link", reason=", ".join({move.path for move in play.moves} - known))
        play.scenario()
        self.world, self.seed, self.proposal = play.world, play.seed, Proposal().to(play.moves)
        from sim import __version__

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
            self._changed()
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
            self.proposal, self.problem = proposal, None
            self.show()

    def undo(self, way: int) -> None:
        """One change back (-1) or forth (1)."""
        self.propose(self.proposal.undo() if way < 0 else self.proposal.redo())

    def speak(self, language: str) -> None:
        """Another language; nothing else changes."""
        self.language = language
        self.pump.redescribe()
        self._changed()

    # Films

    def show(self, **extra: Any) -> None:
        """Have the baseline and the proposal played, and after them the pairs that tell the spread."""
        with self._lock:
            company = self.house.company
            before = self._shown.get("mine")
            base = company.film(self.baseline)
            like = before if before is not None and before.play.world == self.world else base
            mine = base if self.is_same else company.film(self.play, like=like)
            stale = [film for pair in self.pairs for film in pair if film.play.moves] + ([before] if before else [])
            for film in stale:
                if film not in (mine, base) and film.play.moves != self.play.moves:
                    company.stop(film)
            for film in {id(one): one for one in (base, mine)}.values():
                film.forget(self._changed_state)
                film.listen(self._changed_state)
            self._shown = {"base": base, "mine": mine}
            self.pairs = [(base, mine)]
            self._states = ()
            self.pump.show(self._shown, **extra)
        self._changed_state()
        self._changed()

    def _changed_state(self) -> None:
        """A film went on: the page is drawn anew only where its words change."""
        films = [film for pair in self.pairs for film in pair]
        states_now = tuple((film.state, film.ahead) for film in films)
        if states_now == self._states:
            return
        self._states = states_now
        if not any(film.state in ("waiting", "failed") for film in films) and len(self.pairs) < self.house.pairs:
            threading.Thread(target=self._next_pair, daemon=True).start()
        self._changed()

    def _next_pair(self) -> None:
        """One more pair on other luck; runs of the baseline are of use to every proposal."""
        with self._lock:
            films = [film for pair in self.pairs for film in pair]
            if len(self.pairs) >= self.house.pairs or any(film.state in ("waiting", "failed") for film in films):
                return
            seed = seeds(self.seed, self.house.pairs + 1)[len(self.pairs)]
            company = self.house.company
            base = company.film(Play(self.world, seed), rank=CHORUS)
            moved = Play(self.world, seed, self.proposal.moves)
            mine = base if self.is_same else company.film(moved, like=base, rank=CHORUS)
            self.pairs = [*self.pairs, (base, mine)]
            for film in {id(one): one for one in (base, mine)}.values():
                film.forget(self._changed_state)
                film.listen(self._changed_state)
        self._changed_state()

    def close(self) -> None:
        """The page was closed."""
        self._is_open = False
        self._is_stale.set()
        with self._lock:
            self.pump.close()
            for film in [film for pair in self.pairs for film in pair]:
                film.forget(self._changed_state)
                if film.is_open and film.play.moves:
                    self.house.company.stop(film)

    # What the page tells

    def _describe(self, film: Film) -> dict[str, Any]:
        scenario = self.house.scenario(film.play.world)
        labels = {
            group.id: group.label.say(self.language) if group.label else group.id
            for group in scenario.population.groups
        }
        return ground_data(film.ground, labels, self.language) if film.ground is not None else {}

    def link(self, name: str = "") -> str:
        """The proposal as a text for an address."""
        return as_link(self.play, name)

    def fault(self) -> Fault | None:
        """What is wrong: with what was asked for, or with a run."""
        films = [film for film in self._shown.values() if film.state == "failed"]
        return self.problem or (films[0].fault if films else None)

    def waiting(self) -> str:
        """Why there is nothing to see yet, in words; empty when there is."""
        mine = self._shown.get("mine")
        if mine is None or (mine.state == "running" and len(mine)):
            return ""
        if mine.state == "waiting":
            return say("view.clock.waiting", self.language, ahead=mine.ahead)
        return "" if len(mine) else say("view.clock.founding", self.language)

    def when(self, month: int) -> str:
        """A month of the scenario in words."""
        return show_month(self.scenario.time.start + month)
