"""The two members of a pair: made to be compared, so they differ in rules, timeline and texts, and in nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sim.base.errors import Fault
from sim.scenario.contrast import BURN_IN, differences
from sim.scenario.find import shipped_folder
from sim.scenario.schema import Scenario
from sim.scenario.timeline import RULE_SECTIONS

MAY_DIFFER = (*RULE_SECTIONS, "timeline")
MOST_PATHS = 5


def partner(scenario: Scenario) -> Path | None:
    """The file of the other member: beside this one's, or among those that ship; None if there is none."""
    pair = str(scenario.pair)
    written = scenario.origin("pair").file
    folders = (*((Path(written).parent,) if written is not None else ()), shipped_folder())
    names = (pair.replace("_", "-"), pair)
    found = (folder / f"{name}.yaml" for folder in folders for name in names)
    return next((file for file in found if file.is_file()), None)


def pair_missing(scenario: Scenario) -> Fault:
    """What to say of a member whose partner cannot be found."""
    name = str(scenario.pair)
    file = f"{name.replace('_', '-')}.yaml"
    return Fault("scenario.pair_missing", {"pair": name, "file": file}, scenario.origin("pair"))


def pair_faults(scenario: Scenario, other: Scenario) -> Iterator[Fault]:
    """What makes two members of a pair more than two sets of rules for one town."""
    if other.id != scenario.pair:
        yield pair_missing(scenario)
        return
    paths = [path for path, *_ in differences(scenario, other) if path.partition(".")[0] not in MAY_DIFFER]
    if paths:
        shown = ", ".join(paths[:MOST_PATHS]) + (", ..." if len(paths) > MOST_PATHS else "")
        key = "pair_settles" if all(path.startswith(BURN_IN) for path in paths) else "pair_differs"
        yield Fault(f"scenario.{key}", {"other": other.id, "paths": shown}, scenario.origin("pair"))
