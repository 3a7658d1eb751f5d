"""Schelling's lattice against published implementations: Mesa's packaged example and NetLogo's Segregation.

A row is passed if every mean of ours differs from theirs by at most three standard errors of the difference, their
200 runs and ours both taken into account.
"""

from __future__ import annotations

import numpy as np
import pytest
from numba import config

from sim.kernels.cells import Lattice, found_cells, restless_table
from sim.kernels.lattice import Residents, run
from sim.kernels.neighbours import moore_links

THEIR_RUNS = 200
OUR_RUNS = 20 if config.DISABLE_JIT else 100

# Mesa 3.3.1, example Schelling, 50 x 50, 200 runs: mean and standard deviation over runs.
MESA = {
    0.3: {
        "rounds": (11.7, 2.3), "satisfied_at_start": (0.820, 0.008), "similarity": (0.750, 0.011),
        "ratio": (0.740, 0.011), "D": (0.388, 0.026), "H": (0.188, 0.025), "V": (0.225, 0.026),
    },
    0.5: {
        "rounds": (16.9, 3.1), "satisfied_at_start": (0.579, 0.013), "similarity": (0.884, 0.008),
        "ratio": (0.885, 0.008), "D": (0.562, 0.035), "H": (0.374, 0.041), "V": (0.419, 0.041),
    },
}  # fmt: skip
MESA_START = {"similarity": (0.500, 0.0), "D": (0.179, 0.013), "H": (0.037, 0.005), "V": (0.050, 0.007)}
# NetLogo, Segregation at its defaults, with a random vacant cell in place of the walk: a port, 200 runs.
NETLOGO_SIMILAR = (0.752, 0.010)


def found(side: int, fill: float, luck: np.random.Generator) -> Residents:
    """Each cell lived in with probability ``fill``, each household in one of two groups by the toss of a coin."""
    lived_in = np.flatnonzero(luck.random(side * side) < fill).astype(np.int32)
    occupant = np.full(side * side, -1, np.int32)
    occupant[lived_in] = np.arange(lived_in.size)
    group = luck.integers(0, 2, lived_in.size).astype(np.uint8)
    names, vacant = np.arange(lived_in.size), np.flatnonzero(occupant < 0).astype(np.int32)
    return Residents(names, group, lived_in, np.zeros(lived_in.size, np.int16), occupant, vacant)


def indices(residents: Residents, side: int, block: int) -> dict[str, float]:
    """D, H and V on the blocks of a square lattice, by their definitions."""
    y, x = np.divmod(residents.home, side)
    area = y // block * (side // block) + x // block
    counts = np.zeros(((side // block) ** 2, 2))
    np.add.at(counts, (area, residents.group), 1)
    total = counts.sum(axis=1)
    share, whole = counts[:, 0] / total, counts[:, 0].sum() / total.sum()

    def entropy(p: np.ndarray | float) -> np.ndarray:
        parts = np.array([p, 1 - np.asarray(p)])
        return -(parts * np.log(np.where(parts > 0, parts, 1.0))).sum(axis=0)

    return {
        "D": 0.5 * np.abs(counts[:, 0] / counts[:, 0].sum() - counts[:, 1] / counts[:, 1].sum()).sum(),
        "H": 1 - (total * entropy(share)).sum() / (total.sum() * entropy(whole)),
        "V": (total * (share - whole) ** 2).sum() / (total.sum() * whole * (1 - whole)),
    }


def similarity(lattice: Lattice, residents: Residents) -> dict[str, float]:
    """Mean share of like neighbours over who has a neighbour, and like over all neighbours, by looking around."""
    start, neighbour = moore_links(lattice.width, lattice.height, lattice.radius, lattice.is_torus)
    who = np.append(residents.group.astype(int), -1)[residents.occupant]  # group in each cell, -1 nobody
    here, there = np.repeat(who, np.diff(start)), who[neighbour]
    cell = np.repeat(np.arange(who.size), np.diff(start))
    around = np.bincount(cell, (here >= 0) & (there >= 0), minlength=who.size)
    like = np.bincount(cell, (here >= 0) & (here == there), minlength=who.size)
    met = around > 0
    return {"similarity": (like[met] / around[met]).mean(), "ratio": like.sum() / around.sum()}


def settled(lattice: Lattice, fill: float, at: float, alone: float, seed: int) -> tuple[dict, dict]:
    """What a run looks like at its start and at its end."""
    residents = found(lattice.width, fill, np.random.default_rng(seed))
    state = found_cells(lattice, residents.occupant, residents.group, 2)
    table = restless_table(lattice, [at, at], [alone, alone])
    block = 5 if lattice.width % 5 == 0 else lattice.width
    start = indices(residents, lattice.width, block) | similarity(lattice, residents)
    restless, moves = np.zeros(400, np.int64), np.zeros(400, np.int64)
    months = run(lattice, state, residents, table, False, seed, 1, restless, moves)
    end = indices(residents, lattice.width, block) | similarity(lattice, residents)
    return start, end | {"rounds": months, "satisfied_at_start": 1 - restless[0] / residents.id.size}


def agree(ours: list[dict], theirs: dict[str, tuple[float, float]]) -> None:
    for column, (mean, sd) in theirs.items():
        sample = np.array([run[column] for run in ours], dtype=float)
        error = np.sqrt(sd**2 / THEIR_RUNS + sample.var(ddof=1) / sample.size)
        assert abs(sample.mean() - mean) <= 3 * error, f"{column}: ours {sample.mean():.4f}, theirs {mean}"


@pytest.mark.parametrize("homophily", sorted(MESA))
def test_rounds_and_patterns_are_those_of_mesas_example(homophily):
    lattice = Lattice(50, 50, 1, False, False)
    runs = [settled(lattice, 0.8, homophily, 0.0, 1000 + seed) for seed in range(OUR_RUNS)]
    agree([start for start, _ in runs], MESA_START)
    agree([end for _, end in runs], MESA[homophily])


def test_similarity_is_that_of_netlogos_model_with_a_random_vacant_cell():
    lattice = Lattice(51, 51, 1, True, False)
    runs = [settled(lattice, 0.95, 0.3, 1.0, 2000 + seed)[1] for seed in range(OUR_RUNS)]
    agree(runs, {"ratio": NETLOGO_SIMILAR})
    unhappy = 1 - np.mean([end["satisfied_at_start"] for end in runs])
    assert unhappy == pytest.approx(0.166, abs=0.003)  # households at start: 3 sd over 20 runs of 2,470 each
