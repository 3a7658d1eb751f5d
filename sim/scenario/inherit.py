"""One scenario built upon another: ``extends`` names a file, a shipped scenario, or a list of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from sim.base.errors import Fault, ScenarioError
from sim.scenario.find import Fence, find, shown_path
from sim.scenario.merge import doubled_ids, merged, without_removed
from sim.scenario.nodes import Node, fault_at
from sim.scenario.reader import MAX_BYTES, Read, read_file

MAX_FILES = 64
SET = "--set"
OWN = ("id", "pair", "extends", "status")


@dataclass
class Built:
    """A scenario with everything that it is built upon.

    Attributes
    ----------
    tree
        What results.
    root
        What stands at the root of ``extends``: the first file of the first chain, or the last of it that has a table of
        areas of its own and so is another town; the tree itself without any.
    faults
        What is wrong in the files, as far as it can be read.
    fence
        Where further files (tables) may lie.
    text_name
        What stands in place of a file where the scenario is a text; None for a file.
    tables
        Tables that were read already, so that a scenario loaded many times with other values reads each once.
    """

    tree: Node
    root: Node
    faults: list[Fault]
    fence: Fence
    text_name: str | None = None
    tables: dict[object, object] = field(default_factory=dict)


class Builder:
    """Reads each file once, and follows ``extends``."""

    def __init__(self, fence: Fence, max_bytes: int) -> None:
        self.fence = fence
        self.faults: list[Fault] = []
        self._max_bytes = max_bytes
        self._read: dict[Path, Node] = {}
        self._n_files = 0

    def file(self, path: Path) -> Node:
        """The tree that a file writes itself."""
        full = path.resolve()
        if full not in self._read:
            read = read_file(path, shown_path(path), self._max_bytes)
            self._read[full] = self.own(read)
        return self._read[full]

    def upon(self, path: Path) -> tuple[Node, Node]:
        """A file upon all that it extends; and what stands at the root."""
        return self.built(self.file(path), path, (path.resolve(),))

    def own(self, read: Read) -> Node:
        """The tree of one file, its faults noted.

        Raises
        ------
        ScenarioError
            If the file is not a map: nothing else can be said then.
        """
        if read.node.map is None:
            raise ScenarioError.of([*read.faults, fault_at(read.node, "file_not_a_map", "")])
        self.faults += read.faults + doubled_ids(read.node)
        return read.node

    def built(self, node: Node, path: Path | None, chain: tuple[Path, ...]) -> tuple[Node, Node]:
        """A file upon what it extends; and what stands at the root."""
        self._n_files += 1
        below: Node | None = None
        root: Node | None = None
        for name in self._bases(node):
            base, its_root = self._base(name, path, chain)
            root = root or its_root
            below = merged(below, base)
        own = Node({key: inner for key, inner in (node.map or {}).items() if key != "extends"}, *_where(node))
        kept = _without(below, OWN) if below is not None else None
        left, faults = without_removed(kept, merged(kept, own))
        self.faults += faults
        tree = left if left is not None else own
        space = own.child("space")
        is_town = space is not None and space.child("table") is not None
        return tree, tree if root is None or is_town else root

    def _base(self, name: Node, path: Path | None, chain: tuple[Path, ...]) -> tuple[Node, Node]:
        place = name.place("extends")
        found = find(str(name.value), path.parent if path is not None else None, self.fence, place)
        full = found.resolve()
        if full in chain:
            shown = " > ".join(shown_path(file) for file in (*chain[chain.index(full) :], full))
            raise ScenarioError.of([Fault("scenario.extends_loop", {"chain": shown}, place)])
        if self._n_files >= MAX_FILES:
            raise ScenarioError.of([Fault("scenario.extends_too_many", {"most": MAX_FILES}, place)])
        return self.built(self.file(found), found, (*chain, full))

    def _bases(self, node: Node) -> list[Node]:
        written = node.child("extends")
        if written is None:
            return []
        names = list(written.items) if written.items is not None else [written]
        wrong = [name for name in names if not isinstance(name.value, str)]
        self.faults += [fault_at(name, "extends_not_a_name", "extends") for name in wrong]
        return [name for name in names if isinstance(name.value, str)]


def _where(node: Node) -> tuple[str | None, int | None, int | None]:
    return node.file, node.line, node.column


def _without(node: Node, keys: tuple[str, ...]) -> Node:
    return replace(node, value={key: inner for key, inner in (node.map or {}).items() if key not in keys})


def build_file(path: Path) -> Built:
    """A scenario file with everything that it is built upon.

    Raises
    ------
    ScenarioError
        If a file is missing, cannot be read, or builds upon itself; the chain is told.
    """
    builder = Builder(Fence.around(path), MAX_BYTES)
    tree, root = builder.upon(path)
    return Built(tree, root, builder.faults, builder.fence)


def build_text(read: Read) -> Built:
    """A scenario that has no file; it may build upon those that ship."""
    builder = Builder(Fence.around(None), MAX_BYTES)
    node = builder.own(read)
    tree, root = builder.built(node, None, ())
    return Built(tree, root, builder.faults, builder.fence, node.file)
