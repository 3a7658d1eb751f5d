"""Tables for a terminal: coloured where there is one, plain text where there is none."""

from __future__ import annotations

import itertools
import math
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.base.language import say
from sim.experiment.differences import Difference
from sim.experiment.paired import Comparison
from sim.report.numbers import DASH, bare, level
from sim.report.sentences import when
from sim.report.titles import arm, group_labels, opened, title, unit

if TYPE_CHECKING:
    from rich.table import Table as RichTable

NAME = 27
COLUMN = 15
WIDE_NAME = 56


@dataclass(frozen=True)
class Row:
    """One line; a row with a first cell alone is a heading."""

    cells: tuple[str, ...]
    strong: tuple[int, ...] = ()

    @property
    def is_heading(self) -> bool:
        return len(self.cells) == 1


@dataclass
class Table:
    """Columns with names, rows of text; the first ``n_words`` columns are words, the others numbers."""

    columns: tuple[str, ...]
    n_words: int = 1
    rows: list[Row] = field(default_factory=list)
    title: str = ""
    caption: str = ""

    def plain(self, width: int = 100) -> str:
        """As text of at most ``width`` columns, without a sign that a pipe could not carry."""
        return "\n".join(_plain_lines(self, width))

    def rich(self) -> RichTable:
        """For a terminal with colours."""
        from rich.box import SIMPLE_HEAD
        from rich.table import Table as RichTable
        from rich.text import Text

        made = RichTable(title=self.title or None, caption=self.caption or None, box=SIMPLE_HEAD, title_justify="left",
                         caption_justify="left", pad_edge=False)  # fmt: skip
        for place, column in enumerate(self.columns):
            made.add_column(column, justify="left" if place < self.n_words else "right", overflow="fold")
        for row in self.rows:
            if row.is_heading:
                made.add_row(Text(row.cells[0], style="bold underline"))
            else:
                made.add_row(*(Text(c, style="bold" if p in row.strong else "") for p, c in enumerate(row.cells)))
        return made


def _plain_lines(table: Table, width: int) -> Iterator[str]:
    whole = [row.cells for row in table.rows if not row.is_heading]
    heads = [textwrap.wrap(column, COLUMN) or [""] for column in table.columns]
    rooms = [
        max([*(len(line) for line in head), *(len(cells[place]) for cells in whole)])
        for place, head in enumerate(heads)
    ]
    if table.title:
        yield from textwrap.wrap(table.title, width)
    for cells in itertools.zip_longest(*heads, fillvalue=""):
        yield _aligned(cells, rooms, table.n_words)
    yield "-" * min(width, sum(rooms) + 2 * len(rooms) - 2)
    for row in table.rows:
        if row.is_heading:
            yield ""
            yield row.cells[0].upper()
        else:
            yield _aligned(row.cells, rooms, table.n_words)
    if table.caption:
        yield from textwrap.wrap(table.caption, width)


def _aligned(cells: Sequence[str], rooms: Sequence[int], n_words: int) -> str:
    """A line: words to the left, numbers to the right."""
    placed = (
        f"{c:<{room}}" if n < n_words else f"{c:>{room}}" for n, (c, room) in enumerate(zip(cells, rooms, strict=True))
    )
    return "  ".join(placed).rstrip()


def wrapped(name: str, numbers: tuple[str, ...]) -> Iterator[Row]:
    """A row whose name may need several lines; the numbers stand beside the first."""
    for place, words in enumerate(textwrap.wrap(name, WIDE_NAME, subsequent_indent="  ")):
        yield Row((words, *(numbers if place == 0 else ("" for _ in numbers))))


def comparison_table(comparison: Comparison, sections: dict[str, tuple[str, ...]], language: str) -> Table:
    """Every difference at every horizon, a column per arm."""
    baseline = comparison.first(0)
    labels = group_labels(baseline, language)
    names = (arm(comparison.first(place), language) for place in range(comparison.n_arms))
    columns = (say("report.table.measure", language), say("report.table.when", language), *names)
    table = Table(columns, 2, caption=say("report.table.caption", language, baseline=arm(baseline, language)))
    for section, measures in sections.items():
        table.rows.append(Row((opened(say(f"report.sections.{section}", language)),)))
        for measure in measures:
            table.rows += _rows(comparison, measure, title(measure, language, labels), language)
    return table


def _rows(comparison: Comparison, measure: str, name: str, language: str) -> Iterator[Row]:
    """One measure: its name wrapped beside its horizons."""
    kind = unit(measure)
    names = textwrap.wrap(f"{name} ({say(f'report.columns.{kind}', language)})", NAME, subsequent_indent="  ")
    contrasts = [comparison.contrast(measure, place) for place in range(1, comparison.n_arms)]
    for words, at in itertools.zip_longest(names, zip(*(contrast.at for contrast in contrasts), strict=True)):
        if at is None:
            yield Row((words, *("" for _ in range(comparison.n_arms + 1))))
            continue
        clear = tuple(place for place, one in enumerate(at, 3) if one.verdict in ("higher", "lower"))
        before = level(next((one.baseline for one in at if one.pairs), math.nan), kind, language)
        time = when(at[0].window, language, short=True)
        yield Row((words or "", time, before, *(_cell(one, kind, language) for one in at)), clear)


def _cell(one: Difference, kind: str, language: str) -> str:
    """Mean and half width of the interval; a star where it leaves out 0."""
    if math.isnan(one.mean):
        return DASH
    mark = "*" if one.verdict in ("higher", "lower") else " "
    spread = bare(one.high - one.mean, kind, language)
    return f"{bare(one.mean, kind, language, sign=True)} ± {spread}{mark}"
