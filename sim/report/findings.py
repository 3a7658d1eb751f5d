"""What an experiment found, in sentences that a planner can read; never a forecast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sim.base.language import say
from sim.experiment.analysis import Response, responds, windows_of
from sim.experiment.differences import Difference, Window
from sim.experiment.results import Results
from sim.experiment.sensitivity import Effect, Index, Noise
from sim.report.analysis import Names
from sim.report.experiment import duration
from sim.report.numbers import number, shown
from sim.report.sentences import sentence, when
from sim.report.titles import unit

STRONGEST = 3


def compared(results: Results, names: Names, done: int) -> Iterator[str]:
    """What was run: arms, points, replications, months, and how much of it is there."""
    language, manifest = names.language, results.manifest
    n_arms, n_points, n_replications = results.shape
    scale = number(float(manifest["arms"][0]["scale"]), 2, language)
    yield say("experiments.report.runs", language, arms=n_arms, points=n_points, replications=n_replications,
              months=results.months, scale=scale, done=done, planned=len(results.design))  # fmt: skip
    key = "common" if manifest["common"] else "own"
    yield say(f"experiments.report.luck.{key}", language, seed=manifest["root_seed"])
    design = manifest["design"]
    if design["kind"] != "none":
        factors = ", ".join(names.factor(str(one["path"])) for one in manifest["factors"])
        yield say(f"experiments.report.designs.{design['kind']}", language, factors=factors or say(
            "experiments.report.listed", language), points=n_points)  # fmt: skip
    if manifest["unlike"]:
        yield say("experiments.report.unlike", language, paths=", ".join(manifest["unlike"]))


def differences(found: Sequence[Difference], names: Names) -> Iterator[tuple[str, str]]:
    """Each measure with the difference of each arm at the last horizon, and where the sign turned."""
    baseline = names.quoted(names.baseline)
    for measure, arm in dict.fromkeys((one.measure, one.arm) for one in found):
        own = [one for one in found if (one.measure, one.arm) == (measure, arm)]
        years = [one for one in own if one.window.kind == "year"]
        last = years[-1] if years else own[-1]
        about = names.title(measure)
        said = sentence(last, names.quoted(names.ids[arm]), baseline, about, names.language)
        opposite = [one for one in years if {one.verdict, last.verdict} == {"higher", "lower"}]
        if opposite:
            said += " " + say("experiments.report.turned", names.language,
                              when=when(opposite[-1].window, names.language))  # fmt: skip
        yield about, said


def responses(found: Sequence[Response], names: Names) -> Iterator[tuple[str, str]]:
    """Each measure with the ends between which it moves as a factor is moved."""
    for measure, factor, arm in dict.fromkeys((one.measure, one.factor, one.arm) for one in found):
        own = [one for one in found if (one.measure, one.factor, one.arm) == (measure, factor, arm)]
        known = [one for one in own if one.mean == one.mean]
        if len(known) < 2:
            continue
        least, most = min(known, key=lambda one: one.mean), max(known, key=lambda one: one.mean)
        kind, language, about = unit(measure), names.language, names.title(measure)
        yield about, say(
            f"experiments.report.{'moves' if responds(known) else 'stays'}", language,
            measure=about, factor=names.factor(factor), arm=names.arms[arm],
            low=shown(least.mean, kind, language), at_low=names.value(factor, least.value),
            high=shown(most.mean, kind, language), at_high=names.value(factor, most.value),
        )  # fmt: skip


def strongest(found: Sequence[Effect | Index], luck: Noise, names: Names) -> str:
    """Which factors matter for a measure, and how much luck is left in it."""
    language, measure, arm = names.language, found[0].measure, names.arms[found[0].arm]
    clear = [names.factor(one.factor) for one in found if one.is_clear]
    key = "strongest" if clear else "none_strong"
    said = say(f"experiments.report.{key}", language, measure=names.title(measure), arm=arm,
               clear=len(clear), factors=len(found), names=", ".join(clear[:STRONGEST]))  # fmt: skip
    if luck.share == luck.share:
        said += " " + say("experiments.report.luck_left", language, share=number(100 * luck.share, 0, language))
    return said


def assumptions(results: Results, names: Names) -> Iterator[str]:
    """How well the figures are known on which the arms rest."""
    language = names.language
    for arm, name in zip(results.manifest["arms"], names.arms, strict=True):
        counts: dict[str, int] = arm["figures"]
        total = sum(counts.values())
        if total:
            shares = ", ".join(
                f"{say(f'experiments.report.statuses.{status}', language)} {number(100 * n / total, 0, language)} %"
                for status, n in sorted(counts.items(), key=lambda item: -item[1])
            )
            yield say("experiments.report.figures", language, arm=name, n=total, shares=shares)


def beware(results: Results, names: Names, window: Window) -> Iterator[str]:
    """What a reader has to know before believing any of it."""
    language = names.language
    yield say("report.compare.meaning", language)
    yield say("experiments.report.interval", language)
    n = len(windows_of(results.months, window)) * len(results.manifest["looked_at"])
    if len(names.arms) > 1:
        yield say("experiments.report.by_chance", language, n=n * (len(names.arms) - 1))
    if results.manifest["stop"]:
        yield say("experiments.report.stopped_when_narrow", language)
    if results.manifest["code_changes"]:
        yield say("experiments.status.code_changes", language, n=len(results.manifest["code_changes"]))


def origin(results: Results, names: Names, seconds: float) -> Iterator[tuple[str, str]]:
    """Where the numbers come from, as pairs of a word and a value."""
    manifest, language = results.manifest, names.language
    commit: dict[str, Any] = manifest.get("commit") or {}
    rows = {
        "version": manifest["versions"]["hemvist"],
        "model": manifest["code"],
        "commit": commit.get("id", "") + (" +" if commit.get("dirty") else ""),
        "experiment": manifest["experiment_sha256"],
        "python": f"Python {manifest['versions']['python']}, NumPy {manifest['versions']['numpy']}",
        "machine": f"{manifest['platform']}, {manifest['cores']}",
        "seed": str(manifest["root_seed"]),
        "when": f"{manifest['started']} – {manifest['stopped'] or ''}",
        "time": duration(seconds, language),
    }
    for key, value in rows.items():
        if value:
            yield say(f"experiments.report.origin.{key}", language), value
