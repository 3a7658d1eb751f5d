"""What a comparison leaves on disk beside the records of its runs."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.base.disk import ready, write_whole
from sim.engine.provenance import machine
from sim.engine.stored import parquet
from sim.experiment import gains
from sim.experiment.differences import plain
from sim.experiment.paired import Comparison, seeds
from sim.scenario.schema import Scenario

SCHEMA = "hemvist-comparison/1"


def folder_name(
    scenarios: Sequence[Scenario], *, seed: int, replications: int, rules: Sequence[Path] = (), verb: str = "compare"
) -> str:
    """A name that follows from what is compared or explained: the same job comes to lie in the same folder."""
    content = {
        "scenarios": [scenario.sha256() for scenario in scenarios],
        "seed": seed,
        "replications": replications,
        "rules": [hashlib.sha256(path.read_bytes()).hexdigest() for path in rules],
        "code": machine()["model_code_hash"],
    }
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return f"{verb}-{scenarios[0].id}-{digest[:12]}"


def keep(comparison: Comparison, folder: Path) -> Path:
    """Write every difference of every measure, and where they come from, as ``comparison.json``.

    Where everybody was followed, gains and losses stand there too, and their counts in ``incidence.parquet``.
    """
    arms = range(comparison.n_arms)
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "arms": [comparison.first(arm).scenario for arm in arms],
        "baseline": comparison.first(0).scenario,
        "months": comparison.months,
        "seed": comparison.seed,
        "seeds": list(seeds(comparison.seed, comparison.planned)),
        "planned": comparison.planned,
        "pairs": len(comparison.pairs),
        "interrupted": comparison.interrupted,
        "faults": [fault.text() for fault in comparison.faults],
        "runs": [[record.name for record in comparison.records(arm)] for arm in arms],
        "differences": differences(comparison, comparison.measures),
        "incidence": [],
        **machine(),
    }
    path = folder / "comparison.json"
    ready(folder)
    if comparison.incidences is not None:
        names = [comparison.first(arm).scenario for arm in arms[1:]]
        found["incidence"] = gains.as_data(comparison.incidences, names)
        write_whole(folder / "incidence.parquet", parquet(gains.table(comparison.incidences, names)))
    write_whole(path, (json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode())
    return path


def differences(comparison: Comparison, measures: Sequence[str]) -> list[dict[str, Any]]:
    """Every contrast as plain data, an undefined number as None."""
    found = []
    for measure in measures:
        for arm in range(1, comparison.n_arms):
            contrast = comparison.contrast(measure, arm)
            at = [_plain(dataclasses.asdict(one)) for one in contrast.at]
            found.append({"measure": measure, "arm": contrast.arm, "turns_in": contrast.turns_in, "at": at})
    return found


def _plain(one: dict[str, Any]) -> dict[str, Any]:
    return plain({key: value for key, value in one.items() if key not in ("measure", "arm")})
