"""Small experiments on a lattice: a run takes a few milliseconds."""

from sim.experiment.brake import Brake
from sim.experiment.file.load import load_text
from sim.experiment.store import Store
from sim.experiment.sweep import How, sweep
from sim.rules import built_in

AT = "preferences.profiles.all.terms.own_group.at"
TEXT = f"""\
schema: hemvist-experiment/1
id: lattices
title: {{en: "Lattices", sv: "Rutnät"}}
set: {{space.width: 8, space.height: 8, time.months: 6}}
arms:
  - {{id: some, scenario: schelling}}
  - {{id: other, scenario: schelling, set: {{population.fill: 0.7}}}}
design: {{kind: grid, factors: [{{path: {AT}, values: [0.3, 0.4, 0.5]}}]}}
replications: {{n: 4, root_seed: 3}}
outputs: {{measures: [theory.similarity, theory.satisfied]}}
"""
N_RUNS = 24


def study(text=TEXT, *changes):
    """The experiment, with some of its text replaced."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return load_text(text, built_in())


def swept(folder, *changes, text=TEXT, **how):
    """What a sweep did in a folder, in this process unless workers are asked for."""
    with Brake() as brake:
        return sweep(study(text, *changes), Store(folder), How(**{"workers": 0, **how}), brake)
