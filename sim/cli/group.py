"""The command ``hemvist``: the names of its verbs, and nothing else until one is called."""

from __future__ import annotations

import contextlib
import difflib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import cast

import click

from sim import __version__
from sim.base.errors import SimError, StoreError
from sim.base.language import LANGUAGES, preferred, say
from sim.cli.help import PlainHelp, language_option
from sim.cli.mistakes import Mistake, explained

VERBS = (
    "run",
    "compare",
    "explain",
    "follow",
    "effects",
    "view",
    "sweep",
    "search",
    "resume",
    "status",
    "analyse",
    "plot",
    "report",
    "export",
    "check",
    "show",
    "list",
    "new",
    "baseline",
    "calibrate",
    "schema",
    "doctor",
    "completion",
)
OK, INTERNAL, USAGE, FAILED_RUNS, OTHER_STORE, NOT_REACHED, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130


class Verbs(PlainHelp, click.Group):
    """Verbs that are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = import_module(f"sim.cli.{cmd_name}")
        return cast(click.Command, module.command(self.language))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in VERBS and not name.startswith("-"):
            meant = difflib.get_close_matches(name, VERBS, n=1)
            if meant:
                raise Mistake("no_verb_suggest", ctx, found=name, meant=meant[0])
            raise Mistake("no_verb", ctx, found=name, known=", ".join(VERBS))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, say(f"cli.verbs.{name}.short", self.language)) for name in VERBS]
        with formatter.section(say("cli.help.verbs", self.language)):
            formatter.write_dl(rows)


def group(language: str) -> Verbs:
    """The whole command line in one language."""

    def show_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(f"hemvist {__version__}")
            ctx.exit()

    version = click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show_version,
        help=say("cli.options.version", language),
    )  # fmt: skip
    params = [language_option(language), version]
    return Verbs("hemvist", language=language, params=params, callback=_help_alone, invoke_without_command=True)


@click.pass_context
def _help_alone(ctx: click.Context) -> None:
    """Without a verb, the help."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def language_of(arguments: Sequence[str]) -> str:
    """The language asked for anywhere on the command line, else the reader's own."""
    words = list(arguments)
    for place, word in enumerate(words):
        found = word[7:] if word.startswith("--lang=") else ""
        if word == "--lang" and place + 1 < len(words):
            found = words[place + 1]
        if found in LANGUAGES:
            return found
    return preferred()


def answer(arguments: Sequence[str]) -> int:
    """Do what the arguments ask, speak, and return the exit code."""
    language = language_of(arguments)
    try:
        return int(group(language).main(list(arguments), prog_name="hemvist", standalone_mode=False) or OK)
    except click.UsageError as fault:
        click.echo(explained(fault, language), err=True)
        return USAGE
    except StoreError as fault:
        click.echo(fault.text(language), err=True)
        return OTHER_STORE
    except SimError as fault:
        click.echo(fault.text(language), err=True)
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo(say("cli.mistakes.interrupted", language), err=True)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as fault:
        return _confess(fault, arguments, language)


def _confess(fault: Exception, arguments: Sequence[str], language: str) -> int:
    import traceback

    if {"-v", "--verbose"} & set(arguments):
        click.echo(traceback.format_exc(), err=True)
    click.echo(say("cli.mistakes.internal", language, fault=f"{type(fault).__name__}: {fault}"), err=True)
    return INTERNAL


def main() -> None:
    """Entry point of the console script."""
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty():
            with contextlib.suppress(AttributeError):
                stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(answer(sys.argv[1:]))
