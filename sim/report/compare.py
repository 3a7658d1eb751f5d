"""What a comparison shows: which measures, under which heading, and the same for programs."""

from __future__ import annotations

from typing import Any

from sim.base.language import say
from sim.experiment import gains
from sim.experiment.keeping import differences
from sim.experiment.paired import Comparison
from sim.report.titles import arm, opened


def heading(comparison: Comparison, language: str) -> str:
    """What is compared with what, in one line."""
    names = [arm(comparison.first(place), language) for place in range(comparison.n_arms)]
    others = f" {say('report.compare.and', language)} ".join(
        [", ".join(names[1:-1]), names[-1]] if names[2:] else names[1:]
    )
    return opened(say("report.compare.title", language, arms=others, baseline=names[0]))


def _incidence(comparison: Comparison) -> list[dict[str, Any]]:
    """Who gains and who loses, for programs."""
    names = [comparison.first(place).scenario for place in range(1, comparison.n_arms)]
    return [] if comparison.incidences is None else gains.as_data(comparison.incidences, names)


def as_data(comparison: Comparison, sections: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """The comparison for programs."""
    shown = [measure for measures in sections.values() for measure in measures]
    return {
        "baseline": comparison.first(0).scenario,
        "arms": [comparison.first(place).scenario for place in range(comparison.n_arms)],
        "months": comparison.months,
        "seed": comparison.seed,
        "planned": comparison.planned,
        "pairs": len(comparison.pairs),
        "failed": len(comparison.faults),
        "interrupted": comparison.interrupted,
        "differences": differences(comparison, shown),
        "incidence": _incidence(comparison),
    }
