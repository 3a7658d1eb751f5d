"""Paths into a tree: what ``--set``, the timeline and levers change."""

from __future__ import annotations

from dataclasses import replace

from sim.base.errors import Fault, Place
from sim.base.registry import nearest
from sim.scenario.merge import REPLACING
from sim.scenario.nodes import Node, Parts

STAYS = ("id", "share")


def placed(tree: Node, parts: Parts, node: Node | None, place: Place) -> tuple[Node, list[Fault]]:
    """The tree with a node at a path (None takes away what is there), and a fault if the path leads nowhere.

    Another ``rule`` (or ``kind``) clears the block that it stands in, as it does where one file builds on another.
    """
    for done in range(len(parts)):
        here = tree.at(parts[:done])
        if here is not None and here.items is not None and here.child(parts[done]) is None:
            return tree, [_no_item(here, parts, done, place)]
    if node is not None and parts[-1] in REPLACING:
        tree = _cleared(tree, parts, node)
    return tree.placed(parts, node), []


def _no_item(here: Node, parts: Parts, done: int, place: Place) -> Fault:
    known = [item.id for item in here.items or () if item.id is not None]
    meant = nearest(str(parts[done]), known)
    key = "scenario.item_unknown_suggest" if meant else "scenario.item_unknown"
    values = {"list": ".".join(map(str, parts[:done])), "found": parts[done], "meant": meant}
    return Fault(key, {**values, "known": ", ".join(known) or "-"}, place)


def _cleared(tree: Node, parts: Parts, node: Node) -> Node:
    block = tree.at(parts[:-1])
    now = block.child(parts[-1]) if block is not None else None
    if block is None or block.map is None or now is None or now.value == node.value:
        return tree
    kept = {key: inner for key, inner in block.map.items() if key in STAYS}
    return tree.placed(parts[:-1], replace(block, value=kept))


def unplaced(node: Node, name: str) -> Node:
    """The same node with a name in place of file, line and column."""
    value = node.value
    if isinstance(value, dict):
        value = {key: unplaced(inner, name) for key, inner in value.items()}
    elif isinstance(value, tuple):
        value = tuple(unplaced(inner, name) for inner in value)
    return Node(value, name)


def moved_to(faults: list[Fault], grafted: list[Node], place: Place) -> list[Fault]:
    """Faults that a change brought about, told at the change unless they stand inside what it wrote."""
    inside = {_spot(node.place()) for root in grafted for node in _every(root)}
    inside |= {_spot(node.key_place()) for root in grafted for node in _every(root)}
    return [
        fault if _spot(fault.place) in inside else replace(fault, place=replace(place, path=fault.place.path))
        for fault in faults
    ]


def _spot(place: Place) -> tuple[str | None, int | None, int | None]:
    return place.file, place.line, place.column


def _every(node: Node) -> list[Node]:
    below = node.map.values() if node.map is not None else node.items or ()
    return [node, *(deeper for inner in below for deeper in _every(inner))]
