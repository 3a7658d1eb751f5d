"""The cells of a CSV file, each with its line and column; quotes as in RFC 4180."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from sim.base.errors import Fault, Place, ScenarioError

_FIELD = re.compile(r'"((?:[^"]|"")*)"|([^",\r\n]*)')
_END = re.compile(r"\r\n|\n|\r|$")


@dataclass(frozen=True)
class Cell:
    """What a cell holds, spaces around it left out, and where it begins in the text."""

    text: str
    start: int


class Lines:
    """Line and column of positions in a text."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]

    def place(self, start: int, path: str = "") -> Place:
        """Place of a position, counted from 0."""
        line = bisect_right(self._starts, start)
        return Place(self.name, line, start - self._starts[line - 1] + 1, path)


def cells_of(text: str, lines: Lines) -> list[list[Cell]]:
    """Rows of cells; rows with nothing in them are left out.

    Raises
    ------
    ScenarioError
        If a quote is never closed, or something follows a closed one.
    """
    rows: list[list[Cell]] = []
    at = 0
    while at < len(text):
        row, at = _row(text, at, lines)
        if len(row) > 1 or row[0].text:
            rows.append(row)
    return rows


def _row(text: str, at: int, lines: Lines) -> tuple[list[Cell], int]:
    row: list[Cell] = []
    while True:
        field = _FIELD.match(text, at)
        quoted = field[1] if field is not None else None
        found = (quoted.replace('""', '"') if quoted is not None else field[2]) if field is not None else ""
        row.append(Cell(found.strip(), at))
        at = field.end() if field is not None else at
        if at < len(text) and text[at] == ",":
            at += 1
            continue
        end = _END.match(text, at)
        if end is None or (end.end() == at and at < len(text)):
            raise ScenarioError.of([Fault("scenario.table_quote", {}, lines.place(at))])
        return row, end.end()
