"""Small cities, and a company that plays everything at once in this process."""

import numpy as np

from sim.view.film import Film
from sim.view.frames import Frame, Ground
from sim.view.plays import Play, World
from sim.view.stage import Beginning, Stage

TOWN = World("two-towns", (("scale", "0.1"), ("time.months", "15"), ("time.burn_in", "2")))
CITY = World("gothenburg", (("scale", "0.004"), ("time.months", "26"), ("time.burn_in", "1")))
FLOOR = "landlords.municipal.allocation.eligibility.income_floor"


class Here:
    """Plays a film when it is asked for; remembers what it was asked to stop."""

    def __init__(self):
        self.stage = Stage()
        self.films, self.stopped = {}, []

    def film(self, play, *, like=None, rank=0):
        if play not in self.films:
            film = self.films[play] = Film(play)
            if like is not None and len(like):
                film.begin_like(like, min(like.last_month(), play.fork_month(like.play)))
            self.stage.perform(
                play, film.last_month(), lambda told: isinstance(told, Beginning) or film.take(told), lambda: False
            )
            film.turn("done")
        return self.films[play]

    def stop(self, film):
        self.stopped.append(film)


def played(play, stage=None):
    """A film of a play, played through."""
    film = Film(play)
    (stage or Stage()).perform(
        play, -1, lambda told: isinstance(told, Beginning) or film.take(told), lambda: False
    )
    film.turn("done")
    return film


def film(level, months=12):
    """A film of one area and one measure, which stays at a level."""
    made = Film(Play(World("x")))
    none = np.zeros(0)
    made.take(Ground(("a",), none, none, (0, 0), ("group",), ("m",), 0, months, 1))
    for month in range(months + 1):
        made.take(Frame(month, np.zeros((1, 1), np.float32), np.array([level], np.float32)))
    return made
