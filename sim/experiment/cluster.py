"""Runs over many machines: the same queue and the same shards, made by the workers of a Dask scheduler.

Every worker has to reach the folder of the results, and to have the same version of hemvist. Dask runs whatever reaches
its port: keep it on a network of your own.
"""

from __future__ import annotations

import concurrent.futures
from collections.abc import Callable
from functools import cache
from typing import Any

from sim.base.errors import SimError
from sim.experiment.bench import Bench, Failed, Job, Stored
from sim.experiment.brake import Brake
from sim.experiment.plan import Run
from sim.experiment.queue import Queue, Strike

LOOK_EVERY = 0.5
WAIT = 20
BATCHES_AHEAD = 2
RUNNING = "running"


@cache
def _bench(job: Job) -> Bench:
    """The bench of a worker process, made once for a job."""
    from sim.engine.outside import import_rules

    for file in job.rules:
        import_rules(file)
    return Bench(job)


def make(job: Job, runs: tuple[Run, ...]) -> list[object]:
    """What a worker does with a batch; the receipt says which runs are stored and which raised."""
    told: list[object] = []
    _bench(job).work(runs, told.append, lambda months: False)
    return [one for one in told if isinstance(one, Stored | Failed)]


class Cluster:
    """Makes the runs of a queue on the workers of a scheduler.

    Parameters
    ----------
    job : Job
    address : str
        Of the scheduler: ``tcp://host:port``.
    brake : Brake
        Once pulled, no batch is handed out; those at hand are dropped. It is pulled here if the scheduler is lost.

    Raises
    ------
    SimError
        If there is no scheduler, no worker, or Dask is not installed.
    """

    def __init__(self, job: Job, address: str, brake: Brake) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise SimError("experiment.no_dask") from None
        self.job, self.brake, self.address = job, brake, address
        try:
            self.client = Client(address, timeout=WAIT)
        except (OSError, TimeoutError, ValueError) as fault:
            raise SimError("experiment.no_scheduler", address=address, reason=str(fault)) from fault

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close(timeout=2)

    def _n_threads(self) -> int:
        return sum(self.client.nthreads().values())

    def run(self, queue: Queue, watch: Callable[[], None]) -> None:
        """Work until the queue is empty, the brake is pulled or the scheduler is lost."""
        if not self._n_threads():
            raise SimError("experiment.no_workers", address=self.address)
        try:
            self._work(queue, watch)
        except (OSError, TimeoutError, concurrent.futures.CancelledError):
            self.brake.pulled = True

    def _work(self, queue: Queue, watch: Callable[[], None]) -> None:
        flying: dict[Any, tuple[Run, ...]] = {}
        while self.client.status == RUNNING and not self.brake.pulled:
            while len(flying) < BATCHES_AHEAD * max(1, self._n_threads()) and (runs := queue.next()):
                future = self.client.submit(make, self.job, runs, pure=False)
                flying[future] = runs
            if not flying:
                return
            for future in self._landed(flying):
                self._settle(future, flying.pop(future), queue)
            watch()
        self.brake.pulled = True

    def _landed(self, flying: dict[Any, tuple[Run, ...]]) -> list[Any]:
        from distributed import wait

        try:
            return list(wait(list(flying), timeout=LOOK_EVERY, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            return []
        except concurrent.futures.CancelledError:
            return [future for future in flying if future.status in ("cancelled", "lost")]

    def _settle(self, future: Any, runs: tuple[Run, ...], queue: Queue) -> None:
        """What became of a batch; if its worker died again and again, its runs come back one by one."""
        if future.status == "finished":
            self._read(future.result(), {run.run_id: run for run in runs}, queue)
            return
        if future.status in ("cancelled", "lost"):
            queue.give_back(runs)
            return
        fault = future.exception()
        if isinstance(fault, SimError):
            raise fault
        if len(runs) > 1:
            queue.suspect(runs)
        else:
            queue.strike(runs[0], Strike("died", f"{type(fault).__name__}: {fault}"))

    def _read(self, told: list[object], batch: dict[str, Run], queue: Queue) -> None:
        for one in told:
            if isinstance(one, Stored):
                queue.stored(one.run_ids, one.seconds)
            elif isinstance(one, Failed):
                queue.strike(batch[one.run_id], Strike("raised", one.trace))
