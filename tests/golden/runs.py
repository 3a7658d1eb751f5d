"""Small runs whose numbers are frozen, and how to run them."""

import platform
from importlib.metadata import version
from pathlib import Path

import numpy as np

import sim

NUMBERS = Path(__file__).parent / "numbers.json"
PACKAGES = ("numpy", "numba", "scipy")
TOWN = (
    "segregation.dissimilarity.origin", "segregation.dissimilarity.tenure", "segregation.income_rank_entropy",
    "access.waiting_time", "access.lettings", "access.without_home", "access.crowding", "access.vacancy",
    "access.seekers", "affordability.rent_burden", "affordability.residual_income", "affordability.public_cost",
    "affordability.median_price@tenure=cooperative",
)  # fmt: skip
ROUNDS = ("theory.satisfied", "theory.similarity", "theory.moves", "segregation.dissimilarity.origin")
RUNS = {
    "two-towns": ({"time.months": 24, "time.burn_in": 6}, TOWN),
    "schelling": ({"time.months": 30}, ROUNDS),
    "gothenburg": ({"time.months": 12, "time.burn_in": 3, "scale": 0.01}, TOWN),
    "gothenburg-market": ({"time.months": 12, "time.burn_in": 3, "scale": 0.01}, TOWN),
    "gothenburg-right-need": ({"time.months": 12, "time.burn_in": 3, "scale": 0.01}, TOWN),
}
"""Scenario, what is set in it, and which measures are frozen: at the founding, and half-way and at the end."""
SEED = 2026


def run(name):
    """A few numbers of a run by measure and month; an undefined one is None."""
    changes, measures = RUNS[name]
    record = sim.run(sim.load(name, set=changes), seed=SEED)
    months = sorted({int(record.months[0]), int(record.months[-1]) // 2, int(record.months[-1])})
    frozen = {}
    for measure in measures:
        values = [record.at(measure, month) for month in months]
        frozen[measure] = [None if np.isnan(value) else float(value) for value in values]
    return {"months": months, "lettings": 0 if record.lettings is None else len(record.lettings), "measures": frozen}


def made_with():
    """What the numbers were made with: where they differ in the last bits, this tells why."""
    return {
        "python": platform.python_version(), "machine": platform.machine(), "hemvist": sim.__version__,
        **{name: version(name) for name in PACKAGES},
    }  # fmt: skip
