"""A sweep: every planned run that is not there yet, made and stored; begun again as often as needed."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from sim.base.disk import ready
from sim.engine.provenance import model_code_hash, n_cores
from sim.experiment.bench import Job
from sim.experiment.brake import Brake
from sim.experiment.cluster import Cluster
from sim.experiment.file.study import Study
from sim.experiment.lock import locked
from sim.experiment.manifest import check_fits, manifest_of, now
from sim.experiment.plan import Plan, Run
from sim.experiment.pool import Here, Limits, Pool, last_line
from sim.experiment.queue import Queue, Strike
from sim.experiment.results import Results
from sim.experiment.stopping import is_enough, rounds, widths
from sim.experiment.store import Store
from sim.experiment.workers import Progress, Watch

GIB = float(1 << 30)


@dataclass(frozen=True)
class How:
    """How a sweep is run; none of it changes a number.

    Attributes
    ----------
    workers : int or None
        Processes; 0: this one; None: as many as there are cores.
    batch : int or None
        Runs in a batch.
    limit : int or None
        At most so many new runs this time.
    fail_fast, only_failed, accept : bool
        Stop at the first failure; run again what was set aside, and nothing else; accept that the model has changed.
    timeout : float or None
        Seconds for a run, in place of what the file says.
    max_failures : float or None
        Share of the planned runs, in place of what the file says.
    cluster : str
        Address of a Dask scheduler whose workers make the runs; empty: processes of this machine.
    cache : Path or None
        A folder with other experiments, whose runs are taken over where they are the same.
    rules : tuple of Path
        Files with rules from outside.
    """

    workers: int | None = None
    batch: int | None = None
    limit: int | None = None
    fail_fast: bool = False
    only_failed: bool = False
    accept: bool = False
    timeout: float | None = None
    max_failures: float | None = None
    cluster: str = ""
    cache: Path | None = None
    rules: tuple[Path, ...] = ()


@dataclass
class Swept:
    """What a sweep did.

    Attributes
    ----------
    planned, there, made, failed : int
        Runs planned so far; on disk before; made and stored now; set aside, from before and now.
    interrupted, gave_up : bool
        Whether somebody stopped it; whether it stopped itself, since too many failed.
    reached : bool or None
        Whether the intervals became narrow enough; None where there is no such rule.
    widths : list of float
        Half-width of each interval at the end.
    seconds : float
    """

    planned: int = 0
    there: int = 0
    made: int = 0
    failed: int = 0
    interrupted: bool = False
    gave_up: bool = False
    reached: bool | None = None
    widths: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def left(self) -> int:
        """Planned runs that are neither there nor set aside."""
        return self.planned - self.there - self.made - self.failed


def pending(store: Store, plan: Sequence[Run], measures: Sequence[str], *, only_failed: bool = False) -> list[Run]:
    """Planned runs that are not there, each once; without those set aside, or of those alone."""
    done, aside = store.survey().finished(measures), store.failures()
    once = {run.run_id: run for run in plan if run.run_id not in done}
    return [run for run_id, run in once.items() if (run_id in aside) == only_failed]


def sweep(study: Study, store: Store, how: How, brake: Brake, watch: Watch | None = None) -> Swept:
    """Make every planned run that is not there.

    Raises
    ------
    StoreError
        If somebody else is at work in the folder, or it belongs to another experiment or another model.
    SimError
        If nothing can be run.
    """
    with locked(store.folder):
        return _Sweep(study, store, how, brake, watch).run()


class _Sweep:
    """One driver at work."""

    def __init__(self, study: Study, store: Store, how: How, brake: Brake, watch: Watch | None) -> None:
        self.study, self.store, self.how, self.brake, self.watch = study, store, how, brake, watch
        self.n_workers = n_cores() if how.workers is None else how.workers
        old = store.manifest() if store.exists else None
        changes = check_fits(study, old, store.folder, accept=how.accept) if old is not None else []
        self.manifest = manifest_of(study, old, workers=self.n_workers, cluster=how.cluster, argv=sys.argv[1:])
        self.manifest["code_changes"] = changes
        self.plan = Plan(study, self.manifest["code"])
        self.swept = Swept()
        self.began = time.monotonic()
        self.rows: list[Run] = []

    def run(self) -> Swept:
        """Round by round, until there are replications enough."""
        section = self.study.section.replications
        for first, last in rounds(section):
            self.rows += self.plan.runs(first, last)
            if first == 0:
                self._begin()
            self._round()
            if self._is_over() or (section.stop is not None and self._look(section.stop)):
                break
        return self._end()

    def _begin(self) -> None:
        """The manifest first: whoever finds the folder knows what it is."""
        ready(self.store.folder)
        self.store.keep_manifest(self.manifest)
        texts = {arm["sha256"]: _yaml(study_arm.scenario.resolved())
                 for arm, study_arm in zip(self.manifest["arms"], self.study.arms, strict=True)}  # fmt: skip
        self.store.keep_texts(self.study.text, texts)
        self.store.log("begun", at=now(), argv=sys.argv[1:])
        if self.how.cache is not None:
            self._take_over(self.how.cache)

    def _take_over(self, cache: Path) -> None:
        """Runs of other experiments that are the same as planned ones."""
        from sim.experiment.shards import ABOUT, write_tables

        measures = list(self.study.measures)
        for path in sorted(cache.glob("*/manifest.json")):
            other = Store(path.parent)
            if other.folder.resolve() == self.store.folder.resolve():
                continue
            wanted = {run.run_id for run in pending(self.store, self.rows, measures)}
            same = sorted(wanted & other.survey().finished(measures).keys())
            if same and other.manifest()["every"] == self.manifest["every"]:
                series = other.table("series", ["month", *measures], same)
                write_tables(self.store.folder, series, other.table("final", [*ABOUT[1:], *measures], same), measures)

    def _round(self) -> None:
        """All runs of the plan so far that are not there."""
        self.store.keep_design(self.rows, self.study.points)
        if self.how.only_failed and not self.swept.made:
            again = pending(self.store, self.rows, self.study.measures, only_failed=True)
            self.store.forgive(run.run_id for run in again)
            waiting = again
        else:
            waiting = pending(self.store, self.rows, self.study.measures)
        if self.how.limit is not None:
            waiting = waiting[: max(0, self.how.limit - self.swept.made)]
        if waiting and not self.brake.pulled:
            self._make(waiting)

    def _make(self, waiting: list[Run]) -> None:
        limits = self.study.section.limits
        queue = Queue(waiting, strikes=1 + limits.retries, set_aside=self._set_aside, batch=self.how.batch,
                      n_workers=self.n_workers)  # fmt: skip
        seconds = self.how.timeout if self.how.timeout is not None else limits.timeout and limits.timeout * 60.0
        memory = None if limits.memory is None else limits.memory * GIB
        before = self.swept.made
        with self._makers(Limits(seconds, memory), len(waiting)) as makers:
            try:
                makers.run(queue, lambda: self._watch(queue))
            finally:
                self.swept.made = before + queue.n_done

    def _makers(self, limits: Limits, n: int) -> Pool | Here | Cluster:
        if self.how.cluster:
            return Cluster(self._job(), self.how.cluster, self.brake)
        if self.n_workers == 0:
            return Here(self._job(), self.brake)
        return Pool(self._job(), min(self.n_workers, n), limits, self.brake)

    def _job(self) -> Job:
        study = self.study
        name = "experiment.yaml" if study.path is None else str(study.path)
        asked = study.section.design.points
        beside = None if study.beside is None else study.beside.resolve()
        points = asked if asked != study.written_points else None
        return Job(study.text, name, beside, points, self.how.rules, study.measures, study.section.outputs.every,
                   self.store.folder.resolve(), self.manifest["code"], model_code_hash(),
                   study.points if study.section.search is not None else ())  # fmt: skip

    def _watch(self, queue: Queue) -> None:
        if queue.n_failed and self._gives_up(queue):
            queue.close()
        if self.watch is not None:
            seconds = time.monotonic() - self.began
            done = queue.n_done + queue.n_failed
            self.watch(Progress(done, queue.n_planned, queue.n_done, queue.n_planned, seconds))

    def _gives_up(self, queue: Queue) -> bool:
        limits = self.study.section.limits
        share = limits.max_failures if self.how.max_failures is None else self.how.max_failures
        too_many = queue.n_failed > max(1, share * len(self.rows))
        self.swept.gave_up = too_many or self.how.fail_fast or limits.on_failure == "stop"
        return self.swept.gave_up

    def _set_aside(self, run: Run, strikes: Sequence[Strike]) -> None:
        """Write down a run that fails again and again, and how to repeat it."""
        arm, point = self.study.arms[run.arm], self.study.points[run.point]
        self.store.fail(
            run.run_id,
            {
                "run_id": run.run_id, "arm": arm.id, "point": dict(point), "replication": run.replication,
                "seed": run.seed, "reason": strikes[-1].reason, "fault": last_line(strikes[-1].trace),
                "attempts": len(strikes), "traces": [one.trace for one in strikes], "at": now(),
                "command": command(self.study, run, self.how.rules),
            },
        )  # fmt: skip
        self.store.log("set_aside", run_id=run.run_id, reason=strikes[-1].reason)

    def _is_over(self) -> bool:
        has_limit = self.how.limit is not None and self.swept.made >= self.how.limit
        return self.brake.pulled or self.swept.gave_up or has_limit or self.how.only_failed

    def _look(self, stop: Any) -> bool:
        """Whether the intervals are narrow enough by now."""
        results = Results(self.store, self.manifest)
        self.swept.reached, self.swept.widths = is_enough(results, stop), widths(results, stop)
        return self.swept.reached

    def _end(self) -> Swept:
        """Pack, count, and close the manifest."""
        if not self.brake.pulled:
            self.store.compact(self.study.measures)
        done, aside = self.store.survey().finished(self.study.measures), self.store.failures()
        names = {run.run_id for run in self.rows}
        swept = self.swept
        swept.planned, swept.failed = len(names), len(names & aside.keys() - done.keys())
        swept.there = len(names & done.keys()) - swept.made
        swept.interrupted = self.brake.pulled and swept.left > 0
        swept.seconds = time.monotonic() - self.began
        closing = {"stopped": now(), "planned": swept.planned, "done": swept.there + swept.made, "failed": swept.failed}
        self.store.keep_manifest({**self.manifest, **closing, "files": self.store.sums()})
        self.store.log("ended", at=now(), made=swept.made, failed=swept.failed)
        return swept


def command(study: Study, run: Run, rules: Sequence[Path] = ()) -> str:
    """What to type to repeat one run by itself."""
    arm, point = study.arms[run.arm], study.points[run.point]
    changes = {**arm.changes, **point}
    parts = ["hemvist", "run", arm.source, "--seed", str(run.seed)]
    for path, value in changes.items():
        parts += ["--set", f"{path}={'null' if value is None else value}"]
    for file in rules:
        parts += ["--rules", str(file)]
    return shlex.join(parts)


def _yaml(data: dict[str, Any]) -> str:
    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)
    return text
