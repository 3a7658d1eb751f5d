"""Time months of a whole town with every rule of its scenario, through HousingModel, measures each month.

    python bench_town.py                                   # Gothenburg, some 490,000 households, two years
    python bench_town.py --world two-towns --scale 1
    python bench_town.py --like-c                          # ten listings and one application, as housing.c has it
    python bench_town.py --plain                           # besides, no other rule, and one in twenty looks

Prints one line of JSON: months a second, ns per household and month, ms of each phase, ns of the market's phases
(search to moving) per seeker, bytes per household. cpu_s is the processor time of the months; founding, burn-in and
compilation apart.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from measured import tell, timed

WARM_UP = 3
MARKET = ("search", "listing", "preference", "allocation", "moving")
LIKE_C: dict[str, object] = {"search.sample": 10, "listing.max_applications": 1}
PLAIN: dict[str, object] = LIKE_C | {
    "demography.rules": [], "payment.rules": [], "population.without_home.share": 0,
    "search.rules": [{"rule": "life_course", "hazard": [0.916] * 4, "factor": 1, "by_tenure": [1] * 4, "duration": 1}],
    "search.choosy": 0, "search.rooms_slack": 10, "search.shuns_new": 0,
    "preferences.taste_kept": 0, "preferences.moving_cost": 0.5,
}  # fmt: skip
"""Who looks does so for one month, with tastes of that month; at .916 a year 60 per cent begin in their own month."""
SCALE = 1.65  # some 490,000 households, as many as the region has


def timed_phases(spent: dict[str, float]) -> None:
    """Let every phase of the month add its processor time, s, to a table."""
    from sim.engine import month

    def timing(name: str, act: Callable[[object], None]) -> Callable[[object], None]:
        def timed_act(engine: object) -> None:
            start = time.process_time()
            act(engine)
            spent[name] = spent.get(name, 0.0) + time.process_time() - start

        return timed_act

    month.PHASES = tuple(replace(phase, act=timing(phase.name, phase.act)) for phase in month.PHASES)


def bytes_of(table: object) -> int:
    """Bytes of all columns of a table."""
    return sum(column.nbytes for column in vars(table).values() if isinstance(column, np.ndarray))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--world", default="gothenburg")
    parser.add_argument("--scale", type=float, default=SCALE)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--threads", type=int, default=1)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--like-c", action="store_true")
    kind.add_argument("--plain", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    from sim import HousingModel

    spent: dict[str, float] = {}
    timed_phases(spent)
    begun: list[HousingModel] = []
    months = asked.months + WARM_UP
    founding = timed(
        lambda: begun.append(
            HousingModel(asked.world, rng=asked.seed, scale=asked.scale, months=months, burn_in=False,
                         threads=asked.threads, **(PLAIN if asked.plain else LIKE_C if asked.like_c else {}))
        )
    )  # fmt: skip
    model = begun[0]
    for _ in range(WARM_UP):
        model.step()
    spent.clear()
    seekers = []

    def pass_months() -> None:
        for _ in range(asked.months):
            model.step()
            seekers.append(len(model.simulation.engine.market.seekers))

    took = timed(pass_months)
    city = model.simulation.engine.city
    n = len(city.households.rows())
    tell(
        model="town", world=asked.world, scale=asked.scale, months=asked.months, threads=asked.threads, seed=asked.seed,
        households=n, founding_s=founding["cpu_s"], **took,
        months_per_s=round(asked.months / took["cpu_s"], 2),
        ns_per_household_month=round(took["cpu_s"] / asked.months / n * 1e9, 1),
        like_c=asked.like_c, plain=asked.plain,
        ns_per_searcher=round(sum(spent[name] for name in MARKET) / sum(seekers) * 1e9, 1),
        seekers_per_month=round(float(np.mean(seekers))),
        phases_ms={name: round(s / asked.months * 1e3, 2) for name, s in spent.items()},
        notes_ms=round((took["cpu_s"] - sum(spent.values())) / asked.months * 1e3, 2),
        bytes_per_household=round(bytes_of(city.households) / n, 1),
        bytes_per_dwelling=round(bytes_of(city.dwellings) / len(city.dwellings.area), 1),
    )  # fmt: skip


if __name__ == "__main__":
    main()
