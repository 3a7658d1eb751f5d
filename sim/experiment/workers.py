"""Runs over processes: the same results for any number of workers, and an end to each of them."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from sim.base.errors import Fault, SimError
from sim.engine.provenance import n_cores
from sim.experiment.brake import Brake
from sim.experiment.worker import AT_ONCE, RUNNING, SOON, WAITING, Outcome, Task, attempt, begin, work

STRIKES = 3
_LOOK_EVERY = 0.2
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


TELLING = 0.02
"""Share of the work from which on its speed says how long the rest takes (assumed)."""


@dataclass(frozen=True)
class Progress:
    """How far a job has come; ``seconds`` since it began."""

    done: int
    planned: int
    finished: int
    tasks: int
    seconds: float

    @property
    def seconds_left(self) -> float | None:
        """Time that remains at the speed so far; None while most of the time went into starting."""
        is_known = self.done > 0 and self.done >= TELLING * self.planned
        return self.seconds * (self.planned - self.done) / self.done if is_known else None


Watch = Callable[[Progress], None]


def run_all(
    tasks: Sequence[Task],
    *,
    brake: Brake,
    workers: int | None = None,
    watch: Watch | None = None,
    rules: Sequence[Path] = (),
) -> list[Outcome]:
    """Do all tasks and return what became of each, in their order.

    Parameters
    ----------
    tasks : sequence of Task
        Independent of each other: who does them, and how many at once, changes nothing.
    brake : Brake
        Once pulled, running tasks end early and the rest become ``Outcome()``.
    workers : int, optional
        Processes; 0: this one (for a debugger); None: as many as there are cores.
    watch : callable, optional
        Told about the progress about five times a second.
    rules : sequence of Path
        Files with rules from outside, which each process has to know.

    Raises
    ------
    SimError
        If a task could not do what the user asked: the others would fail alike, so they are called off. Also if
        processes die before they have begun with anything.
    """
    if not tasks:
        return []
    n_workers = min(len(tasks), n_cores() if workers is None else workers)
    if n_workers == 0:
        return _Here(tasks, brake, watch).run()
    return _Pool(tasks, brake, watch, n_workers, tuple(rules)).run()


class Meter:
    """Counts the months of work in this process, tells who watches, and says when the brake is pulled."""

    def __init__(self, planned: int, brake: Brake, watch: Watch | None, tasks: int = 1) -> None:
        self.planned, self.brake, self.watch, self.tasks = planned, brake, watch, tasks
        self.done = self.finished = 0
        self.began = time.monotonic()

    def tick(self, months: int) -> bool:
        """So many months more are done."""
        self.report(self.done + months)
        return self.brake.pulled

    def report(self, done: int) -> None:
        """So many months are done in all."""
        self.done = done
        if self.watch is not None:
            seconds = time.monotonic() - self.began
            self.watch(Progress(min(done, self.planned), self.planned, self.finished, self.tasks, seconds))


class _Job:
    """Tasks, what became of them, and who wants to know."""

    def __init__(self, tasks: Sequence[Task], brake: Brake, watch: Watch | None) -> None:
        self.tasks, self.brake = tasks, brake
        self.outcomes: dict[int, Outcome] = {}
        self.meter = Meter(sum(task.months for task in tasks), brake, watch, len(tasks))

    def settle(self, place: int, outcome: Outcome) -> None:
        """A task is done."""
        self.outcomes[place] = outcome
        self.meter.finished = len(self.outcomes)

    def in_order(self) -> list[Outcome]:
        """What became of each task, in their order."""
        return [self.outcomes.get(place, Outcome()) for place in range(len(self.tasks))]


class _Here(_Job):
    """All tasks in this process, one after the other."""

    def run(self) -> list[Outcome]:
        for place, task in enumerate(self.tasks):
            if self.brake.pulled:
                break
            self.settle(place, attempt(task, self.meter.tick))
            self.meter.report(self.meter.done)
        return self.in_order()


class _Pool(_Job):
    """Tasks over processes that may die."""

    def __init__(
        self, tasks: Sequence[Task], brake: Brake, watch: Watch | None, n_workers: int, rules: tuple[Path, ...]
    ) -> None:
        super().__init__(tasks, brake, watch)
        self.n_workers, self.rules = n_workers, rules
        self.context = multiprocessing.get_context("spawn")
        self.done = self.context.RawArray("q", len(tasks))
        self.marks = self.context.RawArray("b", len(tasks))
        self.stop = self.context.Value("b", 0, lock=False)
        self.strikes = [0] * len(tasks)
        self.idle_deaths = 0

    def run(self) -> list[Outcome]:
        with one_thread_each():
            while not self._all_known():
                try:
                    self._round()
                except BrokenProcessPool:
                    self._count_strikes()
        return self.in_order()

    def _all_known(self) -> bool:
        return len(self.outcomes) == len(self.tasks) or self.brake.pulled

    def _round(self) -> None:
        """One pool, until a worker has died or all are done; tasks under suspicion come last, one at a time."""
        left = [place for place in range(len(self.tasks)) if place not in self.outcomes]
        innocent = [place for place in left if not self.strikes[place]]
        n_workers, turn = (self.n_workers, innocent) if innocent else (1, left)
        start = (self.done, self.marks, self.stop, os.getpid(), self.rules)
        pool = ProcessPoolExecutor(n_workers, self.context, initializer=begin, initargs=start)
        try:
            self._collect(pool, iter(turn), n_workers)
        except BrokenProcessPool:
            raise
        except BaseException:
            self.stop.value = AT_ONCE
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    def _collect(self, pool: ProcessPoolExecutor, turn: Iterator[int], n_workers: int) -> None:
        """Keep every worker busy, but hand out no more than that: a pool that breaks then loses little."""
        flying: dict[Future[Outcome], int] = {}
        while True:
            while len(flying) < n_workers and not self.brake.pulled:
                place = next(turn, None)
                if place is None:
                    break
                self.marks[place], self.done[place] = WAITING, 0
                flying[pool.submit(work, place, self.tasks[place])] = place
            if not flying:
                return
            landed, _ = wait(flying, timeout=_LOOK_EVERY, return_when=FIRST_COMPLETED)
            self.stop.value = SOON if self.brake.pulled else 0
            for future in landed:
                self.settle(flying.pop(future), future.result())
            self.meter.report(sum(self.done))

    def _count_strikes(self) -> None:
        """Suspect the tasks that were running when a worker died, and give up on one that did it three times."""
        self.idle_deaths = 0 if RUNNING in list(self.marks) else self.idle_deaths + 1
        if self.idle_deaths >= STRIKES:
            raise SimError("experiment.workers_do_not_start", times=STRIKES)
        for place, mark in enumerate(self.marks):
            if mark == RUNNING and place not in self.outcomes:
                self.strikes[place] += 1
                if self.strikes[place] >= STRIKES:
                    self.settle(place, Outcome(fault=Fault("experiment.worker_died", {"times": STRIKES})))
            self.marks[place] = WAITING


@contextlib.contextmanager
def one_thread_each() -> Iterator[None]:
    """Processes that are started in this block compute with one thread."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
