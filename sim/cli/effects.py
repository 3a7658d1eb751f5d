"""``hemvist effects``: what each lever of a scenario does by itself, pulled as far as it goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.base.language import say
from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb

if TYPE_CHECKING:
    from sim.experiment.effects import Effect
    from sim.report.tables import Table
    from sim.scenario.schema import Scenario

PAIRS = 8


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.scenario(language),
        options.option(language, "-n", "--replications", type=click.IntRange(2, 1000), default=PAIRS),
        *(option for option in options.changes(language) if option.name != "rules"),
        options.seed(language),
        options.option(language, "-o", "--out", says="out_file", type=click.Path(path_type=Path)),
        options.workers(language),
        *options.loudness(language),
    ]

    def effects(
        scenario: str, changes: dict[str, str], months: int | None, scale: float | None, quiet: bool, verbose: bool,
        **job: Any,
    ) -> int:  # fmt: skip
        return _effects(Console(language, quiet, verbose), scenario, options.Wishes(changes, months, scale), **job)

    return verb("effects", language, effects, params)


def _effects(
    console: Console, name: str, wishes: options.Wishes, *, replications: int, seed: int, out: Path | None,
    workers: int | None,
) -> int:  # fmt: skip
    from sim.base.disk import write_whole
    from sim.cli.finding import load
    from sim.experiment.brake import Brake
    from sim.experiment.effects import as_csv, effects
    from sim.view.plays import Move, Play, World
    from sim.view.verdicts import HEADLINES

    scenario, world = load(name, wishes), World(name, tuple(wishes.overrides().items()))
    console.note("pulling", title=scenario.title.say(console.language), n=len(scenario.levers), pairs=replications,
                 months=scenario.time.months, scale=f"{scenario.scale:g}")  # fmt: skip
    with Brake() as brake, console.progress("passing") as watch:
        found = effects(
            scenario, lambda path, value: Play(world, seed, (Move(1, path, value),)).scenario(),
            measures=[names[0 if scenario.money else -1] for names in HEADLINES.values()], pairs=replications,
            seed=seed, brake=brake, workers=workers, watch=watch,
        )  # fmt: skip
    if found is None:
        console.note("called_off")
        return 130
    console.table(_table(found, scenario, console.language))
    if out is not None:
        write_whole(out, as_csv(found).encode())
        console.note("written", path=out)
    return 0


def _table(found: list[Effect], scenario: Scenario, language: str) -> Table:
    """A row per lever, a column per answer."""
    from sim.report.numbers import shown_gap
    from sim.report.tables import Row, Table
    from sim.report.titles import unit
    from sim.view.levers import shown
    from sim.view.verdicts import HEADLINES

    rows: dict[str, list[str]] = {}
    levers = {lever.id: lever for lever in scenario.levers}
    for one in found:
        lever = levers[one.lever]
        ends = " → ".join(shown(value, lever, language) for value in (one.today, one.value))
        gap = shown_gap(one.mean, unit(one.measure), language, sign=True)
        said = gap if one.word in ("higher", "lower") else say(f"view.effects.words.{one.word}", language)
        rows.setdefault(f"{lever.label.say(language)}: {ends}", []).append(said)
    heads = (say("view.effects.lever", language), *(say(f"view.answers.{name}", language) for name in HEADLINES))
    return Table(heads, 1, [Row((name, *cells)) for name, cells in rows.items()])
