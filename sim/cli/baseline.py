"""``hemvist baseline``: whether a town holds together under its own rules, target by target."""

from __future__ import annotations

from typing import Any

import click

from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb

SEEDS = 6


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.scenario(language),
        options.option(language, "-n", "--seeds", type=click.IntRange(1, 1000), default=SEEDS),
        *options.changes(language),
        options.seed(language),
        options.workers(language),
        options.as_json(language),
        *options.loudness(language),
    ]

    def baseline(scenario: str, quiet: bool, verbose: bool, as_json: bool, **asked: Any) -> int:
        wishes = options.Wishes(asked["changes"], asked["months"], asked["scale"], asked["rules"])
        console = Console(language, quiet, verbose, as_json)
        return _baseline(console, scenario, wishes, asked["seeds"], asked["seed"], asked["workers"])

    return verb("baseline", language, baseline, params)


def _baseline(console: Console, name: str, wishes: options.Wishes, n_seeds: int, seed: int, workers: int | None) -> int:
    from sim.cli.finding import load
    from sim.experiment.baseline import measure_baseline, without_constants
    from sim.experiment.brake import Brake
    from sim.report.baseline import as_data, baseline_table

    scenario = load(name, wishes)
    off = without_constants(scenario)
    without = None if not off else load(name, options.Wishes({**wishes.overrides(), **off}, rules=wishes.rules))
    years = scenario.time.months / 12
    console.note("holding", title=scenario.title.say(console.language), n=n_seeds, years=f"{years:g}")
    with Brake() as brake, console.progress("holding_now") as watch:
        found = measure_baseline(
            scenario, without, replications=n_seeds, seed=seed, brake=brake, workers=workers, watch=watch,
            rules=wishes.rules,
        )  # fmt: skip
    if found is None:
        console.note("called_off")
        return 130
    if console.as_json:
        console.json({"scenario": scenario.id, "years": years, **as_data(found)})
    else:
        console.table(baseline_table(found, years, console.language))
    return 0
