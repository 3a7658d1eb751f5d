"""Nodes: what a file says, each part with the file, line and column where it stands."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.base.errors import Fault, Place

Scalar = None | bool | int | float | str
Parts = tuple[str | int, ...]


@dataclass(frozen=True, eq=False)
class Node:
    """A value, a map or a list, and where it was written; lines and columns count from 1.

    Attributes
    ----------
    value
        A scalar, a dict of nodes, or a tuple of nodes.
    key
        Line and column of the key that leads to it, None in a list or at the top.
    """

    value: Scalar | dict[str, Node] | tuple[Node, ...]
    file: str | None = None
    line: int | None = None
    column: int | None = None
    key: tuple[int, int] | None = None

    @property
    def map(self) -> dict[str, Node] | None:
        """The entries of a map, None for anything else."""
        return self.value if isinstance(self.value, dict) else None

    @property
    def items(self) -> tuple[Node, ...] | None:
        """The items of a list, None for anything else."""
        return self.value if isinstance(self.value, tuple) else None

    @property
    def id(self) -> str | None:
        """Name of an item of a list: its ``id``, else the rule it names."""
        entries = self.map or {}
        named = entries.get("id", entries.get("rule"))
        return named.value if named is not None and isinstance(named.value, str) else None

    def place(self, path: str = "") -> Place:
        """Where the value stands."""
        return Place(self.file, self.line, self.column, path)

    def key_place(self, path: str = "") -> Place:
        """Where its key stands; the value's place where it has no key."""
        return Place(self.file, *self.key, path) if self.key else self.place(path)

    def plain(self) -> Any:
        """The same as dicts, tuples and scalars."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, tuple):
            return tuple(node.plain() for node in self.value)
        return self.value

    def child(self, part: str | int) -> Node | None:
        """What a key, a position or the id of an item leads to."""
        if isinstance(self.value, dict):
            return self.value.get(str(part))
        if isinstance(self.value, tuple):
            position = part if isinstance(part, int) else self._position(part)
            return self.value[position] if position is not None and position < len(self.value) else None
        return None

    def _position(self, name: str) -> int | None:
        if name in self._positions:
            return self._positions[name]
        return int(name) if name.isascii() and name.isdigit() and len(name) < 10 else None

    @functools.cached_property
    def _positions(self) -> dict[str, int]:
        """Where each id stands first in a list."""
        named = [(item.id, number) for number, item in enumerate(self.items or ())]
        return {name: number for name, number in reversed(named) if name is not None}

    def walk(self, parts: Sequence[str | int]) -> Iterator[tuple[str | int, Node]]:
        """Each step of a path that exists, ending early where it does not."""
        node: Node | None = self
        for part in parts:
            node = node.child(part) if node is not None else None
            if node is None:
                return
            yield part, node

    def at(self, parts: Sequence[str | int]) -> Node | None:
        """What a path leads to, None where it leads nowhere."""
        steps = list(self.walk(parts))
        if not parts:
            return self
        return steps[-1][1] if len(steps) == len(parts) else None

    def nearest(self, parts: Sequence[str | int]) -> Node:
        """What a path leads to, or the last part of it that was written."""
        steps = list(self.walk(parts))
        return steps[-1][1] if steps else self

    def placed(self, parts: Sequence[str | int], node: Node | None) -> Node:
        """The same tree with another node at a path; maps are made where there are none, None takes it away."""
        if not parts:
            return node if node is not None else self
        first, rest = parts[0], parts[1:]
        below = self.child(first)
        new = (below or Node({}, self.file, self.line, self.column)).placed(rest, node) if rest else node
        return self._with(first, new)

    def _with(self, part: str | int, node: Node | None) -> Node:
        if isinstance(self.value, tuple):
            position = part if isinstance(part, int) else self._position(part)
            if position is None or position >= len(self.value):
                raise KeyError(part)
            kept = [node if number == position else item for number, item in enumerate(self.value)]
            return replace(self, value=tuple(item for item in kept if item is not None))
        entries = dict(self.value) if isinstance(self.value, dict) else {}
        entries.pop(str(part), None) if node is None else entries.update({str(part): node})
        return replace(self, value=entries)


def dotted(root: Node, parts: Sequence[str | int]) -> str:
    """A path as people write it: list items by id where they have one."""
    names: list[str] = []
    node: Node | None = root
    for part in parts:
        node = node.child(part) if node is not None else None
        is_named = isinstance(part, int) and node is not None and node.id is not None
        names.append(str(node.id) if is_named and node is not None else str(part))
    return ".".join(names)


def split(path: str) -> tuple[str, ...]:
    """The parts of a dotted path."""
    return tuple(path.split("."))


def fault_at(node: Node, fault: str, path: str, /, **values: object) -> Fault:
    """Something wrong with a value, where it stands."""
    return Fault(f"scenario.{fault}", values, node.place(path))


def fault_at_key(node: Node, fault: str, path: str, /, **values: object) -> Fault:
    """Something wrong with a key, where the key stands."""
    return Fault(f"scenario.{fault}", values, node.key_place(path))
