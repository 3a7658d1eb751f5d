"""What a comparison shows: which measures, under which heading, and the same for programs."""

from __future__ import annotations

from typing import Any

from sim.base.language import say
from sim.experiment.headlines import chosen
from sim.experiment.keeping import differences
from sim.experiment.paired import Comparison
from sim.measures.names import MeasureName
from sim.report.titles import arm, opened

SECTION_OF = {
    "segregation": "segregation", "access": "access", "affordability": "cost", "displacement": "moves",
    "theory": "theory",
}  # fmt: skip


def sections_of(comparison: Comparison, asked: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """The measures to show, by section: those asked for, else the headline ones that every arm has."""
    if not asked:
        return chosen(comparison.measures)
    found: dict[str, tuple[str, ...]] = {}
    for text in asked:
        name = str(MeasureName.parse(text))
        if name in comparison.measures:
            section = SECTION_OF.get(name.partition(".")[0], "segregation")
            found[section] = (*found.get(section, ()), name)
    return found


def heading(comparison: Comparison, language: str) -> str:
    """What is compared with what, in one line."""
    names = [arm(comparison.first(place), language) for place in range(comparison.n_arms)]
    others = f" {say('report.compare.and', language)} ".join(
        [", ".join(names[1:-1]), names[-1]] if names[2:] else names[1:]
    )
    return opened(say("report.compare.title", language, arms=others, baseline=names[0]))


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
    }
