"""``hemvist new``: a scenario, an experiment, a project or a town of one's own, that runs as it is."""

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
KINDS = ("scenario", "experiment", "project", "town")
BASE = "two-towns"


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.word(language, "what", KINDS),
        click.Argument(["name"], metavar=say("cli.metavars.name", language)),
        options.option(language, "--from", "base", says="from"),
        options.option(language, "--table", type=click.Path(path_type=Path)),
        options.option(language, "--geojson", type=click.Path(path_type=Path)),
        options.option(language, "--template", is_flag=True),
        options.option(language, "--force", is_flag=True),
        *options.loudness(language),
    ]

    def new(
        what: str, name: str, base: str | None, force: bool, table: Path | None, geojson: Path | None, template: bool,
        **how: Any,
    ) -> int:  # fmt: skip
        console = Console(language, **how)
        if what == "town":
            if base or force:
                raise Mistake("town_of_a_table", option="--from" if base else "--force")
            return _town(console, name, table, geojson, template)
        if table or geojson or template:
            raise Mistake("only_for_towns", option="--table" if table else "--geojson" if geojson else "--template")
        upon = base or BASE
        return _project(console, name, upon) if what == "project" else _file(console, what, name, upon, force)

    return verb("new", language, new, params)


def _file(console: Console, what: str, name: str, base: str, force: bool) -> int:
    from sim.base.disk import write_whole
    from sim.scenario.find import is_bare

    file = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    _check_name(file.stem)
    if file.exists() and not force:
        raise Mistake("file_exists", path=file)
    upon = base if is_bare(base) else _relative(Path(base), file.parent)
    write_whole(file, _text(console.language, what, file.stem, base, upon).encode())
    console.note("made_experiment" if what == "experiment" else "made", path=file)
    return 0


def _project(console: Console, name: str, base: str) -> int:
    """A folder that is a project: a scenario, an experiment with it, what an editor needs, and how to go on."""
    from sim.base.disk import whole_folder
    from sim.cli.schema import written
    from sim.scenario.find import MARKS, is_bare

    folder, language = Path(name), console.language
    _check_name(folder.name)
    if folder.exists():
        raise Mistake("folder_exists", path=folder)
    if not is_bare(base):
        raise Mistake("project_upon_file", found=base)
    title = _words(folder.name)
    files = {
        f"{folder.name}.yaml": _text(language, "scenario", folder.name, base, base),
        f"{folder.name}-experiment.yaml": _text(language, "experiment", folder.name, base, f"{folder.name}.yaml"),
        ".schema/scenario-1.json": written("scenario"),
        ".schema/experiment-1.json": written("experiment"),
        MARKS[0]: "",
        ".gitignore": "results/\n",
        "README.md": say("cli.new.readme", language, title=title[:1].upper() + title[1:], name=folder.name, base=base),
    }
    with whole_folder(folder) as partial:
        for path, text in files.items():
            (partial / path).parent.mkdir(exist_ok=True)
            (partial / path).write_text(text, encoding="utf-8")
    console.note("made_project", path=folder, name=folder.name)
    return 0


def _town(console: Console, name: str, table: Path | None, geojson: Path | None, template: bool) -> int:
    """The table of a town to fill in, or the town made of one."""
    from sim.cli.town import make_town, write_template

    _check_name(Path(name).name)
    if (table is None) == (not template) or (template and geojson):
        raise Mistake("table_or_template", name=name)
    return make_town(console, name, table, geojson) if table is not None else write_template(console, name)


def _check_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise Mistake("name_written", found=name)


def _words(name: str) -> str:
    return name.replace("-", " ").replace("_", " ")


def _text(language: str, what: str, name: str, base: str, upon: str) -> str:
    """What stands in a new file: built upon a scenario, which the file names ``upon``."""
    from sim.cli.finding import load

    scenario, words = load(base, options.Wishes()), _words(name)
    return say(f"cli.new.{what}", language, id=words.replace(" ", "_"), base=upon, of=scenario.title.say(language),
               title=say("cli.new.title", language, name=words), months=scenario.time.months)  # fmt: skip


def _relative(path: Path, folder: Path) -> str:
    """A path as the new file has to write it."""
    import os

    return Path(os.path.relpath(path, folder)).as_posix()
