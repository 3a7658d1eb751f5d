"""Interventions laid upon a town: ``gothenburg+gardsten`` is the first with what the second says on top.

An intervention is a part of a scenario, in the folder ``interventions`` of those that ship or in a file of one's own.
It says what was done somewhere, and which rules and figures of a town that changes. Several are laid in their order.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from pathlib import Path

from sim.base.errors import Fault, Place, ScenarioError
from sim.base.registry import nearest
from sim.scenario.find import Fence, find, is_bare, shipped_folder
from sim.scenario.inherit import Builder, Built, build_file
from sim.scenario.merge import merged, without_removed
from sim.scenario.nodes import Node
from sim.scenario.reader import MAX_BYTES, read_file

PLUS = "+"
FOLDER = "interventions"
ENDS = "ends"
"""Folder of the ends of the dial, which are laid upon a town in the same way."""

OWN = ("schema", "id", "title", "status", "pair")
"""Keys in which the town has its say and an intervention none."""


def shipped_interventions() -> tuple[str, ...]:
    """Names of the interventions that ship, in alphabetical order."""
    return tuple(sorted(path.stem for path in (shipped_folder() / FOLDER).glob("*.yaml")))


def shipped_ends() -> tuple[str, ...]:
    """Names of the ends of the dial that can be laid upon a town."""
    return tuple(sorted(path.stem for path in (shipped_folder() / ENDS).glob("*.yaml")))


@functools.cache
def intervention_titles() -> dict[str, dict[str, str]]:
    """What the interventions that ship are called, by name and language, without reading a town."""
    folder = shipped_folder() / FOLDER
    read = {name: read_file(folder / f"{name}.yaml", name, MAX_BYTES).node for name in shipped_interventions()}
    titles = {name: node.child("title") for name, node in read.items()}
    return {name: {language: short(str(text)) for language, text in node.plain().items()}
            for name, node in titles.items() if node is not None}  # fmt: skip


def short(title: str) -> str:
    """A title up to its first comma or colon.

    Examples
    --------
    >>> short("Frihamnen: new central homes"), short("Gothenburg, the rules of today")
    ('Frihamnen', 'Gothenburg')
    """
    return re.split("[,:]", title)[0].strip()


def build(name: str, beside: Path | None = None, fence: Fence | None = None, place: Place | None = None) -> Built:
    """A scenario by name, with what is laid upon it.

    Parameters
    ----------
    name
        A bare name or a path, then any number of interventions behind a plus.
    beside, fence, place
        As in ``find``.

    Raises
    ------
    ScenarioError
        If a file is missing, cannot be read, or builds upon itself.
    """
    town, *laid = [name] if _is_a_file(name, beside) else name.split(PLUS)
    path = find(town, beside, fence, place)
    if not laid:
        return build_file(path)
    builder = Builder(Fence.around(path), MAX_BYTES)
    tree, root = builder.upon(path)
    for one in laid:
        tree = _lay(builder, tree, one, beside, place or Place())
    return Built(tree, root, builder.faults, builder.fence)


def seen_from(name: str, beside: Path | None) -> str:
    """A name as the command line would write it: paths relative to the file that names them lead from here."""
    if beside is None:
        return name
    parts = [name] if _is_a_file(name, beside) else name.split(PLUS)
    return PLUS.join(part if is_bare(part) else str(beside / part) for part in parts)


def _is_a_file(name: str, beside: Path | None) -> bool:
    """A file may have a plus in its own name."""
    return not is_bare(name) and (Path(name) if beside is None else beside / name).is_file()


def _lay(builder: Builder, tree: Node, name: str, beside: Path | None, place: Place) -> Node:
    """One intervention upon a tree, which keeps its name and says what was laid upon it."""
    file = _file(name, beside, place)
    upper, _ = builder.upon(file)
    kept = replace(upper, value={key: node for key, node in (upper.map or {}).items() if key not in OWN})
    left, faults = without_removed(tree, merged(tree, kept))
    builder.faults += faults
    both = left if left is not None else tree
    entries = dict(both.map or {})
    entries["id"] = _joined(entries.get("id"), upper.child("id"), "_")
    entries["title"] = _titles(entries.get("title"), upper.child("title"))
    return replace(both, value=entries)


def _file(name: str, beside: Path | None, place: Place) -> Path:
    if not is_bare(name):
        return find(name, beside, None, place)
    paths = [shipped_folder() / folder / f"{name}.yaml" for folder in (FOLDER, ENDS)]
    if found := [path for path in paths if path.is_file()]:
        return found[0]
    known = (*shipped_ends(), *shipped_interventions())
    meant = nearest(name, known)
    key = "scenario.intervention_unknown_suggest" if meant else "scenario.intervention_unknown"
    raise ScenarioError.of([Fault(key, {"found": name, "meant": meant, "known": ", ".join(known)}, place)])


def _joined(below: Node | None, above: Node | None, between: str) -> Node:
    """Two texts as one; what is no text stays as it is, for the check to refuse."""
    texts = [node.value for node in (below, above) if node is not None and isinstance(node.value, str)]
    last = below or above or Node("")
    return replace(last, value=between.join(texts)) if texts else last


def _titles(below: Node | None, above: Node | None) -> Node:
    """Both by their short names: what stands before a comma or a colon, as "Gothenburg" or "Frihamnen"."""
    if below is None or above is None or below.map is None or above.map is None:
        return below or above or Node("")
    return replace(below, value={
        language: _joined(_short(below.map.get(language)), _short(above.map.get(language)), f" {PLUS} ")
        for language in below.map
    })  # fmt: skip


def _short(node: Node | None) -> Node | None:
    """A title up to its first comma or colon."""
    if node is None or not isinstance(node.value, str):
        return node
    return replace(node, value=short(node.value))
