"""YAML, read strictly: every part keeps its line, and what YAML would silently guess is an error.

The events of libyaml are counted while they come, so that a file that is too deep, or that unfolds through aliases
to more than it may be, stops at the budget. Faults that leave the rest readable are all collected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from sim.base.errors import Fault, Place, ScenarioError
from sim.scenario.nodes import Node, Scalar
from sim.scenario.scalars import scalar_of

MAX_BYTES = 1 << 20
MAX_NODES = 50_000
MAX_DEPTH = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass
class Read:
    """What a file says, and what is wrong with how it says it."""

    node: Node
    faults: list[Fault]


def read_file(path: Path, name: str | None = None, max_bytes: int = MAX_BYTES) -> Read:
    """Read one YAML file.

    Raises
    ------
    ScenarioError
        If it is missing, too large, not UTF-8, not YAML, or over the budget of nodes and depth.
    """
    shown = name or str(path)
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise _failed("not_readable", Place(shown), reason=error.strerror or str(error)) from None
    return read_bytes(data, shown, max_bytes)


def read_bytes(data: bytes, name: str, max_bytes: int = MAX_BYTES) -> Read:
    """Read YAML from bytes; ``name`` is what errors call the file."""
    if len(data) > max_bytes:
        raise _failed("too_large", Place(name), most=max_bytes // 1024)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _position(data[: error.start].decode("utf-8"))
        raise _failed("not_utf8", Place(name, line, column), byte=f"0x{data[error.start]:02x}") from None
    return read_text(text, name, max_bytes)


def read_text(text: str, name: str, max_bytes: int = MAX_BYTES) -> Read:
    """Read YAML from text; ``name`` is what errors call it."""
    if len(text.encode("utf-8", "replace")) > max_bytes:
        raise _failed("too_large", Place(name), most=max_bytes // 1024)
    text = text.removeprefix("\ufeff")
    if bad := _CONTROL.search(text):
        line, column = _position(text[: bad.start()])
        raise _failed("control_character", Place(name, line, column), code=f"U+{ord(bad[0]):04X}")
    builder = _Builder(name)
    for event in _events(text, name):
        builder.take(event)
    if builder.root is None:
        raise _failed("empty", Place(name))
    return Read(builder.root, builder.faults)


def _position(before: str) -> tuple[int, int]:
    """Line and column of what follows a text."""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _failed(key: str, place: Place, /, **values: object) -> Exception:
    return ScenarioError.of([Fault(f"scenario.{key}", values, place)])


def _events(text: str, name: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        problem = error.problem or error.context or ""
        raise _failed(_syntax_key(text, place, problem), place, problem=problem, most=MAX_DEPTH) from None


def _syntax_key(text: str, place: Place, problem: str) -> str:
    if "nesting depth" in problem:
        return "too_deep"
    lines = text.splitlines()
    line = lines[place.line - 1] if place.line and place.line <= len(lines) else ""
    return "tab" if "\t" in line[: len(line) - len(line.lstrip())] else "syntax"


@dataclass
class _Open:
    """A map or a list that has begun and not ended."""

    is_map: bool
    line: int
    column: int
    anchor: str | None
    is_key: bool
    entries: dict[str, Node] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    key: tuple[str, int, int] | None = None
    n_nodes: int = 1
    height: int = 1


class _Builder:
    """Makes nodes of events, and counts them as if every alias were written out."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int, int]] = {}
        self._n_documents = 0
        self._n_nodes = 0

    def take(self, event: Any) -> None:
        """One more event."""
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._n_documents += 1
            if self._n_documents > 1:
                raise _failed("several_documents", Place(self.name, line, column))
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event.anchor, line, column)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line, column)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event, line, column)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()

    def _spend(self, n_nodes: int, height: int, line: int, column: int) -> None:
        self._n_nodes += n_nodes
        if self._n_nodes > MAX_NODES:
            raise _failed("too_many_nodes", self._place(line, column), most=MAX_NODES)
        if len(self._open) + height > MAX_DEPTH:
            raise _failed("too_deep", self._place(line, column), most=MAX_DEPTH)

    def _alias(self, anchor: Any, line: int, column: int) -> None:
        if self._awaits_key():
            self._fault("key_not_text", line, column)
            self._open[-1].key = ("?", line, column)
            return
        if any(frame.anchor == anchor for frame in self._open):
            raise _failed("alias_of_itself", self._place(line, column), name=anchor)
        if anchor not in self._anchors:
            self._fault("alias_unknown", line, column, name=anchor)
            self._attach(Node(None, self.name, line, column), 1, 1)
            return
        node, n_nodes, height = self._anchors[anchor]
        self._spend(n_nodes, height, line, column)
        self._attach(node, n_nodes, height)

    def _scalar(self, event: Any, line: int, column: int) -> None:
        self._spend(1, 1, line, column)
        self._refuse_tag(event.tag, line, column)
        if self._awaits_key():
            self._key(self._open[-1], event, line, column)
            return
        value: Scalar = event.value
        if event.implicit[0]:
            value, wrong = scalar_of(event.value)
            if wrong:
                self._fault(wrong, line, column, found=event.value)
        self._finish(Node(value, self.name, line, column), event.anchor, 1, 1)

    def _awaits_key(self) -> bool:
        """Whether what comes next is the key of a map."""
        return bool(self._open) and self._open[-1].is_map and self._open[-1].key is None

    def _key(self, frame: _Open, event: Any, line: int, column: int) -> None:
        if event.anchor:
            self._anchors[event.anchor] = (Node(event.value, self.name, line, column), 1, 1)
        if event.value == "<<" and event.implicit[0]:
            self._fault("merge_key", line, column)
        frame.key = (event.value, line, column)

    def _begin(self, event: Any, line: int, column: int) -> None:
        self._spend(1, 1, line, column)
        self._refuse_tag(event.tag, line, column)
        is_key = self._awaits_key()
        if is_key:
            self._fault("key_not_text", line, column)
        is_map = isinstance(event, yaml.MappingStartEvent)
        self._open.append(_Open(is_map, line, column, event.anchor, is_key))

    def _end(self) -> None:
        frame = self._open.pop()
        value = frame.entries if frame.is_map else tuple(frame.items)
        if frame.is_key:
            self._open[-1].key = ("?", frame.line, frame.column)
            return
        self._finish(Node(value, self.name, frame.line, frame.column), frame.anchor, frame.n_nodes, frame.height)

    def _finish(self, node: Node, anchor: str | None, n_nodes: int, height: int) -> None:
        if anchor:
            self._anchors[anchor] = (node, n_nodes, height)
        self._attach(node, n_nodes, height)

    def _attach(self, node: Node, n_nodes: int, height: int) -> None:
        """Put a finished node where it belongs."""
        if not self._open:
            self.root = node
            return
        frame = self._open[-1]
        frame.n_nodes += n_nodes
        frame.height = max(frame.height, height + 1)
        if not frame.is_map:
            frame.items.append(node)
        elif frame.key is not None:
            self._enter(frame, frame.key, node)
            frame.key = None

    def _enter(self, frame: _Open, key: tuple[str, int, int], node: Node) -> None:
        text, line, column = key
        first = frame.entries.get(text)
        if first is not None and first.key is not None:
            self._fault("duplicate_key", line, column, under=text, key=text, first=first.key[0])
            return
        frame.entries[text] = replace(node, key=(line, column))

    def _refuse_tag(self, tag: str | None, line: int, column: int) -> None:
        if tag is not None:
            self._fault("tag", line, column, found=tag.replace("tag:yaml.org,2002:", "!!"))

    def _place(self, line: int | None, column: int | None, under: str = "") -> Place:
        """A place with the path that is open there."""
        parts: list[str] = []
        for frame in self._open:
            parts.append(frame.key[0] if frame.is_map and frame.key else "" if frame.is_map else str(len(frame.items)))
        if under and parts:
            parts[-1] = under
        return Place(self.name, line, column, ".".join(part for part in parts if part))

    def _fault(self, key: str, line: int | None, column: int | None, /, under: str = "", **values: object) -> None:
        self.faults.append(Fault(f"scenario.{key}", values, self._place(line, column, under)))
