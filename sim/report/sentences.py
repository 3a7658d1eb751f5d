"""Differences put into sentences, with their intervals, their limits and never a forecast."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator

from sim.base.language import say
from sim.engine.record import Record
from sim.experiment.differences import CONFIDENCE, Contrast, Difference, Window
from sim.experiment.headlines import SENTENCES
from sim.experiment.paired import Comparison
from sim.measures.names import MeasureName
from sim.report.numbers import bare, number, shown, shown_gap, style
from sim.report.titles import arm, founding_words, group_labels, not_counted, title, unit

SHORT = 60
DRIFT = ("segregation.inequality_index", "segregation.dissimilarity.origin", "access.without_home")


def when(window: Window, language: str, *, short: bool = False) -> str:
    """The time a difference belongs to."""
    return say(f"report.when.{window.kind}{'_short' if short else ''}", language, number=window.number)


def sentence(one: Difference, arm_name: str, baseline_name: str, measure_name: str, language: str) -> str:
    """One difference in one sentence, with its interval."""
    kind = unit(one.measure)
    more = style(kind).more
    values = {
        "measure": measure_name,
        "when": when(one.window, language),
        "arm": arm_name,
        "baseline": baseline_name,
        "gap": shown_gap(abs(one.mean), kind, language),
        "near": bare(min(abs(one.low), abs(one.high)), kind, language),
        "far": bare(max(abs(one.low), abs(one.high)), kind, language),
        "low": shown_gap(abs(one.low), kind, language),
        "high": shown_gap(abs(one.high), kind, language),
        "pairs": one.pairs,
        "higher": say(f"report.more.{more}.higher", language),
        "lower": say(f"report.more.{more}.lower", language),
    }
    said = say(f"report.difference.{one.verdict}", language, **values)
    if one.dropped:
        said += " " + say("report.difference.dropped", language, dropped=one.dropped)
    return said


def headline(contrast: Contrast) -> Difference:
    """The difference that a sentence is made of: the last full horizon, else the last months."""
    years = [one for one in contrast.at if one.window.kind == "year"]
    return years[-1] if years else contrast.end


def sentences(comparison: Comparison, language: str, measures: tuple[str, ...] = SENTENCES) -> Iterator[str]:
    """The most asked-for differences in words, arm by arm."""
    baseline = comparison.first(0)
    labels = group_labels(baseline, language)
    for measure in measures:
        if measure not in comparison.measures:
            continue
        for place in range(1, comparison.n_arms):
            contrast = comparison.contrast(measure, place)
            names = arm(comparison.first(place), language), arm(baseline, language)
            said = sentence(headline(contrast), *names, title(measure, language, labels), language)
            if contrast.turns_in is not None:
                said += " " + say("report.difference.turns", language, year=contrast.turns_in)
            yield said


def limits(comparison: Comparison, measures: tuple[str, ...], language: str) -> Iterator[str]:
    """What a reader has to know before believing any of it."""
    baseline = comparison.first(0)
    scale = number(float(baseline.provenance.get("scale", 1.0)), 2, language)
    counts = {"pairs": len(comparison.pairs), "planned": comparison.planned, "failed": len(comparison.faults)}
    if comparison.interrupted:
        yield say("report.compare.interrupted", language, **counts)
    if comparison.faults:
        yield say("report.compare.failed", language, **counts)
    yield say(
        "report.compare.size", language, **counts, months=comparison.months, scale=scale, seed=comparison.seed
    )  # fmt: skip
    yield from founding_words(baseline, language)
    yield say("report.compare.meaning", language)
    if comparison.months >= 24:
        yield say("report.compare.averaged", language)
    if comparison.months < SHORT:
        yield say("report.difference.short", language)
    if _has_homes_that_stay(comparison):
        yield say("report.compare.no_building", language)
    yield from _by_chance(comparison, measures, language)
    yield from drifts(comparison, language)
    yield from _luck(comparison, measures, language)
    yield from cautions(comparison, measures, language)


def _has_homes_that_stay(comparison: Comparison) -> bool:
    """Whether homes are let and sold, and no arm has rules by which the stock changes."""
    told = [comparison.first(place).provenance.get("resolved") or {} for place in range(comparison.n_arms)]
    may_change = any((one.get("investment") or {}).get("rules") for one in told)
    return any(one.get("landlords") for one in told) and not may_change


def drifts(comparison: Comparison, language: str) -> Iterator[str]:
    """How far the baseline moves by itself: founding, start and end."""
    baseline = comparison.first(0)
    labels = group_labels(baseline, language)
    start = next((place for place, month in enumerate(baseline.months) if month >= 0), 0)
    for measure in DRIFT:
        if measure not in baseline.series:
            continue
        rows = {"founding": 0, "start": start, "end": -1}
        values = {name: comparison.mean(measure, 0, row) for name, row in rows.items()}
        kind = unit(measure)
        texts = {name: shown(value, kind, language) for name, value in values.items()}
        name = title(measure, language, labels)
        who = arm(baseline, language)
        key = "drift" if start else "drift_short"
        yield say(f"report.compare.{key}", language, baseline=who, measure=name, **texts)


def _by_chance(comparison: Comparison, measures: tuple[str, ...], language: str) -> Iterator[str]:
    """How many differences would look clear if nothing differed at all."""
    contrasts = [comparison.contrast(measure, arm) for measure in measures for arm in range(1, comparison.n_arms)]
    n = sum(one.verdict != "undefined" for contrast in contrasts for one in contrast.at)
    if n:
        by_chance = number((1 - CONFIDENCE) * n, 0, language)
        yield say("report.compare.by_chance", language, n=n, stars=by_chance)


def _luck(comparison: Comparison, measures: tuple[str, ...], language: str) -> Iterator[str]:
    ratios = [
        comparison.contrast(measure, place).end.variance_ratio
        for measure in measures
        for place in range(1, comparison.n_arms)
    ]
    known = [ratio for ratio in ratios if not math.isnan(ratio)]
    if known:
        yield say("report.compare.luck", language, ratio=number(statistics.median(known), 2, language))


def cautions(comparison: Comparison, measures: tuple[str, ...], language: str) -> Iterator[str]:
    """Warnings that belong under some figures and not under others."""
    records = [comparison.first(place) for place in range(comparison.n_arms)]
    if has_market(records) and any(is_income_by_tenure(measure) for measure in measures):
        yield say("report.compare.caution_tenure", language)


def is_income_by_tenure(measure: str) -> bool:
    """Whether a measure tells how incomes or costs differ between tenures."""
    name = MeasureName.parse(measure)
    by_tenure = any(key == "tenure" for key, _ in name.by)
    return name.base.endswith(".tenure") or (by_tenure and name.base.startswith("affordability."))


def has_market(records: list[Record]) -> bool:
    """Whether some scenario lets rented homes at a market rent or to whom pays most."""
    return any(_rules(record) & {"market", "posted", "bidding"} for record in records)


def _rules(record: Record) -> set[str]:
    """Names of the rent and allocation rules of those who let."""
    found: set[str] = set()
    for landlord in (record.provenance.get("resolved") or {}).get("landlords") or ():
        if landlord.get("rent"):
            found |= {str(block.get("rule")) for block in (landlord["rent"], landlord.get("allocation") or {})}
    return found


def who_is_missing(measures: tuple[str, ...], language: str, labels: dict[str, str]) -> Iterator[str]:
    """Each sentence on who is not counted, once, with the measures it belongs to."""
    by_sentence: dict[str, list[str]] = {}
    for measure in measures:
        by_sentence.setdefault(not_counted(measure, language), []).append(title(measure, language, labels))
    for text, names in by_sentence.items():
        if text:
            yield f"{'; '.join(names)}. {text}"
