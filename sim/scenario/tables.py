"""Tables beside a scenario: CSV, checked against what its section needs, every fault with line and column.

An empty cell, or ``..`` as statistical offices write it, is a figure that was suppressed: it is read as missing.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.base.errors import Fault, Place, ScenarioError
from sim.base.registry import nearest
from sim.scenario.cells import Cell, Lines, cells_of
from sim.scenario.quantities import STATUSES, Quantity
from sim.scenario.scalars import number_of

MAX_BYTES = 16 << 20
MOST_FAULTS = 100
SUPPRESSED = ("", "..")
ABOUT = ("status", "source", "note")


@dataclass(frozen=True)
class ColumnForm:
    """What a column may hold.

    Attributes
    ----------
    needed
        Whether the table must have it.
    number
        What its numbers may be, None for a column of texts.
    of
        The words that a text may be; empty for any.
    """

    name: str
    number: Quantity | None = None
    needed: bool = False
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableForm:
    """Columns of a table, and which of them together name a row once.

    Beside each column ``x`` there may be ``x_status``, ``x_source`` and ``x_note``; ``status``, ``source`` and
    ``note`` speak of the whole row. Other columns are left alone, unless their name is nearly that of one which is
    not there.
    """

    columns: tuple[ColumnForm, ...]
    key: tuple[str, ...]

    def names(self) -> tuple[str, ...]:
        """Every column that the table may have, besides those about others."""
        return tuple(column.name for column in self.columns)

    def knows(self, name: str) -> bool:
        """Whether a column may stand in the table."""
        about = tuple(f"{column}_{word}" for column in self.names() for word in ABOUT)
        return name in (*self.names(), *ABOUT, *about)


class Table:
    """A table as it was read.

    Attributes
    ----------
    name, sha256
        File as a reader knows it, and hash of its content.
    columns
        Names of the columns, in order.
    """

    def __init__(self, name: str, sha256: str, columns: tuple[str, ...], rows: list[list[Cell]], lines: Lines) -> None:
        self.name = name
        self.sha256 = sha256
        self.columns = columns
        self._rows = rows
        self._lines = lines

    def __len__(self) -> int:
        return len(self._rows)

    def texts(self, column: str) -> tuple[str, ...]:
        """A column as texts, length n_rows; "" where it is empty or the table lacks the column."""
        if column not in self.columns:
            return ("",) * len(self)
        position = self.columns.index(column)
        return tuple(row[position].text for row in self._rows)

    def numbers(self, column: str) -> np.ndarray:
        """A column as numbers, float64, shape (n_rows,); NaN where a figure is missing."""
        found = (number_of(text) for text in self.texts(column))
        return np.array([math.nan if number is None else number for number in found], np.float64)

    def statuses(self, column: str) -> tuple[str, ...]:
        """How well each figure of a column is known, length n_rows: its own status, else its row's."""
        return tuple(own or row for own, row in zip(self.texts(f"{column}_status"), self.texts("status"), strict=True))

    def place(self, row: int, column: str) -> Place:
        """Where a cell stands; rows count from 0."""
        start = (
            self._rows[row][self.columns.index(column)].start if column in self.columns else self._rows[row][0].start
        )
        return self._lines.place(start, column)

    def fault(self, row: int, column: str, key: str, /, **values: object) -> Fault:
        """Something wrong in a cell."""
        return Fault(f"scenario.{key}", values, self.place(row, column))


def read_table(path: Path, name: str, form: TableForm, sources: tuple[str, ...]) -> tuple[Table, list[Fault]]:
    """A table and what is wrong in it.

    Raises
    ------
    ScenarioError
        If it cannot be read at all: no file, too large, not UTF-8, a quote that is never closed, no rows.
    """
    data = bytes_of(path, name)
    text = _text(data, name)
    lines = Lines(text, name)
    rows = cells_of(text, lines)
    if len(rows) < 2:
        raise ScenarioError.of([Fault("scenario.table_empty", {}, Place(name))])
    return checked_table(rows, lines, hashlib.sha256(data).hexdigest(), form, sources)


def checked_table(
    rows: list[list[Cell]], lines: Lines, sha256: str, form: TableForm, sources: tuple[str, ...]
) -> tuple[Table, list[Fault]]:
    """A table of rows, the first of which names the columns, and what is wrong in it."""
    header = tuple(cell.text for cell in rows[0])
    table = Table(lines.name, sha256, header, _full(rows[1:], len(header)), lines)
    faults = _header_faults(rows[0], form, lines)
    faults += _width_faults(rows, lines)
    if not faults:
        faults = [*_cell_faults(table, form), *_about_faults(table, sources), *_double_faults(table, form)]
    return table, faults[:MOST_FAULTS]


