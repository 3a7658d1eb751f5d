"""A pool of processes under supervision: one that dies, hangs or eats memory is replaced, and the others never notice.

Each process has a pipe of its own. So when one is killed, only the batch it had is touched: what is on disk stays, the
run it was in gets a strike, the rest of the batch goes back to the queue.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from sim.base.errors import Fault, SimError
from sim.engine.outside import import_rules
from sim.experiment.bench import Begun, Bench, Failed, Job, Stored
from sim.experiment.brake import Brake
from sim.experiment.plan import Run
from sim.experiment.queue import Queue, Strike
from sim.experiment.worker import AT_ONCE, SOON, WATCH_EVERY
from sim.experiment.workers import one_thread_each

LOOK_EVERY = 0.2
IDLE_DEATHS = 3


@dataclass(frozen=True)
class Limits:
    """What a run may use: ``seconds`` of the clock, ``memory`` in bytes; None where nothing is said."""

    seconds: float | None = None
    memory: float | None = None


@dataclass(frozen=True)
class Ready:
    """A process is ready for a batch."""


@dataclass(frozen=True)
class Hopeless:
    """A process met what the user has to mend: it would be the same in every other."""

    faults: tuple[Fault, ...]
    kind: type[SimError]


def serve(pipe: Connection, job: Job, parent: int, stop: Any) -> None:
    """What a process of the pool does: batch after batch, until there is none."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent, stop), daemon=True).start()
    try:
        for file in job.rules:
            import_rules(file)
        bench = Bench(job)
        pipe.send(Ready())
        while (runs := pipe.recv()) is not None:
            bench.work(runs, pipe.send, lambda months: bool(stop.value))
            pipe.send(Ready())
    except SimError as error:
        pipe.send(Hopeless(error.faults, type(error)))
    except (EOFError, BrokenPipeError):  # the driver is gone
        return


def _end_with(parent: int, stop: Any) -> None:
    while os.getppid() == parent and stop.value != AT_ONCE:
        time.sleep(WATCH_EVERY)
    os._exit(1)


class _Worker:
    """One process, and what it is at."""

    def __init__(self, context: Any, job: Job, stop: Any) -> None:
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, job, os.getpid(), stop), daemon=True)
        self.process.start()
        theirs.close()
        self.batch: dict[str, Run] = {}
        self.at: str | None = None
        self.since = 0.0
        self.is_idle = False
        self.killed_for = ""

    def give(self, runs: tuple[Run, ...]) -> None:
        """Hand out a batch."""
        self.batch = {run.run_id: run for run in runs}
        self.is_idle, self.at = False, None
        with contextlib.suppress(OSError):  # it has just died: its batch goes back in a moment
            self.pipe.send(runs)

    def kill(self, reason: str) -> None:
        """End it, and remember why."""
        self.killed_for = self.killed_for or reason
        self.process.kill()


