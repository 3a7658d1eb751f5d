"""What a scenario is, apart from how it is written: plain data, its one text, its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Protocol

from sim.scenario.section import Section
from sim.scenario.walk import plain


class HasHash(Protocol):
    """A table that was read."""

    sha256: str


class HasPlan(Protocol):
    """A timeline that can be written as plain data."""

    def plan(self) -> dict[str, Any]: ...


def resolved(scenario: Section, tables: Mapping[str, HasHash], timeline: HasPlan | None) -> dict[str, Any]:
    """Everything that can affect a result: no titles, labels, sources, levers or targets; tables by their content."""
    data: dict[str, Any] = plain(scenario)
    for section, table in tables.items():
        if section in data:
            data[section]["table"] = {"sha256": table.sha256}
    data["timeline"] = []
    return {**data, **(timeline.plan() if timeline is not None else {})}


def canonical(data: dict[str, Any]) -> str:
    """One text for one meaning: sorted keys, no spaces, floats by ``repr``, no NaN."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256(text: str) -> str:
    """Hash of a text, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
