"""Time what a researcher waits for besides the runs themselves.

    python bench_sweep.py store      # status, summary and report of 10,000 stored runs, 360 months x 30 measures
    python bench_sweep.py overhead   # what a sweep adds to each of 1,000 runs that take next to nothing

Prints one line of JSON: processor and wall time, s; the store is made first and not counted.
"""

from __future__ import annotations

import argparse
import functools
import tempfile
from pathlib import Path

import numpy as np
from measured import tell, timed

from sim.engine.provenance import model_code_hash
from sim.experiment.analysis import levels, windows_of
from sim.experiment.brake import Brake
from sim.experiment.file.load import load_text
from sim.experiment.file.study import Study
from sim.experiment.file.windows import window_of
from sim.experiment.headlines import SECTIONS
from sim.experiment.manifest import manifest_of
from sim.experiment.plan import Plan
from sim.experiment.results import Results
from sim.experiment.shards import Outcome
from sim.experiment.state import state_of
from sim.experiment.store import Store
from sim.experiment.sweep import How, sweep
from sim.measures.catalogue import MEASURES
from sim.report.page import page
from sim.rules import built_in

N_RUNS, MONTHS, N_MEASURES = 10_000, 360, 30
N_SMALL = 1000
LATTICES = f"""
schema: hemvist-experiment/1
id: small
title: {{en: "Small"}}
set: {{space.width: 8, space.height: 8, time.months: 1}}
arms: [{{id: one, scenario: schelling}}]
design: {{kind: grid, factors: [{{path: preferences.profiles.all.terms.own_group.at, min: 0.2, max: 0.6, steps: 10}}]}}
replications: {{n: {N_SMALL // 10}}}
outputs: {{measures: [theory.similarity]}}
"""


def towns() -> Study:
    """An experiment of one arm and many replications, with the headline measures and some more."""
    names = [name for section, own in SECTIONS.items() if section != "theory" for name in own]
    names += [one.name for one in MEASURES if one.name not in names]
    kept = ", ".join(f"'{name}'" for name in names[:N_MEASURES])
    return load_text(
        f"schema: hemvist-experiment/1\nid: many\ntitle: {{en: Many}}\nset: {{time.months: {MONTHS}}}\n"
        f"arms: [{{id: one, scenario: two-towns}}]\nreplications: {{n: {N_RUNS}}}\n"
        f"outputs: {{measures: [{kept}]}}\nanalyse: {{measures: ['{names[0]}', '{names[1]}']}}\n",
        built_in(),
    )


def filled(folder: Path) -> Results:
    """A store with random walks, the hardest that can be packed."""
    study, store, luck = towns(), Store(folder), np.random.default_rng(1)
    store.keep_manifest(manifest_of(study, None))
    store.keep_texts(study.text, {})
    runs = Plan(study, model_code_hash()).runs(0, N_RUNS)
    store.keep_design(runs, study.points)
    months = np.arange(MONTHS + 1, dtype=np.int32)
    for start in range(0, N_RUNS, 1000):
        outcomes = [
            Outcome(run.run_id, months, luck.normal(size=(MONTHS + 1, N_MEASURES)).cumsum(axis=0), False, 1.0, 1.0, "c")
            for run in runs[start : start + 1000]
        ]
        store.add(outcomes, study.measures)
    return Results.of(store)


def stored() -> None:
    """Time the readers of a large store."""
    with tempfile.TemporaryDirectory() as folder:
        results = filled(Path(folder))
        window = window_of("last 24", MONTHS)
        windows, measures = windows_of(MONTHS, window), results.measures[:1]
        size = sum(path.stat().st_size for path in Path(folder).rglob("part-*"))
        tell(runs=N_RUNS, mib=round(size / 2**20), status=timed(lambda: state_of(results.store)),
             summary=timed(lambda: levels(results, measures, windows)),
             report=timed(lambda: page(results, window, "en")))  # fmt: skip


def overhead() -> None:
    """Time a sweep of runs that take next to nothing, and take off what the runs themselves took."""
    study = load_text(LATTICES, built_in())
    facts = {}
    for workers in (0, 2):
        with tempfile.TemporaryDirectory() as folder, Brake() as brake:
            sweep(study, Store(Path(folder) / "warm"), How(workers=workers, limit=4), brake)
            store = Store(Path(folder) / "runs")
            spent = timed(functools.partial(sweep, study, store, How(workers=workers), brake))
            own = sum(store.table("final", ["seconds"]).column("seconds").to_pylist())
        facts[f"workers_{workers}"] = {**spent, "runs_cpu_s": round(own, 3)}
        if not workers:
            facts["ms_per_run"] = round(1000 * (spent["cpu_s"] - own) / N_SMALL, 2)
    tell(runs=N_SMALL, **facts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("store", "overhead"))
    {"store": stored, "overhead": overhead}[parser.parse_args().what]()


if __name__ == "__main__":
    main()
