"""``hemvist new``: a scenario or an experiment of one's own, that runs as it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from sim.base.language import say
from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb
from sim.cli.mistakes import Mistake

NAME = re.compile(r"[a-z][a-z0-9_-]*")


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.word(language, "what", ["scenario", "experiment"]),
        click.Argument(["name"], metavar=say("cli.metavars.name", language)),
        options.option(language, "--from", "base", says="from", default="two-towns"),
        options.option(language, "--force", is_flag=True),
        *options.loudness(language),
    ]

    def new(what: str, name: str, base: str, force: bool, **how: Any) -> int:
        return _new(Console(language, **how), what, name, base, force)

    return verb("new", language, new, params)


def _new(console: Console, what: str, name: str, base: str, force: bool) -> int:
    from sim.base.disk import write_whole
    from sim.cli.finding import load
    from sim.scenario.find import is_bare

    file = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    if not NAME.fullmatch(file.stem):
        raise Mistake("name_written", found=file.stem)
    if file.exists() and not force:
        raise Mistake("file_exists", path=file)
    scenario = load(base, options.Wishes())
    upon = base if is_bare(base) else _relative(Path(base), file.parent)
    words = file.stem.replace("-", " ").replace("_", " ")
    key = "cli.new.experiment" if what == "experiment" else "cli.new.text"
    text = say(key, console.language, id=words.replace(" ", "_"), base=upon,
               of=scenario.title.say(console.language), title=say("cli.new.title", console.language, name=words),
               months=scenario.time.months)  # fmt: skip
    write_whole(file, text.encode())
    console.note("made_experiment" if what == "experiment" else "made", path=file)
    return 0


def _relative(path: Path, folder: Path) -> str:
    """A path as the new file has to write it."""
    import os

    return Path(os.path.relpath(path, folder)).as_posix()
