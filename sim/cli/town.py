"""``hemvist new town``: a folder with a town made of one table, and what is known of it; or the table to fill in."""

from __future__ import annotations

from pathlib import Path

from sim.base.language import say
from sim.cli.console import Console
from sim.cli.mistakes import Mistake


def write_template(console: Console, name: str) -> int:
    """A table to fill in, beside where the reader stands."""
    from sim.base.disk import write_whole
    from sim.scenario.town.form import template

    file = Path(f"{name}-areas.csv")
    if file.exists():
        raise Mistake("template_exists", path=file)
    write_whole(file, template(console.language).encode("utf-8-sig"))  # with the mark, Excel reads Swedish letters
    console.note("made_template", path=file, name=name)
    return 0


def make_town(console: Console, name: str, table: Path, geojson: Path | None) -> int:
    """The folder of a town: its scenario, its tables, its data report, and the table that it was made of."""
    from sim.base.disk import whole_folder
    from sim.cli.finding import load
    from sim.cli.options import Wishes
    from sim.cli.schema import written
    from sim.scenario.find import MARKS
    from sim.scenario.tables import bytes_of
    from sim.scenario.town.make import BASE, REPORT, TABLE, make
    from sim.scenario.town.report import repair_sentences, summary

    folder, language = Path(name), console.language
    if folder.exists():
        raise Mistake("folder_exists", path=folder)
    made = make(folder.name, table, load(BASE, Wishes()), language, geojson=geojson)
    files = {**made.files, ".schema/scenario-1.json": written("scenario"), MARKS[0]: "", ".gitignore": "results/\n"}
    with whole_folder(folder) as partial:
        for path, text in files.items():
            (partial / path).parent.mkdir(exist_ok=True)
            (partial / path).write_text(text, encoding="utf-8", newline="\n")
        (partial / TABLE).write_bytes(bytes_of(table, str(table)))
    for sentence in repair_sentences(made.repairs, language):
        console.note("mended", what=sentence)
    console.data(summary(made.town, language))
    console.data(say("town.read_report", language, path=folder / REPORT))
    console.note("made_town", path=folder, name=folder.name)
    return 0
