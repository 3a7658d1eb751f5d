"""Walking a checked scenario: the value at a path, all figures, and plain data without texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from sim.scenario.fields import TableName
from sim.scenario.rules import Inner
from sim.scenario.section import Block, Entry, Section

Parts = tuple[str, ...]


def is_block(value: Any) -> TypeGuard[Block]:
    """Whether a value has named values; asked of its class, which is many times faster than ``isinstance``."""
    return hasattr(type(value), "entries")


def children(entry: Entry) -> Iterator[tuple[str, Entry]]:
    """What lies below a value, by key or by id."""
    value = entry.value
    if is_block(value):
        yield from value.entries().items()
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key), Entry(inner if _is_plain(inner) else Inner(inner), entry.quantity)
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield name_of(inner, number), Entry(inner, entry.quantity)


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, int | float | str | tuple | Mapping) or is_block(value)


def name_of(item: Any, number: int) -> str:
    """How a path names an item of a list: by id, else by position."""
    found = item.entries().get("id") if is_block(item) else None
    name = found.value if found is not None else getattr(item, "id", None)
    return str(name) if name is not None else str(number)


def look(root: Any, parts: Parts) -> Entry | None:
    """The value at a path, None where the path leads nowhere."""
    entry: Entry | None = Entry(root)
    for part in parts:
        entry = dict(children(entry)).get(part) if entry is not None else None
    return entry


def known_below(root: Any, parts: Parts) -> tuple[Parts, tuple[str, ...]]:
    """How far a path leads, and which names go on from there."""
    entry, done = Entry(root), 0
    for part in parts:
        below = dict(children(entry))
        if part not in below:
            break
        entry, done = below[part], done + 1
    return parts[:done], tuple(name for name, _ in children(entry))


def plain(value: Any) -> Any:
    """Plain data in house units: no texts, no sources, files by the hash of their content."""
    if isinstance(value, TableName):
        return {"sha256": value.sha256}
    if isinstance(value, Section):
        spoken = {key: entry for key, entry in value.entries().items() if key not in value.silent}
        return {key: plain(entry.value) for key, entry in spoken.items()}
    if is_block(value):
        return {key: plain(entry.value) for key, entry in value.entries().items()}
    if isinstance(value, Mapping):
        return {str(key): plain(inner if _is_plain(inner) else Inner(inner)) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def numbers(entry: Entry, parts: Parts = ()) -> Iterator[tuple[Parts, Entry]]:
    """Every number that has a unit, with its path, in the order of the schema; a list of numbers counts as one."""
    value = entry.value
    if entry.quantity is not None and (_is_number(value) or _is_row(value)):
        yield parts, entry
        return
    for name, below in children(entry):
        yield from numbers(below, (*parts, name))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_row(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and all(_is_number(item) or _is_row(item) for item in value)
