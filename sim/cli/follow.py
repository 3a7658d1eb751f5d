"""``hemvist follow``: the same household in one or several cities, its history told in plain sentences."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from sim.base.language import say
from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.scenario(language, "scenarios"),
        options.option(language, "--household", type=click.IntRange(1, 2**63 - 1)),
        *options.changes(language),
        options.seed(language),
        options.as_json(language),
        *options.loudness(language),
    ]

    def follow(
        scenarios: tuple[str, ...], changes: dict[str, str], months: int | None, scale: float | None,
        rules: tuple[Path, ...], quiet: bool, verbose: bool, as_json: bool, **job: Any,
    ) -> int:  # fmt: skip
        wishes = options.Wishes(changes, months, scale, rules)
        return _follow(Console(language, quiet, verbose, as_json), scenarios, wishes, **job)

    return verb("follow", language, follow, params)


def _follow(
    console: Console, names: tuple[str, ...], wishes: options.Wishes, *, household: int | None, seed: int
) -> int:
    from sim.base.errors import SimError
    from sim.cli.finding import load_all
    from sim.experiment.brake import Brake
    from sim.experiment.follow import follow
    from sim.experiment.sameness import check_arms
    from sim.report import story

    scenarios = load_all(names, wishes)
    if not all(scenario.money for scenario in scenarios):
        raise SimError("experiment.no_lives_without_money")
    if len(scenarios) > 1:
        check_arms(scenarios)
    titles = ", ".join(scenario.title.say(console.language) for scenario in scenarios)
    console.note("following", titles=titles)
    with Brake() as brake, console.progress("passing") as watch:
        lives = follow(scenarios, seed=seed, household=household, brake=brake, workers=0, watch=watch)
    if lives is None:
        console.note("called_off")
        return 130
    if console.as_json:
        console.json({"household": lives[0].household, "seed": seed, "cities": [
            {"scenario": scenario.id, **asdict(life)} for scenario, life in zip(scenarios, lives, strict=True)
        ]})  # fmt: skip
        return 0
    console.data(story.heading(lives, console.language))
    for life in lives:
        console.data("\n" + say("story.arm", console.language, arm=story.arm_name(life, console.language)))
        for sentence in story.story(life, console.language):
            console.sentence(sentence)
    console.data("")
    for sentence in story.differences(lives, console.language):
        console.sentence(sentence)
    console.sentence(say("story.meaning", console.language))
    return 0
