"""A film: what has been shown of one play so far, and whether more is to come."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Literal

import numpy as np

from sim.base.errors import Fault
from sim.view.frames import Frame, Ground
from sim.view.plays import Play

State = Literal["waiting", "running", "done", "stopped", "failed"]


class Film:
    """Frames of a play, which one thread adds and others read.

    Attributes
    ----------
    play : Play
    state : str
    ground : Ground or None
        None until the first frame.
    fault : Fault or None
        Why it failed.
    ahead : int
        Plays that come before it, while it waits.
    """

    def __init__(self, play: Play) -> None:
        self.play = play
        self.state: State = "waiting"
        self.ground: Ground | None = None
        self.fault: Fault | None = None
        self.ahead = 0
        self._frames: list[Frame] = []
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []

    def __len__(self) -> int:
        return len(self._frames)

    @property
    def is_open(self) -> bool:
        """Whether more may come."""
        return self.state in ("waiting", "running")

    @property
    def is_watched(self) -> bool:
        """Whether anybody listens."""
        return bool(self._listeners)

    def listen(self, call: Callable[[], None]) -> None:
        """Have ``call`` called whenever something changes."""
        self._listeners.append(call)

    def forget(self, call: Callable[[], None]) -> None:
        """Call it no more."""
        self._listeners = [one for one in self._listeners if one != call]

    def begin_like(self, other: Film, month: int) -> None:
        """Take over what another film of the same beginning has shown, up to and including a month."""
        self.ground = other.ground
        self._frames = [frame for frame in other._frames if frame.month <= month]

    def last_month(self) -> int:
        """Month of the last frame, -1 without any."""
        return self._frames[-1].month if self._frames else -1

    def take(self, told: Ground | Frame) -> None:
        """One more frame; months come in their order, each once."""
        with self._lock:
            if isinstance(told, Ground):
                self.ground = told
            elif told.month == len(self._frames):
                self._frames.append(told)
        self.changed()

    def turn(self, state: State, fault: Fault | None = None) -> None:
        """Another state."""
        self.state, self.fault = state, fault
        self.changed()

    def changed(self) -> None:
        """Tell who listens."""
        for call in tuple(self._listeners):
            call()

    def places(self, first: int, beyond: int) -> np.ndarray:
        """Months ``first`` to before ``beyond`` by layer and place, float32, shape (n_months, n_layers, n_places)."""
        frames = self._frames[first:beyond]
        return np.stack([frame.places for frame in frames]) if frames else np.zeros((0, 0, 0), np.float32)

    def values(self, first: int = 0, beyond: int | None = None) -> np.ndarray:
        """The same months by measure, float32, shape (n_months, n_measures)."""
        frames = self._frames[first:beyond]
        return np.stack([frame.values for frame in frames]) if frames else np.zeros((0, 0), np.float32)

    def mean(self, measure: str, first: int, last: int) -> float:
        """Mean of a measure from month ``first`` to ``last``, both counted in, where it is defined; else NaN."""
        if self.ground is None or measure not in self.ground.measures or len(self) <= last:
            return float("nan")
        column = self.values(first, last + 1)[:, self.ground.measures.index(measure)]
        defined = column[~np.isnan(column)]
        return float(defined.mean()) if len(defined) else float("nan")
