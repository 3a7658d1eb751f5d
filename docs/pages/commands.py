"""The page of the command line: every verb with its options."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import click

from pages.markdown import code, table
from sim.base.language import say
from sim.cli import group

EXITS = {
    group.OK: "all well",
    group.INTERNAL: "a fault of hemvist's own; please report it",
    group.USAGE: "something that was typed or written in a file cannot be used; nothing was written",
    group.FAILED_RUNS: "finished, but some runs failed",
    group.OTHER_STORE: "the folder of results belongs to another experiment or another model, or somebody is at work "
                       "in it; nothing was run",
    group.NOT_REACHED: "every run was made, and the interval is still wider than was asked for",
    group.INTERRUPTED: "interrupted (Ctrl-C); what was finished is kept and marked incomplete",
}

HEAD = """# The command line

What was asked for goes to standard output, everything else to standard error. `--json` gives data for programs. A
scenario is named by its bare name (`hemvist list` shows those that ship), by a path, or by `-` for standard input.
Colours and a progress bar appear only in a terminal. `--lang sv`, or the variable `HEMVIST_LANG`, speaks Swedish.

"""


def page() -> str:
    """The whole page."""
    exits = "## Exit codes\n\n" + table(("code", "means"), EXITS.items())
    return "\n".join([HEAD, *(_verb(name) for name in group.VERBS), exits])


def _verb(name: str) -> str:
    command: click.Command = import_module(f"sim.cli.{name}").command("en")
    context = click.Context(command, info_name=f"hemvist {name}", max_content_width=100)
    examples = say(f"cli.verbs.{name}.examples").strip()
    usage = " ".join([f"hemvist {name}", *command.collect_usage_pieces(context)])
    about = say(f"cli.verbs.{name}.long")
    body = f"## {name}\n\n{about}\n\n```console\n{examples}\n```\n\nUsage: `{usage}`\n\n"
    return body + table(("argument or option", "what it is"), _rows(command, context))


def _rows(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for param in command.params:
        if isinstance(param, click.Argument):
            yield code(param.make_metavar(context)), say(f"cli.arguments.{param.name}")
        elif isinstance(param, click.Option):
            yield _written(param, context), param.help or ""


def _written(option: click.Option, context: click.Context) -> str:
    """An option as it is typed, with what follows it."""
    value = "" if option.is_flag else f" {option.make_metavar(context)}"
    return ", ".join(code(f"{name}{value}") for name in option.opts)
