"""Records of runs that nobody ran: series with a level, a drift and noise, as a report would meet them."""

import numpy as np

from sim.engine.record import Record
from sim.experiment.paired import Comparison

LEVELS = {
    "segregation.inequality_index": 30.0,
    "segregation.income_rank_entropy": 0.06,
    "segregation.income_rank_entropy.chance": 0.004,
    "segregation.income_rank_entropy.corrected": 0.056,
    "segregation.dissimilarity.origin": 0.33,
    "segregation.dissimilarity.origin.chance": 0.03,
    "segregation.dissimilarity.origin.corrected": 0.31,
    "access.without_home": 0.06,
    "access.waiting_time": 70.0,
    "affordability.rent_burden@income=1": 0.42,
    "affordability.rent_burden@tenure=public_rental": 0.3,
    "affordability.residual_income@income=1": 6500.0,
    "displacement.moves": 12.0,
}
MARKET = [{"id": "municipal", "rent": {"rule": "market"}, "allocation": {"rule": "posted"}}]

TODAY = [{"id": "municipal", "rent": {"rule": "utility_value"}, "allocation": {"rule": "queue"}}]


def record(scenario, seed, shift=0.0, months=240, turn=False, gaps=(), **provenance):
    """A record whose every measure ends ``shift`` (a share of its level) away from where it began."""
    shared, own = np.random.default_rng(seed), np.random.default_rng([seed, len(scenario)])
    grown = np.linspace(0, 1, months + 1)
    path = np.where(grown < 0.4, -grown, 2.5 * grown - 1.4) if turn else np.sqrt(grown)
    series = {}
    for name, level in LEVELS.items():
        noise = shared.normal(0, 0.003, months + 1).cumsum() + own.normal(0, 0.0015, months + 1).cumsum()
        series[name] = level * (1 + (0 if name.endswith("chance") else shift * path) + noise)
        if name in gaps:
            series[name][:] = np.nan
    known = {
        "scenario": scenario, "run_id": f"{seed:024x}", "seed": seed, "start": "2026-01", "planned": months,
        "complete": True, "scale": 0.1, "title": {"en": f"The {scenario}", "sv": f"Den {scenario}"},
    }  # fmt: skip
    return Record({**known, **provenance}, np.arange(months + 1), series)


def comparison(shifts=(0.0, 0.15, -0.1, -0.05), n=5, months=240, **settings):
    """Arms with the names of the shipped ones, on ``n`` shared seeds."""
    names = ("gothenburg", "gothenburg_market", "gothenburg_right", "gothenburg_right_need")[: len(shifts)]
    extra = {"gothenburg_market": {"resolved": {"landlords": MARKET}}, "gothenburg": {"resolved": {"landlords": TODAY}}}
    pairs = tuple(
        tuple(
            record(name, seed, shift, months, **settings, **extra.get(name, {}))
            for name, shift in zip(names, shifts, strict=True)
        )
        for seed in range(n)
    )
    return Comparison(months, 1, n, pairs)
