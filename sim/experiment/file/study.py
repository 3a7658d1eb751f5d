"""A study: an experiment that has been read, and how to load the scenario of each of its runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sim.base.errors import Fault, ScenarioError
from sim.base.registry import Registry
from sim.experiment import design as designs
from sim.experiment.design import Point
from sim.experiment.factors import Factor
from sim.experiment.file.arms import Arm
from sim.experiment.file.sections import ExperimentSection
from sim.experiment.file.varied import Constraint
from sim.scenario.schema import Scenario


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
    def has_outside_rules(self) -> bool:
        """Whether some rule that may be named was written outside the package."""
        return any(not rule.__module__.startswith("sim.") for rule in self.registry.all())

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

        A search has its points one by one, so for it this is how many it may try.

        Raises
        ------
        ScenarioError
            If its design is no sequence that can go on.
        """
        design = self.section.design
        section = self.section.model_copy(update={"design": design.model_copy(update={"points": n})})
        if design.kind == "search":
            return replace(self, section=section)
        if design.kind not in ("random", "sobol", "sobol_indices"):
            raise ScenarioError("experiment.points_fixed", kind=design.kind)
        drawn = designs.placed(self.factors, shares_of(section, len(self.factors)))
        points = [point for point in drawn if all(one.allows(point) for one in self.constraints)]
        return replace(self, section=section, points=tuple(points), n_drawn=len(drawn))

    def at(self, points: Sequence[Point]) -> Study:
        """The same at these points."""
        return replace(self, points=tuple(points), n_drawn=len(points))

    def replicated(self, n: int) -> Study:
        """The same with another number of replications (of a stopping rule: at most so many)."""
        old = self.section.replications
        if old.stop is None:
            new = old.model_copy(update={"n": n})
        else:
            stop = old.stop.model_copy(update={"max": n, "min": min(n, old.stop.min)})
            new = old.model_copy(update={"stop": stop})
        return replace(self, section=self.section.model_copy(update={"replications": new}))


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
