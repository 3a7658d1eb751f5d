"""Whether scenarios can be compared: the same town before any rule differs."""

from __future__ import annotations

from collections.abc import Sequence

from sim.base.errors import Fault, ScenarioError, SimError
from sim.scenario.schema import Scenario

SHARED = ("scale", "space", "stock", "population", "tenures", "money", "tempo")
"""What a founding is made of; rules, preferences, timeline and texts may differ."""


def check_arms(scenarios: Sequence[Scenario]) -> None:
    """See that scenarios may be compared.

    Raises
    ------
    SimError
        If there is only one, if two have the same id, or if they do not begin as the same town: the first thing that
        differs is named.
    """
    if len(scenarios) < 2:
        raise SimError("experiment.one_arm")
    ids = [scenario.id for scenario in scenarios]
    doubled = next((name for place, name in enumerate(ids) if name in ids[:place]), None)
    if doubled is not None:
        raise SimError("experiment.same_arm_twice", name=doubled)
    faults = [
        Fault("experiment.founding_differs", {"arm": one.id, "baseline": scenarios[0].id, "path": path})
        for one in scenarios[1:] for path in unlike(one, scenarios[0])
    ]  # fmt: skip
    if faults:
        raise ScenarioError.of(faults)


def unlike(scenario: Scenario, baseline: Scenario) -> list[str]:
    """What differs between the towns with which two scenarios begin."""
    one, other = scenario.resolved(), baseline.resolved()
    times = [name for name in ("start", "burn_in") if one["time"].get(name) != other["time"].get(name)]
    return [name for name in SHARED if one.get(name) != other.get(name)] + [f"time.{name}" for name in times]