class Pool:
    """Makes the runs of a queue over processes.

    Parameters
    ----------
    job : Job
    n_workers : int
    limits : Limits
    brake : Brake
        Once pulled, no batch is begun; runs at hand are dropped at the end of their month, finished ones are stored.
    """

    def __init__(self, job: Job, n_workers: int, limits: Limits, brake: Brake) -> None:
        self.job, self.n_workers, self.limits, self.brake = job, n_workers, limits, brake
        self.context = multiprocessing.get_context("spawn")
        self.stop = self.context.Value("b", 0, lock=False)
        self.workers: list[_Worker] = []
        self.idle_deaths = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.value = AT_ONCE
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join(10)
            worker.pipe.close()

    def run(self, queue: Queue, watch: Callable[[], None]) -> None:
        """Work until the queue is empty and everything handed out has come back.

        Raises
        ------
        SimError
            If processes die before they can begin, or meet what the user has to mend.
        """
        while True:
            if self.brake.pulled:
                self.stop.value = SOON
                queue.close()
            self._hand_out(queue)
            busy = [worker for worker in self.workers if not worker.is_idle]
            if not busy or (queue.closed and not any(worker.batch for worker in busy)):
                return
            ends = {worker.pipe: worker for worker in busy} | {worker.process.sentinel: worker for worker in busy}
            for end in wait(list(ends), timeout=LOOK_EVERY):
                if ends[end] in self.workers:
                    self._hear(ends[end], queue)
            for worker in busy:
                self._check_limits(worker)
            watch()

    def _hand_out(self, queue: Queue) -> None:
        """A batch to everybody who waits, and a process more as long as there is work for one."""
        for worker in self.workers:
            if worker.is_idle and (runs := queue.next()):
                worker.give(runs)
        starting = sum(not worker.is_idle and not worker.batch for worker in self.workers)
        while len(self.workers) < self.n_workers and queue.n_left > starting and not queue.closed:
            with one_thread_each():
                self.workers.append(_Worker(self.context, self.job, self.stop))
            starting += 1

    def _hear(self, worker: _Worker, queue: Queue) -> None:
        """Everything that a process has to say, and its death."""
        is_dead = not worker.process.is_alive()
        for told in _messages(worker.pipe):
            if isinstance(told, Ready):
                queue.give_back(worker.batch.values())
                worker.batch, worker.at, worker.is_idle = {}, None, True
                self.idle_deaths = 0
            elif isinstance(told, Begun):
                worker.at, worker.since = told.run_id, time.monotonic()
            elif isinstance(told, Failed):
                queue.strike(worker.batch.pop(told.run_id), Strike("raised", told.trace))
                worker.at = None
            elif isinstance(told, Stored):
                for run_id in told.run_ids:
                    worker.batch.pop(run_id, None)
                queue.stored(told.run_ids, told.seconds)
            elif isinstance(told, Hopeless):
                raise told.kind.of(told.faults)
        if is_dead:
            self._bury(worker, queue)

    def _bury(self, worker: _Worker, queue: Queue) -> None:
        """A process is gone: blame the run it was in, and give back the others."""
        self.workers.remove(worker)
        worker.process.join()
        worker.pipe.close()
        at = worker.batch.pop(worker.at, None) if worker.at is not None else None
        if at is not None:
            queue.strike(at, Strike(worker.killed_for or "died", f"exit code {worker.process.exitcode}"))
        elif not worker.batch:
            self.idle_deaths += 1
        queue.give_back(worker.batch.values())
        if self.idle_deaths >= IDLE_DEATHS:
            raise SimError("experiment.workers_do_not_start", times=IDLE_DEATHS)

    def _check_limits(self, worker: _Worker) -> None:
        if worker.at is None or worker.killed_for:
            return
        if self.limits.seconds is not None and time.monotonic() - worker.since > self.limits.seconds:
            worker.kill("too_long")
        elif self.limits.memory is not None and _resident(worker.process.pid) > self.limits.memory:
            worker.kill("too_large")


def _messages(pipe: Connection) -> Iterator[object]:
    try:
        while pipe.poll():
            yield pipe.recv()
    except (EOFError, OSError):
        return


def _resident(pid: int | None) -> int:
    """Memory of a process in bytes; 0 where the system does not tell."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


class Here:
    """Makes the runs of a queue in this process, for a debugger; limits are not watched."""

    def __init__(self, job: Job, brake: Brake) -> None:
        self.job, self.brake = job, brake

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def run(self, queue: Queue, watch: Callable[[], None]) -> None:
        """Work until the queue is empty or the brake is pulled."""
        bench = Bench(self.job)
        while not self.brake.pulled and (runs := queue.next()):
            batch = {run.run_id: run for run in runs}

            def hear(told: object, batch: dict[str, Run] = batch) -> None:
                if isinstance(told, Failed):
                    queue.strike(batch.pop(told.run_id), Strike("raised", told.trace))
                elif isinstance(told, Stored):
                    queue.stored(told.run_ids, told.seconds)
                    for run_id in told.run_ids:
                        batch.pop(run_id)
                watch()

            bench.work(runs, hear, lambda months: self.brake.pulled)
            queue.give_back(batch.values())


def last_line(trace: str) -> str:
    """What a traceback comes down to."""
    lines = trace.strip().splitlines()
    return lines[-1] if lines else ""
