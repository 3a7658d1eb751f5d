"""Where runs are made, in whatever process: a study, a folder, and one run after the other."""

from __future__ import annotations

import hashlib
import sys
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.base.errors import RecordError, StoreError
from sim.engine.load import registry
from sim.engine.provenance import model_code_hash
from sim.engine.simulation import Simulation
from sim.experiment import shards
from sim.experiment.design import Point
from sim.experiment.file.load import load_text
from sim.experiment.plan import Run, names_of
from sim.experiment.play import beginning
from sim.experiment.shards import Outcome
from sim.experiment.worker import Tick
from sim.scenario.schema import Scenario

SCENARIOS = 32
"""Scenarios that are kept ready (assumed): loading one again costs some milliseconds."""
OF_THE_MONTH = "segregation."
DRAWN = (".chance", ".corrected")
"""Indices are of the city as it stands; their levels by chance are drawn now and then, and remembered between."""
FLUSH_EVERY = 10.0
"""Seconds of work that are lost at most when a process is killed, beside the run it is in (assumed)."""


@dataclass(frozen=True)
class Job:
    """Everything that a process has to know before it begins.

    Attributes
    ----------
    text, name : str
        The experiment word for word, and what errors call it.
    beside : Path or None
        Where the paths in it start.
    points : int or None
        How many points a Sobol sequence has, where that is not what the text says.
    rules : tuple of Path
        Files with rules from outside.
    measures : tuple of str
    every : int
        Months from one kept value to the next.
    folder : Path
        Where shards go.
    code : str
        Hash of the model that names the runs.
    model : str
        Hash of the model that the driver has; every process must have the same.
    given : tuple of dict
        The points of a search, which no text knows.
    """

    text: str
    name: str
    beside: Path | None
    points: int | None
    rules: tuple[Path, ...]
    measures: tuple[str, ...]
    every: int
    folder: Path
    code: str
    model: str
    given: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Begun:
    """A run has begun."""

    run_id: str


@dataclass(frozen=True)
class Failed:
    """A run raised."""

    run_id: str
    trace: str


@dataclass(frozen=True)
class Stored:
    """Runs are on disk; ``seconds`` of each."""

    run_ids: tuple[str, ...]
    seconds: tuple[float, ...]


Tell = Callable[[object], None]


