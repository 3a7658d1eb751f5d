"""Time Schelling's rule on the city that schelling.c and Mesa's example take.

    python bench_schelling.py 500 20 model      # through HousingModel, all measures each month
    python bench_schelling.py 500 20 rounds     # the kernel; all judged at the start of a round, as in Mesa's example
    python bench_schelling.py 500 20 turns      # the kernel; each judged when its turn comes, as in schelling.c

Density 0.8, two equal groups, content at 0.4 alike, radius 1, no torus. Prints one line of JSON; cpu_s is the processor
time of the steps, set-up and compilation apart.
"""

from __future__ import annotations

import argparse

import numpy as np
from measured import tell, timed

WARM_UP = 30
AT = 0.4


def by_model(side: int, steps: int, seed: int) -> dict[str, object]:
    """Through the public model, one ``step()`` a month."""
    from sim import HousingModel

    size = {"space.width": side, "space.height": side, "time.months": steps}
    model = HousingModel("schelling", rng=seed, **size)

    def pass_months() -> None:
        for _ in range(steps):
            model.step()

    spent = timed(pass_months)
    return {"variant": "model", "agents": len(model.agents), **spent}


def by_kernel(side: int, steps: int, seed: int, *, is_judged_at_turn: bool) -> dict[str, object]:
    """The kernel alone, all months in one call."""
    from sim.kernels.cells import Lattice, found_cells, restless_table
    from sim.kernels.lattice import Residents, run

    luck = np.random.default_rng(seed)
    home = np.flatnonzero(luck.random(side * side, dtype=np.float32) < 0.8).astype(np.int32)
    group, names = luck.integers(0, 2, home.size, dtype=np.uint8), np.arange(home.size, dtype=np.int32)
    occupant = np.full(side * side, -1, np.int32)
    occupant[home] = names
    vacant = np.flatnonzero(occupant < 0).astype(np.int32)
    residents = Residents(names, group, home, np.zeros(home.size, np.int16), occupant, vacant)
    lattice = Lattice(side, side, 1, False, False)
    state, table = found_cells(lattice, occupant, group, 2), restless_table(lattice, [AT, AT], [0.0, 0.0])
    restless, moves = np.zeros((2, steps), np.int64)
    spent = timed(lambda: run(lattice, state, residents, table, is_judged_at_turn, seed, 1, restless, moves))
    variant = "turns" if is_judged_at_turn else "rounds"
    return {"variant": variant, "agents": home.size, **spent, "moves": int(moves.sum()),
            "content_last": round(1 - int(restless[-1]) / home.size, 4)}  # fmt: skip


def measured(program: str, side: int, steps: int, seed: int) -> dict[str, object]:
    if program == "model":
        return by_model(side, steps, seed)
    return by_kernel(side, steps, seed, is_judged_at_turn=program == "turns")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("side", type=int)
    parser.add_argument("steps", type=int)
    parser.add_argument("program", choices=("model", "rounds", "turns"))
    parser.add_argument("--seed", type=int, default=42)
    asked = parser.parse_args()
    measured(asked.program, WARM_UP, 3, asked.seed)
    facts = measured(asked.program, asked.side, asked.steps, asked.seed)
    acts = int(facts["agents"]) * asked.steps  # type: ignore[call-overload]
    tell(
        model="schelling", side=asked.side, steps=asked.steps, seed=asked.seed, **facts,
        ns_per_agent_step=round(float(facts["cpu_s"]) / acts * 1e9, 2),  # type: ignore[arg-type]
    )  # fmt: skip


if __name__ == "__main__":
    main()
