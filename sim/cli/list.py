"""``hemvist list``: what there is: scenarios, measures, parameters, rules, levers, experiments, runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from sim.base.language import say
from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb

Entries = Iterator[dict[str, Any]]


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.word(language, "what", list(SHELVES), "scenarios"),
        options.option(language, "--of", says="of", default=None),
        options.option(language, "--filter", "wanted", says="filter", default=""),
        options.option(language, "--rules", multiple=True, type=click.Path(path_type=Path)),
        options.out(language),
        options.as_json(language),
    ]

    def list_(what: str, wanted: str, as_json: bool, **where: Any) -> int:
        console = Console(language, as_json=as_json)
        shown = [entry for entry in SHELVES[what](language, **where) if _matches(entry, wanted)]
        return _show(console, what, shown)

    return verb("list", language, list_, params)


def _matches(entry: dict[str, Any], wanted: str) -> bool:
    return all(word.lower() in " ".join(map(str, entry.values())).lower() for word in wanted.split())


def _show(console: Console, what: str, shown: list[dict[str, Any]]) -> int:
    from sim.report.tables import Row, Table

    if console.as_json:
        console.json(shown)
    elif shown:
        columns = tuple(say(f"cli.list.columns.{key}", console.language) for key in shown[0])
        rows = [Row(tuple(_text(value) for value in entry.values())) for entry in shown]
        console.table(Table(columns, len(columns), rows))
    else:
        console.note("none_found", what=say(f"cli.list.{what}", console.language))
    return 0


def _text(value: object) -> str:
    return re.sub(r"\s+", " ", "" if value is None else f"{value:g}" if isinstance(value, float) else str(value))


def scenarios(language: str, rules: tuple[Path, ...], **_: Any) -> Entries:
    """The scenarios that ship; one that has faults says so."""
    from sim.base.errors import ScenarioError
    from sim.cli.finding import load, shipped

    for name in shipped():
        try:
            scenario = load(name, options.Wishes(rules=rules))
        except ScenarioError as error:
            faulty = say("cli.list.faulty", language, n=len(error.faults))
            yield {"name": name, "title": faulty, "months": "", "tempo": ""}
            continue
        time = scenario.time
        yield {"name": name, "title": scenario.title.say(language), "months": time.months, "tempo": scenario.tempo}


def experiments(language: str, rules: tuple[Path, ...], **_: Any) -> Entries:
    """The experiments that ship, and how many runs each asks for."""
    from sim.base.errors import ScenarioError
    from sim.cli.finding import load_study
    from sim.experiment.file.find import shipped_names

    for name in shipped_names():
        try:
            study = load_study(name, rules)
        except ScenarioError as error:
            faulty = say("cli.list.faulty", language, n=len(error.faults))
            yield {"name": name, "title": faulty, "runs": "", "design": ""}
            continue
        runs = len(study.arms) * len(study.points) * study.most_replications
        title = study.section.title.say(language)
        yield {"name": name, "title": title, "runs": runs, "design": study.section.design.kind}


def measures(language: str, **_: Any) -> Entries:
    """Everything that a run may record."""
    from sim.measures.catalogue import MEASURES

    for one in MEASURES:
        yield {
            "name": one.name, "unit": one.unit, "by": " ".join(one.by), "title": one.title(language),
        }  # fmt: skip


def parameters(language: str, of: str | None, rules: tuple[Path, ...], **_: Any) -> Entries:
    """Every figure of a scenario, with its source and how well it is known."""
    from sim.cli.finding import load

    for figure in load(of or "gothenburg", options.Wishes(rules=rules)).figures():
        yield {
            "path": figure.path, "value": figure.value, "unit": figure.unit, "status": figure.status,
            "source": figure.source,
        }  # fmt: skip


def rules(language: str, rules: tuple[Path, ...], **_: Any) -> Entries:
    """Every rule in one sentence, and the names of its parameters."""
    from sim.base.language import has
    from sim.base.parameters import declared
    from sim.engine.load import registry

    for cls in registry(rules).all():
        kind, name = str(getattr(cls, "kind", "")), str(getattr(cls, "name", ""))
        about = f"parameters.{kind}.{name}._about"
        said = say(about, language) if has(about, language) else (cls.__doc__ or "").strip().partition("\n")[0]
        given = " ".join(one.name for one in declared(cls))
        yield {"kind": kind, "name": name, "what": said, "parameters": given}


def levers(language: str, of: str | None, rules: tuple[Path, ...], **_: Any) -> Entries:
    """What can be pulled in a scenario, and who decides it."""
    from sim.cli.finding import load
    from sim.cli.lever import HOME

    for lever in load(of or HOME, options.Wishes(rules=rules)).levers:
        yield {
            "id": lever.id, "path": lever.path, "low": lever.low, "high": lever.high, "unit": lever.unit,
            "status": lever.status, "decides": lever.decides, "title": lever.label.say(language),
        }  # fmt: skip


def interventions(language: str, of: str | None, rules: tuple[Path, ...], **_: Any) -> Entries:
    """What was done somewhere and can be laid upon a town."""
    from sim.cli.finding import load
    from sim.cli.intervention import HOME
    from sim.scenario.laid import PLUS, shipped_interventions

    for name in shipped_interventions():
        one = load(f"{of or HOME}{PLUS}{name}", options.Wishes(rules=rules)).interventions[-1]
        yield {
            "name": name, "title": one.title.say(language), "place": one.place.say(language), "years": one.years,
            "status": one.standing,
        }  # fmt: skip


def runs(language: str, out: Path, **_: Any) -> Entries:
    """Records on disk; folders that only look like one are named."""
    from sim.base.errors import RecordError
    from sim.engine.record import Record

    for folder in sorted(path.parent for path in out.glob("**/record.json") if not _is_hidden(path, out)):
        try:
            record = Record.load(folder)
        except RecordError as error:
            yield {"folder": str(folder), "scenario": "", "seed": "", "months": "", "state": error.text(language)}
            continue
        state = say("cli.list.whole" if record.complete else "cli.list.part", language)
        done = int((record.months > 0).sum())
        yield {"folder": str(folder), "scenario": record.scenario, "seed": record.seed, "months": done, "state": state}


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


SHELVES: dict[str, Callable[..., Entries]] = {
    "scenarios": scenarios, "measures": measures, "parameters": parameters, "rules": rules, "levers": levers,
    "experiments": experiments, "interventions": interventions, "runs": runs,
}  # fmt: skip
