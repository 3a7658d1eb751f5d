"""One rule at a time: the parts of the dial turned from a right to a commodity, and what each step did."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import cast

import numpy as np

from sim.experiment.differences import Difference, Window, difference, windows
from sim.experiment.paired import seeds
from sim.view.company import PATIENT
from sim.view.dial import dial_of, dial_world, turned
from sim.view.film import Film
from sim.view.house import House
from sim.view.plays import Play
from sim.view.verdicts import headline_measures

ORDERS = ("listed", "reversed")
PAIRS = 3
"""Runs of each step (assumed: the fewest from which the page says whether a difference is clear)."""


class Walk:
    """The walk of one server, played once for all pages, behind everything that somebody looks at.

    Attributes
    ----------
    parts : tuple of str
        Of the dial, in the order of the file; empty where the town has no dial.
    films : dict of Play to Film
        What was asked for.
    """

    def __init__(self, house: House) -> None:
        self.house = house
        world = dial_world(house)
        dial = dial_of(house, world) if world is not None else None
        self.world = world
        self.parts = tuple(part.id for part in dial.sub_dials) if dial is not None else ()
        self.films: dict[Play, Film] = {}
        self._means: dict[Play, np.ndarray] = {}
        self._told = -1
        self._listeners: list[Callable[[], None]] = []
        self._lock = threading.Lock()

    def listen(self, call: Callable[[], None]) -> None:
        """Have it called whenever a run has ended."""
        self._listeners.append(call)

    def forget(self, call: Callable[[], None]) -> None:
        """Call it no more."""
        self._listeners = [one for one in self._listeners if one != call]

    def order(self, which: str) -> tuple[str, ...]:
        """The parts as they are turned."""
        return self.parts if which == ORDERS[0] else self.parts[::-1]

    def plays(self, which: str, seed: int) -> list[Play]:
        """The cities of one walk: none of its parts turned, one, two, ... all."""
        assert self.world is not None
        order = self.order(which)
        return [
            Play(turned(self.world, 0.0, {name: float(name in order[:n]) for name in self.parts}), seed)
            for n in range(len(order) + 1)
        ]

    def begin(self) -> None:
        """Have all of it played; what is there already is not played again."""
        with self._lock:
            for seed in seeds(self.house.seed, PAIRS) if self.world is not None else ():
                for play in (play for which in ORDERS for play in self.plays(which, seed)):
                    if play not in self.films or self.films[play].state in ("stopped", "failed"):
                        self.films[play] = self.house.company.film(play, rank=PATIENT)
                        self.films[play].listen(self._look)
        self._look()

    def _look(self) -> None:
        n = self.n_done() + sum(film.state == "failed" for film in self.films.values())
        if n != self._told:
            self._told = n
            for call in tuple(self._listeners):
                call()

    def n_done(self) -> int:
        """Runs that have ended."""
        return sum(film.state == "done" for film in tuple(self.films.values()))

    def measures(self) -> dict[str, str]:
        """The measure of each answer; empty before the first run has begun."""
        ground = next((film.ground for film in tuple(self.films.values()) if film.ground is not None), None)
        return headline_measures(ground.measures) if ground is not None else {}

    def window(self) -> Window:
        """The months that are looked at."""
        assert self.world is not None
        return windows(self.house.scenario(self.world).time.months)[-1]

    def paths(self, which: str) -> np.ndarray:
        """Where each walk that is done leads, float64, shape (n_walks, n_parts + 1, n_measures)."""
        walks = [self.plays(which, seed) for seed in seeds(self.house.seed, PAIRS)]
        done = [[self._mean(play) for play in plays] for plays in walks if all(map(self._is_done, plays))]
        return np.array(done) if done else np.zeros((0, len(self.parts) + 1, len(self.measures())))

    def _is_done(self, play: Play) -> bool:
        return play in self.films and self.films[play].state == "done"

    def _mean(self, play: Play) -> np.ndarray:
        if play not in self._means:
            at, film = self.window(), self.films[play]
            self._means[play] = np.array([film.mean(name, at.first, at.last) for name in self.measures().values()])
        return self._means[play]

    def steps(self, which: str) -> np.ndarray:
        """What each part changed in each walk, in the order of the file, shape (n_walks, n_parts, n_measures)."""
        if which == "mean":
            both = [self.steps(one) for one in ORDERS]
            n = min(map(len, both))
            return np.asarray((both[0][:n] + both[1][:n]) / 2)
        found: np.ndarray = np.diff(self.paths(which), axis=1)
        return found if which == ORDERS[0] else found[:, ::-1]

    def found(self, which: str) -> list[list[Difference]]:
        """What each part changed, and last all of them together: a list per part, one difference per measure."""
        steps = self.steps(which)
        whole = np.concatenate([steps, steps.sum(axis=1, keepdims=True)], axis=1)
        zeros = np.zeros(len(whole))
        return [
            [difference(name, part, self.window(), zeros, whole[:, row, at])
             for at, name in enumerate(self.measures().values())]
            for row, part in enumerate((*self.parts, "all"))
        ]  # fmt: skip

    def fault(self) -> Film | None:
        """A run that failed."""
        return next((film for film in tuple(self.films.values()) if film.state == "failed"), None)


_one_at_a_time = threading.Lock()


def walk_of(house: House) -> Walk:
    """The walk of a server, the same for all its pages."""
    with _one_at_a_time:
        if "walk" not in house.shared:
            house.shared["walk"] = Walk(house)
        return cast(Walk, house.shared["walk"])
