"""The sections of an experiment file: what is compared, which points, how often, what is kept."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from sim.experiment.file.aims import CalibrateSection, SearchSection
from sim.experiment.file.windows import WrittenWindow
from sim.scenario.fields import Format, Name, Share, Text, Word
from sim.scenario.quantities import Quantity
from sim.scenario.refusals import refuse
from sim.scenario.section import Section

Kind = Literal["none", "grid", "zip", "list", "random", "lhs", "sobol", "morris", "sobol_indices", "search"]
MOST_REPLICATIONS = 100_000

Count = Annotated[int | None, Quantity("", 1, whole=True, optional=True, is_design=True)]
Seed = Annotated[int, Quantity("", 0, 2**63 - 1, whole=True, is_design=True)]
Replicated = Annotated[int, Quantity("", 1, MOST_REPLICATIONS, whole=True, is_design=True)]


class ArmSection(Section):
    """One of the scenarios that are compared."""

    silent: ClassVar[frozenset[str]] = frozenset({"label"})

    id: Name
    scenario: str
    label: Text | None = None
    baseline: bool = False
    set: dict[str, Any] = Field(default_factory=dict)


class FactorSection(Section):
    """What is varied: a path or a lever, over values or between two ends."""

    path: str | None = None
    lever: str | None = None
    label: Text | None = None
    values: tuple[Any, ...] | None = None
    min: Any = None
    max: Any = None
    steps: Count = None
    scale: Annotated[Literal["linear", "log"], Word()] = "linear"
    integer: bool = False

    @model_validator(mode="after")
    def _is_whole(self) -> FactorSection:
        if (self.path is None) == (self.lever is None):
            refuse("experiment.factor_of_what")
        if self.values is not None and not self.values:
            refuse("experiment.no_values", at="values")
        if self.values is not None and (self.min is not None or self.max is not None):
            refuse("experiment.values_or_ends", at="values")
        if self.lever is None and self.values is None and (self.min is None or self.max is None):
            refuse("experiment.no_range")
        return self


KEYS_OF_DESIGN: dict[str, frozenset[str]] = {
    "none": frozenset(),
    "grid": frozenset({"factors", "constraints"}),
    "zip": frozenset({"factors"}),
    "list": frozenset({"rows"}),
    "random": frozenset({"factors", "points", "seed", "constraints"}),
    "lhs": frozenset({"factors", "points", "seed"}),
    "sobol": frozenset({"factors", "points", "seed", "constraints"}),
    "morris": frozenset({"factors", "trajectories", "levels", "seed"}),
    "sobol_indices": frozenset({"factors", "points", "seed", "second_order"}),
    "search": frozenset({"factors", "points", "seed"}),
}
"""Which keys each kind of design knows; Latin hypercubes and trajectories would break if points were refused."""
NEEDED: dict[str, tuple[str, ...]] = {
    "grid": ("factors",), "zip": ("factors",), "list": ("rows",), "random": ("factors", "points"),
    "lhs": ("factors", "points"), "sobol": ("factors", "points"), "morris": ("factors", "trajectories"),
    "sobol_indices": ("factors", "points"), "search": ("factors", "points"),
}  # fmt: skip


class DesignSection(Section):
    """Which points are run."""

    kind: Annotated[Kind, Word()] = "none"
    points: Count = None
    trajectories: Count = None
    levels: Annotated[int, Quantity("", 2, 100, whole=True, is_design=True)] = 4
    seed: Seed = 1
    second_order: bool = False
    factors: tuple[FactorSection, ...] = ()
    rows: tuple[dict[str, Any], ...] = ()
    constraints: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> DesignSection:
        known = KEYS_OF_DESIGN[self.kind]
        for key in sorted(self.model_fields_set - {"kind"} - known):
            refuse("experiment.key_of_other_design", at=key, at_key=True, key=key, kind=self.kind,
                   known=", ".join(sorted(known)) or "-")  # fmt: skip
        for key in NEEDED.get(self.kind, ()):
            if not getattr(self, key):
                refuse("experiment.design_needs", key=key, kind=self.kind)
        if self.kind == "morris" and self.levels % 2:
            refuse("experiment.levels_even", at="levels", found=self.levels)
        return self


class StopSection(Section):
    """When enough replications have been run: the interval is narrow enough."""

    measure: str
    window: WrittenWindow = "last 24"
    on: Annotated[Literal["paired_difference", "mean"], Word()] = "paired_difference"
    half_width: Annotated[float, Quantity("", above=0.0, is_design=True)]
    confidence: Annotated[float, Quantity("share", 0.5, 0.999, is_design=True)] = 0.95
    min: Annotated[int, Quantity("", 10, MOST_REPLICATIONS, whole=True, is_design=True)] = 10
    max: Replicated
    batch: Replicated = 10

    @model_validator(mode="after")
    def _has_room(self) -> StopSection:
        if self.max < self.min:
            refuse("experiment.stop_bounds", at="max", low=self.min, high=self.max)
        return self


class ReplicationsSection(Section):
    """How often each point of each arm is run, and with which luck."""

    n: Count = None
    root_seed: Seed = 1
    common: bool = True
    stop: StopSection | None = None

    @model_validator(mode="after")
    def _says_how_many(self) -> ReplicationsSection:
        if (self.n is None) == (self.stop is None):
            refuse("experiment.n_or_stop")
        return self


class OutputsSection(Section):
    """What is kept of each run."""

    measures: tuple[str, ...] = ()
    every: Annotated[int, Quantity("month", 1, 1200, whole=True, is_design=True)] = 1


class AnalyseSection(Section):
    """What analysis, figures and report look at first."""

    measures: tuple[str, ...] = ()
    window: WrittenWindow = "last 24"


class LimitsSection(Section):
    """What a run may use, and what happens if it fails."""

    timeout: Annotated[float | None, Quantity("minute", above=0.0, optional=True, is_design=True)] = None
    memory: Annotated[float | None, Quantity("GiB", above=0.0, optional=True, is_design=True)] = None
    retries: Annotated[int, Quantity("", 0, 100, whole=True, is_design=True)] = 2
    on_failure: Annotated[Literal["continue", "stop"], Word()] = "continue"
    max_failures: Share = 0.05


class ExperimentSection(Section):
    """One experiment: arms, points, replications, outputs."""

    silent: ClassVar[frozenset[str]] = frozenset({"title", "question", "analyse"})

    format: Annotated[Literal["hemvist-experiment/1"], Format()] = Field(alias="schema")
    id: Name
    title: Text
    question: Text | None = None
    set: dict[str, Any] = Field(default_factory=dict)
    arms: tuple[ArmSection, ...]
    design: DesignSection = DesignSection()
    replications: ReplicationsSection
    outputs: OutputsSection = OutputsSection()
    analyse: AnalyseSection = AnalyseSection()
    search: SearchSection | None = None
    calibrate: CalibrateSection | None = None
    limits: LimitsSection = LimitsSection()

    @model_validator(mode="after")
    def _arms_differ(self) -> ExperimentSection:
        if not self.arms:
            refuse("experiment.no_arms", at="arms")
        if sum(arm.baseline for arm in self.arms) > 1:
            refuse("experiment.two_baselines", at="arms")
        stop = self.replications.stop
        if stop is not None and stop.on == "paired_difference" and len(self.arms) < 2:
            refuse("experiment.stop_needs_arms", at="replications.stop.on")
        return self

    @model_validator(mode="after")
    def _looks_for_one_thing(self) -> ExperimentSection:
        if (self.search is not None) != (self.design.kind == "search"):
            refuse("experiment.search_and_design", at="design.kind")
        looks = self.search is not None or self.calibrate is not None
        if looks and (len(self.arms) > 1 or self.replications.n is None):
            refuse("experiment.one_arm_to_look_in", at="arms")
        if self.calibrate is not None and self.design.kind not in ("random", "sobol", "lhs"):
            refuse("experiment.calibrate_design", at="design.kind", found=self.design.kind)
        return self
