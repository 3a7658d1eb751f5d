"""``hemvist compare``: scenarios side by side on the same people, homes and luck, with intervals and a figure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.base.language import say
from sim.cli import evening, options
from sim.cli.console import Console
from sim.cli.help import verb

if TYPE_CHECKING:
    from sim.experiment.brake import Brake
    from sim.experiment.gains import Incidences
    from sim.experiment.paired import Comparison
    from sim.scenario.schema import Scenario

REPLICATIONS = 8


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.scenario(language, "scenarios"),
        options.option(language, "-n", "--replications", type=click.IntRange(2, 100_000), default=REPLICATIONS),
        options.option(language, "--measure", "measures", says="measure", multiple=True),
        options.option(language, "--same-cost", "lever", says="same_cost"),
        *options.changes(language),
        options.seed(language),
        options.out(language),
        options.workers(language),
        options.as_json(language),
        *options.loudness(language),
    ]

    def compare(
        scenarios: tuple[str, ...], changes: dict[str, str], months: int | None, scale: float | None,
        rules: tuple[Path, ...], quiet: bool, verbose: bool, as_json: bool, **job: Any,
    ) -> int:  # fmt: skip
        wishes = options.Wishes(changes, months, scale, rules)
        return _compare(Console(language, quiet, verbose, as_json), scenarios, wishes, **job)

    return verb("compare", language, compare, params)


def _compare(
    console: Console, names: tuple[str, ...], wishes: options.Wishes, *, replications: int, measures: tuple[str, ...],
    lever: str | None, seed: int, out: Path, workers: int | None,
) -> int:  # fmt: skip
    from sim.base.disk import takes_files
    from sim.cli.finding import load_all
    from sim.experiment.brake import Brake
    from sim.experiment.keeping import folder_name, keep
    from sim.experiment.sameness import check_arms
    from sim.measures.catalogue import measure_named

    for measure in measures:
        measure_named(measure)
    scenarios = load_all(names, wishes)
    check_arms(scenarios)
    takes_files(out)
    with Brake() as brake:
        evened = None
        if lever is not None:
            evened = evening.evened(console, names, scenarios, wishes, lever, brake, seed=seed, workers=workers,
                                    replications=replications)  # fmt: skip
            if evened is None:
                console.note("called_off")
                return 130
            scenarios = [scenarios[0], evened.scenario]
        folder = out / folder_name(scenarios, seed=seed, replications=replications, rules=wishes.rules)
        _announce(console, scenarios, replications)
        found = _found(console, scenarios, brake, replications=replications, seed=seed, folder=folder, workers=workers,
                       rules=wishes.rules)  # fmt: skip
        if not found.pairs:
            console.note("stopped_early", folder=folder)
            return 130
        keep(found, folder)
        figures = _drawn(found, folder, console.language)
    _show(console, found, folder, figures, measures, evened)
    return 130 if found.interrupted else 3 if found.faults else 0


def _announce(console: Console, scenarios: Sequence[Scenario], replications: int) -> None:
    first = scenarios[0]
    titles = ", ".join(scenario.title.say(console.language) for scenario in scenarios)
    console.note("comparing", titles=titles, n=len(scenarios), replications=replications, months=first.time.months,
                 burn_in=first.time.burn_in, scale=f"{first.scale:g}")  # fmt: skip


def _found(console: Console, scenarios: Sequence[Scenario], brake: Brake, **job: Any) -> Comparison:
    from sim.experiment.paired import compare
    from sim.experiment.play import play, work

    with console.progress("comparing_now") as watch:
        return compare(
            scenarios, play=play, months=min(one.time.months for one in scenarios), work=work(scenarios), brake=brake,
            watch=watch, groups=_groups(scenarios), **job,
        )  # fmt: skip


def _groups(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Groups whose gains and losses are counted: none in a town without money, where nobody has a cost or a home."""
    first = scenarios[0]
    return tuple(group.id for group in first.population.groups) if first.money else ()


def _drawn(found: Comparison, folder: Path, language: str) -> list[Path]:
    from sim.report.figures import save

    return save(found, folder, language)


def _show(
    console: Console, found: Comparison, folder: Path, figures: list[Path], measures: tuple[str, ...],
    evened: evening.Evened | None,
) -> None:  # fmt: skip
    from sim.report.compare import as_data
    from sim.report.sections import sections_of

    sections = sections_of(found.measures, measures) or sections_of(found.measures)
    for measure in measures:
        if measure not in found.measures:
            console.note("not_recorded", measure=measure)
    if console.as_json:
        files = {"folder": str(folder), "figures": [str(path) for path in figures]}
        even = {} if evened is None else {"same_cost": evening.as_data(evened)}
        console.json({**as_data(found, sections), **even, **files})
    else:
        for said in () if evened is None else evening.sentences(evened, console.language):
            console.sentence(said)
        _print(console, found, sections, gains=not measures)
    for fault in found.faults:
        console.detail(fault.text(console.language))
    console.note("compared", folder=folder, figure=figures[0])


def _print(console: Console, found: Comparison, sections: dict[str, tuple[str, ...]], *, gains: bool) -> None:
    """Sentences, the table, who gains and who loses, who is missing, and what to know before believing it."""
    from sim.report.compare import heading
    from sim.report.sentences import limits, sentences, who_is_missing
    from sim.report.tables import comparison_table
    from sim.report.titles import group_labels

    language = console.language
    shown = tuple(measure for measures in sections.values() for measure in measures)
    console.data(heading(found, language) + "\n")
    for sentence in sentences(found, language):
        console.sentence(sentence)
    console.data("")
    console.table(comparison_table(found, sections, language))
    if gains and found.incidences is not None:
        _print_gains(console, found, found.incidences)
    console.data("\n" + say("report.compare.not_counted_head", language))
    for sentence in who_is_missing(shown, language, group_labels(found.first(0), language)):
        console.sentence(sentence)
    console.data("")
    for sentence in limits(found, shown, language):
        console.sentence(sentence)


def _print_gains(console: Console, found: Comparison, incidences: Incidences) -> None:
    """Arm by arm, who fares better and who worse at the end, household by household."""
    from sim.report import gains

    language, month = console.language, incidences.months[-1]
    for place in range(1, found.n_arms):
        console.data("\n" + gains.heading(found, place, month, language))
        for sentence in gains.sentences(found, incidences, place, month, language):
            console.sentence(sentence)
        console.data("")
        console.table(gains.table(found, incidences, place, month, language))
    console.data("")
    console.sentence(say("gains.meaning", language))
