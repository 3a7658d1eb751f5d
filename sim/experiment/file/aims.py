"""Sections of an experiment that looks for something: the best packages, or what fits the town that was observed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import model_validator

from sim.experiment.file.windows import WrittenWindow
from sim.scenario.fields import Share, Word
from sim.scenario.quantities import Quantity
from sim.scenario.refusals import refuse
from sim.scenario.section import Section

Figure = Annotated[float | None, Quantity("", optional=True, is_design=True)]


class ObjectiveSection(Section):
    """What a package should bring down, or up."""

    measure: str
    window: WrittenWindow = "last 24"
    aim: Annotated[Literal["lowest", "highest"], Word()] = "lowest"


class LimitSection(Section):
    """What a package may cost, or must reach, in the unit of the measure."""

    measure: str
    window: WrittenWindow = "last 24"
    max: Figure = None
    min: Figure = None

    @model_validator(mode="after")
    def _has_an_end(self) -> LimitSection:
        if self.max is None and self.min is None:
            refuse("experiment.limit_without_end")
        return self


class SearchSection(Section):
    """How the best packages are looked for."""

    method: Annotated[Literal["tpe", "random"], Word()] = "tpe"
    batch: Annotated[int, Quantity("", 1, 1000, whole=True, is_design=True)] = 10
    objectives: tuple[ObjectiveSection, ...]
    limits: tuple[LimitSection, ...] = ()
    candidates: Annotated[int, Quantity("", 1, 1000, whole=True, is_design=True)] = 8
    fresh: Annotated[int, Quantity("", 2, 100_000, whole=True, is_design=True)] = 20

    @model_validator(mode="after")
    def _has_an_aim(self) -> SearchSection:
        if not self.objectives:
            refuse("experiment.no_objectives", at="objectives")
        return self


class TargetSection(Section):
    """One figure that was observed, and how far off a fit may be: one tolerance counts as a distance of one."""

    measure: str
    window: WrittenWindow = "last 24"
    value: Annotated[float, Quantity("", is_design=True)]
    tolerance: Annotated[float, Quantity("", above=0.0, is_design=True)]
    source: str
    hold_out: bool = False


class CalibrateSection(Section):
    """Which figures the town should meet, and how many of the draws are kept."""

    targets: tuple[TargetSection, ...]
    keep: Share = 0.05
    level: Annotated[float, Quantity("share", 0.5, 0.99, is_design=True)] = 0.9

    @model_validator(mode="after")
    def _has_targets(self) -> CalibrateSection:
        if all(target.hold_out for target in self.targets):
            refuse("experiment.no_targets", at="targets")
        return self


def looked_for(
    search: SearchSection | None, calibrate: CalibrateSection | None
) -> list[tuple[tuple[str | int, ...], str]]:
    """Every measure that these sections name, with its place in the file."""
    parts: list[tuple[str, str, Any]] = []
    if search is not None:
        parts += [("search", "objectives", search.objectives), ("search", "limits", search.limits)]
    if calibrate is not None:
        parts.append(("calibrate", "targets", calibrate.targets))
    return [
        ((section, key, n, "measure"), one.measure) for section, key, rows in parts for n, one in enumerate(rows)
    ]  # fmt: skip
