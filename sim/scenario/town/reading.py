"""Reading the table of a town as offices write it: what can be mended is mended and said, the rest are faults."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sim.base.errors import Fault, Place, ScenarioError
from sim.scenario.cells import Cell, Lines, cells_of
from sim.scenario.scalars import number_of
from sim.scenario.tables import ABOUT, Table, bytes_of, checked_table
from sim.scenario.town.form import NUMBERS, SHARES, TOWN, column_of

HIDDEN = ("..", "...", "\u2026", "x")
"""How offices write a figure that they may not tell."""

TOTALS = ("total", "totals", "totalt", "summa", "sum", "hela kommunen", "whole municipality")
COMMA = "\ue000"
"""Stands for a comma while other signs divide the cells; it is in no alphabet."""

_COMMENT = re.compile(r'^[ \t]*"?#.*$', re.MULTILINE)
_PER_CENT = re.compile(r"([0-9.]+)\s*%")
_THOUSANDS = re.compile(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?![0-9]))")
_DECIMALS = re.compile(r"-?[0-9]+,[0-9]+")


@dataclass(frozen=True)
class Repair:
    """Something that was mended in reading: a key of ``town.repairs`` and its values."""

    key: str
    values: dict[str, object]


@dataclass(frozen=True)
class Reading:
    """A table as it was read, what was mended, and what is wrong."""

    table: Table
    repairs: tuple[Repair, ...]
    faults: tuple[Fault, ...]


def read_town(path: Path, name: str) -> Reading:
    """The table of a town.

    Raises
    ------
    ScenarioError
        If it cannot be read at all: no file, too large, a quote that is never closed, no rows.
    """
    data = bytes_of(path, name)
    text, repairs = _decoded(data)
    text = _COMMENT.sub(lambda comment: " " * len(comment[0]), text)
    text, divided = _divided(text)
    lines = Lines(text, name)
    rows = [row for row in cells_of(text, lines) if any(cell.text for cell in row)]
    if len(rows) < 2:
        raise ScenarioError.of([Fault("scenario.table_empty", {}, Place(name))])
    rows = [[replace(cell, text=cell.text.replace(COMMA, ",")) for cell in row] for row in rows]
    header = [replace(cell, text=column_of(cell.text)) for cell in rows[0]]
    body, mended = _mended(header, rows[1:], lines)
    sources = tuple({cell.text for row in body for at, cell in enumerate(row) if _is_source(header, at)})
    table, faults = checked_table([header, *body], lines, hashlib.sha256(data).hexdigest(), TOWN, sources)
    unused = [Repair("unused", {"column": cell.text}) for cell in header if not TOWN.knows(cell.text)]
    faults = [_told_for_shares(fault) for fault in faults] or list(_of_towns(table))
    return Reading(table, (*repairs, *divided, *mended, *unused), tuple(faults))


def _is_source(header: list[Cell], at: int) -> bool:
    return at < len(header) and header[at].text.endswith(ABOUT[1])


def _decoded(data: bytes) -> tuple[str, list[Repair]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), [Repair("encoding", {"encoding": "UTF-16", "example": "-"})]
    try:
        return data.decode("utf-8").removeprefix("\ufeff"), []
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        example = re.search(r"\w*[^\x00-\x7f]\w*", text)
        values: dict[str, object] = {"encoding": "Latin-1", "example": example[0] if example else "-"}
        return text, [Repair("encoding", values)]


def _divided(text: str) -> tuple[str, list[Repair]]:
    """The text with commas between its cells, sign for sign, so that every place stays where it was."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    sign = max(",;\t", key=first.count)
    if sign == "," or not first.count(sign):
        return text, []
    named = ";" if sign == ";" else "TAB"
    return text.replace(",", COMMA).replace(sign, ","), [Repair("separator", {"sign": named})]


def _mended(header: list[Cell], rows: list[list[Cell]], lines: Lines) -> tuple[list[list[Cell]], list[Repair]]:
    """Numbers as the house writes them, and what was mended, each kind once with its first place."""
    found: dict[str, list[tuple[str, str, int]]] = {}
    body = []
    for row in rows:
        mended = list(row)
        for at, (name, cell) in enumerate(zip(header, row, strict=False)):
            if name.text in NUMBERS:
                text, kinds = _number(cell.text, name.text)
                mended[at] = replace(cell, text=text)
                for kind in kinds:
                    found.setdefault(kind, []).append((cell.text, text, lines.place(cell.start).line or 0))
        body.append(mended)
    return body, [
        Repair(kind, {"n": len(cells), "found": cells[0][0], "right": cells[0][1], "line": cells[0][2]})
        for kind, cells in found.items()
    ]


def _number(text: str, column: str) -> tuple[str, list[str]]:
    """A number as the house writes it, and which repairs that took."""
    if text.casefold() in HIDDEN:
        return "", ["hidden"]
    kinds = []
    if (closed := _THOUSANDS.sub("", text)) != text:
        text, kinds = closed, ["thousands"]
    bare = text.rstrip("% \u00a0")
    if _DECIMALS.fullmatch(bare):
        text, kinds = text.replace(",", "."), [*kinds, "decimal_comma"]
    per_cent = _PER_CENT.fullmatch(text) if column in SHARES else None
    number = number_of(per_cent[1]) if per_cent else None
    return (f"{number / 100:.8g}", [*kinds, "per_cent"]) if number is not None else (text, kinds)


def _told_for_shares(fault: Fault) -> Fault:
    if fault.key == "scenario.out_of_bounds" and fault.place.path in SHARES:
        return Fault("town.share_out_of_bounds", {"found": fault.values["found"]}, fault.place)
    return fault


def _of_towns(table: Table) -> Iterator[Fault]:
    """Rows that are no area, periods that end before they begin."""
    first, last = table.numbers("built_from"), table.numbers("built_to")
    for row, area in enumerate(table.texts("area")):
        if area.casefold() in TOTALS:
            yield Fault("town.total_row", {"found": area}, table.place(row, "area"))
        if first[row] > last[row]:
            values: dict[str, object] = {"first": f"{first[row]:g}", "last": f"{last[row]:g}"}
            yield Fault("town.period_backwards", values, table.place(row, "built_to"))
