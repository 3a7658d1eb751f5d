"""Speaking: data on standard output, all else on standard error, colours only where a person looks on."""

from __future__ import annotations

import json
import math
import os
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

import click

from sim.base.language import say

if TYPE_CHECKING:
    from sim.experiment.workers import Progress
    from sim.report.tables import Table

EVERY = 30.0
WIDTH = 100


def is_watched(stream: TextIO) -> bool:
    """Whether a person looks at a stream in a terminal that can do more than print lines."""
    return stream.isatty() and os.environ.get("TERM", "") != "dumb"


@dataclass(frozen=True)
class Console:
    """How a verb speaks to whoever called it.

    Attributes
    ----------
    language : str
    quiet, verbose : bool
        Say nothing but data and faults; say more.
    as_json : bool
        Data for programs.
    """

    language: str
    quiet: bool = False
    verbose: bool = False
    as_json: bool = False

    def data(self, text: str) -> None:
        """A line that was asked for."""
        click.echo(text)

    def sentence(self, text: str) -> None:
        """One sentence of several, with a dash before it and its lines kept short."""
        self.data(textwrap.fill(text, WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False))

    def json(self, value: object) -> None:
        """One document, the only thing on standard output."""
        click.echo(json.dumps(plain(value), ensure_ascii=False, indent=1, allow_nan=False))

    def table(self, table: Table) -> None:
        """Rows in columns, with colours in a terminal."""
        if is_watched(sys.stdout):
            from rich.console import Console as RichConsole

            RichConsole(file=sys.stdout, highlight=False).print(table.rich())
        else:
            click.echo(table.plain(WIDTH))

    def note(self, key: str, /, **values: object) -> None:
        """What changed and what comes next."""
        if not self.quiet:
            click.echo(say(f"cli.notes.{key}", self.language, **values), err=True)

    def detail(self, text: str) -> None:
        """What only the curious want to know."""
        if self.verbose:
            click.echo(text, err=True)

    @contextmanager
    def progress(self, key: str, line: str = "progress") -> Iterator[Callable[[Progress], None]]:
        """Something to call with the progress: a bar in a terminal, else a plain line now and then."""
        if self.quiet:
            yield lambda progress: None
        elif is_watched(sys.stderr):
            with _bar(say(f"cli.notes.{key}", self.language)) as watch:
                yield watch
        else:
            yield _lines(self.language, line)


@contextmanager
def _bar(words: str) -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console as RichConsole
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(None), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=RichConsole(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(words, total=None)
        yield lambda progress: bar.update(task, total=progress.planned, completed=progress.done)


def _lines(language: str, line: str) -> Callable[[Progress], None]:
    last = [0.0]

    def watch(progress: Progress) -> None:
        if progress.seconds - last[0] >= EVERY:
            last[0] = progress.seconds
            left = progress.seconds_left
            rate = progress.done / progress.seconds
            click.echo(
                say(f"cli.notes.{line}", language, done=progress.done, planned=progress.planned,
                    left="?" if left is None else f"{left:.0f}", rate=f"{rate:.3g}"),
                err=True,
            )  # fmt: skip

    return watch


def plain(value: Any) -> Any:
    """What JSON can hold: an undefined number becomes null."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value
