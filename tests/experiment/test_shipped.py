"""Every experiment that ships runs: its arms, its factors, its measures, for three months of a small town."""

import pytest
import yaml

from sim.experiment.brake import Brake
from sim.experiment.file.find import shipped_folder, shipped_names
from sim.experiment.file.load import load_text
from sim.experiment.results import Results
from sim.experiment.search import search
from sim.experiment.store import Store
from sim.experiment.sweep import How, sweep
from sim.rules import built_in


def small(name):
    """The experiment with its first points only, in a town of a few hundred households, for three months."""
    found = yaml.safe_load((shipped_folder() / f"{name}.yaml").read_text(encoding="utf-8"))
    is_town = any(arm["scenario"].startswith("gothenburg") for arm in found["arms"])
    shorter = {"time.months": 3} | ({"scale": 0.01, "time.burn_in": 2} if is_town else {})
    found["set"] = found.get("set", {}) | shorter | ({"time.burn_in": 2} if "schelling" not in name else {})
    found["replications"] = {"n": 1}
    for key in {"points", "trajectories"} & found.get("design", {}).keys():
        found["design"][key] = 2
    return load_text(yaml.safe_dump(found, allow_unicode=True), built_in())


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped_names())
def test_it_runs_and_records_what_it_asks_for(name, tmp_path):
    study = small(name)
    most = len(study.arms) if study.section.design.kind == "none" else 2
    with Brake() as brake:
        make = sweep if study.section.search is None else search
        done = make(study, Store(tmp_path), How(workers=0, limit=most), brake)
    assert done.failed == 0
    assert done.made == most
    table = Store(tmp_path).table("series", ["month", *study.measures])
    lost = [measure for measure in study.measures if table.column(measure).null_count == len(table)]
    later = [measure for measure in lost if "housed_within" in measure or "waiting" in measure]
    assert sorted(set(lost) - set(later)) == []
    assert Results.of(Store(tmp_path)).months == 3
