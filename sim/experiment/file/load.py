"""Loading an experiment: a name, a path or a text becomes a checked study, or one error with everything wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import ValidationError

from sim.base.errors import Fault, MeasureError, ScenarioError
from sim.base.registry import Registry
from sim.experiment import design as designs
from sim.experiment.design import Point
from sim.experiment.file.aims import looked_for
from sim.experiment.file.arms import Arm, arm_of
from sim.experiment.file.find import find
from sim.experiment.file.sections import ExperimentSection
from sim.experiment.file.study import Study, shares_of
from sim.experiment.file.varied import Varied
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
    looked += looked_for(section.search, section.calibrate)
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
    if kind == "search":
        return [varied.as_it_stands()]
    if kind == "list":
        return [dict(row) for row in varied.rows]
    if kind in ("grid", "zip"):
        return designs.grid(factors) if kind == "grid" else designs.zipped(factors)
    return designs.placed(factors, shares_of(section, len(factors)))


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
