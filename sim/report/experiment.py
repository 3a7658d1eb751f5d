"""Tables and lines about an experiment: what it would cost, how far it is, what failed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.base.language import say
from sim.experiment.state import State
from sim.report.numbers import number
from sim.report.tables import Row, Table

HOUR, MINUTE = 3600.0, 60.0


def duration(seconds: float, language: str) -> str:
    """A time as people say it."""
    if seconds >= 2 * HOUR:
        return say("experiments.hours", language, n=number(seconds / HOUR, 1, language))
    if seconds >= 2 * MINUTE:
        return say("experiments.minutes", language, n=number(seconds / MINUTE, 0, language))
    digits = 0 if seconds >= 10 else 1 if seconds >= 1 else 3
    return say("experiments.seconds", language, n=number(seconds, digits, language))


def size(n_bytes: float, language: str) -> str:
    """A size as people say it."""
    if n_bytes >= 1e9:
        return f"{number(n_bytes / 1e9, 1, language)} GB"
    return f"{number(n_bytes / 1e6, 1 if n_bytes < 1e7 else 0, language)} MB"


def dry_table(found: Mapping[str, Any], language: str) -> Table:
    """What a sweep would do."""
    table = Table((say("experiments.dry.what", language), say("experiments.dry.how_many", language)))
    for key in ("arms", "points", "replications", "planned", "there", "to_run", "workers"):
        table.rows.append(Row((say(f"experiments.dry.{key}", language), number(found[key], 0, language))))
    table.rows.append(Row((say("experiments.dry.per_run", language), duration(found["seconds_per_run"], language))))
    table.rows.append(Row((say("experiments.dry.time", language), duration(found["seconds"], language))))
    table.rows.append(Row((say("experiments.dry.size", language), size(found["bytes"], language))))
    key = "from_runs" if found["from_earlier_runs"] else "from_pilots"
    table.caption = say(f"experiments.dry.{key}", language, folder=found["folder"])
    return table


def status_table(state: State, language: str) -> Table:
    """Planned, finished and failed runs of each arm."""
    columns = tuple(say(f"experiments.status.{key}", language) for key in ("arm", "planned", "done", "failed", "left"))
    table = Table(columns, title=state.title.get(language) or state.title["en"])
    for arm in state.arms:
        left = arm.planned - arm.done - arm.failed
        counts = (arm.planned, arm.done, arm.failed, left)
        name = arm.label.get(language) or arm.label["en"]
        table.rows.append(Row((name, *(number(count, 0, language) for count in counts))))
    return table


def status_lines(state: State, language: str) -> Iterator[str]:
    """What else is to be known about the folder."""
    key = "running" if state.is_running else "whole" if not state.left else "stopped"
    yield say(f"experiments.status.states.{key}", language)
    yield say("experiments.status.cost", language, time=duration(state.seconds, language),
              size=size(state.size, language))  # fmt: skip
    if state.code_changes:
        yield say("experiments.status.code_changes", language, n=state.code_changes)
    for name in state.broken:
        yield say("experiments.status.broken", language, name=name)
    for name in state.foreign:
        yield say("experiments.status.foreign", language, name=name)


def failure_lines(failures: Mapping[str, Mapping[str, Any]], language: str) -> Iterator[str]:
    """Every run that was set aside: why, and how to repeat it."""
    for run_id, told in failures.items():
        reason = say(f"experiments.reasons.{told.get('reason', 'unknown')}", language)
        yield say("experiments.failure", language, run=run_id, arm=told.get("arm", "?"), reason=reason,
                  fault=told.get("fault", ""))  # fmt: skip
        yield f"  {told.get('command', '')}"
