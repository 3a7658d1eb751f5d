"""One household in the cities on the page: looked up by a process of its own, told in plain sentences."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from sim.base.errors import Fault, SimError
from sim.base.language import LANGUAGES
from sim.engine.history import Sampled
from sim.engine.record import Record
from sim.experiment.brake import Brake
from sim.experiment.follow import CANDIDATES, Life, Lived, Setting, life_of, telling
from sim.experiment.workers import Progress, run_all
from sim.view.plays import Play

MOST = 20
"""Households that a page leafs through (assumed: nobody reads more)."""

State = Literal["idle", "waiting", "running", "done", "failed"]

_one_at_a_time = threading.Lock()
"""Cities with many households followed are played for one page at a time, whoever asks."""


class Following:
    """What one page knows of the households it follows.

    Attributes
    ----------
    state : str
    plays : tuple of Play
        The cities, the one compared with first.
    households : tuple of int
        Ids, those first whose lives differ most.
    at : int
        Which of them is told.
    done, planned : int
        Months.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self.state: State = "idle"
        self.plays: tuple[Play, ...] = ()
        self.households: tuple[int, ...] = ()
        self.at = 0
        self.done, self.planned = 0, 1
        self.fault: Fault | None = None
        self._records: tuple[Record, ...] = ()
        self._brake = Brake()

    def begin(self, plays: Sequence[Play]) -> threading.Thread:
        """Look up whom to follow in these cities; what was under way is called off."""
        self.cancel()
        brake = self._brake = Brake()
        self.plays, self.households, self.at, self.done, self.fault = tuple(dict.fromkeys(plays)), (), 0, 0, None
        self._turn("waiting")
        thread = threading.Thread(target=self._look_up, args=(brake, self.plays), daemon=True)
        thread.start()
        return thread

    def cancel(self) -> None:
        """Nobody waits for it any more."""
        self._brake.pulled = True
        if self.state in ("waiting", "running"):
            self._turn("idle")

    def another(self) -> None:
        """The next household, after the last the first."""
        self.at = (self.at + 1) % max(len(self.households), 1)
        self._changed()

    def lives(self, names: Sequence[str]) -> tuple[Life, ...]:
        """The life that is told, in each city under the name it has on the page."""
        if not self.households:
            return ()
        chosen = self.households[self.at]
        lives = (life_of(record, chosen, Setting.of(play.scenario()))
                 for record, play in zip(self._records, self.plays, strict=True))  # fmt: skip
        return tuple(
            replace(life, setting=replace(life.setting, titles=dict.fromkeys(LANGUAGES, name)))
            for life, name in zip(lives, names, strict=False)
        )

    def _look_up(self, brake: Brake, plays: tuple[Play, ...]) -> None:
        with _one_at_a_time:
            if brake.pulled:
                return
            self._turn("running")
            try:
                records = _played(plays, brake, self._watch(brake))
                found = tuple(telling(records)[:MOST]) if records else ()
            except SimError as error:
                self._end(brake, "failed", fault=error.faults[0])
                return
        self._end(brake, "done", records, found)

    def _end(
        self, brake: Brake, state: State, records: tuple[Record, ...] = (), found: tuple[int, ...] = (),
        fault: Fault | None = None,
    ) -> None:  # fmt: skip
        if not brake.pulled:
            self._records, self.households, self.fault = records, found, fault
            self._turn(state)

    def _watch(self, brake: Brake) -> Callable[[Progress], None]:
        def watch(progress: Progress) -> None:
            whole = 12 * (progress.done // 12)
            if not brake.pulled and whole != self.done:
                self.done, self.planned = whole, progress.planned
                self._changed()

        return watch

    def _turn(self, state: State) -> None:
        self.state = state
        self._changed()


def _played(plays: tuple[Play, ...], brake: Brake, watch: Callable[[Progress], None]) -> tuple[Record, ...]:
    """A record of each city with some households followed; nothing if it was called off."""
    scenarios = tuple(play.scenario() for play in plays)
    task = Lived(scenarios, plays[0].seed, Sampled(CANDIDATES, 1))
    (outcome,) = run_all([task], brake=brake, workers=1, watch=watch)
    if outcome.fault is not None:
        raise SimError.of([outcome.fault])
    records: tuple[Record, ...] = outcome.value or ()
    return records if len(records) == len(plays) and records[-1].complete else ()
