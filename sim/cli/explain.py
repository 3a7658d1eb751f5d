"""``hemvist explain``: what sorts households in a town, mechanism by mechanism, from a mixed start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.base.language import say
from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb

if TYPE_CHECKING:
    from sim.experiment.explanation import Explanation

REPLICATIONS = 6
MEASURES = ("segregation.dissimilarity.origin", "segregation.income_rank_entropy")


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.scenario(language),
        options.option(language, "-n", "--replications", says="orders", type=click.IntRange(2, 100_000),
                       default=REPLICATIONS),
        options.option(language, "--measure", "measures", says="measure", multiple=True),
        *options.changes(language),
        options.seed(language),
        options.out(language),
        options.workers(language),
        options.as_json(language),
        *options.loudness(language),
    ]  # fmt: skip

    def explain(
        scenario: str, changes: dict[str, str], months: int | None, scale: float | None, rules: tuple[Path, ...],
        quiet: bool, verbose: bool, as_json: bool, **job: Any,
    ) -> int:  # fmt: skip
        wishes = options.Wishes(changes, None, scale, rules)
        return _explain(Console(language, quiet, verbose, as_json), scenario, wishes, months=months, **job)

    return verb("explain", language, explain, params)


def _explain(
    console: Console, name: str, wishes: options.Wishes, *, months: int | None, replications: int,
    measures: tuple[str, ...], seed: int, out: Path, workers: int | None,
) -> int:  # fmt: skip
    from sim.base.disk import takes_files
    from sim.cli.finding import loader
    from sim.experiment.brake import Brake
    from sim.experiment.explain import explain
    from sim.experiment.explanation import keep
    from sim.experiment.keeping import folder_name
    from sim.report.explain import save

    load = loader(name, wishes)
    scenario = load({})
    folder = out / folder_name([scenario], seed=seed, replications=replications, rules=wishes.rules, verb="explain")
    takes_files(out)
    console.note("explaining", title=scenario.title.say(console.language), n=replications)
    with Brake() as brake, console.progress("explaining_now") as watch:
        found = explain(load, measures=_with_chance(measures or MEASURES), months=months, replications=replications,
                        seed=seed, brake=brake, workers=workers, watch=watch, rules=wishes.rules)  # fmt: skip
    if len(found.levels) < 2:
        console.note("called_off")
        return 130
    keep(found, folder)
    figures = save(found, folder, console.language)
    _show(console, found)
    console.note("compared", folder=folder, figure=figures[0])
    return 130 if found.interrupted else 3 if found.faults else 0


def _with_chance(measures: tuple[str, ...]) -> tuple[str, ...]:
    """The measures asked for, each followed by its level of chance where it has one."""
    from sim.measures.catalogue import is_measure, measure_named
    from sim.report.explain import CHANCE

    found: list[str] = []
    for measure in measures:
        measure_named(measure)
        found += [measure, *([measure + CHANCE] if is_measure(measure + CHANCE) else [])]
    return tuple(dict.fromkeys(found))


def _show(console: Console, found: Explanation) -> None:
    from sim.experiment.explanation import as_data
    from sim.report import explain as report

    language = console.language
    if console.as_json:
        console.json(as_data(found))
        return
    console.data(report.heading(found, language) + "\n")
    for sentence in report.sentences(found, language):
        console.sentence(sentence)
    for measure in report.explained(found):
        console.data("")
        console.table(report.table(found, measure, language))
    console.data("\n" + say("explain.off_head", language))
    for sentence in report.off_words(found, language):
        console.sentence(sentence)
    console.data("")
    for sentence in report.limits(found, language):
        console.sentence(sentence)
