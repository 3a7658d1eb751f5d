"""The manifest: where the results of an experiment come from."""

from __future__ import annotations

import functools
import hashlib
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import sim
from sim.base.errors import StoreError
from sim.engine.provenance import machine, model_code_hash
from sim.experiment.file.study import Study
from sim.experiment.sameness import unlike
from sim.measures.catalogue import measure_named
from sim.scenario.schema import Scenario


def now() -> str:
    """The time, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def manifest_of(study: Study, old: dict[str, Any] | None, **engine: Any) -> dict[str, Any]:
    """A manifest for a sweep that begins, or goes on.

    Parameters
    ----------
    study : Study
    old : dict or None
        The manifest that lies in the folder.
    **engine
        What else is known: workers, arguments.
    """
    section = study.section
    stop = section.replications.stop
    kept: dict[str, Any] = {} if old is None else {key: old[key] for key in ("code", "code_changes", "started")}
    return {
        "experiment": study.id,
        "title": _texts(section.title),
        "question": _texts(section.question) if section.question is not None else None,
        "file": None if study.path is None else str(study.path.resolve()),
        "experiment_sha256": hashlib.sha256(study.text.encode()).hexdigest(),
        "arms": [_arm(study, n) for n in range(len(study.arms))],
        "unlike": sorted({p for arm in study.arms for p in unlike(arm.scenario, study.arms[study.baseline].scenario)}),
        "factors": [factor.plain() for factor in study.factors],
        "design": {"kind": section.design.kind, "seed": section.design.seed, "points": len(study.points),
                   "drawn": study.n_drawn, "asked": section.design.points},
        "measures": {name: measure_named(name).unit for name in study.measures},
        "looked_at": list(section.analyse.measures or study.measures),
        "window": section.analyse.window,
        "every": section.outputs.every,
        "root_seed": section.replications.root_seed,
        "common": section.replications.common,
        "replications": section.replications.n if stop is None else stop.max,
        "stop": None if stop is None else stop.model_dump(),
        "code": model_code_hash(),
        "code_changes": [],
        "started": now(),
        **kept,
        "stopped": None,
        **engine,
        **machine(),
        "commit": _commit(),
        "packages_sha256": _packages(),
    }  # fmt: skip


def _texts(text: Any) -> dict[str, str]:
    return {language: text.say(language) for language in ("en", "sv")}


def _arm(study: Study, number: int) -> dict[str, Any]:
    arm = study.arms[number]
    scenario: Scenario = arm.scenario
    figures = scenario.figures()
    return {
        "id": arm.id,
        "label": dict(arm.label),
        "baseline": number == study.baseline,
        "source": arm.source,
        "scenario": scenario.id,
        "sha256": scenario.sha256(),
        "set": {path: str(value) for path, value in arm.changes.items()},
        "months": scenario.time.months,
        "burn_in": scenario.time.burn_in,
        "scale": scenario.scale,
        "status": scenario.status,
        "figures": dict(Counter(figure.status or "unsaid" for figure in figures)),
        "sources": [source.cite for source in scenario.sources],
        "groups": {group.id: _texts(group.label) for group in scenario.population.groups if group.label is not None},
    }


@functools.cache
def _commit() -> dict[str, Any] | None:
    """The commit of the sources, where they lie in a repository."""
    folder = Path(sim.__file__).resolve().parents[1]
    if not (folder / ".git").exists():
        return None
    try:
        ask = ["git", "-C", str(folder)]
        head = subprocess.run([*ask, "rev-parse", "HEAD"], capture_output=True, text=True, timeout=10, check=True)
        state = subprocess.run([*ask, "status", "--porcelain"], capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return {"id": head.stdout.strip(), "dirty": bool(state.stdout.strip())}


@functools.cache
def _packages() -> str:
    """Hash of every installed package with its version."""
    found = sorted({f"{one.metadata['Name']}=={one.version}" for one in metadata.distributions()})
    return hashlib.sha256("\n".join(found).encode()).hexdigest()


def check_fits(study: Study, old: dict[str, Any], folder: Path, *, accept: bool) -> list[dict[str, str]]:
    """See that a folder's results belong to this experiment and this model.

    Returns
    -------
    list of dict
        Changes of the code that have been accepted, the latest last.

    Raises
    ------
    StoreError
        If the folder belongs to another experiment, or the model has changed and ``accept`` is not given.
    """
    if old["experiment"] != study.id:
        raise StoreError("store.other_experiment", path=str(folder), found=old["experiment"], wanted=study.id)
    changes = list(old.get("code_changes", []))
    known = changes[-1]["code"] if changes else old["code"]
    if known != model_code_hash():
        if not accept:
            raise StoreError("store.code_changed", path=str(folder), before=known[:12], now=model_code_hash()[:12])
        changes.append({"at": now(), "code": model_code_hash(), "argv": " ".join(sys.argv[1:])})
    return changes
