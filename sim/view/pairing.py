"""Two plays side by side on the same luck, and behind them more pairs on other luck, which tell what is clear."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sim.experiment.paired import seeds
from sim.view.company import CHORUS, LEAD
from sim.view.film import Film
from sim.view.house import House
from sim.view.plays import Play


class Pairing:
    """What is compared with what.

    Parameters
    ----------
    house : House
    most : int
        Pairs; 1 where nobody asks what is clear.
    changed : callable
        Called (from any thread) when there are other words to say: a film began, ended or failed.

    Attributes
    ----------
    pairs : list of pairs of Film
        The first is on screen.
    """

    def __init__(self, house: House, most: int, changed: Callable[[], None]) -> None:
        self.house, self.most, self._changed = house, most, changed
        self.pairs: list[tuple[Film, Film]] = []
        self._plays: tuple[Play, Play] | None = None
        self._states: tuple[Any, ...] = ()
        self._left: list[Film] = []
        self._lock = threading.RLock()

    @property
    def is_same(self) -> bool:
        """Whether both are one play."""
        return self._plays is not None and self._plays[0] == self._plays[1]

    @property
    def first(self) -> tuple[Film, Film] | None:
        """The pair on screen."""
        return self.pairs[0] if self.pairs else None

    def show(self, one: Play, other: Play) -> None:
        """Have these two played, and then pairs of them on other luck."""
        with self._lock:
            if self._plays == (one, other):
                return
            before, self._plays = self.pairs, (one, other)
            self._leave(before)
            self.pairs = [self._pair(one, other, LEAD, before)]
            self._states = ()
        self._look()

    def _pair(self, one: Play, other: Play, rank: int, before: list[tuple[Film, Film]]) -> tuple[Film, Film]:
        company = self.house.company
        left = company.film(one, rank=rank)
        likes = [left, *(film for pair in before[:1] for film in pair)]
        alike = [film for film in likes if _begins_like(film, other)]
        like = max(alike, key=lambda film: _known(film, other), default=None)
        right = left if one == other else company.film(other, like=like, rank=rank)
        for film in {id(film): film for film in (left, right)}.values():
            film.forget(self._look)
            film.listen(self._look)
        return left, right

    def _look(self) -> None:
        """A film went on: tell it where words change, and begin another pair where there is room."""
        films = [film for pair in self.pairs for film in pair]
        states = tuple((film.state, film.ahead, film.ground is not None) for film in films)
        if states == self._states:
            return
        self._states = states
        if self._has_room(films):
            threading.Thread(target=self.add, daemon=True).start()
        self._changed()

    def _has_room(self, films: list[Film]) -> bool:
        return len(self.pairs) < self.most and not any(film.state in ("waiting", "failed") for film in films)

    def add(self) -> None:
        """One more pair on other luck; runs of the baseline are of use to every proposal."""
        with self._lock:
            films = [film for pair in self.pairs for film in pair]
            if self._plays is None or not self._has_room(films):
                return
            one, other = self._plays
            seed = seeds(one.seed, self.house.pairs + 1)[len(self.pairs)]
            pair = self._pair(replace(one, seed=seed), replace(other, seed=seed), CHORUS, [])
            self.pairs = [*self.pairs, pair]
        self._look()

    def n_done(self) -> int:
        """Pairs that are played to their end."""
        return sum(all(film.state == "done" for film in pair) for pair in self.pairs)

    def rest(self) -> None:
        """Nobody looks any more."""
        with self._lock:
            self._leave(self.pairs)
            self._plays = None
        self.sweep()

    def _leave(self, pairs: list[tuple[Film, Film]]) -> None:
        for film in (film for pair in pairs for film in pair):
            film.forget(self._look)
            self._left.append(film)

    def sweep(self) -> None:
        """Call off what was left and what no page watches; the first scenario's own run is always of use."""
        left, self._left = self._left, []
        for film in left:
            is_first = film.play == Play(self.house.world, film.play.seed)
            if film.is_open and not film.is_watched and not is_first:
                self.house.company.stop(film)


def _begins_like(film: Film, play: Play) -> bool:
    return (film.play.world, film.play.seed) == (play.world, play.seed) and len(film) > 0


def _known(film: Film, play: Play) -> int:
    """Last month of a film that is sure to be one of a play too."""
    return min(film.last_month(), play.fork_month(film.play))
