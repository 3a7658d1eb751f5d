"""The company: a few processes that play films for all pages, what somebody waits for before the rest."""

from __future__ import annotations

import multiprocessing
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from sim.base.errors import Fault
from sim.view.film import Film
from sim.view.hand import News, Order, serve
from sim.view.plays import Play, World
from sim.view.stage import Beginning

LEAD, CHORUS, PATIENT = 0, 1, 2
"""What somebody looks at goes before runs that only tell the spread, and interrupts them; the rest waits for both."""

MOST_FILMS = 80
"""Films that are kept (assumed: at 40 areas a film of twenty years takes a third of a megabyte)."""


MOST_BEGINNINGS = 16
"""Cities of month 0 that are kept for processes that have not founded them (about 7 MB each at 30,000 households)."""

Root = tuple[World, int]


@dataclass(eq=False)
class _Actor:
    """A process, and what it plays."""

    process: Any
    line: Any
    wanted: Any
    worlds: set[Root] = field(default_factory=set)
    film: Film | None = None
    rank: int = LEAD
    number: int = 0


class Company:
    """Films for whoever asks; the same play is played once.

    Parameters
    ----------
    n : int
        Processes.
    """

    def __init__(self, n: int) -> None:
        self._lock = threading.RLock()
        self._films: OrderedDict[Play, Film] = OrderedDict()
        self._waiting: list[tuple[int, Film]] = []
        self._beginnings: OrderedDict[Root, Beginning] = OrderedDict()
        self._number = 0
        self._is_open = True
        self._actors = [self._hired() for _ in range(n)]

    def _hired(self) -> _Actor:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        wanted = context.Value("q", 0)
        process = context.Process(target=serve, args=(theirs, wanted), daemon=True)
        process.start()
        theirs.close()
        actor = _Actor(process, ours, wanted)
        threading.Thread(target=self._listen, args=(actor,), daemon=True).start()
        return actor

    def film(self, play: Play, *, like: Film | None = None, rank: int = LEAD) -> Film:
        """The film of a play, begun if it is new.

        Parameters
        ----------
        play : Play
        like : Film, optional
            A film of the same world and seed whose beginning it shares.
        rank : int
            ``LEAD``, ``CHORUS`` or ``PATIENT``.
        """
        with self._lock:
            film = self._films.get(play)
            if film is None or film.state in ("stopped", "failed"):
                film = Film(play)
                if like is not None and len(like):
                    film.begin_like(like, min(like.last_month(), play.fork_month(like.play)))
                self._films[play] = film
                self._waiting.append((rank, film))
            else:
                self._hurry(film, rank)
            self._films.move_to_end(play)
            self._forget_old()
            self._deal()
            return film

    def _hurry(self, film: Film, rank: int) -> None:
        """Somebody asks for what waits or is played already: it counts as what it matters most for."""
        self._waiting = [(min(was, rank) if one is film else was, one) for was, one in self._waiting]
        for actor in self._actors:
            if actor.film is film:
                actor.rank = min(actor.rank, rank)

    def stop(self, film: Film) -> None:
        """Nobody waits for this film any more."""
        with self._lock:
            before = len(self._waiting)
            self._waiting = [(rank, one) for rank, one in self._waiting if one is not film]
            if len(self._waiting) < before:
                film.turn("stopped")
            for actor in self._actors:
                if actor.film is film:
                    film.state = "stopped"
                    actor.wanted.value = 0
            self._deal()

    def close(self) -> None:
        """End all processes."""
        self._is_open = False
        for actor in self._actors:  # who listens to them hears that they have ended
            actor.process.terminate()
        for actor in self._actors:
            actor.process.join(5)

    def _forget_old(self) -> None:
        for play in list(self._films):
            if len(self._films) <= MOST_FILMS:
                return
            if not self._films[play].is_open:
                del self._films[play]

    def _deal(self) -> None:
        """Give waiting films to idle processes; those that somebody looks at interrupt those that nobody does."""
        self._waiting.sort(key=lambda one: one[0])
        while self._waiting and (idle := [actor for actor in self._actors if actor.film is None]):
            rank, film = self._waiting.pop(0)
            world = (film.play.world, film.play.seed)
            self._give(next((actor for actor in idle if world in actor.worlds), idle[0]), film, rank)
        leads = [film for rank, film in self._waiting if rank == LEAD]
        others = [actor for actor in self._actors if actor.film is not None and actor.rank != LEAD]
        others.sort(key=lambda actor: -actor.rank)
        for _film, actor in zip(leads, others, strict=False):
            actor.wanted.value = 0
        for place, (_rank, film) in enumerate(self._waiting):
            if film.ahead != place + 1:
                film.ahead = place + 1
                film.changed()

    def _give(self, actor: _Actor, film: Film, rank: int) -> None:
        self._number += 1
        actor.film, actor.rank, actor.number = film, rank, self._number
        root = (film.play.world, film.play.seed)
        beginning = None if root in actor.worlds else self._beginnings.get(root)
        actor.worlds.add(root)
        actor.wanted.value = self._number
        film.ahead = 0
        film.turn("running")
        actor.line.send(Order(self._number, film.play, film.last_month(), beginning))

    def _listen(self, actor: _Actor) -> None:
        """Take what a process tells, until it ends."""
        while True:
            try:
                news = actor.line.recv()
            except (EOFError, OSError):
                break
            self._take(actor, news)
        if self._is_open:
            self._replace(actor)

    def _take(self, actor: _Actor, news: News) -> None:
        film = actor.film
        if film is None or news.number != actor.number:
            return
        if isinstance(news.told, Beginning):
            self._beginnings[film.play.world, film.play.seed] = news.told
            if len(self._beginnings) > MOST_BEGINNINGS:
                self._beginnings.popitem(last=False)
        elif news.told is not None:
            film.take(news.told)
        if not news.is_over:
            return
        with self._lock:
            was_called_off = actor.wanted.value != actor.number
            actor.film = None
            if news.fault is not None:
                film.turn("failed", news.fault)
            elif not was_called_off:
                film.turn("done")
            elif actor.rank != LEAD and film.state == "running" and self._films.get(film.play) is film:
                film.turn("waiting")
                self._waiting.append((actor.rank, film))
            else:
                film.turn("stopped")
            self._deal()

    def _replace(self, actor: _Actor) -> None:
        """A process has died: its film has failed, and another takes its place."""
        with self._lock:
            if actor.film is not None:
                actor.film.turn("failed", Fault("view.process_died"))
            self._actors = [one for one in self._actors if one is not actor]
            self._actors.append(self._hired())
            self._deal()
