"""``hemvist schema``: what a scenario or an experiment may say, for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb

FOLDER = Path(".schema")


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.word(language, "what", ["scenario", "experiment"], "scenario"),
        options.option(language, "-o", "--out", says="out_file", type=click.Path(path_type=Path)),
        options.option(language, "--install", is_flag=True),
        options.option(language, "-q", "--quiet", is_flag=True),
    ]

    def schema(what: str, out: Path | None, install: bool, quiet: bool) -> int:
        return _schema(Console(language, quiet), what, FOLDER / f"{what}-1.json" if install else out)

    return verb("schema", language, schema, params)


def _schema(console: Console, what: str, out: Path | None) -> int:
    from sim.base.disk import write_whole

    text = written(what)
    if out is None or str(out) == "-":
        console.data(text.rstrip())
        return 0
    out.parent.mkdir(parents=True, exist_ok=True)
    write_whole(out, text.encode())
    console.note("schema_written", path=out)
    return 0


def written(what: str) -> str:
    """The schema of a scenario or an experiment, as its file holds it."""
    from sim.engine.load import registry
    from sim.experiment.file.json_schema import experiment_schema
    from sim.scenario.json_schema import scenario_schema

    made = experiment_schema if what == "experiment" else scenario_schema
    return json.dumps(made(registry()), ensure_ascii=False, indent=1) + "\n"