def bytes_of(path: Path, name: str) -> bytes:
    """What a file holds, if it can be read and is not too large."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ScenarioError.of([Fault("scenario.not_readable", {"reason": reason}, Place(name))]) from None
    if len(data) > MAX_BYTES:
        raise ScenarioError.of([Fault("scenario.too_large", {"most": MAX_BYTES // 1024}, Place(name))])
    return data


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        place = Lines(before, name).place(len(before))
        values: dict[str, object] = {
            "byte": f"0x{data[error.start]:02x}",
            "letter": data[error.start : error.start + 1].decode("latin-1"),
        }
        raise ScenarioError.of([Fault("scenario.table_not_utf8", values, place)]) from None


def _full(rows: list[list[Cell]], width: int) -> list[list[Cell]]:
    return [[*row, *[Cell("", row[-1].start)] * (width - len(row))] for row in rows]


def _header_faults(header: list[Cell], form: TableForm, lines: Lines) -> list[Fault]:
    names = [cell.text for cell in header]
    if len(names) == 1 and ";" in names[0]:
        return [Fault("scenario.table_semicolons", {}, lines.place(header[0].start))]
    faults = []
    for number, cell in enumerate(header):
        meant = nearest(cell.text, [name for name in form.names() if name not in names])
        if cell.text in names[:number]:
            faults.append(Fault("scenario.column_doubled", {"column": cell.text}, lines.place(cell.start)))
        elif not form.knows(cell.text) and meant:
            faults.append(
                Fault("scenario.column_misspelt", {"column": cell.text, "meant": meant}, lines.place(cell.start))
            )
    for column in form.columns:
        if column.needed and column.name not in names:
            missing: dict[str, object] = {"column": column.name, "found": ", ".join(names)}
            faults.append(Fault("scenario.column_missing", missing, lines.place(header[0].start)))
    return faults


def _width_faults(rows: list[list[Cell]], lines: Lines) -> list[Fault]:
    width = len(rows[0])
    return [
        Fault("scenario.row_width", {"found": len(row), "wanted": width}, lines.place(row[0].start))
        for row in rows[1:]
        if len(row) != width
    ]


def _cell_faults(table: Table, form: TableForm) -> Iterable[Fault]:
    for column in form.columns:
        for row, text in enumerate(table.texts(column.name) if column.name in table.columns else ()):
            if text in SUPPRESSED:
                if column.name in form.key and column.needed:
                    yield table.fault(row, column.name, "cell_empty", column=column.name)
            elif column.number is not None:
                yield from _number_faults(table, row, text, column.name, column.number)
            elif column.of and text not in column.of:
                meant, known = nearest(text, column.of), ", ".join(column.of)
                key = "not_one_of_suggest" if meant else "not_one_of"
                yield table.fault(row, column.name, key, found=text, meant=meant, known=known)


def _number_faults(table: Table, row: int, text: str, column: str, allowed: Quantity) -> Iterable[Fault]:
    number = number_of(text)
    if number is None and number_of(text.replace(",", ".")) is not None:
        yield table.fault(row, column, "decimal_comma", found=text, right=text.replace(",", "."))
    elif number is None or not math.isfinite(number):
        yield table.fault(row, column, "cell_not_a_number", found=text)
    elif allowed.is_outside(number):
        yield table.fault(row, column, "out_of_bounds", found=text, bounds=allowed.bounds())


def _about_faults(table: Table, sources: tuple[str, ...]) -> Iterable[Fault]:
    """Sources that the scenario does not list, and words that are no status."""
    for column in table.columns:
        known, key = (sources, "source_unknown") if column.endswith("source") else (STATUSES[:-1], "not_one_of")
        if not column.endswith(("source", "status")):
            continue
        for row, text in enumerate(table.texts(column)):
            if text and text not in (*known, "assumed"):
                meant = nearest(text, (*known, "assumed"))
                values = {"found": text, "meant": meant, "known": ", ".join((*known, "assumed"))}
                yield table.fault(row, column, f"{key}_suggest" if meant else key, **values)


def _double_faults(table: Table, form: TableForm) -> Iterable[Fault]:
    """Rows that are named twice."""
    first: dict[tuple[str, ...], int] = {}
    for row, name in enumerate(zip(*(table.texts(column) for column in form.key), strict=True)):
        if name in first:
            shown, line = ", ".join(part for part in name if part), table.place(first[name], form.key[0]).line
            yield table.fault(row, form.key[0], "row_doubled", found=shown, first=line)
        else:
            first[name] = row
