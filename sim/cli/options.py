"""Options that several verbs share, each written once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from sim.base.language import say
from sim.cli.help import PlainOption
from sim.cli.mistakes import Mistake


def scenario(language: str, name: str = "scenario") -> click.Argument:
    """One scenario, or several where the name is a plural, by bare name or path."""
    is_many = name.endswith("s")
    metavar = say("cli.metavars.scenarios" if is_many else "cli.metavars.scenario", language)
    return click.Argument(
        [name], nargs=-1 if is_many else 1, required=True, metavar=metavar, shell_complete=_scenarios
    )  # fmt: skip


def experiment(language: str) -> click.Argument:
    """One experiment, by bare name or path."""
    return click.Argument(["experiment"], metavar=say("cli.metavars.experiment", language), shell_complete=_experiments)


def folder(language: str) -> click.Argument:
    """The folder of an experiment."""
    return click.Argument(["folder"], type=click.Path(path_type=Path), metavar=say("cli.metavars.folder", language))


def word(language: str, name: str, known: Sequence[str], default: str | None = None) -> click.Argument:
    """One of several words, the default if none is written."""
    return click.Argument(
        [name], type=click.Choice(known), default=default, required=default is None,
        metavar=say(f"cli.metavars.{name}", language),
    )  # fmt: skip


def _scenarios(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Names of shipped scenarios, and files."""
    from click.shell_completion import CompletionItem

    from sim.cli.finding import shipped

    names = [CompletionItem(name) for name in shipped() if name.startswith(incomplete)]
    return [*names, CompletionItem(incomplete, type="file")]


def _experiments(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Names of shipped experiments, and files."""
    from click.shell_completion import CompletionItem

    from sim.experiment.file.find import shipped_names

    names = [CompletionItem(name) for name in shipped_names() if name.startswith(incomplete)]
    return [*names, CompletionItem(incomplete, type="file")]


def option(language: str, *names: str, says: str = "", **settings: Any) -> click.Option:
    """An option whose help stands under ``cli.options``, and whose value has a name in the reader's language."""
    key = says or names[-1].lstrip("-").replace("-", "_")
    metavar = say(f"cli.metavars.{key}", language)
    if not settings.get("is_flag") and metavar != f"cli.metavars.{key}":
        settings["metavar"] = metavar
    return PlainOption(list(names), help=say(f"cli.options.{key}", language), **settings)


def changes(language: str) -> list[click.Option]:
    """What a run may change in a scenario: paths, length, scale, rules from outside."""
    return [
        option(language, "--set", "changes", says="set", multiple=True, callback=written_changes),
        option(language, "--months", type=click.IntRange(1, 12000)),
        option(language, "--scale", type=click.FloatRange(0, 100, min_open=True), callback=_finite),
        option(language, "--rules", multiple=True, type=click.Path(path_type=Path)),
    ]


def seed(language: str) -> click.Option:
    """Root of all luck."""
    return option(language, "--seed", type=click.IntRange(0, 2**63 - 1), default=1)


def out(language: str) -> click.Option:
    """Where results go."""
    return option(language, "-o", "--out", type=click.Path(path_type=Path), default=Path("results"))


def workers(language: str) -> click.Option:
    """How many processes."""
    return option(language, "-j", "--workers", type=click.IntRange(0, 1024))


def as_json(language: str) -> click.Option:
    """For programs."""
    return option(language, "--json", "as_json", says="json", is_flag=True)


def profile(language: str) -> click.Option:
    """Where the time goes."""
    return option(language, "--profile", is_flag=True)


def loudness(language: str) -> list[click.Option]:
    """Say less, or more."""
    return [
        option(language, "-q", "--quiet", is_flag=True),
        option(language, "-v", "--verbose", is_flag=True),
    ]


def written_changes(ctx: click.Context, _param: click.Parameter, written: Sequence[str]) -> dict[str, str]:
    """``PATH=VALUE`` pairs as a map."""
    found = {}
    for text in written:
        path, equals, value = text.partition("=")
        if not equals or not path.strip() or not value.strip():
            raise Mistake("set_written", ctx, found=text)
        if path.strip() in found:
            raise Mistake("set_twice", ctx, path=path.strip())
        found[path.strip()] = value.strip()
    return found


def window(ctx: click.Context, _param: click.Parameter, text: str | None) -> str | None:
    """``last 24``, ``year 10`` or ``all``."""
    from sim.experiment.file.windows import is_window

    if text is not None and not is_window(text):
        raise Mistake("window_written", ctx, found=text)
    return text


def _finite(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    if value is not None and not math.isfinite(value):
        raise click.BadParameter("", ctx, param)
    return value


@dataclass(frozen=True)
class Wishes:
    """What the command line changes in every scenario it names."""

    changes: dict[str, str] = field(default_factory=dict)
    months: int | None = None
    scale: float | None = None
    rules: tuple[Path, ...] = ()

    def overrides(self) -> dict[str, str]:
        """As paths and values; ``--months`` and ``--scale`` are short for two of them.

        Raises
        ------
        Mistake
            If a path is given in both ways.
        """
        short = {"time.months": self.months, "scale": self.scale}
        wanted = {path: repr(value) for path, value in short.items() if value is not None}
        for path in wanted.keys() & self.changes.keys():
            raise Mistake("set_twice", path=path)
        return {**self.changes, **wanted}
