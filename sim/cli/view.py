"""``hemvist view``: open the page in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.base.language import say
from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb

SCENARIO = "gothenburg-levers"
"""Today's rules, with every lever at hand and at rest."""

PORT = 8765
PAIRS = 6
"""Pairs of runs that tell the spread (assumed: some minutes of computing behind what is looked at)."""


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        click.Argument(["scenario"], default=SCENARIO, metavar=say("cli.metavars.scenario", language)),
        *(option for option in options.changes(language) if option.name != "rules"),
        options.seed(language),
        options.option(language, "-n", "--pairs", type=click.IntRange(1, 50), default=PAIRS),
        options.option(language, "--host", default="127.0.0.1"),
        options.option(language, "--port", type=click.IntRange(1, 65535), default=PORT),
        options.option(language, "--board", type=click.Path(path_type=Path), default=Path("results/board")),
        options.option(language, "--no-browser", is_flag=True),
        *options.loudness(language),
    ]

    def view(
        scenario: str, changes: dict[str, str], months: int | None, scale: float | None, seed: int, pairs: int,
        host: str, port: int, board: Path, no_browser: bool, **how: Any,
    ) -> int:  # fmt: skip
        console = Console(language, **how)
        wishes = options.Wishes(changes, months, scale)
        from sim.view.plays import World
        from sim.view.serve import serve

        serve(
            World(scenario, tuple(wishes.overrides().items())), seed=seed, language=language, host=host, port=port,
            folder=board, pairs=pairs, is_opened=not no_browser,
            tell=lambda url, pin: console.note("viewing", url=url, pin=pin),
        )  # fmt: skip
        return 0

    return verb("view", language, view, params)
