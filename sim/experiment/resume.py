"""Going on: the study that a folder was made from, as it was asked for last."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sim.base.errors import StoreError
from sim.base.registry import Registry
from sim.experiment.file.load import load_text
from sim.experiment.file.study import Study
from sim.experiment.store import Store


def study_of(store: Store, registry: Registry, *, replications: int = 0, points: int = 0) -> Study:
    """The experiment of a folder, with so many more replications and points.

    Raises
    ------
    StoreError
        If the folder holds no experiment, or a scenario has changed since its runs were made.
    ScenarioError
        If a file that it names is gone or in disorder.
    """
    manifest = store.manifest()
    file = Path(manifest["file"]) if manifest["file"] else None
    study = load_text(store.experiment_text(), registry, name=str(store.folder / "experiment.yaml"),
                      beside=file.parent if file else None)  # fmt: skip
    study = replace(study, path=file)
    for arm, before in zip(study.arms, manifest["arms"], strict=True):
        if arm.scenario.sha256() != before["sha256"]:
            raise StoreError("store.scenario_changed_since", arm=arm.id, scenario=arm.source,
                             experiment=manifest["file"] or study.id)  # fmt: skip
    asked = manifest["design"]["asked"]
    if points or asked != study.section.design.points:
        study = study.with_points((asked or 0) + points)
    return study.replicated(int(manifest["replications"]) + replications)
