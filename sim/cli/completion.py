"""``hemvist completion``: a script that lets a shell complete verbs, options and scenarios."""

from __future__ import annotations

import click

from sim.cli import options
from sim.cli.help import verb

SHELLS = ("bash", "zsh", "fish")


def command(language: str) -> click.Command:
    """The verb in one language."""
    return verb("completion", language, _completion, [options.word(language, "shell", SHELLS)])


def _completion(shell: str) -> int:
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is not None:
        made = kind(click.Command("hemvist"), {}, "hemvist", "_HEMVIST_COMPLETE")
        click.echo(made.source_template % made.source_vars())
    return 0
