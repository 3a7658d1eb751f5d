"""The page of experiment keys: every section that a file may hold, with units, bounds and defaults."""

from __future__ import annotations

from pathlib import Path

import yaml

from pages.markdown import code, table
from pages.scenario import section_page
from sim.experiment.file import aims, sections
from sim.experiment.file.sections import KEYS_OF_DESIGN, NEEDED
from sim.scenario.section import Section

SECTIONS: tuple[tuple[str, type[Section]], ...] = (
    ("The file", sections.ExperimentSection),
    ("arms", sections.ArmSection),
    ("design", sections.DesignSection),
    ("design.factors", sections.FactorSection),
    ("replications", sections.ReplicationsSection),
    ("replications.stop", sections.StopSection),
    ("outputs", sections.OutputsSection),
    ("analyse", sections.AnalyseSection),
    ("search", aims.SearchSection),
    ("search.objectives", aims.ObjectiveSection),
    ("search.limits", aims.LimitSection),
    ("calibrate", aims.CalibrateSection),
    ("calibrate.targets", aims.TargetSection),
    ("limits", sections.LimitsSection),
)

HEAD = """# Keys of an experiment

An experiment is one YAML file. [Running one](../how-to/an-experiment.md) says how; this page lists what it may hold.
`hemvist schema experiment --install` gives the same to your editor, and `hemvist check` tells everything that is wrong
with a file. Paths and figures are written as in a [scenario](scenario.md). A window is `last 24` (months), `year 10` or
`all`.
"""
KEYS = Path(__file__).with_name("experiment_keys.yaml")


def meanings() -> dict[str, dict[str, str]]:
    """What each key means, by the name of its section in the code."""
    loaded: dict[str, dict[str, str]] = yaml.safe_load(KEYS.read_text(encoding="utf-8"))
    return loaded


def page() -> str:
    """The whole page."""
    known = meanings()
    parts = [
        section_page(title, model, known.get(model.__name__, {})).replace("list of ids", "list of texts")
        for title, model in SECTIONS
    ]
    return "\n".join([HEAD, *parts, _designs()])


def _designs() -> str:
    """Which keys each kind of design takes."""
    rows = [
        (code(kind), ", ".join(code(key) for key in NEEDED.get(kind, ())),
         ", ".join(code(key) for key in sorted(keys - set(NEEDED.get(kind, ())))))
        for kind, keys in KEYS_OF_DESIGN.items()
    ]  # fmt: skip
    return "## Kinds of design\n\n" + table(("kind", "needs", "takes besides"), rows)