class Bench:
    """Makes runs and writes them to shards."""

    def __init__(self, job: Job) -> None:
        if model_code_hash() != job.model:
            raise StoreError("store.worker_has_other_code", found=model_code_hash()[:12], wanted=job.model[:12])
        self.job = job
        study = load_text(job.text, registry(job.rules), name=job.name, beside=job.beside)
        study = study.at(job.given) if job.given else study
        self.study = study if job.points is None else study.with_points(job.points)
        self._scenarios: OrderedDict[tuple[int, int], Scenario] = OrderedDict()
        self._beginnings: dict[tuple[int, int], str] = {}
        self._root: tuple[str, Simulation] | None = None
        self._forgets = all(_is_of_the_month(name) for name in job.measures)
        self._done: list[Outcome] = []
        self._flushed = time.monotonic()

    def work(self, runs: Sequence[Run], tell: Tell, tick: Tick) -> None:
        """Make runs in their order; those that are finished are on disk when this returns.

        Parameters
        ----------
        runs : sequence of Run
        tell : callable
            Hears of every run that begins or fails, and of those that are stored.
        tick : callable
            Told of every month; once it returns True, the run at hand is dropped and the others are not begun.

        Raises
        ------
        RecordError
            If the disk is full or the folder may not be written.
        """
        self._flushed = time.monotonic()
        for place, run in enumerate(runs):
            tell(Begun(run.run_id))
            follower = runs[place + 1] if place + 1 < len(runs) else None
            try:
                outcome = self._run(run, follower, tick)
            except (RecordError, StoreError):
                raise
            except (Exception, SystemExit):
                self._root = None
                tell(Failed(run.run_id, traceback.format_exc()))
                continue
            if outcome is None:
                break
            self._done.append(outcome)
            if time.monotonic() - self._flushed > FLUSH_EVERY:
                self._flush(tell)
        self._root = None
        self._flush(tell)

    def _flush(self, tell: Tell) -> None:
        if self._done:
            outcomes, self._done = self._done, []
            shards.write(self.job.folder, outcomes, self.job.measures)
            tell(Stored(tuple(one.run_id for one in outcomes), tuple(one.seconds for one in outcomes)))
        self._flushed = time.monotonic()

    def _run(self, run: Run, follower: Run | None, tick: Tick) -> Outcome | None:
        """The outcome of a run; None if it was called off."""
        began = time.process_time()
        scenario = self._scenario_of(run)
        simulation = self._founded(run, scenario, follower, tick)
        while not simulation.is_over:
            if simulation.month < 0 or tick(1):
                return None
            simulation.pass_month(measured=self._is_wanted(simulation))
        months, values = self._kept(simulation)
        seconds = time.process_time() - began
        settled = simulation.month < scenario.time.months
        return Outcome(run.run_id, months, values, settled, seconds, _memory(), self.job.model)

    def _scenario_of(self, run: Run) -> Scenario:
        """The scenario of a run, which must be the one that the plan was made with."""
        cell = (run.arm, run.point)
        if cell not in self._scenarios:
            scenario = self.study.scenario(*cell)
            if names_of(self.study, scenario, self.job.code).of(run.seed) != run.run_id:
                raise StoreError("store.scenario_changed", arm=self.study.arms[run.arm].id)
            self._scenarios[cell] = scenario
            if len(self._scenarios) > SCENARIOS:
                self._scenarios.popitem(last=False)
        return self._scenarios[cell]

    def _founded(self, run: Run, scenario: Scenario, follower: Run | None, tick: Tick) -> Simulation:
        """The town at its start; what the runs of one seed have in common is made once."""
        key = f"{run.seed} {self._beginning(run)}"
        if self._root is not None and self._root[0] == key:
            return self._root[1].fork(scenario)
        simulation = Simulation.founded(scenario, run.seed)
        while simulation.month < 0 and not tick(1):
            simulation.pass_month(measured=self._is_wanted(simulation))
        self._root = None
        is_shared = follower is not None and follower.seed == run.seed and self._may_share(run, follower)
        if is_shared and simulation.month >= 0:
            self._root = (key, simulation.fork())
        return simulation

    def _may_share(self, run: Run, follower: Run) -> bool:
        """Whether two runs of one seed begin alike, as far as that is known yet."""
        theirs = self._beginnings.get((follower.arm, follower.point))
        return theirs is None or theirs == self._beginning(run)

    def _beginning(self, run: Run) -> str:
        cell = (run.arm, run.point)
        if cell not in self._beginnings:
            if len(self._beginnings) > 10_000:
                self._beginnings.clear()
            self._beginnings[cell] = _short(beginning(self._scenario_of(run)))
        return self._beginnings[cell]

    def _is_wanted(self, simulation: Simulation) -> bool:
        """Whether the month to come has to be measured: all have, unless what is kept remembers no earlier month."""
        if not (self._forgets and simulation.scenario.money):
            return True
        month = simulation.month + 1
        return month >= 0 and (month % self.job.every == 0 or month == simulation.scenario.time.months)

    def _kept(self, simulation: Simulation) -> tuple[np.ndarray, np.ndarray]:
        """Months and values of the asked measures: every so many months, and the last."""
        history, every = simulation.history, self.job.every
        last = len(history.months) - 1
        rows = [n for n, month in enumerate(history.months) if month >= 0 and (month % every == 0 or n == last)]
        panels = [history.panels[row] for row in rows]
        values = np.array([[panel.get(name, np.nan) for name in self.job.measures] for panel in panels], np.float64)
        return np.array([history.months[row] for row in rows], np.int32), values.reshape(len(rows), -1)


def _is_of_the_month(measure: str) -> bool:
    """Whether a measure follows from the city as it stands."""
    return measure.startswith(OF_THE_MONTH) and not measure.partition("@")[0].endswith(DRAWN)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _memory() -> float:
    """Most memory that this process has used so far, MiB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1024.0 * 1024.0 if sys.platform == "darwin" else 1024.0)
