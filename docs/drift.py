"""Measures how far Gothenburg drifts under today's rules and prints the table of the README (some minutes).

``python docs/drift.py 6`` takes the mean of six seeds, each with the area constants on and off.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np

import sim

DISSIMILARITY, CHANCE = "segregation.dissimilarity.origin", "segregation.dissimilarity.origin.chance"
INCOME, MAP = "segregation.income_rank_entropy", "segregation.map_correlation.origin@group=born_abroad"
CONSTANTS = "preferences.profiles.all.terms.constants.weight"


def measured(task: tuple[float, int]) -> np.ndarray:
    """Four measures (rows) at the founding, at the start, and as the mean of the last year (columns) of one run."""
    weight, seed = task
    record = sim.run(sim.load("gothenburg", set={CONSTANTS: weight}), seed=seed)
    start = int(np.flatnonzero(record.months == 0)[0])
    series = [record.series[name] for name in (DISSIMILARITY, CHANCE, INCOME, MAP)]
    return np.array([[one[0], one[start], one[-12:].mean()] for one in series])


def table(on: np.ndarray, off: np.ndarray) -> str:
    """The rows of the README, of means over the seeds."""
    rows = (
        ("dissimilarity by origin", on[0]),
        ("the same with the area constants off", off[0]),
        ("dissimilarity by chance", on[1]),
        ("income segregation (rank order)", on[2]),
        ("the same with the area constants off", off[2]),
        ("likeness to the founding map, born abroad", on[3]),
        ("the same with the area constants off", off[3]),
    )
    head = "| | founding | after 5 years of settling in | year 20 |\n|---|---|---|---|\n"
    return head + "\n".join(f"| {name} | " + " | ".join(f"{number:.3f}" for number in row) + " |" for name, row in rows)


def main(n_seeds: int) -> None:
    """Run all, two at a time, and print."""
    tasks = [(weight, seed) for weight in (1.0, 0.0) for seed in range(1, n_seeds + 1)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = np.array(list(pool.map(measured, tasks)))
    print(table(found[:n_seeds].mean(axis=0), found[n_seeds:].mean(axis=0)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6)
