"""JSON Schema of experiment files, for editors; made of the sections that check a file."""

from __future__ import annotations

from typing import Any

from sim.base.registry import Registry
from sim.experiment.file.load import FORMAT
from sim.experiment.file.sections import ExperimentSection
from sim.scenario.json_schema import section_schema


def experiment_schema(registry: Registry) -> dict[str, Any]:
    """The schema of experiment files."""
    return section_schema(FORMAT, "Experiment", ExperimentSection, registry)
