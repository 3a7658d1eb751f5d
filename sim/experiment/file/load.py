"""Loading an experiment: a name, a path or a text becomes a checked study, or one error with everything wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from sim.base.errors import Fault, MeasureError, ScenarioError
from sim.base.registry import Registry
from sim.experiment import design as designs
from sim.experiment.design import Point
from sim.experiment.factors import Factor
from sim.experiment.file.arms import Arm, arm_of
from sim.experiment.file.find import find
from sim.experiment.file.sections import ExperimentSection
from sim.experiment.file.varied import Constraint, Varied
from sim.experiment.headlines import SECTIONS
from sim.measures.catalogue import measure_named
from sim.measures.names import MeasureName
from sim.scenario.faults import faults_of
from sim.scenario.find import shown_path
from sim.scenario.merge import doubled_ids
from sim.scenario.nodes import Node, fault_at
from sim.scenario.reader import MAX_BYTES, Read, read_file, read_text
from sim.scenario.schema import Scenario

FORMAT = "hemvist-experiment/1"


@dataclass(frozen=True)
class Study:
    """An experiment that has been read: its arms, its points, and how to load each run's scenario.

    Attributes
    ----------
    section : ExperimentSection
        What the file says.
    text : str
        The file, word for word.
    path, beside : Path or None
        Where it lies, and where the paths in it start.
    written_points : int or None
        Points that the file asks for; ``section`` may ask for more.
    arms : tuple of Arm
    factors : tuple of Factor
    constraints : tuple of Constraint
    points : tuple of dict
        A value per varied path; one empty point where nothing is varied.
    n_drawn : int
        Points before constraints refused some.
    measures : tuple of str
        What is kept of each run.
    registry : Registry
    """

    section: ExperimentSection
    text: str
    path: Path | None
    beside: Path | None
    written_points: int | None
    arms: tuple[Arm, ...]
    factors: tuple[Factor, ...]
    constraints: tuple[Constraint, ...]
    points: tuple[Point, ...]
    n_drawn: int
    measures: tuple[str, ...]
    registry: Registry

    @property
    def id(self) -> str:
        """Name of the experiment, and of its folder."""
        return self.section.id

    @property
    def baseline(self) -> int:
        """Place of the arm that others are compared with."""
        return next((n for n, arm in enumerate(self.section.arms) if arm.baseline), 0)

    @property
    def most_replications(self) -> int:
        """Replications that are asked for, or at most."""
        replications = self.section.replications
        return (replications.n or 0) if replications.stop is None else replications.stop.max

    @property
    def months(self) -> int:
        """Months that every arm has."""
        return min(arm.scenario.time.months for arm in self.arms)

    def scenario(self, arm: int, point: int) -> Scenario:
        """The scenario of a run.

        Raises
        ------
        ScenarioError
            If the point does not fit the arm; the point is told.
        """
        try:
            return self.arms[arm].at(self.points[point], self.registry)
        except ScenarioError as error:
            shown = ", ".join(f"{path}={value}" for path, value in self.points[point].items())
            first = Fault("experiment.point_does_not_fit", {"arm": self.arms[arm].id, "point": shown})
            raise ScenarioError.of([first, *error.faults]) from None

    def with_points(self, n: int) -> Study:
        """The same with another number of points; of a Sobol sequence, those it had come first.

        Raises
        ------
        ScenarioError
            If its design is no sequence that can go on.
        """
        design = self.section.design
        if design.kind not in ("random", "sobol", "sobol_indices"):
            raise ScenarioError("experiment.points_fixed", kind=design.kind)
        section = self.section.model_copy(update={"design": design.model_copy(update={"points": n})})
        drawn = designs.placed(self.factors, shares_of(section, len(self.factors)))
        points = [point for point in drawn if all(one.allows(point) for one in self.constraints)]
        return replace(self, section=section, points=tuple(points), n_drawn=len(drawn))

    def replicated(self, n: int) -> Study:
        """The same with another number of replications (of a stopping rule: at most so many)."""
        old = self.section.replications
        if old.stop is None:
            new = old.model_copy(update={"n": n})
        else:
            stop = old.stop.model_copy(update={"max": n, "min": min(n, old.stop.min)})
            new = old.model_copy(update={"stop": stop})
        return replace(self, section=self.section.model_copy(update={"replications": new}))


def load(source: str | Path, registry: Registry) -> Study:
    """An experiment by bare name (one that ships) or by path.

    Raises
    ------
    ScenarioError
        With every fault, each with its place.
    """
    path = source if isinstance(source, Path) else find(source)
    read = read_file(path, shown_path(path))
    return _study(read, path.read_text(encoding="utf-8"), path, path.parent, registry)


def load_text(text: str, registry: Registry, *, name: str = "experiment", beside: Path | None = None) -> Study:
    """An experiment from text; paths in it are relative to ``beside``.

    Raises
    ------
    ScenarioError
        With every fault; ``name`` stands where a file would.
    """
    return _study(read_text(text, name, MAX_BYTES), text, None, beside, registry)


def is_experiment(path: Path) -> bool:
    """Whether a file says that it is an experiment."""
    try:
        tree = read_file(path).node
    except ScenarioError:
        return False
    written = tree.child("schema")
    return written is not None and str(written.value).startswith("hemvist-experiment/")


def _study(read: Read, text: str, path: Path | None, beside: Path | None, registry: Registry) -> Study:
    section = _section(read)
    tree, faults, arms = read.node, list[Fault](), list[Arm]()
    for number, written in enumerate(section.arms):
        try:
            arms.append(arm_of(written, section.set, tree, number, beside, registry))
        except ScenarioError as error:
            faults += [fault for fault in error.faults if fault not in faults]
    faults += _measure_faults(section, tree)
    if faults:
        raise ScenarioError.of(faults)
    varied = Varied(section.design, arms, tree)
    if varied.faults:
        raise ScenarioError.of(varied.faults)
    points, n_drawn = _points(section, varied)
    if not points:
        raise ScenarioError.of([fault_at_design(tree, "experiment.no_points", n=n_drawn)])
    measures = section.outputs.measures or default_measures([arm.scenario for arm in arms])
    return Study(section, text, path, beside, section.design.points, tuple(arms), varied.factors, varied.constraints,
                 tuple(points), n_drawn, tuple(measures), registry)  # fmt: skip


def section_of(text: str) -> ExperimentSection:
    """What the text of an experiment says, without a look at the scenarios it names.

    Raises
    ------
    ScenarioError
        With every fault.
    """
    return _section(read_text(text, "experiment", MAX_BYTES))


def fault_at_design(tree: Node, key: str, /, **values: object) -> Fault:
    """Something wrong with the design as a whole."""
    return Fault(key, values, tree.nearest(("design",)).place("design"))


def _section(read: Read) -> ExperimentSection:
    """What the file says, checked by itself.

    Raises
    ------
    ScenarioError
        With every fault.
    """
    if read.node.map is None:
        raise ScenarioError.of([*read.faults, fault_at(read.node, "file_not_a_map", "")])
    faults = read.faults + doubled_ids(read.node)
    try:
        section = ExperimentSection.model_validate(read.node.plain())
    except ValidationError as error:
        raise ScenarioError.of([*faults, *faults_of(error, read.node)]) from None
    if faults:
        raise ScenarioError.of(faults)
    return section


def _measure_faults(section: ExperimentSection, tree: Node) -> list[Fault]:
    """Names of measures that mean nothing, and those looked at without being kept."""
    asked: list[tuple[tuple[str | int, ...], str]] = [
        (("outputs", "measures", n), name) for n, name in enumerate(section.outputs.measures)
    ]
    looked: list[tuple[tuple[str | int, ...], str]] = [
        (("analyse", "measures", n), name) for n, name in enumerate(section.analyse.measures)
    ]
    if section.replications.stop is not None:
        looked.append((("replications", "stop", "measure"), section.replications.stop.measure))
    faults = []
    for at, name in (*asked, *looked):
        try:
            measure_named(name)
        except MeasureError as error:
            place = tree.nearest(at).place(".".join(map(str, at)))
            faults += [Fault(fault.key, fault.values, place) for fault in error.faults]
    kept = section.outputs.measures
    for at, name in looked if kept and not faults else ():
        if name not in kept:
            place = tree.nearest(at).place(".".join(map(str, at)))
            faults.append(Fault("experiment.measure_not_kept", {"measure": name}, place))
    return faults


def _points(section: ExperimentSection, varied: Varied) -> tuple[list[Point], int]:
    """Points that the constraints allow, and how many there were before."""
    points = _drawn(section, varied)
    return [point for point in points if all(one.allows(point) for one in varied.constraints)], len(points)


def _drawn(section: ExperimentSection, varied: Varied) -> list[Point]:
    kind, factors = section.design.kind, varied.factors
    if kind == "none":
        return [{}]
    if kind == "list":
        return [dict(row) for row in varied.rows]
    if kind in ("grid", "zip"):
        return designs.grid(factors) if kind == "grid" else designs.zipped(factors)
    return designs.placed(factors, shares_of(section, len(factors)))


def shares_of(section: ExperimentSection, n_factors: int) -> np.ndarray:
    """Points of the unit cube that a design means, shape (n_points, n_factors)."""
    design = section.design
    n, kind = design.points or 0, design.kind
    if kind == "morris":
        return designs.trajectories(n_factors, design.trajectories or 0, design.levels, design.seed)
    if kind == "sobol_indices":
        return designs.saltelli(n_factors, n, design.second_order, design.seed)
    if kind in ("random", "lhs", "sobol"):
        return designs.sampled(kind, n_factors, n, design.seed)
    raise ValueError(kind)


def default_measures(scenarios: Iterable[Scenario]) -> tuple[str, ...]:
    """The headline measures that towns of these kinds can have."""
    known: list[str] = []
    for scenario in scenarios:
        groups = {group.id for group in scenario.population.groups}
        for section, names in SECTIONS.items():
            if (section == "theory") != scenario.money:
                known += [name for name in names if _fits(name, groups) and name not in known]
    return tuple(known)


def _fits(name: str, groups: set[str]) -> bool:
    """Whether a breakdown by group names one that is there; income groups are numbers."""
    by: Mapping[str, str] = dict(MeasureName.parse(name).by)
    return "group" not in by or by["group"] in groups or by["group"].isdigit()
