"""``hemvist show``: what a scenario says and where it says so, or what a run found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.base.language import say
from sim.base.months import show_month
from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb
from sim.cli.mistakes import Mistake

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

VIEWS = ("resolved", "origin", "timeline", "phases", "cite", "ledger", "dial")


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.scenario(language),
        click.Argument(["name"], required=False, metavar=say("cli.metavars.lever", language)),
        options.option(language, "--of", says="of", default=None),
        *(options.option(language, f"--{view}", is_flag=True) for view in VIEWS),
        options.option(language, "--diff", "other", says="diff"),
        *options.changes(language),
        options.out(language),
        options.as_json(language),
        *options.loudness(language),
    ]

    def show(
        scenario: str, name: str | None, of: str | None, other: str | None, changes: dict[str, str],
        months: int | None, scale: float | None, rules: tuple[Path, ...], out: Path, quiet: bool, verbose: bool,
        as_json: bool, **views: bool,
    ) -> int:  # fmt: skip
        console = Console(language, quiet, verbose, as_json)
        wanted = [view for view in VIEWS if views[view]] + (["diff"] if other else [])
        if scenario == "intervention":
            return _show_intervention(console, name, of, options.Wishes(changes, months, scale, rules))
        if scenario == "lever" or name is not None:
            return _show_lever(console, scenario, name, of, options.Wishes(changes, months, scale, rules))
        if len(wanted) > 1:
            raise Mistake("one_view", found=", ".join(f"--{view}" for view in wanted))
        folder = _run_folder(scenario, out)
        if folder is not None and wanted in ([], ["ledger"]):
            return _show_run(console, folder, in_years=bool(wanted))
        if wanted == ["ledger"]:
            raise Mistake("ledger_of_run", found=scenario)
        wishes = options.Wishes(changes, months, scale, rules)
        return _show_scenario(console, scenario, wishes, wanted[0] if wanted else "summary", other)

    return verb("show", language, show, params)


def _show_lever(console: Console, word: str, name: str | None, of: str | None, wishes: options.Wishes) -> int:
    from sim.base.registry import nearest
    from sim.cli import lever as levers
    from sim.cli.finding import load

    if word != "lever" or name is None:
        raise Mistake("lever_name", found=" ".join([word, *([name] if name else [])]))
    scenario = load(of or levers.HOME, wishes)
    lever = levers.found(scenario, name)
    if lever is None:
        known = [one.id for one in scenario.levers]
        meant = nearest(name, known)
        values = {"found": name, "of": scenario.id, "meant": meant, "known": ", ".join(known) or "-"}
        raise Mistake("lever_unknown_suggest" if meant else "lever_unknown", **values)
    if console.as_json:
        console.json(levers.as_data(lever, scenario))
        return 0
    for line in levers.lines(lever, scenario, console.language):
        console.data(line)
    return 0


def _show_intervention(console: Console, name: str | None, town: str | None, wishes: options.Wishes) -> int:
    from sim.cli import intervention
    from sim.cli.finding import load
    from sim.scenario.laid import PLUS

    if name is None:
        raise Mistake("intervention_name")
    bare, laid = (load(one, wishes) for one in (town or intervention.HOME, f"{town or intervention.HOME}{PLUS}{name}"))
    for one in laid.interventions[len(bare.interventions) :]:
        if console.as_json:
            console.json(intervention.as_data(one, bare, laid))
            continue
        for line in intervention.lines(one, bare, laid, console.language):
            console.data(line)
    return 0


def _run_folder(name: str, out: Path) -> Path | None:
    """The folder of a run, given itself, its name under the results, or the end of its name."""
    for folder in (Path(name), out / name):
        if (folder / "record.json").is_file():
            return folder
    found = [path.parent for path in out.glob(f"**/*-{name}/record.json")] if name.isalnum() else []
    return found[0] if len(found) == 1 else None


def _show_run(console: Console, folder: Path, *, in_years: bool) -> int:
    from sim.engine.record import Record
    from sim.engine.stored import foreign_files
    from sim.report import ledger
    from sim.report.run import as_data, run_table, run_words

    record = Record.load(folder)
    for name in foreign_files(folder):
        console.note("foreign_file", name=name, folder=folder)
    if console.as_json:
        console.json(ledger.as_data(record) if in_years else {**as_data(record), "folder": str(folder)})
        return 0
    for line in run_words(record, console.language):
        console.data(line)
    console.table((ledger.ledger_table if in_years else run_table)(record, console.language))
    return 0


def _show_scenario(console: Console, name: str, wishes: options.Wishes, view: str, other: str | None) -> int:
    from sim.cli.finding import load_all

    scenario, *others = load_all([name, *([other] if other else [])], wishes)
    if console.as_json:
        console.json(_as_data(scenario, view, others))
        return 0
    for line in _lines(scenario, view, others, console.language):
        console.data(line)
    return 0


def _lines(scenario: Scenario, view: str, others: list[Scenario], language: str) -> Iterator[str]:
    match view:
        case "resolved":
            import yaml

            yield yaml.safe_dump(scenario.resolved(), allow_unicode=True, sort_keys=False, width=100).rstrip()
        case "origin":
            yield from _origins(scenario, language)
        case "timeline":
            yield from _timeline(scenario, language)
        case "phases":
            yield from _phases(language)
        case "cite":
            yield from _citations(scenario, language)
        case "dial":
            yield from _dial(scenario, language)
        case "diff":
            yield from _difference(scenario, others[0], language)
        case _:
            yield from _summary(scenario, language)


def _summary(scenario: Scenario, language: str) -> Iterator[str]:
    yield scenario.title.say(language)
    yield say("cli.show.time", language, start=show_month(scenario.time.start), months=scenario.time.months,
              burn_in=scenario.time.burn_in, scale=f"{scenario.scale:g}", tempo=scenario.tempo)  # fmt: skip
    groups = ", ".join(group.label.say(language) if group.label else group.id for group in scenario.population.groups)
    yield say("cli.show.groups", language, groups=groups)
    for landlord in scenario.landlords:
        rules = {"rent": landlord.rent, "price": landlord.price, "screening": landlord.screening}
        given = [f"{key} {block.name}" for key, block in rules.items() if block is not None]
        yield f"  {landlord.id} ({landlord.kind}): {', '.join([*given, f'allocation {landlord.allocation.rule.name}'])}"
    yield say("cli.show.counts", language, changes=len(scenario.timeline_months()), levers=len(scenario.levers),
              figures=len(scenario.figures()), sources=len(scenario.sources))  # fmt: skip
    yield say("cli.show.hash", language, hash=scenario.sha256()[:24])


def _origins(scenario: Scenario, language: str) -> Iterator[str]:
    default = say("cli.show.default", language)
    for figure in scenario.figures():
        where = figure.place.text() if figure.place is not None else default
        yield f"{figure.path} = {figure.value} {figure.unit}  [{figure.source or '-'}, {figure.status or '-'}]  {where}"


def _timeline(scenario: Scenario, language: str) -> Iterator[str]:
    from sim.scenario.contrast import as_written, changes

    nothing = True
    for month, path, old, new, event in changes(scenario):
        nothing = False
        when = show_month(scenario.time.start + month)
        yield f"{when}  {path}: {as_written(old)} -> {as_written(new)}  ({event})"
    if nothing:
        yield say("cli.show.no_timeline", language)


def _phases(language: str) -> Iterator[str]:
    from sim.engine.month import PHASES

    for place, phase in enumerate(PHASES, 1):
        yield f"{place:2d} {phase.name:<12} {say(f'cli.show.phases.{phase.name}', language)}"


def _dial(scenario: Scenario, language: str) -> Iterator[str]:
    from sim.scenario.dial import between

    dial = scenario.dial
    if dial is None:
        yield say("cli.show.dial_none", language)
        return
    yield say("cli.show.dial_head", language, position=f"{dial.position:g}")
    for part in dial.sub_dials:
        position = dial.stands_at(part)
        yield say("cli.show.dial_part", language, label=part.label.say(language), position=f"{position:g}")
        for path, three in part.sets.items():
            right, today, commodity = (f"{one:g}" for one in three)
            yield say("cli.show.dial_sets", language, path=path, value=f"{between(three, position):g}", right=right,
                      today=today, commodity=commodity)  # fmt: skip


def _citations(scenario: Scenario, language: str) -> Iterator[str]:
    from sim import __version__

    yield say("cli.show.cite", language, version=__version__)
    for source in scenario.sources:
        places = [part for part in (source.doi, source.url, source.accessed) if part]
        yield f"[{source.id}] {source.cite}{' ' if places else ''}{', '.join(places)}"


def _difference(scenario: Scenario, other: Scenario, language: str) -> Iterator[str]:
    from sim.scenario.contrast import ABSENT, as_written, differences

    found = list(differences(scenario, other))
    yield f"--- {scenario.id}"
    yield f"+++ {other.id}"
    for path, *values in found:
        yield from (f"{mark} {path}: {as_written(value)}" for mark, value in zip("-+", values, strict=True)
                    if value is not ABSENT)  # fmt: skip
    if not found:
        yield say("cli.show.no_difference", language)


def _as_data(scenario: Scenario, view: str, others: list[Scenario]) -> object:
    """The same view for programs."""
    from sim.scenario.contrast import changes, differences

    match view:
        case "origin":
            return [
                {"path": one.path, "value": one.value, "unit": one.unit, "source": one.source, "status": one.status,
                 "place": one.place.text() if one.place else None}
                for one in scenario.figures()
            ]  # fmt: skip
        case "timeline":
            keys = ("month", "path", "old", "new", "event")
            return [dict(zip(keys, _known(change), strict=True)) for change in changes(scenario)]
        case "phases":
            from sim.engine.month import PHASES

            return [phase.name for phase in PHASES]
        case "cite":
            return [source.model_dump() for source in scenario.sources]
        case "diff":
            return {path: _known(values) for path, *values in differences(scenario, others[0])}
        case _:
            return {"id": scenario.id, "title": scenario.title.model_dump(), "sha256": scenario.sha256(),
                    "resolved": scenario.resolved()}  # fmt: skip


def _known(values: Iterable[Any]) -> list[Any]:
    """Values as JSON has them: null where there is none."""
    from sim.scenario.contrast import ABSENT

    return [None if value is ABSENT else value for value in values]
